"""Carries translations over within one catalog, from the entries that its source gave up to those it took in."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.core.po.entries import Entry
from posync.core.rules.matching import Pair, Place, match_changed, match_moved
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Change, Conflict, Draft
from posync.sources.turnover import Turnover
from posync.validators.run_checks import blocks


class Stored(NamedTuple):
    """A translation in the database, in use at its place, and when it was stored."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Old:
    """The remains of an entry gone from the source."""

    #: Approved for its source; "" for nothing.
    approved: str
    draft: Draft | None
    #: Not approved, and carried by the file alone.
    carried: str = ""
    #: The source of an offered text, where it is not the entry's own.
    previous_msgid: str = ""
    #: The source had given the entry up before.
    stale: bool = False

    @property
    def is_overtaken(self) -> bool:
        """Whether another text was approved in the database after the draft was kept, as the next export would tell."""
        draft = self.draft
        return (
            draft is not None and not self.stale and bool(self.approved) and draft.approved != self.approved
        )

    @property
    def offer(self) -> str:
        """The text for the entry's successor: the newest work on it."""
        if self.draft is not None and not self.is_overtaken:
            return self.draft.text
        return self.approved or self.carried

    @property
    def is_doubted(self) -> bool:
        """Whether a person has put the approved text itself in doubt."""
        draft = self.draft
        return draft is not None and not draft.previous_msgid and draft.text == self.approved


@dataclass(frozen=True, slots=True)
class Changes:
    """What a batch is to write: each table at once."""

    approved: list[Approved] = field(default_factory=list)
    new_drafts: list[Draft] = field(default_factory=list)
    #: Drafts of other entries now.
    moved_drafts: list[Draft] = field(default_factory=list)
    dropped_drafts: list[Draft] = field(default_factory=list)
    #: Conflicts about texts at other places now.
    moved_conflicts: list[Conflict] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)

    def save(self) -> None:
        save_changes([self.log])
        Draft.objects.filter(pk__in=[draft.pk for draft in self.dropped_drafts]).delete()
        Draft.objects.bulk_update(self.moved_drafts, ["path", "msgid", "key", "previous_msgid", "approved"])
        Draft.objects.bulk_create(self.new_drafts)
        Conflict.objects.bulk_update(self.moved_conflicts, ["catalog", "key", "path"])
        approve(self.approved, TOOL_NAME)


@dataclass(slots=True)
class Carrying:
    """The carrying over in one catalog: first what moved, then what changed, then what nobody took."""

    turnover: Turnover
    #: The open conflicts of the catalog, by entry.
    disputes: dict[EntryId, Conflict]
    #: What the batch writes.
    changes: Changes
    #: The entries back in the source with a translation that was in doubt when they went.
    doubted: Set[EntryId] = frozenset()
    #: The entries with a translation or a draft by now.
    taken: set[EntryId] = field(default_factory=set)
    #: Those of them with a translation from a place given up before: the place, and the translation.
    from_stale: dict[EntryId, tuple[str, str]] = field(default_factory=dict)
    #: The entries that the source took in, whether they have a translation or not.
    new: Sequence[CurrentEntry] = ()
    _old: dict[EntryId, _Old] = field(default_factory=dict)
    _left: dict[EntryId, _Old] = field(default_factory=dict)
    #: The places with one text each.
    _single: frozenset[str] = frozenset()

    @property
    def loaded(self) -> LoadedCatalog:
        return self.turnover.loaded

    @property
    def to_fill(self) -> list[CurrentEntry]:
        """The new entries with nothing yet."""
        return [entry for entry in self.new if not entry.database and entry.id not in self.taken]

    @property
    def leaving(self) -> list[EntryId]:
        """The entries that the source gives up now, and has nowhere else: to be asked for before anything is offered."""
        return [key for key, one in self._left.items() if not one.stale]

    def take_back(self) -> None:
        """Return drafts to entries back in the source.

        A draft of the same text, with the entry's file still carrying it; or an offer made from the entry's own draft.
        """
        loaded = self.loaded
        retired = list(loaded.retired_drafts.values())
        if not retired:
            return
        typed = {draft.msgid: draft for draft in retired if not draft.previous_msgid}
        offered = {(draft.path, draft.previous_msgid): draft for draft in retired if draft.previous_msgid}
        for entry in list(loaded.current):
            if entry.draft is not None:
                continue
            draft, carried = typed.get(entry.msgid), loaded.carried.get(entry.id)
            is_fuzzy = draft is not None and not draft.for_review
            if draft is None or carried is None or _content(carried) != (draft.text, is_fuzzy, False):
                draft = offered.get(entry.id) if entry.database else None
            if draft is None:
                continue
            if draft.text == entry.approved and draft.previous_msgid and entry.id not in self.doubted:
                continue  # an offer made from the approved text
            typed.pop(draft.msgid, None)
            del loaded.retired_drafts[draft.path, draft.msgid]
            if draft.msgid == entry.msgid:
                self._move_conflict((draft.path, draft.msgid), entry.id)
            draft.move(entry.id)
            draft.previous_msgid, draft.approved = "", entry.approved
            self.changes.moved_drafts.append(draft)
            loaded.entries[entry.id] = entry._replace(draft=draft)

    def move(self, stored: Mapping[EntryId, Stored]) -> None:
        """Give the same texts elsewhere their translations. `stored` are the database's, at the places that change.

        An entry with a translation already gets a newer one alone, of an entry that leaves now.
        """
        self.new = self.turnover.new
        self._old = _old_entries(self.turnover, stored)
        self._left = dict(self._old)
        self._single = self.loaded.places_of_one_text if self._old else frozenset()
        leaving = _newest_leaving(self._old, stored)
        new = [
            entry
            for entry in self.new
            if not entry.database
            or (
                entry.msgid in leaving
                and (entry.id not in stored or stored[entry.id].at < leaving[entry.msgid])
            )
        ]
        if new and self._left:
            self._carry(new, match_moved(_numbered(new), self._places()))

    def take_in(
        self, entry: CurrentEntry, translation: str, draft: Draft | None, conflict: Conflict | None
    ) -> None:
        """Give an entry what its text had on another page, where it stands no more."""
        catalog, changes = self.loaded.catalog, self.changes
        if translation and blocks(check_entry(self.loaded, entry, translation)):
            draft, translation = draft or Draft.of(catalog, entry.id, translation), ""
        if translation and translation != entry.database:
            changes.approved.append(
                Approved(entry.string_id, entry.context_id, catalog.locale_id, translation)
            )
        if draft is not None:
            changes.new_drafts.append(
                Draft.of(catalog, entry.id, draft.text, approved=translation, like=draft)
            )
            if draft.pk is not None:
                changes.dropped_drafts.append(draft)
            if conflict is not None and entry.id not in self.disputes:
                self.disputes[entry.id] = conflict
                conflict.catalog = catalog
                changes.moved_conflicts.append(conflict)
                conflict.move(entry.id)
        self.taken.add(entry.id)

    def let_go(self, draft: Draft) -> None:
        """Forget a draft that another page takes in."""
        for entries in (self._old, self._left):
            entries.pop((draft.path, draft.msgid), None)

    def offer(self) -> None:
        """Give the changed texts the translations that they replaced, as drafts."""
        if self._left and (new := self.to_fill):
            self._carry(new, match_changed(_numbered(new), self._places()))

    def give_up(self) -> None:
        """Drop the drafts gone on to other entries, and those superseded; these are in the history."""
        for key, one in self._old.items():
            if one.draft is None:
                continue
            goes_on = key not in self._left and not one.is_overtaken
            if goes_on and one.draft.previous_msgid:
                # An offer for a third text now. A copy of the file from before has it for the second one, as no news.
                self.changes.log.add(self.loaded.catalog, Change.Kind.DRAFT, key, one.draft.text, "")
            if not goes_on:
                gave_way = one.is_overtaken or _gave_way(self.loaded, key, one.draft, self._single)
                if key in self._left and not gave_way:
                    continue
                self.changes.log.add(self.loaded.catalog, Change.Kind.DRAFT, key, one.draft.text, "")
            self.changes.dropped_drafts.append(one.draft)

    def _carry(self, new: Sequence[CurrentEntry], pairs: Sequence[Pair]) -> None:
        catalog, changes = self.loaded.catalog, self.changes
        entries = {entry.id: entry for entry in new}
        for pair in pairs:
            entry = entries[pair.added.path, pair.added.msgid]
            removed = pair.removed.path, pair.removed.msgid
            one = self._left.pop(removed)
            self.taken.add(entry.id)
            if pair.moved:
                self._move_conflict(removed, entry.id)
            # Another field may be shorter.
            is_kept = (
                pair.moved and one.approved and not blocks(check_entry(self.loaded, entry, one.approved))
            )
            approved = one.approved if is_kept else ""
            if approved:
                changes.approved.append(
                    Approved(entry.string_id, entry.context_id, catalog.locale_id, approved)
                )
                if entry.database:
                    changes.log.add(catalog, Change.Kind.APPROVED, entry.id, entry.database, approved)
                if one.stale and one.draft is None:
                    self.from_stale[entry.id] = removed[0], approved
            if one.offer != approved or one.is_doubted:
                previous = one.previous_msgid or ("" if pair.moved else pair.removed.msgid)
                is_same = pair.moved and one.draft is not None and one.draft.text == one.offer
                changes.new_drafts.append(
                    Draft.of(
                        catalog,
                        entry.id,
                        one.offer,
                        previous_msgid=previous,
                        approved=approved,
                        like=one.draft if is_same else None,
                    )
                )

    def _move_conflict(self, old: EntryId, new: EntryId) -> None:
        """Let the conflict about an entry be about the same text elsewhere, unless there is one already."""
        if old in self.disputes and new not in self.disputes:
            conflict = self.disputes[new] = self.disputes.pop(old)
            conflict.move(new)
            self.changes.moved_conflicts.append(conflict)

    def _places(self) -> list[Place]:
        """The old entries left as places; of those at a place with one text, the newest alone is offered there."""
        old = self._left
        order = {key: number for number, key in enumerate(dict.fromkeys((*self.loaded.carried, *old)))}
        newest: dict[str, EntryId] = {}
        for key, one in self._old.items():
            best = newest.get(key[0])
            if best is None or _rank(one, order.get(key, 0)) > _rank(self._old[best], order.get(best, 0)):
                newest[key[0]] = key
        return [
            Place(
                *key,
                order[key] + len(order) * one.stale,  # what left now comes first
                offered=newest[key[0]] == key or (key[0] not in self._single and not one.stale),
            )
            for key, one in old.items()
        ]


def _numbered(new: Sequence[CurrentEntry]) -> list[Place]:
    return [Place(*entry.id, number) for number, entry in enumerate(new)]


def _content(entry: Entry) -> tuple[str, bool, bool]:
    return entry.msgstr, entry.fuzzy, entry.obsolete


def _rank(one: _Old, order: int) -> tuple[bool, bool, int]:
    return (not one.stale, one.draft is not None, one.draft.pk if one.draft else order)


def _gave_way(loaded: LoadedCatalog, key: EntryId, draft: Draft, single: Collection[str]) -> bool:
    """Whether a draft without a source is superseded: by its place's one draft, or by the text it was offered from."""
    path, _msgid = key
    origin = loaded.entries.get((path, draft.previous_msgid))
    return path in single or (origin is not None and origin.approved == draft.text)


def _old_entries(turnover: Turnover, stored: Mapping[EntryId, Stored]) -> dict[EntryId, _Old]:
    """What remains of entries gone from the source: drafts, the database's translations, and the file's texts."""
    loaded = turnover.loaded
    old: dict[EntryId, _Old] = {}
    for key in turnover.gone:
        draft, carried = loaded.retired_drafts.get(key), loaded.carried.get(key)
        approved = stored[key].text if key in stored else ""
        stale = turnover.is_stale(key)
        if draft is not None:
            one = old[key] = _Old(approved, draft, "", draft.previous_msgid, stale)
            if one.is_overtaken:
                old[key] = replace(one, previous_msgid="")
        elif approved:
            old[key] = _Old(approved, None, stale=stale)
        elif carried is not None and carried.msgstr:
            old[key] = _Old("", None, carried.msgstr, carried.previous_msgid, stale)
    return old


def _newest_leaving(old: Mapping[EntryId, _Old], stored: Mapping[EntryId, Stored]) -> dict[str, datetime]:
    """By source text, when the newest translation was stored whose entry the source gives up now."""
    newest: dict[str, datetime] = {}
    for key, one in old.items():
        if one.approved and not one.stale:
            newest[key[1]] = max(stored[key].at, newest.get(key[1], stored[key].at))
    return newest
