"""A catalog's PO file in the admin: downloaded as its translators have it, uploaded through posync's own import."""

import base64
import binascii
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from posync.admin.catalog_editor import CatalogView
from posync.catalogs.load import active_catalogs, load_catalogs
from posync.catalogs.paths import catalog_file
from posync.core.po.codec import write_po
from posync.core.rules.table import Action, Reason
from posync.exceptions import PosyncError
from posync.files.render import render, source_link
from posync.files.upload_file import MAX_UPLOAD, Upload, upload

#: How long a file looked at may wait for its import, in seconds.
_AGE = 3600
_SALT = "posync.upload"
#: Messages about a file, one by one: they travel in the session.
_TOLD = 20

ACTIONS: dict[Action, Promise] = {
    Action.KEEP: gettext_lazy("stays as it is"),
    Action.APPROVE: gettext_lazy("is approved"),
    Action.AGREE: gettext_lazy("is in use already"),
    Action.DRAFT: gettext_lazy("is kept as a draft"),
    Action.CLEAR: gettext_lazy("is kept: an emptied translation comes back"),
    Action.CONFLICT: gettext_lazy("waits for your choice: changed on both sides"),
    Action.RECORD: gettext_lazy("goes to the history alone"),
}
REASONS: dict[Reason, Promise] = {
    Reason.NOT_IN_FILE: gettext_lazy("not in the file"),
    Reason.NOTHING_THERE: gettext_lazy("nothing there"),
    Reason.UNCHANGED: gettext_lazy("unchanged"),
    Reason.EMPTIED: gettext_lazy("emptied in the file"),
    Reason.IN_USE: gettext_lazy("in use already"),
    Reason.IN_DISPUTE: gettext_lazy("in an open conflict"),
    Reason.SUPERSEDED: gettext_lazy("newer work stands"),
    Reason.RECORDED: gettext_lazy("in the history already"),
    Reason.DRAFTED: gettext_lazy("a draft already"),
    Reason.FUZZY: gettext_lazy("marked as fuzzy"),
    Reason.REVIEW: gettext_lazy("waits for review"),
    Reason.REFUSED: gettext_lazy("refused by a check"),
    Reason.FIRST: gettext_lazy("first translation"),
    Reason.CHANGED: gettext_lazy("changed in the file"),
    Reason.CONFIRMED: gettext_lazy("draft confirmed"),
    Reason.CHOSEN: gettext_lazy("conflict settled in the file"),
    Reason.SAME_CHANGE: gettext_lazy("both changed alike"),
    Reason.BOTH_CHANGED: gettext_lazy("both changed"),
    Reason.SUCCESSOR: gettext_lazy("for the text that replaced it"),
    Reason.SOURCE_GONE: gettext_lazy("the original no longer has this text"),
    Reason.UNKNOWN: gettext_lazy("the original never had this text"),
    Reason.SET_ASIDE: gettext_lazy("obsolete in the file"),
    Reason.UNUSABLE: gettext_lazy("cannot be merged"),
}


class DownloadCatalogView(CatalogView):
    """The file as the next export writes it, under its own name."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        catalog = active_catalogs(with_base=True).get(pk=self.catalog.pk)
        (loaded,) = load_catalogs([catalog], with_base=True)
        link = source_link(self.original if isinstance(self.original, Page) else None)
        response = HttpResponse(
            write_po(render(loaded, link)), content_type="text/x-gettext-translation; charset=utf-8"
        )
        name = f"{catalog_file(catalog).stem}.{self.catalog.locale.language_code}.po"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class UploadCatalogView(CatalogView):
    """Looks at a file first: a table of what becomes of each text and why. Then, confirmed, it is imported as a run."""

    template_name = "posync/admin/upload_catalog.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.lock_of_another():
            text = _("“%(object)s” is locked: nothing was saved. Ask for it to be unlocked first.")
            messages.error(request, text % {"object": self.name})
            return self._answer()
        try:
            if confirmed := request.POST.get("confirmed"):
                return self._import(*self._unpacked(confirmed))
            return self._look()
        except PosyncError as error:
            messages.error(request, _("Nothing was imported: %(reason)s") % {"reason": error})
        except signing.BadSignature:
            messages.error(request, _("The file was looked at too long ago: choose it once more."))
        return self._answer()

    def _look(self) -> HttpResponse:
        file = self.request.FILES.get("file")
        if file is None:
            messages.error(self.request, _("Choose a PO file first."))
            return self._answer()
        if file.size is None or file.size > MAX_UPLOAD:
            messages.error(self.request, _("The file is larger than 1 MB: it is no file of one page."))
            return self._answer()
        content = file.read()
        found = self._upload(str(file.name), content, dry_run=True)
        return self._answer(found, str(file.name), self._packed(str(file.name), content))

    def _import(self, name: str, content: bytes) -> HttpResponseBase:
        done = self._upload(name, content, dry_run=False)
        for issue in done.result.issues[:_TOLD]:
            messages.warning(self.request, issue.message)
        if (left := len(done.result.issues) - _TOLD) > 0:
            text = ngettext("And %(number)d more like it.", "And %(number)d more like these.", left)
            messages.warning(self.request, text % {"number": left})
        entries = done.result.entries
        text = ngettext(
            "%(number)d text of %(file)s was approved, %(drafts)d kept as drafts or for review.",
            "%(number)d texts of %(file)s were approved, %(drafts)d kept as drafts or for review.",
            entries.imported,
        )
        said = text % {"number": entries.imported, "file": name, "drafts": entries.drafts + entries.conflicts}
        if done.run is not None:
            said += " " + _("It can be undone as run %(run)d.") % {"run": done.run.pk}
        messages.success(self.request, said)
        return redirect(self.address())

    def _upload(self, name: str, content: bytes, *, dry_run: bool) -> Upload:
        return upload(
            self.catalog,
            name,
            content,
            self.request.user,  # type: ignore[arg-type] # the admin knows its users
            may_approve=self.types_approved,
            dry_run=dry_run,
        )

    def _packed(self, name: str, content: bytes) -> str:
        """The file for the second step: signed, so that what is imported is what was looked at."""
        value = [self.catalog.pk, name, base64.b64encode(content).decode()]
        return signing.dumps(value, salt=_SALT, compress=True)

    def _unpacked(self, packed: str) -> tuple[str, bytes]:
        """Raises BadSignature for another file, for one of another translation, and for an old one."""
        catalog_id, name, content = signing.loads(packed, salt=_SALT, max_age=_AGE)
        if catalog_id != self.catalog.pk:
            raise signing.BadSignature
        try:
            return name, base64.b64decode(content, validate=True)
        except binascii.Error as error:
            raise signing.BadSignature from error

    def _answer(self, found: Upload | None = None, name: str = "", packed: str = "") -> HttpResponse:
        outcomes = [] if found is None else [
            {"entry": entry, "action": ACTIONS[decision.action], "reason": REASONS[decision.reason]}
            for entry, decision in found.outcomes
            if decision.reason not in (Reason.UNCHANGED, Reason.NOTHING_THERE)
        ]  # fmt: skip
        context = self.get_context_data(
            found=found,
            outcomes=outcomes,
            unchanged=len(found.outcomes) - len(outcomes) if found else 0,
            issues=found.result.issues if found else (),
            file_name=name,
            packed=packed if outcomes else "",
            editor=self.address(),
            source_language=self.catalog.source.locale,
            target_language=self.catalog.locale,
        )
        response: HttpResponse = self.render_to_response(context)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.address("posync_upload_catalog"), "label": _("Upload PO file")},
        ]
