"""The line that says what changed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from posync.core.po import change_line as module
from posync.core.po.change_line import change_line
from tests.posync.core.strategies import hostile_text, quick

OLD = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param(
            "helped 1,200 people", "helped 1,350 people", "helped 1,[-200-]{+350+} people", id="number"
        ),
        pytest.param("our news", "our good news", "our {+good +}news", id="word added"),
        pytest.param("our good news", "our news", "our [-good -]news", id="word removed"),
        pytest.param("", "News", "{+News+}", id="all new"),
        pytest.param("News", "", "[-News-]", id="all gone"),
        pytest.param("<b>News</b>", "<i>News</i>", "[-<b>-]{+<i>+}News[-</b>-]{+</i>+}", id="tags are words"),
        pytest.param("Новини днес", "Новини утре", "Новини [-днес-]{+утре+}", id="Cyrillic"),
        pytest.param("10 000", "10\xa0000", "10[- -]{+\xa0+}000", id="no-break space"),
        pytest.param("a\nb\u2028c d", "a\nb\u2028c e", "a b c [-d-]{+e+}", id="line breaks are spaces"),
        pytest.param(
            "a\nb\u2028c", "a\r\nb c", r"a[-\n-]{+\r\n+}b[-\u2028-]{+ +}c", id="changed line breaks are named"
        ),
        pytest.param(
            OLD + " end", OLD + " END", "…thirteen fourteen fifteen sixteen [-end-]{+END+}", id="far behind"
        ),
        pytest.param(
            "start " + OLD, "START " + OLD, "[-start-]{+START+} one two three four…", id="far before"
        ),
        pytest.param(
            f"a {OLD} b",
            f"c {OLD} d",
            "[-a-]{+c+} one two three four…thirteen fourteen fifteen sixteen [-b-]{+d+}",
            id="between",
        ),
    ],
)
def test_change_is_shown_by_words(old, new, line):
    assert change_line(old, new) == line


def read_back(line: str) -> tuple[str, str]:
    old = re.sub(r"\{\+.*?\+\}", "", line)
    new = re.sub(r"\[-.*?-\]", "", line)
    return re.sub(r"\[-(.*?)-\]", r"\1", old), re.sub(r"\{\+(.*?)\+\}", r"\1", new)


sentences = st.lists(
    st.sampled_from(
        ["our", "news", "<b>", "</b>", "<br/>", "1,200", "—", "„", "&amp;", "\xa0", " ", "днес", "."]
    ),
    max_size=14,
).map("".join)


@given(sentences, sentences)
@quick
def test_both_texts_can_be_read_back_from_the_line(old, new):
    line = change_line(old, new)
    assume("…" not in line)
    assert read_back(line) == (old, new)


@given(hostile_text, hostile_text)
@quick
def test_line_is_one_line(old, new):
    assert len(change_line(old, new).splitlines()) <= 1


@pytest.fixture
def compared(monkeypatch):
    """The pairs of words that were compared, by comparison."""
    made = []

    class Counted(module._Comparison):
        def __init__(self, *texts):
            super().__init__(*texts)
            made.append(self)

    monkeypatch.setattr(module, "_Comparison", Counted)
    return lambda: sum(one.compared for one in made)


def numbered(length, step=1):
    return " ".join(f"word{number * step}" for number in range(length))


LONG = [
    pytest.param("a " * 50_000, "b " * 50_000, id="the same two words"),
    pytest.param("<" * 100_000, "< " * 50_000, id="tags without an end"),
    pytest.param(numbered(12_000), numbered(12_000, step=3), id="numbered words"),
    pytest.param("Our news. " * 10_000, "Our new news. " * 7_000, id="sentences"),
    pytest.param("<b>" * 33_000, "<b></b>" * 14_000, id="tags"),
]


@pytest.mark.parametrize(("old", "new"), LONG)
def test_long_texts_are_compared_within_a_limit_and_the_line_says_where_they_part(old, new, compared):
    line = change_line(old, new)
    assert compared() <= 2 * module.MAX_COMPARED
    assert ("[-" in line or "{+" in line, len(line) < 1_000) == (True, True)


def test_one_change_in_a_long_text_is_shown_as_in_a_short_one(compared):
    text = numbered(10_000)
    line = change_line(f"{text} old {text}", f"{text} new {text}")
    assert line == "…word9996 word9997 word9998 word9999 [-old-]{+new+} word0 word1 word2 word3…"
    assert compared() <= 2 * module.MAX_COMPARED


def test_two_distant_changes_in_a_long_text_show_where_the_first_begins():
    same = "so it is " * 10_000
    line = change_line(f"One {same}two.", f"Three {same}four.")
    assert line.startswith("[-One so it")
    assert "{+Three so it" in line
    assert line.endswith(".")


@given(hostile_text, hostile_text)
@quick
def test_words_of_a_text_are_found_with_and_without_tags_alike(one, other):
    text = f"{one}<{other}>{one}<"
    assert module._words(text) == module._WORDS.findall(text)
