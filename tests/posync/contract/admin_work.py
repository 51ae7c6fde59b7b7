"""The admin: what editors, translators and reviewers do there, by the addresses that their browsers send to."""

from datetime import timedelta

import polib
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.forms import Form
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask
from wagtail_localize.models import SegmentOverride, Translation

from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs
from posync.history.review import approve_drafts, waiting_for_review
from posync.models import TranslationRight
from tests.posync.contract.machine import ContractMachine, Site, pages, pick, places
from tests.posync.contract.promises import is_blocked
from tests.posync.contract.world import SOURCE, numbers_of
from tests.posync.people import edit, fresh, save_draft, target_of

#: Whoever may approve a translation, and whoever may publish it too.
REVIEWERS = ("reviewer", "editor", "chief")
PUBLISHERS = ("editor", "chief")

everybody = st.sampled_from(["translator", "reviewer", "editor", "chief", "nobody"])
#: The buttons of a target's edit form: Wagtail's, wagtail-localize's, and one of nobody's.
buttons = st.sampled_from(
    [
        {"action": "publish"},
        {"action-publish": "1"},
        {"action-submit": "1"},
        {"localize-restart-translation": "1"},
        {"localize-convert-to-alias": "1"},
        {"action": "nonsense"},
    ]
)
addresses = st.sampled_from(["https://example.org/other", "/page/", "javascript:alert(1)", ""])
_NOTHING = Form()


class AdminWork(ContractMachine):
    """Each act is sent as one of five people; what it leaves for after the transaction is done at once."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._workflow = Workflow.objects.create(name="Moderation")
        task = GroupApprovalTask.objects.create(name="Look")
        WorkflowTask.objects.create(workflow=self._workflow, task=task, sort_order=0)
        _hire("translator", right="translate")
        _hire("reviewer", right="review")
        _hire("editor", page_rights=("add", "change", "publish", "lock", "unlock"))
        _hire("nobody")
        get_user_model().objects.create_superuser("chief")

    # Translators and reviewers

    @rule(who=everybody, page=pages, place=places, done=st.booleans(), publish=st.booleans())
    def type_in_the_editor(self, who: str, page: int, place: int, done: bool, publish: bool) -> None:
        loaded = self._catalog(page)
        if loaded is None:
            return
        address = reverse("posync_edit_catalog", args=[loaded.catalog.pk])
        response = _browser(who).get(address)
        form = _form(response)
        if who == "nobody":
            assert not form
            self._post(who, address, {"action": "publish"})
            return
        row = pick(list(response.context["rows"]), place)
        text = self.world.texts.translation(row.entry.msgid)
        form |= {f"text-{row.key}": text, f"step-{row.key}": "done" if done else "draft"}
        self._post(who, address, form | {"action": "publish" if publish else "save"})
        if not self._is_locked_for(who, loaded):
            self.promises.typed.add(text)
            if done and who in REVIEWERS:
                self.promises.approved |= numbers_of(text)
        self._after()

    @rule(who=everybody, page=pages, which=places, approve=st.booleans())
    def judge_what_waits(self, who: str, page: int, which: int, approve: bool) -> None:
        loaded = self._catalog(page)
        if loaded is None:
            return
        address = reverse("posync_edit_catalog", args=[loaded.catalog.pk])
        response = _browser(who).get(address, {"show": "review"})
        form = _form(response)
        if not form:
            return
        row = pick(list(response.context["rows"]), which)
        if approve and who in REVIEWERS and not is_blocked(row.text):
            self.promises.approved |= numbers_of(row.text)
        verdict = {f"verdict-{row.key}": "approve" if approve else "back", f"reason-{row.key}": "Why?"}
        self._post(who, f"{address}?show=review", form | verdict | {"action": "save"})
        self._after()

    @rule()
    def approve_all_by_command(self) -> None:
        drafts = list(waiting_for_review())
        self.promises.approved |= {number for draft in drafts for number in numbers_of(draft.text)}
        approve_drafts(drafts)
        self._after()

    @rule(who=everybody, page=pages, entry=places, fuzzy=st.booleans())
    def upload_a_file(self, who: str, page: int, entry: int, fuzzy: bool) -> None:
        """The one downloaded just now, with one text typed into it."""
        loaded = self._catalog(page)
        if loaded is None:
            return
        address = reverse("posync_download_catalog", args=[loaded.catalog.pk])
        downloaded = _browser(who).get(address)
        if who == "nobody":
            assert downloaded.status_code == 302
            return
        path = self.site.saved.parent / "downloaded.po"
        path.write_bytes(downloaded.content)
        po = polib.pofile(str(path), wrapwidth=0, encoding="utf-8")
        chosen = pick([one for one in po if not one.obsolete], entry)
        text = self.world.texts.translation(chosen.msgid)
        chosen.msgstr, chosen.flags, chosen.previous_msgid = text, ["fuzzy"] if fuzzy else [], None
        po.save()
        address = reverse("posync_upload_catalog", args=[loaded.catalog.pk])
        looked_at = self._post(who, address, {"file": SimpleUploadedFile("news.po", path.read_bytes())})
        if not (looked_at.context and looked_at.context.get("packed")):
            assert self._is_locked_for(who, loaded)
            return
        done = self._post(who, address, {"confirmed": looked_at.context["packed"]})
        assert done.status_code == 302
        self.promises.typed.add(text)
        if who in REVIEWERS and not fuzzy:
            self.promises.approved |= numbers_of(text)
        self._after()

    @rule(who=everybody, page=pages, which=places, address=addresses)
    def give_a_link_of_its_own(self, who: str, page: int, which: int, address: str) -> None:
        loaded = self._catalog(page)
        if loaded is None:
            return
        editor = reverse("posync_edit_catalog", args=[loaded.catalog.pk])
        response = _browser(who).get(editor)
        fields = sorted((response.context["overrides"] or _NOTHING).fields) if _form(response) else []
        assert not fields or who in REVIEWERS
        before = set(SegmentOverride.objects.values_list("pk", "data_json"))
        name = pick(fields, which) if fields else "override-1"
        self._post(who, editor, _form(response) | {name: address, f"initial-{name}": "", "action": "publish"})
        now = set(SegmentOverride.objects.values_list("pk", "data_json"))
        assert now == before or who in REVIEWERS, f"{who} gave a link of its own: {now - before}"
        self._after()

    # Editors, and whoever tries

    @rule(who=everybody, page=pages, button=buttons)
    def press_a_button_of_the_page(self, who: str, page: int, button: dict[str, str]) -> None:
        target = self._target(page)
        if target is not None:
            form = {
                **button,
                "title": self.world.texts.source(),
                "slug": target.slug,
                "comments-TOTAL_FORMS": "0",
            }
            self._post(who, reverse("wagtailadmin_pages:edit", args=[target.pk]), form)
            self._after()

    @rule(who=everybody, action=st.sampled_from(["publish", "move"]))
    def do_it_with_all_pages(self, who: str, action: str) -> None:
        chosen = "&".join(f"id={target.pk}" for _language, target in self.promises.targets())
        if chosen:
            address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            form = {"include_descendants": "on", "chooser": self.world.homes["en"].pk, "move_applied": "on"}
            self._post(who, f"{address}?{chosen}&next=/", form)
            self._after()

    @rule(who=everybody, page=pages, locked=st.booleans())
    def lock_by_hand(self, who: str, page: int, locked: bool) -> None:
        target = self._target(page)
        if target is not None:
            self._post(who, reverse(f"wagtailadmin_pages:{'lock' if locked else 'unlock'}", args=[target.pk]))
            self.promises.locks_are_as_now()
            self._after()

    @rule(page=pages, end=st.sampled_from(["approve", "cancel"]))
    def start_or_end_a_workflow(self, page: int, end: str) -> None:
        """On a draft with words that nobody has translated."""
        target = self._target(page)
        if target is None or target.locked:
            return
        state = target.current_workflow_state
        if state is None:
            draft = save_draft(target, **{self.world.intro_field: self.world.texts.source()})
            self._workflow.start(draft, _account("chief"))
        elif end == "cancel":
            state.cancel(user=_account("chief"))
            self._discard_draft(target)
        else:
            task = state.current_task_state.pk
            self._post(
                "chief", reverse("wagtailadmin_pages:workflow_action", args=[target.pk, "approve", task])
            )
            if fresh(target).current_workflow_state is None:
                self._discard_draft(target)
        self._after()

    @rule(page=pages)
    def publish_words_of_nobody_at_a_set_time(self, page: int) -> None:
        target = self._target(page)
        if target is None or target.current_workflow_state is not None:
            return
        past = timezone.now() - timedelta(minutes=1)
        save_draft(target, **{self.world.intro_field: self.world.texts.source()})
        revision = fresh(target).get_latest_revision()
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("publish_scheduled")
        self._discard_draft(target)
        self._after()

    def _discard_draft(self, target) -> None:
        """Or no sync would publish it any more, and the next edit would go on from it."""
        fresh(target).save_revision()
        Page.objects.filter(pk=target.pk).update(has_unpublished_changes=False, go_live_at=None)
        fresh(target).revisions.update(approved_go_live_at=None)

    @rule(who=everybody, page=pages, version=st.sampled_from(["original", "target"]), private=st.booleans())
    def change_the_privacy(self, who: str, page: int, version: str, private: bool) -> None:
        page = pick(self.world.pages, page) if version == "original" else self._target(page)
        if page is None:
            return
        form = {"restriction_type": "login" if private else "none", "password": ""}
        self._post(who, reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), form)
        if who in PUBLISHERS:
            self.promises.privacy_was_set(fresh(page), private=private)
        self._after()

    @rule(who=everybody, page=pages, version=st.sampled_from(["original", "target"]), alias=st.booleans())
    def copy_or_move_into_the_other_tree(self, who: str, page: int, version: str, alias: bool) -> None:
        moved = pick(self.world.pages, page) if version == "original" else self._target(page)
        if moved is None:
            return
        (home,) = (home for home in self.world.homes.values() if home.locale_id != moved.locale_id)
        before = set(Page.objects.values_list("pk", flat=True))
        form = {
            "new_title": "Copy", "new_slug": f"copy-{len(before)}", "new_parent_page": home.pk,
            "copy_subpages": "on", "publish_copies": "on",
        }  # fmt: skip
        self._post(
            who,
            reverse("wagtailadmin_pages:copy", args=[moved.pk]),
            form | ({"alias": "on"} if alias else {}),
        )
        self._post(who, reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, home.pk]))
        self._after()
        made = Page.objects.exclude(pk__in=before)
        assert not made.filter(live=True).exists(), list(made)
        for copy in made.order_by("-depth"):
            Page.objects.get(pk=copy.pk).specific.delete()

    @rule(who=everybody, page=pages)
    def stop_and_start_with_an_edit_between(self, who: str, page: int) -> None:
        translation = pick(list(Translation.objects.order_by("pk")), page)
        source = translation.source.get_source_instance()
        target = target_of(source, translation.target_locale)
        if target is None or target.locked or target.has_unpublished_changes or not translation.enabled:
            return
        self._post(who, reverse("wagtail_localize:stop_translation", args=[translation.pk]))
        translation.refresh_from_db()
        assert translation.enabled or who in PUBLISHERS
        if not translation.enabled:
            text = self.world.texts.translation(self.world.texts.source())
            edit(target, **{self.world.intro_field: text})
            self.promises.typed_in_admin(text)
        address = reverse("wagtailadmin_pages:edit", args=[target.pk])
        self._post(who, address, {"localize-restart-translation": "1", "title": "Title", "slug": target.slug})
        translation.refresh_from_db()
        assert translation.enabled
        self._after()

    @rule(who=everybody, page=pages)
    def delete_a_translation_and_submit_it_anew(self, who: str, page: int) -> None:
        target = self._target(page)
        if target is None or target.locked or target.current_workflow_state is not None:
            return
        original = next(one for one in self.world.pages if one.translation_key == target.translation_key)
        family = set(fresh(target).get_descendants(inclusive=True).values_list("pk", flat=True))
        self._post(who, reverse("wagtailadmin_pages:delete", args=[target.pk]))
        if Page.objects.filter(pk=target.pk).exists():
            assert who not in ("chief",)
            return
        assert who in PUBLISHERS
        self.promises.were_deleted(family)
        for one in (original, *self.world.pages):
            translation = Translation.objects.get(source__object_id=one.translation_key)
            if not translation.enabled:
                address = reverse("wagtail_localize:submit_page_translation", args=[one.pk])
                self._post("chief", address, {"locales": [translation.target_locale_id]})
                translation.refresh_from_db()
                assert translation.enabled
        self._after()

    @rule(who=everybody, page=pages, which=places)
    def take_an_earlier_version(self, who: str, page: int, which: int) -> None:
        target = self._target(page)
        if target is None or who == "nobody":
            return
        revision = pick(list(target.revisions.order_by("pk")), which)
        address = reverse("wagtailadmin_pages:revisions_revert", args=[target.pk, revision.pk])
        response = _browser(who).get(address, follow=True)
        form = _form(response)
        texts = [text for name, text in form.items() if name.startswith("text-")]
        if not form or any(map(SOURCE.search, texts)):
            return
        if who in REVIEWERS:
            self.promises.approved |= {number for text in texts for number in numbers_of(text)}
        self._post(who, response.wsgi_request.get_full_path(), form | {"action": "publish"})
        self._after()

    @rule(who=st.sampled_from(["translator", "reviewer", "editor"]))
    def delete_an_account(self, who: str) -> None:
        group = _account(who).groups.get()
        _account(who).delete()
        get_user_model().objects.create_user(who).groups.add(group)
        self._after()

    # What they share

    def _catalog(self, number: int) -> LoadedCatalog | None:
        catalogs = load_catalogs(list(active_catalogs().filter(stopped=False)))
        filled = [loaded for loaded in catalogs if loaded.entries]
        return pick(filled, number) if filled else None

    def _target(self, number: int):
        targets = [target for _language, target in self.promises.targets()]
        return fresh(pick(targets, number)) if targets else None

    def _is_locked_for(self, who: str, loaded: LoadedCatalog) -> bool:
        target = Page.objects.filter(
            translation_key=loaded.catalog.domain.object_id, locale=loaded.catalog.locale_id, locked=True
        ).first()
        return target is not None and target.locked_by_id != _account(who).pk

    def _post(self, who: str, address: str, form: dict[str, object] | None = None):
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = _browser(who).post(address, form or {})
        assert response.status_code in (200, 302, 403, 410), (address, response.status_code)
        # A lock is in its owner's way least of all.
        for _language, target in self.promises.targets():
            if target.locked_by_id == _account(who).pk:
                self.promises.shows_now(target)
        return response

    def _after(self) -> None:
        # A draft typed there goes into the file by itself.
        self.promises.agreed = None
        self._check()
        self.promises.no_page_speaks_another_language()
        self.promises.what_is_private_stays_so()
        self.promises.no_page_has_a_script()


def _hire(name: str, *, page_rights: tuple[str, ...] = (), right: str = "") -> None:
    """Make an account, with Wagtail's rights on all pages and a right on all translations."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in page_rights:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{codename}_page"
        )
        GroupPagePermission.objects.create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
    if right:
        TranslationRight.objects.create(group=group, **{right: True})
    get_user_model().objects.create_user(name).groups.add(group)


def _account(name: str):
    """As the database has it now: accounts are deleted, and databases restored."""
    return get_user_model().objects.get(username=name)


def _browser(name: str) -> Client:
    client = Client()
    client.force_login(_account(name))
    return client


def _form(response) -> dict[str, str]:
    """What the browser would send back, unchanged; nothing where the person may not be there."""
    rows = response.context["rows"] if response.context and "rows" in response.context else ()
    return {
        f"{name}-{row.key}": value
        for row in rows
        for name, value in (("text", row.text), ("step", row.step.value), ("seen", row.seen))
    }
