"""The decision table for entries in imported files.

Exactly one row answers each possible combination of facts. Loading and storing know nothing of the rules.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_type_hints

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
    REFUSED,
    REVIEW,
    SAME,
    SET_ASIDE,
    TEXT,
    TRANSLATED,
    UNCHANGED,
    UNKNOWN,
    UNUSABLE,
    Content,
    Facts,
    FileKind,
)


class Action(StrEnum):
    KEEP = "keep"  # translation and draft stay as they are
    APPROVE = "approve"  # the file's text goes into use and settles an open conflict
    AGREE = "agree"  # the file confirms the translation in use and settles an open conflict
    DRAFT = "draft"  # the file's text becomes the entry's draft, in use nowhere
    CLEAR = "clear"  # the file's text was taken out: reported; obeyed with --allow-clear
    CONFLICT = "conflict"  # the translation in use stays; a person chooses
    RECORD = "record"  # the file's text goes to the history alone


class Reason(StrEnum):
    NOT_IN_FILE = "not in the file"
    NOTHING_THERE = "nothing there"
    UNCHANGED = "unchanged"
    EMPTIED = "emptied"
    IN_USE = "in use already"
    IN_DISPUTE = "in an open conflict"
    SUPERSEDED = "newer work stands"
    RECORDED = "in the history already"
    DRAFTED = "a draft already"
    FUZZY = "marked as fuzzy"
    REVIEW = "for review"
    REFUSED = "refused by a check"
    FIRST = "first translation"
    CHANGED = "changed in the file alone"
    CONFIRMED = "draft confirmed"
    CHOSEN = "conflict settled in the file"
    SAME_CHANGE = "both changed alike"
    BOTH_CHANGED = "both changed"
    SUCCESSOR = "for the entry that replaced it"
    SOURCE_GONE = "source gone"
    UNKNOWN = "unknown to the page"
    SET_ASIDE = "obsolete in the file"
    UNUSABLE = "cannot be merged"


class Decision(NamedTuple):
    action: Action
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pattern:
    """Facts by name, each with its fitting values. A fact without a name here may be anything."""

    asked: dict[str, frozenset[Any]]

    def fits(self, facts: Facts) -> bool:
        return all(getattr(facts, name) in values for name, values in self.asked.items())


@dataclass(frozen=True, slots=True)
class Row:
    decision: Decision
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts impossible together."""

    why: str
    pattern: Pattern


def _pattern(facts: dict[str, Any]) -> Pattern:
    return Pattern(
        {
            name: frozenset(value) if isinstance(value, frozenset | set) else frozenset([value])
            for name, value in facts.items()
        }
    )


def _row(action: Action, reason: Reason, **facts: Any) -> Row:
    return Row(Decision(action, reason), _pattern(facts))


def _never(why: str, **facts: Any) -> Contradiction:
    return Contradiction(why, _pattern(facts))


FOREIGN = frozenset(FileKind) - {OWN}
NOTHING = frozenset({ABSENT, EMPTY})
A_TEXT = frozenset({FUZZY, REVIEW, TRANSLATED})
NOT_IN_USE = frozenset(Content) - {TRANSLATED}
CHANGED = frozenset({FLAG, TEXT})
NOT_SAME = frozenset({NONE, OTHER})
NOT_CURRENT = frozenset({SET_ASIDE, MOVED, GONE, OBSOLETE, UNKNOWN})
WITHOUT_SOURCE = frozenset({GONE, OBSOLETE})

#: Combinations beyond any file and any database.
IMPOSSIBLE = (
    _never("unchanged from nothing to a text", change=UNCHANGED, file=A_TEXT, base=NOTHING),
    _never("unchanged from a text to nothing", change=UNCHANGED, file=NOTHING, base=A_TEXT),
    _never("unchanged with another flag", change=UNCHANGED, file=FUZZY, base=TRANSLATED),
    _never("unchanged with another flag", change=UNCHANGED, file=TRANSLATED, base=FUZZY),
    _never("a flag changed where there is no text", change=FLAG, file=NOTHING),
    _never("a flag changed where there was no text", change=FLAG, file=A_TEXT, base=NOTHING),
    _never("a flag changed to itself", change=FLAG, file=FUZZY, base=FUZZY),
    _never("a flag changed to itself", change=FLAG, file=TRANSLATED, base=TRANSLATED),
    _never("in the database, what waits for review is a draft", database=REVIEW),
    _never("what waits for review has changed in no file", file=REVIEW, change={FLAG, TEXT}),
    _never("it waits for review still", base=REVIEW, file={FUZZY, TRANSLATED}, change=UNCHANGED),
    _never("no flag is gone", base=REVIEW, file=TRANSLATED, change=FLAG),
    _never("nothing changed to nothing", change=TEXT, file=NOTHING, base=NOTHING),
    _never("a text that equals none", file=A_TEXT, database=NOTHING, file_is_database=True),
    _never("no text that equals one", file=NOTHING, database=A_TEXT, file_is_database=True),
    _never("no text that differs from none", file=NOTHING, database=NOTHING, file_is_database=False),
    _never(
        "three texts, two pairs alike and one not",
        base=TRANSLATED,
        database=TRANSLATED,
        file=A_TEXT,
        change={UNCHANGED, FLAG},
        file_is_database=True,
        database_is_base=False,
    ),
    _never(
        "three texts, two pairs alike and one not",
        base=TRANSLATED,
        database=TRANSLATED,
        file=A_TEXT,
        change={UNCHANGED, FLAG},
        file_is_database=False,
        database_is_base=True,
    ),
    _never(
        "three texts, two pairs alike and one not",
        base=TRANSLATED,
        database=TRANSLATED,
        file=A_TEXT,
        change=TEXT,
        file_is_database=True,
        database_is_base=True,
    ),
    _never("in use since a base that had none", base=NOTHING, database=TRANSLATED, database_is_base=True),
    _never("out of use since a base that had none", base=NOTHING, database=NOT_IN_USE, database_is_base=False),
    _never("out of use as in a base that had it", base=TRANSLATED, database=NOT_IN_USE, database_is_base=True),
    _never("a draft that equals no text", file=NOTHING, draft=SAME),
    _never("a conflict about no text", file=NOTHING, conflict=SAME),
    _never("no text that gave way", file=NOTHING, superseded=True),
    _never("unknown in the file of its own", entry=UNKNOWN, kind=OWN),
    _never("a check that nobody asked", entry=REFUSED, file={ABSENT, EMPTY, FUZZY, REVIEW}),
)  # fmt: skip

_OWN = {"entry": CURRENT, "kind": OWN, "change": CHANGED}
_OWN_FUZZY = {**_OWN, "conflict": NOT_SAME, "file": FUZZY}
_OWN_TEXT = {**_OWN, "conflict": NOT_SAME, "file": TRANSLATED}
#: The file alone was changed, and says something new.
_ALONE = {"file_is_database": False, "database_is_base": True}
_FOREIGN = {"entry": CURRENT, "kind": FOREIGN, "change": CHANGED}
_FOREIGN_NEWS = {**_FOREIGN, "conflict": NOT_SAME, "superseded": False}

TABLE = (
    # Nothing to merge.
    _row(Action.RECORD, Reason.UNUSABLE, entry=UNUSABLE, file=A_TEXT),
    _row(Action.KEEP, Reason.UNUSABLE, entry=UNUSABLE, file=NOTHING),
    _row(Action.KEEP, Reason.NOT_IN_FILE, entry={CURRENT, *NOT_CURRENT}, file=ABSENT),
    _row(Action.KEEP, Reason.NOTHING_THERE, entry=NOT_CURRENT, file=EMPTY),
    _row(Action.KEEP, Reason.NOTHING_THERE, entry=CURRENT, file=EMPTY, kind=FOREIGN),
    _row(Action.KEEP, Reason.NOTHING_THERE, entry=CURRENT, file=EMPTY, kind=OWN, base=NOTHING),
    _row(Action.CLEAR, Reason.EMPTIED, entry=CURRENT, file=EMPTY, kind=OWN, base=A_TEXT),
    _row(Action.KEEP, Reason.UNCHANGED, entry=CURRENT, file=A_TEXT, change=UNCHANGED),
    # The catalog's own file, with the text of an open conflict: chosen where its fuzzy flag was taken away, else
    # the same delivery once more.
    _row(Action.KEEP, Reason.IN_DISPUTE, **_OWN, conflict=SAME, file=FUZZY),
    _row(Action.AGREE, Reason.SAME_CHANGE, **_OWN, conflict=SAME, file=TRANSLATED, file_is_database=True),
    _row(Action.KEEP, Reason.IN_DISPUTE, **{**_OWN, "change": TEXT}, conflict=SAME, file=TRANSLATED, file_is_database=False),
    _row(Action.APPROVE, Reason.CHOSEN, **{**_OWN, "change": FLAG}, **_ALONE, conflict=SAME, file=TRANSLATED, may_approve=True),
    _row(Action.DRAFT, Reason.REVIEW, **{**_OWN, "change": FLAG}, **_ALONE, conflict=SAME, file=TRANSLATED, may_approve=False),
    _row(Action.CONFLICT, Reason.BOTH_CHANGED, **{**_OWN, "change": FLAG}, conflict=SAME, file=TRANSLATED,
         file_is_database=False, database_is_base=False),
    # The catalog's own file, with another text.
    _row(Action.AGREE, Reason.SAME_CHANGE, **_OWN_TEXT, file_is_database=True),
    _row(Action.DRAFT, Reason.FUZZY, **_OWN_FUZZY, file_is_database=True),
    _row(Action.CONFLICT, Reason.BOTH_CHANGED, **{**_OWN, "file": A_TEXT}, conflict=NOT_SAME,
         file_is_database=False, database_is_base=False),
    _row(Action.KEEP, Reason.DRAFTED, **_OWN_FUZZY, **_ALONE, draft=SAME),
    _row(Action.DRAFT, Reason.FUZZY, **_OWN_FUZZY, **_ALONE, draft=NOT_SAME),
    _row(Action.DRAFT, Reason.REVIEW, **_OWN_TEXT, **_ALONE, may_approve=False),
    _row(Action.APPROVE, Reason.CONFIRMED, **{**_OWN_TEXT, "change": FLAG}, **_ALONE, may_approve=True),
    _row(Action.APPROVE, Reason.CHOSEN, **{**_OWN_TEXT, "change": TEXT, "conflict": OTHER}, **_ALONE, may_approve=True),
    _row(Action.APPROVE, Reason.FIRST, **{**_OWN_TEXT, "change": TEXT, "conflict": NONE}, **_ALONE, may_approve=True,
         database=NOT_IN_USE),
    _row(Action.APPROVE, Reason.CHANGED, **{**_OWN_TEXT, "change": TEXT, "conflict": NONE}, **_ALONE, may_approve=True,
         database=TRANSLATED),
    # Any other file. Its base is unknown: the history tells its news.
    _row(Action.KEEP, Reason.IN_DISPUTE, **_FOREIGN, file=A_TEXT, conflict=SAME),
    _row(Action.KEEP, Reason.IN_USE, **_FOREIGN, file=TRANSLATED, conflict=NOT_SAME, file_is_database=True),
    _row(Action.KEEP, Reason.SUPERSEDED, **_FOREIGN, file=FUZZY, conflict=NOT_SAME, file_is_database=True),
    _row(Action.KEEP, Reason.SUPERSEDED, **_FOREIGN, file=A_TEXT, conflict=NOT_SAME, file_is_database=False, superseded=True),
    _row(Action.CONFLICT, Reason.BOTH_CHANGED, **_FOREIGN_NEWS, file=TRANSLATED, file_is_database=False,
         database_is_base=False),
    _row(Action.CONFLICT, Reason.BOTH_CHANGED, **_FOREIGN_NEWS, file=FUZZY, file_is_database=False,
         database_is_base=False, draft=NOT_SAME),
    _row(Action.KEEP, Reason.DRAFTED, **_FOREIGN_NEWS, file=FUZZY, file_is_database=False, draft=SAME),
    _row(Action.DRAFT, Reason.FUZZY, **_FOREIGN_NEWS, **_ALONE, file=FUZZY, draft=NOT_SAME),
    _row(Action.DRAFT, Reason.REVIEW, **_FOREIGN_NEWS, **_ALONE, file=TRANSLATED, may_approve=False),
    _row(Action.APPROVE, Reason.CHOSEN, **{**_FOREIGN_NEWS, "conflict": OTHER}, **_ALONE, file=TRANSLATED, may_approve=True),
    _row(Action.APPROVE, Reason.FIRST, **{**_FOREIGN_NEWS, "conflict": NONE}, **_ALONE, file=TRANSLATED, may_approve=True,
         database=NOT_IN_USE),
    _row(Action.APPROVE, Reason.CHANGED, **{**_FOREIGN_NEWS, "conflict": NONE}, **_ALONE, file=TRANSLATED, may_approve=True,
         database=TRANSLATED),
    # Refused.
    _row(Action.DRAFT, Reason.REFUSED, entry=REFUSED, file=TRANSLATED),
    # The source has the entry, the file has set it aside: as if it were missing, unless nothing else is known.
    _row(Action.KEEP, Reason.UNCHANGED, entry=SET_ASIDE, file=A_TEXT, change={UNCHANGED, FLAG}),
    _row(Action.KEEP, Reason.IN_USE, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=True),
    _row(Action.KEEP, Reason.DRAFTED, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=False, draft=SAME),
    _row(Action.RECORD, Reason.SET_ASIDE, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=False, draft=OTHER),
    _row(Action.RECORD, Reason.SET_ASIDE, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=A_TEXT),
    _row(Action.RECORD, Reason.SET_ASIDE, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=NOTHING, base=A_TEXT),
    _row(Action.DRAFT, Reason.SET_ASIDE, entry=SET_ASIDE, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=NOTHING, base=NOTHING),
    # The source has the entry no more.
    _row(Action.KEEP, Reason.UNCHANGED, entry={MOVED, GONE, OBSOLETE}, file=A_TEXT, change={UNCHANGED, FLAG}),
    _row(Action.KEEP, Reason.IN_USE, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=True),
    _row(Action.KEEP, Reason.DRAFTED, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=SAME),
    _row(Action.RECORD, Reason.SUPERSEDED, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NOT_SAME,
         kind=OWN, superseded=True),
    _row(Action.RECORD, Reason.SUPERSEDED, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=TRANSLATED, kind=OWN, superseded=False),
    _row(Action.RECORD, Reason.SUPERSEDED, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=TRANSLATED, kind=FOREIGN, superseded=False),
    _row(Action.KEEP, Reason.RECORDED, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NOT_SAME,
         kind=FOREIGN, superseded=True),
    _row(Action.DRAFT, Reason.SUCCESSOR, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=OTHER,
         kind=FOREIGN, superseded=False),
    _row(Action.DRAFT, Reason.SUCCESSOR, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=NOT_IN_USE, kind=FOREIGN, superseded=False),
    _row(Action.DRAFT, Reason.SUCCESSOR, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=OTHER, kind=OWN,
         superseded=False),
    _row(Action.DRAFT, Reason.SUCCESSOR, entry=MOVED, file=A_TEXT, change=TEXT, file_is_database=False, draft=NONE,
         database=NOT_IN_USE, kind=OWN, superseded=False),
    _row(Action.KEEP, Reason.DRAFTED, entry=WITHOUT_SOURCE, file=A_TEXT, change=TEXT, draft=SAME),
    _row(Action.DRAFT, Reason.SOURCE_GONE, entry=WITHOUT_SOURCE, file=A_TEXT, change=TEXT, draft=NOT_SAME, kind=OWN),
    _row(Action.DRAFT, Reason.SOURCE_GONE, entry=WITHOUT_SOURCE, file=A_TEXT, change=TEXT, draft=NOT_SAME, kind=FOREIGN,
         superseded=False),
    _row(Action.KEEP, Reason.RECORDED, entry=WITHOUT_SOURCE, file=A_TEXT, change=TEXT, draft=NOT_SAME, kind=FOREIGN,
         superseded=True),
    _row(Action.RECORD, Reason.UNKNOWN, entry=UNKNOWN, file=A_TEXT, kind=FOREIGN),
)  # fmt: skip


#: Each fact's possible values.
VALUES: dict[str, tuple[Any, ...]] = {
    name: (False, True) if kind is bool else tuple(kind) for name, kind in get_type_hints(Facts).items()
}


@cache  # a run meets some dozens of combinations, each thousands of times
def decide(facts: Facts) -> Decision:
    """The decision of the table's one row for the facts.

    Raises ValueError for contradictory facts.
    """
    for row in TABLE:
        if row.pattern.fits(facts):
            return row.decision
    raise ValueError(f"No file and no database can bring about {facts}.")


def contradiction(facts: Facts) -> str:
    """Why the facts cannot come together; "" where they can."""
    return next((each.why for each in IMPOSSIBLE if each.pattern.fits(facts)), "")
