"""The line that says what changed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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
