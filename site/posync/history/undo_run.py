"""Undoes runs: restores every replaced text, unless somebody has changed it since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain, groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import Approved, approve, lock_translations, withdraw
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import entry_key
from posync.core.po.naming import join_msgctxt
from posync.core.results import EntryCounts, Issue, RunResult, Severity
from posync.db.bulk_sql import AnyOf
from posync.exceptions import PosyncError
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.history.resolve_conflicts import TOOL_NAME
from posync.history.stopped_translations import stopped_catalogs
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.validators.run_checks import blocks


@transaction.atomic
def undo(run_id: int, *, dry_run: bool = False) -> RunResult:
    """Undo a run, as a run of its own: the whole of it, or nothing when the command is killed.

    A text changed again since the run is left alone and reported. Raises PosyncError when there is no such run, or
    when it was undone already.
    """
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise PosyncError(f"There is no run {run_id}.")
    if Run.objects.filter(undoes=run).exists():
        raise PosyncError(f"Run {run_id} was undone already.")
    # Comments stay: nothing is published of them. The replaced ones are in the history, and a translator can write
    # another in the place of one.
    changes = list(
        run.changes.exclude(catalog=None).exclude(kind=Change.Kind.COMMENT).order_by("catalog_id", "-pk")
    )
    _refuse_stopped(changes)
    if dry_run:
        return RunResult(entries=EntryCounts(imported=len(changes)))
    lock_translations()
    user = acting_user()
    undoing = Run.objects.create(kind=Run.Kind.UNDO, user=user, undoes=run)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
    result = RunResult()
    for catalog_id, of_catalog in groupby(changes, key=attrgetter("catalog_id")):
        result += _undo_in(catalog_id, list(of_catalog), undoing, user)
    _follow_drafts(run, changes, user)
    return result


def _refuse_stopped(changes: Collection[Change]) -> None:
    """Raise PosyncError for a stopped translation. One that cannot be started again stops no undoing."""
    found = stopped_catalogs(Q(pk__in={change.catalog_id for change in changes}))
    if names := sorted(f"{catalog.domain.name} ({catalog.locale.language_code})" for catalog in found):
        raise PosyncError(
            f"Stopped: {', '.join(names)}. Start the translation again in the admin, then undo the run."
        )


def _follow_drafts(run: Run, changes: Collection[Change], user: AbstractBaseUser | None) -> None:
    """Let open conflicts about undone texts follow them: without a draft there is nothing to choose any more."""
    undone = {(change.catalog_id, entry_key(change.path, change.msgid)) for change in changes}
    catalogs = {
        *(catalog_id for catalog_id, _key in undone),
        *run.conflicts.values_list("catalog_id", flat=True),
    }
    drafts = {(draft.catalog_id, draft.key): draft for draft in Draft.objects.filter(catalog__in=catalogs)}
    for conflict in Conflict.objects.filter(catalog__in=catalogs, resolved_at=None):
        entry = conflict.catalog_id, conflict.key
        if entry not in undone and conflict.run_id != run.pk:
            continue
        draft = drafts.get(entry)
        if draft is None:
            conflict.resolve(conflict.database_text, user)
        elif (draft.text, draft.approved) != (conflict.file_text, conflict.database_text):
            conflict.file_text, conflict.database_text = draft.text, draft.approved
            conflict.save(update_fields=["file_text", "database_text"])


def _undo_in(catalog_id: int, changes: list[Change], run: Run, user: AbstractBaseUser | None) -> RunResult:
    catalog = active_catalogs().filter(pk=catalog_id).first()
    if catalog is None:
        issue = Issue(
            Severity.WARNING, IssueCode.NOT_TRANSLATED, f"{changes[0].domain} is not translated any more."
        )
        return RunResult(entries=EntryCounts(unknown=len(changes)), issues=(issue,))
    undoing = _Undoing(load_catalogs([catalog])[0], ChangeLog(run=run, user=user))
    issues: list[Issue] = []
    # A draft belongs beside the text in use, so that comes first.
    for change in sorted(changes, key=lambda change: change.kind == Change.Kind.DRAFT):
        if not undoing.restore(change):
            text = "The text was changed again since; it was left alone."
            msgctxt = join_msgctxt(change.domain, change.path)
            issues.append(Issue(Severity.WARNING, IssueCode.CHANGED_SINCE, text, msgctxt=msgctxt))
    undoing.reopen_conflicts()
    undoing.save()
    Catalog.objects.filter(pk=catalog.pk).mark_changed()
    return RunResult(
        entries=EntryCounts(imported=len(undoing.done), unchanged=len(issues)), issues=tuple(issues)
    )


class _Undoing:
    """The undoing of a run's changes to one catalog. Texts are restored in memory; `save` writes them at once."""

    def __init__(self, loaded: LoadedCatalog, log: ChangeLog) -> None:
        self.loaded = loaded
        self.log = log
        self.done: list[Change] = []
        #: The entries whose translations in use are other ones now.
        self._restored: dict[EntryId, CurrentEntry] = {}
        current = {entry.id: entry.draft for entry in loaded.current if entry.draft is not None}
        self._drafts: dict[EntryId, Draft] = {**current, **loaded.retired_drafts}
        self._changed_drafts: set[EntryId] = set()
        #: Later work than the run's, kept beside the texts brought back.
        self._kept_drafts: set[EntryId] = set()

    def restore(self, change: Change) -> bool:
        """Restore the text before a change. False, and nothing, where it was changed again since."""
        of_kind = self._restore_approved if change.kind == Change.Kind.APPROVED else self._restore_draft
        restored = of_kind(change, (change.path, change.msgid))
        if restored:
            self.done.append(change)
        return restored

    def _restore_approved(self, change: Change, entry_id: EntryId) -> bool:
        entry = self.loaded.entries.get(entry_id)
        if entry is None or entry.database != change.after:
            return False
        before = change.before
        if before and blocks(check_entry(self.loaded, entry, before)):
            # Safe for no page, whoever had approved it.
            self.log.keep(change.domain, change.language, entry_id, before)
            before = ""
        self.loaded.entries[entry_id] = entry._replace(database=before, has_error=False)
        self._restored[entry_id] = self.loaded.entries[entry_id]
        self.log.add(self.loaded.catalog, Change.Kind.APPROVED, entry_id, change.after, before)
        draft = self._drafts.get(entry_id)
        if draft is not None and draft.approved == change.after and draft.text != before:
            draft.approved = before  # or it would give way, as to a newer approval
            self._kept_drafts.add(entry_id)
        return True

    def _restore_draft(self, change: Change, entry_id: EntryId) -> bool:
        draft = self._drafts.get(entry_id)
        if (draft.text if draft else "") != change.after:
            return False
        self._put_draft(entry_id, change.before)
        self.log.add(self.loaded.catalog, Change.Kind.DRAFT, entry_id, change.after, change.before)
        return True

    def _put_draft(self, entry_id: EntryId, text: str) -> None:
        """Make the text the entry's draft; "" for none."""
        path, msgid = entry_id
        draft = self._drafts.setdefault(
            entry_id, Draft(catalog=self.loaded.catalog, key=entry_key(path, msgid), path=path, msgid=msgid)
        )
        draft.text = text
        self._changed_drafts.add(entry_id)

    def reopen_conflicts(self) -> None:
        """Open the conflicts again that the run settled, each with its disputed text as a draft."""
        begun = [change.run.created_at for change in self.done if change.run]
        if not begun:
            return
        conflicts = Conflict.objects.filter(catalog=self.loaded.catalog)
        is_open = set(conflicts.filter(resolved_at=None).values_list("key", flat=True))
        disputed = {(change.path, change.msgid): set[str]() for change in self.done}
        for change in self.done:
            disputed[change.path, change.msgid] |= {change.before, change.after}
        for conflict in conflicts.filter(resolved_at__gte=min(begun)).order_by("-pk"):
            entry_id = conflict.path, conflict.msgid
            if conflict.file_text in disputed.pop(entry_id, ()) and conflict.key not in is_open:
                conflict.reopen()
                draft = self._drafts.get(entry_id)
                if draft is None or not draft.text:
                    self._put_draft(entry_id, conflict.file_text)

    def save(self) -> None:
        catalog = self.loaded.catalog
        restored = self._restored.values()
        approve(
            [
                Approved(entry.string_id, entry.context_id, catalog.locale_id, entry.database)
                for entry in restored
                if entry.database
            ],
            TOOL_NAME,
            self.log.user,
        )
        emptied = {(entry.string_id, entry.context_id) for entry in restored if not entry.database}
        withdraw(emptied, catalog.locale_id)
        self._save_drafts()
        save_changes([self.log])

    def _save_drafts(self) -> None:
        changed = [(entry_id, self._drafts[entry_id]) for entry_id in self._changed_drafts]
        kept = {entry_id: draft for entry_id, draft in changed if draft.text}
        Draft.objects.filter(
            pk__in=[draft.pk for _entry_id, draft in changed if draft.pk and not draft.text]
        ).delete()
        sources = _earlier_sources(self.loaded.catalog, kept)
        for entry_id, draft in kept.items():
            entry = self.loaded.entries.get(entry_id)
            draft.approved = entry.approved if entry else ""
            draft.previous_msgid = sources.get(entry_id, "")
        Draft.objects.bulk_create([draft for draft in kept.values() if draft.pk is None])
        known = [draft for draft in kept.values() if draft.pk is not None]
        Draft.objects.bulk_update(known, ["text", "previous_msgid", "approved"], batch_size=500)
        beside = [self._drafts[entry_id] for entry_id in self._kept_drafts - self._changed_drafts]
        Draft.objects.bulk_update(beside, ["approved"], batch_size=500)


def _earlier_sources(catalog: Catalog, drafts: Mapping[EntryId, Draft]) -> dict[EntryId, str]:
    """The earlier source at its place that each draft was typed for, last; none for those of the entry's own."""
    if not drafts:
        return {}
    texts = list({draft.text for draft in drafts.values()})
    stored = StringTranslation.objects.filter(
        AnyOf(F("data"), texts), context__object_id=catalog.domain.object_id, locale=catalog.locale_id
    ).order_by("updated_at")
    typed = Change.objects.filter(AnyOf(F("after"), texts), catalog=catalog).order_by("pk")
    places: dict[tuple[str, str], list[EntryId]] = defaultdict(list)
    for entry_id, draft in drafts.items():
        places[entry_id[0], draft.text].append(entry_id)
    found: dict[EntryId, str] = {}
    for path, text, msgid in chain(
        stored.values_list("context__path", "data", "translation_of__data"),
        typed.values_list("path", "after", "msgid"),
    ):
        for entry_id in places.get((path, text), ()):
            found[entry_id] = msgid
    return {entry_id: msgid for entry_id, msgid in found.items() if msgid != entry_id[1]}
