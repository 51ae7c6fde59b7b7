"""Finds what replaced the entries of a file whose source has changed since it was written."""

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, id_of
from posync.core.po.entries import Entry
from posync.core.rules.facts import OWN, FileKind
from posync.core.rules.matching import Place, match
from posync.files.foreign_files import superseded
from posync.history.change_log import Replaced


class Successor(NamedTuple):
    current: CurrentEntry
    #: The same text at another place, where the file has no entry: the file's entry is about this one.
    moved: bool
    #: The file's text gave way to another one before. Told of a catalog's own file alone.
    superseded: bool = False


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
        if (twin := self._late.get(entry_id)) is not None:
            is_older = any(
                (self.loaded.catalog.pk, key, entry.msgstr) in self._replaced for key in (entry_id, twin.id)
            )
            return Successor(twin, moved=not is_older, superseded=is_older)
        for twin in self._by_msgid.get(msgid, ()):
            if twin.outgoing.msgstr == entry.msgstr:
                return Successor(twin, moved=False)
        offered = self._by_previous_msgid.get(msgid, [])
        current = next((one for one in offered if one.path == path), offered[0] if offered else None)
        return Successor(current, moved=False) if current is not None else None

    @cached_property
    def _late(self) -> dict[EntryId, CurrentEntry]:
        """The entries of an own file from before a move already exported, each with its text's one place of now."""
        if self.kind is not OWN:
            return {}
        late = [key for key in self._named if key not in self.loaded.entries and not self._is_former(key)]
        twins = {key: self._by_msgid.get(key[1], []) for key in late}
        return {
            key: found[0]
            for key, found in twins.items()
            if len(found) == 1 and found[0].id not in self._named
        }

    @cached_property
    def _replaced(self) -> Set[Replaced]:
        texts = {entry.msgstr for entry in self.entries if id_of(entry) in self._late}
        return superseded([self.loaded.catalog.pk], texts - {""})

    @cached_property
    def _named(self) -> Set[EntryId]:
        """The entries that stand in the file, in their order."""
        return dict.fromkeys(id_of(entry) for entry in self.entries if not entry.obsolete).keys()

    @cached_property
    def _paired(self) -> dict[EntryId, CurrentEntry]:
        """By entries gone from the source, the entries that took their places since the file was written."""
        gone = [key for key in self._named if key not in self.loaded.entries and self._is_former(key)]
        if not gone:
            return {}
        order = {key: number for number, key in enumerate(self.loaded.carried)}
        removed = [Place(*key, order.get(key, len(order))) for key in gone]
        added = [Place(*one.id, number) for number, one in enumerate(self._unseen(gone))]
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

    def _unseen(self, gone: Collection[EntryId]) -> list[CurrentEntry]:
        """The entries that the file's translator did not see. Of a foreign file, who knows: those in its entries' way."""
        texts, paths = {msgid for _path, msgid in gone}, {path for path, _msgid in gone}
        unseen = [one for one in self.loaded.current if one.id not in self._named]
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
