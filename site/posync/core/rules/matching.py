"""Pairs the added entries of a changed source with the removed ones they replace."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process

#: Below this likeness (rapidfuzz's ratio, 0 to 100) an old translation misleads more than it helps.
MINIMUM_LIKENESS = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """An entry's place and text: together unique within a source."""

    path: str
    msgid: str
    order: int = 0
    #: Whether a removed entry's translation is for whatever stands at its place now.
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    added: Place
    removed: Place

    @property
    def moved(self) -> bool:
        """Whether the text is the same, and only its place another."""
        return self.added.msgid == self.removed.msgid


def match(added: Iterable[Place], removed: Iterable[Place]) -> list[Pair]:
    """Pair each added entry with at most one removed one, and each removed one with at most one added.

    First the same text elsewhere, then the same place, then the likest text anywhere. The order of the arguments
    does not matter; a place's own `order` does, where nothing else tells two of them apart.
    """
    return _match((_same_text, _same_place, _likest), added, removed)


def match_moved(added: Iterable[Place], removed: Iterable[Place]) -> list[Pair]:
    """`match` by the same text alone."""
    return _match((_same_text,), added, removed)


def match_changed(added: Iterable[Place], removed: Iterable[Place]) -> list[Pair]:
    """`match` by place and likeness, for what `match_moved` has left."""
    return _match((_same_place, _likest), added, removed)


_Step: TypeAlias = Callable[[Sequence[Place], Sequence[Place]], list[Pair]]


def _match(steps: Iterable[_Step], added: Iterable[Place], removed: Iterable[Place]) -> list[Pair]:
    added, removed = sorted(added, key=_rank), sorted(removed, key=_rank)
    pairs: list[Pair] = []
    for step in steps:
        found = step(added, removed)
        pairs += found
        added = _without(added, {pair.added for pair in found})
        removed = _without(removed, {pair.removed for pair in found})
    return pairs


def _rank(place: Place) -> tuple[int, str, str]:
    return place.order, place.path, place.msgid


def _without(places: Iterable[Place], taken: Set[Place]) -> list[Place]:
    return [place for place in places if place not in taken]


def _grouped(places: Iterable[Place], key: Callable[[Place], str]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return groups


def _same_text(added: Sequence[Place], removed: Sequence[Place]) -> list[Pair]:
    """Pair equal texts; where one stands at several places, the first with the first."""
    old = _grouped(removed, lambda place: place.msgid)
    new = _grouped(added, lambda place: place.msgid)
    return [
        Pair(now, before)
        for msgid, places in new.items()
        for now, before in zip(places, old.get(msgid, []), strict=False)
    ]


def _same_place(added: Sequence[Place], removed: Sequence[Place]) -> list[Pair]:
    """Pair one text with one at the same place. Where several stand, as in rich text, their likeness decides."""
    old = _grouped((place for place in removed if place.offered), lambda place: place.path)
    new = _grouped(added, lambda place: place.path)
    pairs: list[Pair] = []
    for path, now in new.items():
        before = old.get(path, [])
        pairs += [Pair(now[0], before[0])] if len(now) == len(before) == 1 else _likest(now, before)
    return pairs


def _likest(added: Sequence[Place], removed: Sequence[Place]) -> list[Pair]:
    """The pairs above the minimum likeness, the likest first; ties go to the earlier place."""
    texts = [place.msgid for place in removed]
    ranked = sorted(
        (-score, row, column)
        for row, place in enumerate(added)
        for _text, score, column in process.extract(
            place.msgid, texts, scorer=fuzz.ratio, score_cutoff=MINIMUM_LIKENESS, limit=None
        )
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _score, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append(Pair(added[row], removed[column]))
    return pairs
