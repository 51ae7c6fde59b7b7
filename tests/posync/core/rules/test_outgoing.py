"""What the next file carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.rules.outgoing import Known, Outgoing, State, outgoing


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(Known(), Outgoing("", State.UNTRANSLATED), id="nothing known"),
        pytest.param(
            Known(database="text", approved="text", file_msgstr="text"),
            Outgoing("text", State.TRANSLATED),
            id="agreed",
        ),
        pytest.param(Known(database="admin"), Outgoing("admin", State.TRANSLATED), id="typed in the admin"),
        pytest.param(
            Known(database="admin", approved="text", file_msgstr="text"),
            Outgoing("admin", State.TRANSLATED),
            id="changed in the admin",
        ),
        pytest.param(
            Known(draft="draft", previous_msgid="was"),
            Outgoing("draft", State.FUZZY, "was"),
            id="draft alone",
        ),
        pytest.param(
            Known(database="text", approved="text", draft="draft", previous_msgid="was"),
            Outgoing("draft", State.FUZZY, "was"),
            id="draft of what replaces the approved",
        ),
        pytest.param(
            Known(database="admin", approved="text", draft="draft", previous_msgid="was"),
            Outgoing("admin", State.TRANSLATED),
            id="approved in the admin after the draft",
        ),
        pytest.param(
            Known(database="", approved="text", draft="draft", previous_msgid="was"),
            Outgoing("draft", State.FUZZY, "was"),
            id="cleared in the admin, with a draft",
        ),
        pytest.param(
            Known(database="", approved="text", file_msgstr="text"),
            Outgoing("text", State.FUZZY),
            id="cleared in the admin: offered, for somebody typed it",
        ),
        pytest.param(
            Known(database="text", approved="text", draft="done", for_review=True),
            Outgoing("done", State.FOR_REVIEW),
            id="waits for review, without a flag",
        ),
        pytest.param(
            Known(database="admin", approved="text", draft="done", for_review=True),
            Outgoing("admin", State.TRANSLATED),
            id="approved in the admin while a draft waited",
        ),
    ],
)
def test_case(known, expected):
    assert outgoing(known) == expected
    assert outgoing(known).fuzzy is (expected.state is State.FUZZY)


texts = st.sampled_from(["", "one", "two", "three"])


@given(st.builds(Known, texts, texts, texts, texts, texts))
def test_only_what_the_database_has_approved_goes_out_as_translated(known):
    out = outgoing(known)
    assert out.state is not State.TRANSLATED or out.msgstr == known.database


@given(st.builds(Known, texts, texts, texts, texts, texts))
def test_nothing_known_goes_out_as_untranslated(known):
    out = outgoing(known)
    assert (out.state is State.UNTRANSLATED) == (
        not known.database and not known.draft and not known.file_msgstr
    )
    assert (out.state is State.UNTRANSLATED) == (out.msgstr == "")
