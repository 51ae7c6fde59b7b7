"""The editor of a catalog: a row per text, by whoever may translate, review or publish, with a target or without."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import LockableMixin, Page, Revision, RevisionMixin
from wagtail_localize.machine_translators import get_machine_translator

from posync.admin.attempts import attempt
from posync.admin.catalog_rows import Row, Shown, Verdict, chosen, rows_of, typed_in
from posync.admin.earlier_version import EarlierVersion, earlier_version
from posync.admin.override_forms import OverrideForm
from posync.admin.problem_words import in_words
from posync.catalogs.load import active_catalogs, load_catalogs
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.rules.outgoing import State
from posync.history.review import approve_drafts, send_back
from posync.history.typed_texts import Saved, Step, save_typed
from posync.models import Catalog, Conflict
from posync.publishing.action import catalog_of
from posync.publishing.gate import Gate, is_reached
from posync.publishing.policy import TranslationPolicy
from posync.publishing.view_restrictions import Privacy

#: Rows of one screen.
_ROWS = 50
#: Earlier versions offered.
_VERSIONS = 10

#: Why a text that waits was not approved, by code; what a check says is in its own words.
REFUSALS: dict[str, Promise] = {
    IssueCode.UNKNOWN_ENTRY: gettext_lazy("A text was not approved: the original no longer has it."),
    IssueCode.OVERTAKEN: gettext_lazy(
        "A text was not approved: it was changed, or another one approved, meanwhile. Look at it anew."
    ),
    IssueCode.SECOND_PERSON: gettext_lazy(
        "A text was not approved: you typed it, and a second person is to approve it."
    ),
}

TABS = {
    Shown.ALL: gettext_lazy("All"),
    Shown.LEFT: gettext_lazy("Left to translate"),
    Shown.REVIEW: gettext_lazy("For review"),
    Shown.CONFLICTS: gettext_lazy("Conflicts"),
}


class CatalogView(WagtailAdminTemplateMixin, View):
    """What the views of one catalog share: the catalog, its object in words, and who may do what."""

    header_icon = "wagtail-localize-language"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        catalog = active_catalogs().filter(pk=kwargs["catalog_id"], stopped=False).first()
        if catalog is None:
            raise Http404(_("There is no such translation, or it was stopped."))
        (self.loaded,) = load_catalogs([catalog])
        self.gate = Gate([self.loaded], request.user)  # type: ignore[arg-type] # the admin knows its users
        self.policy = TranslationPolicy(request.user)  # type: ignore[arg-type]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.policy.can_translate(self.loaded, self.gate):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def catalog(self) -> Catalog:
        return self.loaded.catalog

    @cached_property
    def original(self) -> Any:
        return _specific(self.gate.original(self.catalog))

    @cached_property
    def target(self) -> Any:
        return _specific(self.gate.target(self.catalog))

    @property
    def name(self) -> str:
        """The original's title, or the target's where there is one."""
        return str(self.target or self.original or self.catalog.source.object_repr)

    @property
    def language(self) -> str:
        return str(self.catalog.locale.get_display_name())

    def address(self, view: str = "posync_edit_catalog") -> str:
        return reverse(view, args=[self.catalog.pk])

    def get_page_title(self) -> str:
        return f"{self.name} → {self.language}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": self.address(), "label": self.get_page_title()}]

    @cached_property
    def may_review(self) -> bool:
        return self.policy.can_review(self.loaded, self.gate)

    @property
    def types_approved(self) -> bool:
        """Whether what the person types or uploads is approved by that."""
        return posync_settings().REVIEW == "off" and self.may_review

    def lock_of_another(self) -> bool:
        """Whether somebody else has locked the target. A workflow or a time set for publication stops no translator."""
        target = self.target
        lock = target.get_lock() if isinstance(target, LockableMixin) and target.locked else None
        return lock is not None and lock.for_user(self.request.user)


def _specific(instance: Any) -> Any:
    return instance.specific if isinstance(instance, Page) else instance


class EditCatalogView(CatalogView):
    """The texts, with their drafts; links and files of the target's own for reviewers."""

    template_name = "posync/admin/edit_catalog.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self._rows()
        if self._earlier is not None:
            for row in rows:
                row.text, row.step = self._earlier.texts.get(row.entry.id, row.text), Step.DONE
        return self._answer(rows, self._override_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows, form = self._rows(), self._override_form(request.POST)
        typed = list(typed_in(list(self._on_screen(rows)), request.POST))
        if self.lock_of_another():
            text = _("“%(object)s” is locked: nothing was saved. Ask for it to be unlocked first.")
            messages.error(request, text % {"object": self.name})
            return self._answer(rows, form)
        saved = save_typed(
            self.catalog.pk,
            [one for _row, one in typed],
            request.user,  # type: ignore[arg-type]
            may_approve=self.types_approved,
        )
        is_valid = self._save_overrides(form)
        self._say(approved=len(saved.approved), waiting=len(saved.waiting), drafts=len(saved.drafts))
        self._judge(rows)
        if saved.refused or saved.changed_since or not is_valid:
            return self._answer(self._with_unsaved([row for row, _one in typed], saved), form)
        if request.POST.get("action") == "publish":
            self._publish()
        return redirect(self.address() if self._earlier else request.get_full_path())

    def _rows(self) -> list[Row]:
        conflicts = Conflict.objects.filter(catalog=self.catalog, resolved_at=None)
        return rows_of(self.loaded, {(one.path, one.msgid): one for one in conflicts})

    @cached_property
    def _shown(self) -> Shown:
        asked = self.request.GET.get("show", Shown.ALL.value)
        return Shown(asked) if asked in set(Shown) else Shown.ALL

    @cached_property
    def _earlier(self) -> EarlierVersion | None:
        """The version whose texts are to be taken again, by the address."""
        return earlier_version(self.loaded, self.target, self.request.GET.get("revision", ""))

    def _on_screen(self, rows: Sequence[Row]) -> ResultPage[Row]:
        if self._earlier is None:
            shown = chosen(rows, self._shown)
        else:
            shown = [row for row in rows if row.entry.id in self._earlier.texts]
        return Paginator(shown, _ROWS).get_page(self.request.GET.get("p"))

    def _override_form(self, data: Any = None) -> OverrideForm | None:
        """The form of links and files; None without a target, beside an earlier version, and for whoever may not review."""
        if self.target is None or not self.may_review or self._earlier:
            return None
        return OverrideForm(self.catalog, self.original, data)

    def _save_overrides(self, form: OverrideForm | None) -> bool:
        if form is None or not form.fields:
            return True
        if not form.is_valid():
            messages.error(self.request, _("Some links or files were not saved: see below."))
            return False
        if number := form.save(self.request.user):
            text = ngettext("%(number)d link or file saved.", "%(number)d links or files saved.", number)
            messages.success(self.request, text % {"number": number})
        return True

    def _say(self, *, approved: int = 0, waiting: int = 0, drafts: int = 0) -> None:
        counts = (
            (approved, ngettext("%(number)d text approved", "%(number)d texts approved", approved)),
            (waiting, ngettext("%(number)d text waits for review", "%(number)d texts wait for review", waiting)),
            (drafts, ngettext("%(number)d draft saved", "%(number)d drafts saved", drafts)),
        )  # fmt: skip
        if said := [text % {"number": number} for number, text in counts if number]:
            messages.success(self.request, f"{', '.join(said)}.")

    def _with_unsaved(self, typed: Sequence[Row], saved: Saved) -> list[Row]:
        """The rows of now, with what was typed in those not saved as asked, and why."""
        (self.loaded,) = load_catalogs([self.catalog])
        rows = self._rows()
        by_id = {row.entry.id: row for row in rows}
        for one in typed:
            row = by_id.get(one.entry.id)
            if one.entry.id in saved.changed_since and row is None:
                text = _("Not saved: the original no longer has “%(source)s”. You typed: %(text)s")
                messages.error(self.request, text % {"source": one.entry.msgid, "text": one.text})
            elif row is not None and one.entry.id in saved.changed_since:
                text = _(
                    "Not saved: somebody else has changed this text meanwhile. What you typed is here still; save again to put "
                    "it in the place of: %(text)s"
                )
                row.messages.append(text % {"text": row.text})
                row.text, row.step = one.text, one.step
            elif row is not None:
                for problem in saved.refused.get(one.entry.id, ()):
                    text = _("Kept as a draft, not in use: %(problem)s")
                    row.messages.append(text % {"problem": in_words(problem)})
        return rows

    def _judge(self, rows: Sequence[Row]) -> None:
        """Follow a reviewer's verdicts on texts that wait, as the reviewer saw them."""
        if not self.may_review:
            return
        judged = [(row, row.entry.draft) for row in rows if row.verdict and row.waits and row.entry.draft]
        for row, _draft in judged:
            if row.is_stale:
                text = _("Not judged: somebody else has changed “%(text)s” meanwhile. Look at it anew.")
                messages.error(self.request, text % {"text": row.entry.outgoing.msgstr})
        seen = [(row, draft) for row, draft in judged if not row.is_stale]
        if to_approve := [draft for row, draft in seen if row.verdict == Verdict.APPROVE]:
            result = approve_drafts(to_approve, self.request.user)  # type: ignore[arg-type]
            self._say(approved=result.entries.imported)
            for issue in result.issues:
                messages.error(self.request, str(REFUSALS.get(issue.code, issue.message)))
        sent = send_back({draft: row.reason for row, draft in seen if row.verdict == Verdict.SEND_BACK})
        if sent:
            text = ngettext("%(number)d text sent back.", "%(number)d texts sent back.", sent)
            messages.success(self.request, text % {"number": sent})

    def _publish(self) -> None:
        tried = attempt(self.catalog, self.name, self.request.user)  # type: ignore[arg-type]
        for refusal in tried.refusals:
            messages.error(self.request, refusal)
        if tried.published:
            messages.success(self.request, _("“%(object)s” was published.") % {"object": self.name})
        elif not tried.refusals:
            text = _("“%(object)s” shows its approved texts already.")
            messages.info(self.request, text % {"object": self.name})

    def _answer(self, rows: Sequence[Row], form: OverrideForm | None) -> HttpResponse:
        states = Counter(row.state for row in rows)
        numbers = {
            Shown.ALL: len(rows),
            Shown.LEFT: states[State.UNTRANSLATED] + states[State.FUZZY],
            Shown.REVIEW: states[State.FOR_REVIEW],
            Shown.CONFLICTS: sum(row.conflict is not None for row in rows),
        }
        finder = AdminURLFinder(self.request.user)
        on_screen = self._on_screen(rows)
        prefetch_related_objects([row.entry.draft for row in on_screen if row.entry.draft], "author")
        context = self.get_context_data(
            rows=on_screen,
            tabs=[
                {
                    "shown": shown.value,
                    "label": text,
                    "number": numbers[shown],
                    "is_here": shown is self._shown,
                }
                for shown, text in TABS.items()
            ],
            done=states[State.TRANSLATED],
            number=len(rows),
            earlier=self._earlier,
            versions=self._versions(),
            private_alone=self._private_alone(),
            overrides=form,
            media=form.media if form else "",
            source_language=self.catalog.source.locale,
            target_language=self.catalog.locale,
            may_review=self.may_review,
            may_publish=self.policy.can_publish(self.loaded, self.gate),
            types_approved=self.types_approved,
            target=self.target,
            is_live=is_reached(self.target),
            translation=self.catalog.translation,
            edit_target=finder.get_edit_url(self.target) if self.target is not None else None,
            machine=self._machine(),
        )
        response: HttpResponse = self.render_to_response(context)
        return response

    def _versions(self) -> list[Revision]:
        """The target's last versions but the one of now, the newest first."""
        if not isinstance(self.target, RevisionMixin):
            return []
        revisions: QuerySet[Revision] = self.target.revisions.order_by("-pk")
        return list(revisions.select_related("user")[1 : _VERSIONS + 1])

    def _private_alone(self) -> Any:
        """The version that is private where the other is not; None where they are alike."""
        privacy = Privacy()
        original, target = privacy.is_private(self.original), privacy.is_private(self.target)
        if self.target is None or original == target:
            return None
        return self.original if original else self.target

    def _machine(self) -> Any:
        """wagtail-localize's machine translator, where it can help here; its texts come as drafts."""
        translator = get_machine_translator() if self.target is not None else None
        locales = self.catalog.source.locale, self.catalog.locale
        return translator if translator is not None and translator.can_translate(*locales) else None

    def get_header_more_buttons(self) -> list[Button]:
        buttons = [
            Button(_("Download PO file"), self.address("posync_download_catalog"), icon_name="download"),
            Button(_("Upload PO file"), self.address("posync_upload_catalog"), icon_name="upload"),
        ]
        if self.target is not None and is_reached(self.target) and getattr(self.target, "full_url", None):
            buttons.append(Button(_("View live"), self.target.full_url, icon_name="view"))
        finder = AdminURLFinder(self.request.user)
        if (address := finder.get_edit_url(self.original)) is not None:
            buttons.append(Button(_("Original"), address, icon_name="edit"))
        if isinstance(self.target, Page):
            buttons += self._page_buttons(self.target)
        return buttons

    def _page_buttons(self, target: Page) -> list[Button]:
        rights = target.permissions_for_user(self.request.user)
        found = (
            (rights.can_unpublish(), _("Unpublish"), "wagtailadmin_pages:unpublish", "download-alt"),
            (rights.can_delete(), _("Delete"), "wagtailadmin_pages:delete", "bin"),
            (rights.can_view_revisions(), _("History"), "wagtailadmin_pages:history", "history"),
        )
        return [
            Button(text, reverse(view, args=[target.pk]), icon_name=icon)
            for may, text, view, icon in found
            if may
        ]


def before_edit(request: HttpRequest, instance: models.Model) -> HttpResponseBase | None:
    """Lead to the catalog's editor from a target's edit address; None leaves the request to others."""
    if request.method != "GET":
        return None
    catalog = catalog_of(instance)
    return None if catalog is None else redirect("posync_edit_catalog", catalog.pk)
