"""Which removed message an added one replaces, when a source has changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

#: Below this likeness (rapidfuzz's ratio, 0 to 100) an old translation misleads more than it helps.
MINIMUM_LIKENESS = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """A message by where it stands and what it says."""

    path: str
    msgid: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    added: Place
    removed: Place

    @property
    def moved(self) -> bool:
        """The text is the same; only its place is another."""
        return self.added.msgid == self.removed.msgid


def match(added: Sequence[Place], removed: Sequence[Place]) -> list[Pair]:
    """Pair each added message with at most one removed one, and each removed one with at most one added.

    First the same text elsewhere, then the same place, then the likest text of the same kind of field anywhere.
    """
    pairs: list[Pair] = []
    free_added, free_removed = list(added), list(removed)

    def take(pair: Pair) -> None:
        pairs.append(pair)
        free_added.remove(pair.added)
        free_removed.remove(pair.removed)

    by_text: dict[str, list[Place]] = defaultdict(list)
    for place in free_removed:
        by_text[place.msgid].append(place)
    for place in list(free_added):
        if by_text[place.msgid]:
            take(Pair(place, by_text[place.msgid].pop(0)))

    by_path: dict[str, list[Place]] = defaultdict(list)
    for place in free_removed:
        by_path[place.path].append(place)
    for path in dict.fromkeys(place.path for place in free_added):
        here = [place for place in free_added if place.path == path]
        if len(here) == len(by_path[path]) == 1:
            take(Pair(here[0], by_path[path][0]))
        else:
            for pair in _likest(here, by_path[path]):
                take(pair)

    for pair in _likest(free_added, free_removed):
        take(pair)
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
