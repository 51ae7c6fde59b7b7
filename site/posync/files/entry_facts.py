"""Gathers the facts about an imported entry for the decision table."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.core.po.entries import Entry
from posync.core.rules.facts import (
    ABSENT,
    CURRENT,
    EMPTY,
    FLAG,
    FUZZY,
    GONE,
    MOVED,
    NONE,
    OBSOLETE,
    OTHER,
    OWN,
    REVIEW,
    SAME,
    SET_ASIDE,
    TEXT,
    TRANSLATED,
    UNCHANGED,
    UNKNOWN,
    Change,
    Compared,
    Content,
    EntryState,
    Facts,
    FileKind,
)
from posync.files.comment_lines import in_use_line, shows_what_is_in_use, waits_for_review
from posync.files.foreign_files import History
from posync.files.successors import Successors
from posync.models import Conflict, Draft


class Subject(NamedTuple):
    """The entry behind an imported one: itself, or its successor where the source has changed."""

    state: EntryState
    entry_id: EntryId
    current: CurrentEntry | None = None
    draft: Draft | None = None
    #: The imported entry in the base, wherever its text stood then.
    before: Entry | None = None
    #: The file's text gave way to another one, at the place of the text then or now.
    superseded: bool = False


@dataclass(frozen=True)
class FactFinder:
    """Finds the facts about one catalog's entries in the database, the base and the history."""

    loaded: LoadedCatalog
    kind: FileKind
    history: History
    #: The entries of the file.
    entries: Sequence[Entry]
    #: Of entries passed on from another catalog, its base for them.
    bases: Mapping[EntryId, Entry]
    #: The open conflicts of the catalog, by entry.
    conflicts: Mapping[EntryId, Conflict]
    #: The hashes of the entries decided by earlier files of the same run.
    decided_now: Collection[int] = frozenset()
    #: Whether the file's translations are approved ones, by the site's settings.
    may_approve: bool = True
    #: Whether the entries come from the file of another place, given up by their texts.
    passed_on: bool = False

    def subject(self, entry_id: EntryId, entry: Entry) -> Subject:
        """The subject of an imported entry. A text moved since the file was written is current, in its new place."""
        before = self.loaded.carried.get(entry_id)
        current = self.loaded.entries.get(entry_id)
        if current is not None:
            return self._current(entry, current, before, self.bases.get(entry_id))
        successor = self._successors.find(entry_id, entry)
        if successor is not None:
            current = successor.current
            if not successor.moved:
                return Subject(MOVED, current.id, current, current.draft, before, successor.superseded)
            return self._current(entry, current, self.loaded.carried.get(current.id), before)
        if not (self.kind is OWN or (self.loaded.catalog.pk, entry_id) in self.history.former):
            return Subject(UNKNOWN, entry_id, before=before)
        state = OBSOLETE if entry.obsolete else GONE
        return Subject(state, entry_id, None, self.loaded.retired_drafts.get(entry_id), before)

    def is_homeless(self, entry_id: EntryId, entry: Entry) -> bool:
        """Whether the file has news on an entry gone from the source, and the page has its text nowhere now.

        What stands in its place may be another text.
        """
        if entry.obsolete or not entry.msgstr.strip():
            return False
        successor = self._successors.find(entry_id, entry)
        if successor is not None and successor.current.msgid == entry.msgid:
            return False
        catalog_id, before = self.loaded.catalog.pk, self.loaded.carried.get(entry_id)
        if before is not None and (before.msgstr, before.fuzzy) == (entry.msgstr, entry.fuzzy):
            return False  # as it was exported, in whatever file
        if self.kind is OWN:
            return before is not None
        is_former = (catalog_id, entry_id) in self.history.former
        is_known = (catalog_id, entry_id) in self.history.kept
        return (
            is_former and not is_known and (catalog_id, entry_id, entry.msgstr) not in self.history.superseded
        )

    @staticmethod
    def _current(entry: Entry, current: CurrentEntry, before: Entry | None, other: Entry | None) -> Subject:
        """A current subject with its own base, or else the `other` one, of the text's former place."""
        if entry.obsolete:
            return Subject(SET_ASIDE, current.id, current, current.draft, before)
        if other is not None and other.obsolete:
            other = None
        if before is None or before.obsolete:
            # An obsolete one is no base: the source took the text up again since.
            before = other
        elif current.approved and _in_use_at_base(before, current.draft) != current.approved:
            # The text stood at both places, and has the translation of the former one since that gave it up.
            before = other if _in_use_at_base(other, None) == current.approved else before
        return Subject(CURRENT, current.id, current, current.draft, before)

    def facts(self, entry_id: EntryId, entry: Entry, subject: Subject) -> Facts:
        current, before = subject.current, subject.before
        base, file, database = _content(before), _content(entry), _in_database(current)
        waits = waits_for_review(entry)
        in_use = current.approved if current else ""
        disputed = self.conflicts.get(subject.entry_id if subject.state is CURRENT else entry_id)
        conflict = NONE if disputed is None else _compared(entry, disputed.file_text)
        change = _change(before, entry)
        if base is TRANSLATED and _is_for_review(before, subject.draft):
            base = REVIEW
        if (base is REVIEW and change is UNCHANGED) or (waits and self._is_known(entry, subject)):
            # Nobody has approved it by leaving it as it came.
            base, file, change = base if base in (FUZZY, TRANSLATED) else REVIEW, REVIEW, UNCHANGED
        if conflict is SAME and change is FLAG and current is not None:
            # A delivery from before the dispute has the disputed text too, without its flag; nobody chose it there.
            change = FLAG if self._was_seen(entry, subject) else TEXT
        file_is_database = entry.msgstr == in_use
        is_as_in_base = in_use == _in_use_at_base(before, subject.draft)
        database_is_base = is_as_in_base and not self._is_newer_than_base(entry, subject)
        has_draft = subject.draft is not None or (current is not None and current.has_error)
        draft = _compared(entry, _drafted(subject)) if has_draft else NONE
        if draft is SAME and file is FUZZY and subject.draft is not None and subject.draft.for_review:
            draft = OTHER  # doubted by now
        # A copy of what waits for review, where there is no base to compare with.
        may_approve = self.may_approve and not (waits and before is None)
        superseded = subject.superseded if self.kind is OWN else self._is_superseded(entry_id, entry, subject)
        # By position: by name it takes three times as long, felt with tens of thousands of entries.
        return Facts(
            self.kind, base, file, database, change, file_is_database, database_is_base, subject.state, draft, conflict,
            superseded, may_approve,
        )  # fmt: skip

    @staticmethod
    def _is_known(entry: Entry, subject: Subject) -> bool:
        """Whether the text is the one that the last file had, or the draft."""
        before, draft = subject.before, subject.draft
        return (before is not None and before.msgstr == entry.msgstr) or (
            draft is not None and draft.text == entry.msgstr
        )

    def _is_newer_than_base(self, entry: Entry, subject: Subject) -> bool:
        """Whether the file disagrees with a text unseen there: of today, or in a dispute of others."""
        current = subject.current
        if current is None or entry.msgstr == current.approved:
            return False
        disputed = self.conflicts.get(subject.entry_id)
        if disputed is not None and entry.msgstr != disputed.file_text and not self._was_seen(entry, subject):
            return True
        is_foreign = self.kind is not OWN
        of_today = self.loaded.catalog.restarted or hash(subject.entry_id) in self.decided_now
        return is_foreign and of_today and bool(current.approved)

    def _was_seen(self, entry: Entry, subject: Subject) -> bool:
        """Whether the file tells of the dispute: it has the comment of the translation in use."""
        before, in_use = subject.before, subject.current.approved if subject.current else ""
        if not shows_what_is_in_use():
            return before is None or _words(before.extracted_comments) in _words(entry.extracted_comments)
        if not in_use:
            return before is not None and before.fuzzy
        return _words((in_use_line(in_use),)) in _words(entry.extracted_comments)

    @cached_property
    def _successors(self) -> Successors:
        return Successors(self.loaded, self.kind, self.entries, self.history.former)

    def _is_superseded(self, entry_id: EntryId, entry: Entry, subject: Subject) -> bool:
        """Whether the text gave way to another one, still standing; beside the source, whether its place ever had it."""
        if not entry.msgstr.strip():
            return False
        if self.passed_on and hash(subject.entry_id) in self.decided_now:
            return True  # the text was translated at both places: the one that it has now counts
        current, catalog = subject.current, self.loaded.catalog
        if current is None and (catalog.pk, entry_id) in self.history.kept:
            return True
        if current is None or subject.state is MOVED:
            names = catalog.domain.name, catalog.locale.language_code
            paths = entry_id[0], subject.entry_id[0]  # the successor may have moved on
            return any((*names, path, entry.msgstr) in self.history.recorded for path in paths)
        gave_way = self.history.superseded if current.outgoing.msgstr else self.history.withdrawn
        places = entry_id, subject.entry_id  # another one where the text has moved
        return any((catalog.pk, place, entry.msgstr) in gave_way for place in places)


def _content(entry: Entry | None) -> Content:
    if entry is None:
        return ABSENT
    if not entry.msgstr.strip():
        return EMPTY
    return FUZZY if entry.fuzzy else TRANSLATED


def _in_database(current: CurrentEntry | None) -> Content:
    if current is None or not current.database:
        return ABSENT
    return FUZZY if current.has_error else TRANSLATED


def _change(before: Entry | None, entry: Entry) -> Change:
    text, flag = (before.msgstr, before.fuzzy) if before is not None else ("", False)
    if not text.strip() and not entry.msgstr.strip():
        return UNCHANGED
    if text != entry.msgstr:
        return TEXT
    return UNCHANGED if flag == entry.fuzzy else FLAG


def _words(lines: Iterable[str]) -> str:
    """The lines as one, without regard to a tool's wrapping."""
    return " ".join(" ".join(lines).split())


def _in_use_at_base(before: Entry | None, draft: Draft | None) -> str:
    """The translation in use when the own file was written: the file's own, or the approved one beside its draft."""
    if before is None or not before.msgstr.strip():
        return ""
    if not before.fuzzy and not _is_for_review(before, draft):
        return before.msgstr
    return draft.approved if draft is not None else ""


def _is_for_review(before: Entry | None, draft: Draft | None) -> bool:
    """Whether the base's text waited for review; a tool may have dropped the comment that says so."""
    if before is None or before.fuzzy:
        return False
    return waits_for_review(before) or (
        draft is not None and draft.for_review and draft.text == before.msgstr
    )


def _drafted(subject: Subject) -> str:
    """The draft's text; a refused text of the database serves as one."""
    if subject.draft is not None:
        return subject.draft.text
    return subject.current.database if subject.current is not None and subject.current.has_error else ""


def _compared(entry: Entry, text: str) -> Compared:
    if not text:
        return NONE
    return SAME if text == entry.msgstr else OTHER
