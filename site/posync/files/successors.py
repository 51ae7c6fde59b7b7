"""Finds what replaced the entries of a file whose source has changed since it was written."""

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.core.po.entries import Entry
from posync.core.po.naming import split_msgctxt
from posync.core.rules.facts import OWN, FileKind
from posync.core.rules.matching import Place, match


class Successor(NamedTuple):
    current: CurrentEntry
    #: The same text at another place, where the file has no entry: the file's entry is about this one.
    moved: bool


@dataclass(frozen=True)
class Successors:
    """The successors of the entries that a file has and the source has no more."""

    loaded: LoadedCatalog
    kind: FileKind
    #: The entries of the file.
    entries: Sequence[Entry]
    #: Those that the catalog had before; for its own file, all.
    former: Collection[tuple[int, EntryId]]

    def find(self, entry_id: EntryId, entry: Entry) -> Successor | None:
        """The successor of an entry gone from the source.

        Paired as the refresh of the source pairs them; else the entry with the same source and translation elsewhere, or
        with a draft for this source.
        """
        if (current := self._paired.get(entry_id)) is not None:
            return Successor(current, moved=current.msgid == entry.msgid)
        path, msgid = entry_id
        for twin in self._by_msgid.get(msgid, ()):
            if twin.outgoing.msgstr == entry.msgstr:
                return Successor(twin, moved=False)
        offered = self._by_previous_msgid.get(msgid, [])
        current = next((one for one in offered if one.path == path), offered[0] if offered else None)
        return Successor(current, moved=False) if current is not None else None

    @cached_property
    def _paired(self) -> dict[EntryId, CurrentEntry]:
        """By entries gone from the source, the entries that took their places since the file was written."""
        named = dict.fromkeys(
            (split_msgctxt(entry.msgctxt)[1], entry.msgid) for entry in self.entries if not entry.obsolete
        )
        gone = [key for key in named if key not in self.loaded.entries and self._is_former(key)]
        if not gone:
            return {}
        order = {key: number for number, key in enumerate(self.loaded.carried)}
        removed = [Place(*key, order.get(key, len(order))) for key in gone]
        added = [Place(*one.id, number) for number, one in enumerate(self._unseen(named.keys(), gone))]
        pairs = match(added, removed)
        return {
            (pair.removed.path, pair.removed.msgid): self.loaded.entries[pair.added.path, pair.added.msgid]
            for pair in pairs
        }

    def _is_former(self, entry_id: EntryId) -> bool:
        if self.kind is OWN:
            before = self.loaded.carried.get(entry_id)
            return before is not None and not before.obsolete
        return (self.loaded.catalog.pk, entry_id) in self.former

    def _unseen(self, named: Set[EntryId], gone: Collection[EntryId]) -> list[CurrentEntry]:
        """The entries that the file's translator did not see. Of a foreign file, who knows: those in its entries' way."""
        texts, paths = {msgid for _path, msgid in gone}, {path for path, _msgid in gone}
        unseen = [one for one in self.loaded.current if one.id not in named]
        if self.kind is OWN:
            carried = self.loaded.carried
            return [
                one
                for one in unseen
                if ((before := carried.get(one.id)) is None or before.obsolete)
                # A text with a translation of its own needs no other's.
                and (one.msgid in texts or not one.approved)
            ]
        return [
            one
            for one in unseen
            if (one.msgid in texts and len(self._by_msgid[one.msgid]) == 1)
            or (one.path in paths and not one.outgoing.msgstr and one.path in self.loaded.places_of_one_text)
        ]

    @cached_property
    def _by_msgid(self) -> dict[str, list[CurrentEntry]]:
        found: dict[str, list[CurrentEntry]] = defaultdict(list)
        for current in self.loaded.current:
            found[current.msgid].append(current)
        return dict(found)

    @cached_property
    def _by_previous_msgid(self) -> dict[str, list[CurrentEntry]]:
        found: dict[str, list[CurrentEntry]] = defaultdict(list)
        for current in self.loaded.current:
            if current.draft is not None and current.draft.previous_msgid:
                found[current.draft.previous_msgid].append(current)
        return dict(found)
