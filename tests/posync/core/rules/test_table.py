"""The decision table: total, disjoint, and its rows as people meet them."""

from collections.abc import Iterator, Sequence
from math import prod

import pytest

from posync.core.rules.facts import Change, Compared, Content, EntryState, Facts, FileKind
from posync.core.rules.table import IMPOSSIBLE, TABLE, VALUES, Action, Pattern, decide

#: Walked in this order, most combinations are told apart early.
NAMES = [
    "entry", "file", "change", "kind", "base", "database", "file_is_database", "conflict", "database_is_base",
    "draft", "superseded", "may_approve",
]  # fmt: skip


def walk(
    known: dict, names: Sequence[str], rows: Sequence[int], contradictions: Sequence[Pattern]
) -> Iterator[tuple[dict, list[int], int]]:
    """Every combination once: all that begin with `known` together, as soon as what is left decides nothing.

    Gives what is known, the rows that answer it, and how many combinations that stands for.
    """
    if any(not pattern.asked.keys() & set(names) for pattern in contradictions):
        yield known, [], prod(len(VALUES[name]) for name in names)
        return
    open_rows = [row for row in rows if TABLE[row].pattern.asked.keys() & set(names)]
    if not names or not (open_rows or contradictions):
        yield known, list(rows), prod(len(VALUES[name]) for name in names)
        return
    name, *others = names
    for value in VALUES[name]:
        yield from walk(
            {**known, name: value},
            others,
            [row for row in rows if value in TABLE[row].pattern.asked.get(name, VALUES[name])],
            [pattern for pattern in contradictions if value in pattern.asked.get(name, VALUES[name])],
        )


def test_exactly_one_row_answers_each_possible_combination():
    walked = 0
    answering = set()
    patterns = [each.pattern for each in IMPOSSIBLE]
    for known, rows, number in walk({}, NAMES, range(len(TABLE)), patterns):
        walked += number
        if not any(
            pattern.asked.keys() <= known.keys() and all(known[n] in v for n, v in pattern.asked.items())
            for pattern in patterns
        ):
            assert len(rows) == 1, (known, [TABLE[row] for row in rows])
            answering.update(rows)
    assert walked == prod(map(len, VALUES.values()))
    assert answering == set(range(len(TABLE))), "these rows answer nothing"


#: A text in use, that the file had too, and a file that says another.
CHANGED = Facts(
    kind=FileKind.OWN,
    base=Content.TRANSLATED,
    file=Content.TRANSLATED,
    database=Content.TRANSLATED,
    change=Change.TEXT,
    file_is_database=False,
    database_is_base=True,
    entry=EntryState.CURRENT,
    draft=Compared.NONE,
    conflict=Compared.NONE,
    superseded=False,
    may_approve=True,
)
FIRST = CHANGED._replace(base=Content.EMPTY, database=Content.ABSENT)
#: The file carried a draft beside a text in use.
DRAFTED = CHANGED._replace(base=Content.FUZZY, draft=Compared.OTHER)
FUZZY = {"file": Content.FUZZY}
EMPTIED = {"file": Content.EMPTY}
COPY = {"kind": FileKind.COPY}
DISPUTED = {"conflict": Compared.SAME, "draft": Compared.SAME}


@pytest.mark.parametrize(
    ("facts", "differing", "action", "reason"),
    [
        (CHANGED, {"change": Change.UNCHANGED, "file_is_database": True}, "keep", "unchanged"),
        (
            CHANGED,
            {"change": Change.UNCHANGED, "database_is_base": False},
            "keep",
            "unchanged",
        ),
        (FIRST, {}, "approve", "first translation"),
        (CHANGED, {}, "approve", "changed in the file alone"),
        (CHANGED, {"database_is_base": False}, "conflict", "both changed"),
        (FIRST, {"database": Content.TRANSLATED, "database_is_base": False}, "conflict", "both changed"),
        (CHANGED, {"database_is_base": False, "file_is_database": True}, "agree", "both changed alike"),
        (CHANGED, {"database": Content.ABSENT, "database_is_base": False}, "conflict", "both changed"),
        (CHANGED, FUZZY, "draft", "marked as fuzzy"),
        (CHANGED, {**FUZZY, "database_is_base": False}, "conflict", "both changed"),
        (CHANGED, {**FUZZY, "draft": Compared.SAME}, "keep", "a draft already"),
        (CHANGED, {**FUZZY, "change": Change.FLAG, "file_is_database": True}, "draft", "marked as fuzzy"),
        (DRAFTED, {"change": Change.FLAG, "draft": Compared.SAME}, "approve", "draft confirmed"),
        (DRAFTED, {}, "approve", "changed in the file alone"),
        (DRAFTED, {"file_is_database": True}, "agree", "both changed alike"),
        (DRAFTED, {"database_is_base": False}, "conflict", "both changed"),
        (CHANGED, {**EMPTIED}, "clear", "emptied"),
        (FIRST, {**EMPTIED, "change": Change.UNCHANGED, "file_is_database": True}, "keep", "nothing there"),
        (CHANGED, {**EMPTIED, **COPY}, "keep", "nothing there"),
        # A dispute ends in the own file, by taking the flag away or by another text.
        (DRAFTED, {**DISPUTED, "change": Change.FLAG}, "approve", "conflict settled in the file"),
        (CHANGED, DISPUTED, "keep", "in an open conflict"),
        (DRAFTED, {"conflict": Compared.OTHER}, "approve", "conflict settled in the file"),
        # Foreign files.
        (CHANGED, COPY, "approve", "changed in the file alone"),
        (CHANGED, {**COPY, "superseded": True}, "keep", "newer work stands"),
        (CHANGED, {**COPY, **DISPUTED}, "keep", "in an open conflict"),
        (DRAFTED, {**COPY, **DISPUTED, "change": Change.FLAG}, "keep", "in an open conflict"),
        (DRAFTED, {**COPY, **FUZZY, "draft": Compared.SAME}, "keep", "a draft already"),
        (CHANGED, {**COPY, "file_is_database": True, "database_is_base": False}, "keep", "in use already"),
        (CHANGED, {**COPY, "entry": EntryState.GONE}, "draft", "source gone"),
        (CHANGED, {**COPY, "entry": EntryState.GONE, "superseded": True}, "keep", "in the history already"),
        (CHANGED, {**COPY, "entry": EntryState.UNKNOWN}, "record", "unknown to the page"),
        (CHANGED, {"entry": EntryState.GONE}, "draft", "source gone"),
        (DRAFTED, {"entry": EntryState.MOVED}, "draft", "for the entry that replaced it"),
        (CHANGED, {"entry": EntryState.MOVED}, "record", "newer work stands"),
        (CHANGED, {"entry": EntryState.SET_ASIDE}, "record", "obsolete in the file"),
        (FIRST, {"entry": EntryState.SET_ASIDE}, "draft", "obsolete in the file"),
        (CHANGED, {"entry": EntryState.UNUSABLE}, "record", "cannot be merged"),
        (CHANGED, {"entry": EntryState.REFUSED}, "draft", "refused by a check"),
        # Who may not approve drafts for review.
        (CHANGED, {"may_approve": False}, "draft", "for review"),
        (CHANGED, {**COPY, "may_approve": False}, "draft", "for review"),
        (DRAFTED, {**DISPUTED, "change": Change.FLAG, "may_approve": False}, "draft", "for review"),
    ],
)
def test_what_becomes_of_an_entry(facts, differing, action, reason):
    assert decide(facts._replace(**differing)) == (action, reason)


def test_facts_that_contradict_one_another_are_named():
    with pytest.raises(ValueError, match="change=<Change.FLAG"):
        decide(CHANGED._replace(file=Content.ABSENT, entry=EntryState.REFUSED, change=Change.FLAG))


def test_only_texts_that_are_translated_go_into_use():
    approving = [row for row in TABLE if row.decision.action is Action.APPROVE]
    assert {value for row in approving for value in row.pattern.asked["file"]} == {Content.TRANSLATED}
    assert {value for row in approving for value in row.pattern.asked["may_approve"]} == {True}
