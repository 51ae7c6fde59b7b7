"""Three-way merge: every case by the rules, and what holds in all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.rules.merge import Action, Base, Carried, Merged, merge
from tests.posync.core.strategies import quick

#: Both sides agreed on "old" when the file was last read or written.
AGREED = Base("old", False, "old")
#: The file carried a draft beside an approved translation, or beside none.
DRAFTED = Base("draft", True, "old")
BEGUN = Base("draft", True, "")
NEW = Base()


@pytest.mark.parametrize(
    ("base", "carried", "database", "expected"),
    [
        # Nothing changed in the file.
        pytest.param(AGREED, Carried("old"), "old", Merged(Action.KEEP, "old"), id="nothing changed"),
        pytest.param(AGREED, Carried("old"), "admin", Merged(Action.KEEP, "admin"), id="database changed"),
        pytest.param(AGREED, Carried("old"), "", Merged(Action.KEEP, ""), id="database cleared"),
        pytest.param(AGREED, None, "old", Merged(Action.KEEP, "old"), id="entry missing in the file"),
        pytest.param(
            AGREED, None, "admin", Merged(Action.KEEP, "admin"), id="entry missing, database changed"
        ),
        pytest.param(DRAFTED, Carried("draft", True), "old", Merged(Action.KEEP, "old"), id="same draft"),
        pytest.param(NEW, Carried(""), "", Merged(Action.KEEP, ""), id="not translated yet"),
        pytest.param(NEW, None, "", Merged(Action.KEEP, ""), id="known to nobody"),
        # The file changed alone: the file wins.
        pytest.param(NEW, Carried("new"), "", Merged(Action.ACCEPT, "new"), id="first translation"),
        pytest.param(AGREED, Carried("new"), "old", Merged(Action.ACCEPT, "new"), id="file changed"),
        pytest.param(
            BEGUN, Carried("draft"), "", Merged(Action.ACCEPT, "draft"), id="draft approved as it is"
        ),
        pytest.param(
            DRAFTED, Carried("new"), "old", Merged(Action.ACCEPT, "new"), id="draft approved, edited"
        ),
        # Both changed, the same way.
        pytest.param(AGREED, Carried("new"), "new", Merged(Action.AGREE, "new"), id="both the same"),
        pytest.param(NEW, Carried("new"), "new", Merged(Action.AGREE, "new"), id="both the same, first time"),
        pytest.param(
            DRAFTED, Carried("old"), "old", Merged(Action.AGREE, "old"), id="draft given up for the old"
        ),
        # Both changed, differently.
        pytest.param(
            AGREED, Carried("new"), "admin", Merged(Action.CONFLICT, "admin", "new"), id="both changed"
        ),
        pytest.param(
            NEW, Carried("new"), "admin", Merged(Action.CONFLICT, "admin", "new"), id="both translated first"
        ),
        pytest.param(
            AGREED,
            Carried("new"),
            "",
            Merged(Action.CONFLICT, "", "new"),
            id="file changed, database cleared",
        ),
        pytest.param(
            AGREED,
            Carried("new", True),
            "admin",
            Merged(Action.CONFLICT, "admin", "new"),
            id="file has a draft, database changed",
        ),
        pytest.param(
            DRAFTED, Carried("draft"), "admin", Merged(Action.CONFLICT, "admin", "draft"), id="both approved"
        ),
        # Drafts.
        pytest.param(NEW, Carried("new", True), "", Merged(Action.DRAFT, "", "new"), id="first draft"),
        pytest.param(
            AGREED,
            Carried("new", True),
            "old",
            Merged(Action.DRAFT, "old", "new"),
            id="draft of a better text",
        ),
        pytest.param(
            AGREED,
            Carried("old", True),
            "old",
            Merged(Action.DRAFT, "old", "old"),
            id="doubt about the approved",
        ),
        pytest.param(
            DRAFTED,
            Carried("draft 2", True),
            "old",
            Merged(Action.DRAFT, "old", "draft 2"),
            id="draft edited",
        ),
        pytest.param(
            AGREED,
            Carried("new", True),
            "new",
            Merged(Action.DRAFT, "new", "new"),
            id="draft of what was approved",
        ),
        # Taken out of the file.
        pytest.param(AGREED, Carried(""), "old", Merged(Action.CLEARED, "old"), id="cleared"),
        pytest.param(
            AGREED, Carried(" \n"), "old", Merged(Action.CLEARED, "old"), id="cleared to white space"
        ),
        pytest.param(DRAFTED, Carried(""), "old", Merged(Action.CLEARED, "old"), id="draft cleared"),
        pytest.param(
            AGREED, Carried(""), "admin", Merged(Action.CLEARED, "admin"), id="cleared, database changed"
        ),
        pytest.param(NEW, Carried("", True), "", Merged(Action.KEEP, ""), id="fuzzy mark on nothing"),
        pytest.param(NEW, Carried(" "), "", Merged(Action.KEEP, ""), id="white space for nothing"),
        pytest.param(NEW, Carried(""), "admin", Merged(Action.KEEP, "admin"), id="only the database has one"),
    ],
)
def test_case(base, carried, database, expected):
    assert merge(base, carried, database) == expected


texts = st.sampled_from(["", "old", "new", "draft", "admin", " "])
bases = st.builds(Base, texts, st.booleans(), texts)
carrieds = st.builds(Carried, texts, st.booleans())


@given(bases, carrieds, texts)
def test_fuzzy_text_is_never_approved(base, carried, database):
    assert merge(base, Carried(carried.msgstr, fuzzy=True), database).approved == database


@given(bases, st.none() | carrieds, texts)
def test_text_of_the_database_is_replaced_only_where_the_file_alone_changed(base, carried, database):
    merged = merge(base, carried, database)
    if merged.approved != database:
        assert merged.action is Action.ACCEPT
        assert database == base.approved
        assert carried != Carried(base.msgstr, base.fuzzy)


@given(bases, carrieds, texts)
def test_text_that_came_in_the_file_is_kept(base, carried, database):
    merged = merge(base, carried, database)
    came = carried.msgstr.strip() and carried != Carried(base.msgstr, base.fuzzy)
    assert not came or carried.msgstr in (merged.approved, merged.draft)


@given(bases, st.none() | carrieds, texts)
@quick
def test_merging_the_outcome_again_changes_nothing(base, carried, database):
    merged = merge(base, carried, database)
    if carried is not None:
        again = merge(Base(carried.msgstr, carried.fuzzy, merged.approved), carried, merged.approved)
        assert again == Merged(Action.KEEP, merged.approved)


@given(bases, st.none() | carrieds, texts)
def test_empty_text_is_never_accepted(base, carried, database):
    merged = merge(base, carried, database)
    assert merged.action is not Action.ACCEPT or merged.approved.strip()
