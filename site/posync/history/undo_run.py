"""Undoes runs: restores every replaced text, unless somebody has changed it since."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import (
    TOOL_NAME,
    Approved,
    Place,
    approve,
    lock_translations,
    places_of,
    withdraw,
)
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import entry_key
from posync.core.po.naming import join_msgctxt
from posync.core.results import EntryCounts, Issue, RunResult, Severity
from posync.db.bulk_sql import AnyOf
from posync.exceptions import PosyncError
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.history.earlier_sources import earlier_sources
from posync.history.stopped_translations import stopped_catalogs
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.validators.run_checks import blocks


@transaction.atomic
def undo(run_id: int, *, dry_run: bool = False) -> RunResult:
    """Undo a run, as a run of its own: the whole of it, or nothing when the command is killed.

    A text changed again since the run is left alone and reported. Raises PosyncError when there is no such run,
    when it was undone already, or when the history no longer has its texts.
    """
    lock_translations()  # of two at once, the second finds it undone
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise PosyncError(f"There is no run {run_id}.")
    if Run.objects.filter(undoes=run).exists():
        raise PosyncError(f"Run {run_id} was undone already.")
    if run.changes.filter(pruned=True).exists():
        raise PosyncError(
            f"Run {run_id} cannot be undone: the history no longer has its texts (HISTORY_DAYS)."
        )
    # Comments stay: nothing is published of them. The replaced ones are in the history, and a translator can write
    # another in the place of one.
    changes = list(
        run.changes.exclude(catalog=None)
        .filter(kind__in=[Change.Kind.APPROVED, Change.Kind.DRAFT])
        .order_by("catalog_id", "-pk")
    )
    _refuse_stopped(changes)
    user = acting_user()
    undoing = Run.objects.create(kind=Run.Kind.UNDO, user=user, undoes=run)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
    result = RunResult()
    undone: set[tuple[int, UUID]] = set()
    for catalog_id, of_catalog in groupby(changes, key=attrgetter("catalog_id")):
        done = _undo_in(catalog_id, list(of_catalog), undoing, user, waits=run.kind == Run.Kind.APPROVE)
        undone |= done.entries
        result += done.result
    _follow_drafts(run, undone, user)
    if not undoing.changes.exists():
        undoing.delete()  # the run can be undone later, perhaps
    if dry_run:
        transaction.set_rollback(True)
    return result


def _refuse_stopped(changes: Collection[Change]) -> None:
    """Raise PosyncError for a stopped translation. One that cannot be started again stops no undoing."""
    found = stopped_catalogs(Q(pk__in={change.catalog_id for change in changes}))
    if names := sorted(f"{catalog.domain.name} ({catalog.locale.language_code})" for catalog in found):
        raise PosyncError(
            f"Stopped: {', '.join(names)}. Start the translation again in the admin, then undo the run."
        )


def _follow_drafts(run: Run, undone: Set[tuple[int, UUID]], user: AbstractBaseUser | None) -> None:
    """Let open conflicts about undone texts follow them: without a draft there is nothing to choose any more.

    `undone` are the entries, each by its catalog's primary key and its own key.
    """
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


@dataclass(frozen=True, slots=True)
class _Undone:
    """The outcome in one catalog."""

    result: RunResult
    #: By the catalog's primary key and the entry's own key, wherever the text stands now.
    entries: frozenset[tuple[int, UUID]] = frozenset()


def _undo_in(
    catalog_id: int, changes: list[Change], run: Run, user: AbstractBaseUser | None, *, waits: bool
) -> _Undone:
    """Undo a run's changes to a catalog. The drafts of an undone approval wait for review again."""
    catalog = active_catalogs().filter(pk=catalog_id).first()
    if catalog is None:
        text = f"{changes[0].domain} is not translated any more."
        issue = Issue(Severity.WARNING, IssueCode.NOT_TRANSLATED, text)
        return _Undone(RunResult(entries=EntryCounts(unknown=len(changes)), issues=(issue,)))
    undoing = _Undoing(load_catalogs([catalog])[0], ChangeLog(run=run, user=user), changes, waits=waits)
    issues: list[Issue] = []
    entries: set[tuple[int, UUID]] = set()
    # A draft belongs beside the text in use, so that comes first.
    for change in sorted(changes, key=lambda change: change.kind == Change.Kind.DRAFT):
        entry_id = undoing.standing(change)
        entries.add((catalog_id, entry_key(*entry_id)))
        if not (undoing.restore(change, entry_id) or undoing.is_as_before(change, entry_id)):
            issues.append(_left_alone(change, is_gone=undoing.is_gone(entry_id)))
    undoing.reopen_conflicts()
    undoing.save()
    Catalog.objects.filter(pk__in={catalog.pk, *undoing.others}).mark_changed()
    restored = len(undoing.done)
    counts = EntryCounts(imported=restored, unchanged=len(changes) - restored)
    return _Undone(RunResult(entries=counts, issues=tuple(issues)), frozenset(entries))


def _left_alone(change: Change, *, is_gone: bool) -> Issue:
    msgctxt = join_msgctxt(change.domain, change.path)
    if is_gone:
        text = "The page no longer has this text; its translations are in the history."
        return Issue(Severity.WARNING, IssueCode.UNKNOWN_ENTRY, text, msgctxt=msgctxt)
    text = "The text was changed again since; it was left alone."
    return Issue(Severity.WARNING, IssueCode.CHANGED_SINCE, text, msgctxt=msgctxt)


class _Undoing:
    """The undoing of a run's changes to one catalog. Texts are restored in memory; `save` writes them at once."""

    def __init__(
        self, loaded: LoadedCatalog, log: ChangeLog, changes: Collection[Change], *, waits: bool
    ) -> None:
        self._waits = waits
        self.loaded = loaded
        self.log = log
        self._changes = changes
        self.done: list[Change] = []
        #: The entries whose translations in use are other ones now.
        self._restored: dict[EntryId, CurrentEntry] = {}
        current = {entry.id: entry.draft for entry in loaded.current if entry.draft is not None}
        self._drafts: dict[EntryId, Draft] = {**current, **loaded.retired_drafts}
        self._changed_drafts: set[EntryId] = set()
        #: Later work than the run's, kept beside the texts brought back.
        self._kept_drafts: set[EntryId] = set()
        #: The catalogs of other pages with texts restored, by primary key.
        self.others: set[int] = set()
        #: The translations at places that the source has given up since the run, and on other pages, by string and context.
        self._stored: dict[tuple[int, int], str] = {}
        #: The places of texts moved since the run, by those of then.
        self._moved: dict[EntryId, EntryId] = {}

    def standing(self, change: Change) -> EntryId:
        """The entry changed, or the one that its text has moved to since."""
        entry_id = change.path, change.msgid
        if entry_id in self.loaded.entries:
            return entry_id
        if entry_id not in self._moved:
            of_run = [entry for entry in self._by_msgid.get(change.msgid, ()) if self._has(entry, change)]
            self._moved[entry_id] = of_run[0].id if len(of_run) == 1 else entry_id
        return self._moved[entry_id]

    @cached_property
    def _by_msgid(self) -> dict[str, list[CurrentEntry]]:
        found: dict[str, list[CurrentEntry]] = defaultdict(list)
        for entry in self.loaded.current:
            found[entry.msgid].append(entry)
        return dict(found)

    @cached_property
    def _places(self) -> dict[EntryId, Place]:
        """The places of the run's texts that the source has given up since."""
        gone = {(change.path, change.msgid) for change in self._changes} - self.loaded.entries.keys()
        return places_of(self.loaded.catalog, gone)

    @cached_property
    def _elsewhere(self) -> dict[tuple[str, str], list[tuple[LoadedCatalog, CurrentEntry]]]:
        """The entries of other pages with translations taken over with their texts, by source text and translation."""
        catalog = self.loaded.catalog
        taken = StringTranslation.objects.filter(
            AnyOf(F("translation_of"), [place.string_id for place in self._places.values()]),
            locale=catalog.locale_id,
            tool_name=TOOL_NAME,
        ).exclude(context__object=catalog.domain.object_id)
        objects = set(taken.values_list("context__object_id", flat=True)) if self._places else set()
        others = active_catalogs().filter(domain__object__in=objects, locale=catalog.locale_id)
        found: dict[tuple[str, str], list[tuple[LoadedCatalog, CurrentEntry]]] = defaultdict(list)
        for other in load_catalogs(list(others)) if objects else ():
            for entry in other.current:
                found[entry.msgid, entry.approved].append((other, entry))
        return dict(found)

    def _has(self, entry: CurrentEntry, change: Change) -> bool:
        """Whether the entry has the text that the change brought."""
        if change.kind == Change.Kind.APPROVED:
            return entry.database == change.after
        return (entry.draft.text if entry.draft else "") == change.after

    def is_as_before(self, change: Change, entry_id: EntryId) -> bool:
        """Whether the entry has the text already that it had before the change."""
        if change.kind == Change.Kind.APPROVED:
            entry = self.loaded.entries.get(entry_id)
            return entry is not None and entry.database == change.before
        draft = self._drafts.get(entry_id)
        return (draft.text if draft else "") == change.before

    def is_gone(self, entry_id: EntryId) -> bool:
        return entry_id not in self.loaded.entries and entry_id not in self._drafts

    def restore(self, change: Change, entry_id: EntryId) -> bool:
        """Restore the text before a change to an entry. False, and nothing, where it was changed again since."""
        of_kind = self._restore_approved if change.kind == Change.Kind.APPROVED else self._restore_draft
        restored = of_kind(change, entry_id)
        if restored:
            self.done.append(change)
        return restored

    def _restore_approved(self, change: Change, entry_id: EntryId) -> bool:
        entry = self.loaded.entries.get(entry_id)
        if entry is None:
            return self._restore_gone(change)
        if entry.database != change.after:
            return False
        before = change.before
        if before and blocks(check_entry(self.loaded, entry, before)):
            # Safe for no page, whoever had approved it.
            self.log.keep(change.domain, change.language, entry_id, before)
            before = ""
        if entry_id != (change.path, change.msgid):
            self._restore_stored(change)  # or it would come back with its text to the former place
        self.loaded.entries[entry_id] = entry._replace(database=before, has_error=False)
        self._restored[entry_id] = self.loaded.entries[entry_id]
        self.log.add(self.loaded.catalog, Change.Kind.APPROVED, entry_id, change.after, before)
        draft = self._drafts.get(entry_id)
        if draft is not None and draft.approved == change.after and draft.text != before:
            draft.approved = before  # or it would give way, as to a newer approval
            self._kept_drafts.add(entry_id)
        return True

    def _restore_gone(self, change: Change) -> bool:
        """Restore the translation of a text that the page no longer has, and what was made of it.

        Offers for the text that replaced it, and the translation where the text stands on other pages now.
        """
        if not self._restore_stored(change):
            return False
        catalog = self.loaded.catalog
        self.log.add(catalog, Change.Kind.APPROVED, (change.path, change.msgid), change.after, change.before)
        for entry in self.loaded.current:
            draft = entry.draft
            if draft and change.after and (draft.previous_msgid, draft.text) == (change.msgid, change.after):
                self._put_draft(entry.id, change.before)
                self.log.add(catalog, Change.Kind.DRAFT, entry.id, change.after, change.before)
        self._restore_elsewhere(change)
        return True

    def _restore_stored(self, change: Change) -> bool:
        """Restore the translation at a place that the source has given up. False where it is another by now."""
        place = self._places.get((change.path, change.msgid))
        if place is None:
            return False
        key = place.string_id, place.context_id
        if self._stored.get(key, place.text) != change.after:
            return False
        self._stored[key] = change.before
        return True

    def _restore_elsewhere(self, change: Change) -> None:
        """Restore the translation on the pages that the text has moved to, and that took it over with the text."""
        if not change.after:
            return
        for other, entry in self._elsewhere.get((change.msgid, change.after), ()):
            is_safe = not change.before or not blocks(check_entry(other, entry, change.before))
            text = change.before if is_safe else ""
            self._stored[entry.string_id, entry.context_id] = text
            self.log.add(other.catalog, Change.Kind.APPROVED, entry.id, change.after, text)
            self.others.add(other.catalog.pk)

    def _restore_draft(self, change: Change, entry_id: EntryId) -> bool:
        draft = self._drafts.get(entry_id)
        if (draft.text if draft else "") != change.after:
            return False
        self._put_draft(entry_id, change.before)
        self.log.add(self.loaded.catalog, Change.Kind.DRAFT, entry_id, change.after, change.before)
        return True

    def _put_draft(self, entry_id: EntryId, text: str) -> None:
        """Make the text the entry's draft; "" for none."""
        draft = self._drafts.setdefault(entry_id, Draft.of(self.loaded.catalog, entry_id))
        draft.text = text
        draft.for_review = draft.for_review or (self._waits and bool(text))
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
            if conflict.file_text in disputed.pop(entry_id, ()):
                entry_id = self._moved.get(entry_id, entry_id)
                if entry_key(*entry_id) in is_open:
                    continue
                conflict.move(entry_id)
                conflict.reopen()
                draft = self._drafts.get(entry_id)
                if draft is None or not draft.text:
                    self._put_draft(entry_id, conflict.file_text)

    def save(self) -> None:
        locale_id = self.loaded.catalog.locale_id
        restored = {
            **self._stored,
            **{(one.string_id, one.context_id): one.database for one in self._restored.values()},
        }
        approved = [Approved(*key, locale_id, text) for key, text in restored.items() if text]
        approve(approved, TOOL_NAME, self.log.user)
        withdraw({key for key, text in restored.items() if not text}, locale_id)
        self._save_drafts()
        save_changes([self.log])

    def _authors(self, drafts: Mapping[EntryId, Draft]) -> dict[tuple[str, str, str], Any]:
        """Whoever typed the drafts' texts, by path, source text and text: no one is to approve their own. Two queries."""
        if not drafts:
            return {}
        typed = Change.objects.filter(
            AnyOf(F("after"), list({draft.text for draft in drafts.values()})),
            catalog=self.loaded.catalog,
            kind=Change.Kind.DRAFT,
            user__isnull=False,
        ).order_by("pk")
        found = {
            (path, msgid, text): user
            for path, msgid, text, user in typed.values_list("path", "msgid", "after", "user_id")
        }
        accounts = get_user_model()._default_manager.filter(pk__in=set(found.values()))
        known = set(accounts.values_list("pk", flat=True)) if found else set()
        return {place: user for place, user in found.items() if user in known}

    def _save_drafts(self) -> None:
        changed = [(entry_id, self._drafts[entry_id]) for entry_id in self._changed_drafts]
        kept = {entry_id: draft for entry_id, draft in changed if draft.text}
        Draft.objects.filter(
            pk__in=[draft.pk for _entry_id, draft in changed if draft.pk and not draft.text]
        ).delete()
        sources = earlier_sources(self.loaded.catalog, kept)
        authors = self._authors(kept)
        for entry_id, draft in kept.items():
            draft.author_id = draft.author_id or authors.get((*entry_id, draft.text))
            entry = self.loaded.entries.get(entry_id)
            draft.approved = entry.approved if entry else ""
            draft.previous_msgid = sources.get(entry_id, "")
        Draft.objects.bulk_create([draft for draft in kept.values() if draft.pk is None])
        known = [draft for draft in kept.values() if draft.pk is not None]
        fields = ["text", "previous_msgid", "approved", "for_review", "author"]
        Draft.objects.bulk_update(known, fields, batch_size=500)
        beside = [self._drafts[entry_id] for entry_id in self._kept_drafts - self._changed_drafts]
        Draft.objects.bulk_update(beside, ["approved"], batch_size=500)
