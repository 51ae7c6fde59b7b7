"""What is refused, what passes, and what is mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posync.core.rules import validation as checks
from posync.core.rules.validation import is_plain, repair
from tests.posync.core.rules.all_checks import INLINE_TAGS, check
from tests.posync.core.strategies import quick

LINK = 'Read <a id="a1">our news</a>.'
TWO_LINKS = '<a id="a1">News</a> and <a id="a2">contacts</a>'


def codes(msgid, msgstr, max_length=None):
    return sorted({problem.code for problem in check(msgid, msgstr, max_length)})


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        # Links.
        pytest.param(LINK, "Прочетете новините ни.", ["links", "tags"], id="lost link"),
        pytest.param(
            TWO_LINKS, '<a id="a1">Новини</a> и контакти', ["links", "tags"], id="one of two links lost"
        ),
        pytest.param("News", '<a id="a1">Новини</a>', ["links", "tags"], id="new link"),
        pytest.param(LINK, '<a id="a2">новините</a>', ["links"], id="other link"),
        pytest.param(
            TWO_LINKS, '<a id="a1">Новини</a> и <a id="a1">контакти</a>', ["links"], id="link twice"
        ),
        pytest.param(LINK, "<a>новините</a>", ["links"], id="link without its id"),
        pytest.param(LINK, '<a id="a1" id="a2">новините</a>', ["links"], id="link with two ids"),
        pytest.param(LINK, '<a id="a1"/>новините', ["markup"], id="link of nothing"),
        pytest.param(TWO_LINKS, '<a id="a1">Новини <a id="a2">и</a></a>', ["markup"], id="link in a link"),
        # Tags.
        pytest.param("News", "<b>Новини</b>", ["tags"], id="new tag"),
        pytest.param("<b>News</b>", "Новини", ["tags"], id="lost tag"),
        pytest.param("<b>News</b>", "<i>Новини</i>", ["tags"], id="other tag"),
        pytest.param("One<br/>two", "Едно две", ["tags"], id="lost line break"),
        pytest.param("<b>News</b>", "<b>Новини", ["markup"], id="not closed"),
        pytest.param("<b>News</b>", "Новини</b>", ["markup"], id="not opened"),
        pytest.param("<b><i>News</i></b>", "<b><i>Новини</b></i>", ["markup"], id="crossed"),
        pytest.param("<b>News</b>", "<b>Новини</b", ["markup"], id="cut off in a tag"),
        pytest.param("News", "<p>Новини</p>", ["markup"], id="block tag"),
        # What has no place in a sentence at all.
        pytest.param(
            LINK, '<a id="a1" href="https://example.org">новините</a>', ["markup"], id="address on a link"
        ),
        pytest.param(
            LINK,
            '<a id="a1" href="javascript:x()">новините</a>',
            ["markup", "script"],
            id="javascript on a link",
        ),
        pytest.param("<b>News</b>", '<b onclick="x()">Новини</b>', ["markup"], id="event handler"),
        pytest.param("<b>News</b>", '<b id="a1">Новини</b>', ["markup"], id="id on another tag"),
        pytest.param("News", "Новини<script>x()</script>", ["markup"], id="script"),
        pytest.param("News", "Новини<SCRIPT>x()", ["markup"], id="script in capitals, not closed"),
        pytest.param("News", "Новини<svg/onload=x()>", ["markup"], id="svg"),
        pytest.param("News", "Новини<img src=x onerror=x()//", ["markup"], id="tag never finished"),
        pytest.param(
            "News", "Новини&#zz;&#zz;<script>x()</script>", ["markup"], id="script behind broken references"
        ),
        pytest.param("News", "Новини<!-- тайна -->", ["markup"], id="comment"),
        pytest.param("News", "Новини<!-- тайна", ["markup"], id="comment never finished"),
        pytest.param("News", "Новини<![CDATA[x]]>", ["markup"], id="CDATA"),
        pytest.param("News", "Новини<?php x ?>", ["markup"], id="processing instruction"),
        pytest.param("News", "Новини<!DOCTYPE html>", ["markup"], id="declaration"),
        pytest.param("News", "javascript:alert(1)", ["script"], id="script address as text"),
        pytest.param(
            "News", "JavaScript :alert(1)", ["script"], id="script address, disguised by case and space"
        ),
        pytest.param(
            "News", "java&#10;script&colon;alert(1)", ["script"], id="script address, disguised by references"
        ),
        pytest.param("News", "vbscript:x", ["script"], id="other script address"),
        # What must be in the translation as it is in the source.
        pytest.param("%(count)s people", "хора", ["placeholders"], id="lost placeholder"),
        pytest.param("{name} helps", "{nane} помага", ["placeholders"], id="misspelt placeholder"),
        pytest.param("People", "%(count)s души", ["placeholders"], id="new placeholder"),
        pytest.param("Write to web@iom.int", "Пишете на web@iom.com", ["emails"], id="changed e-mail"),
        pytest.param("Write to web@iom.int", "Пишете ни", ["emails"], id="lost e-mail"),
        pytest.param("Write to us", "Пишете на evil@example.org", ["emails"], id="new e-mail"),
        # The text itself.
        pytest.param("News", "Нови\x0bни", ["control"], id="control character"),
        pytest.param("News", "Нови\x7fни", ["control"], id="delete character"),
        pytest.param("News", "", ["empty"], id="nothing"),
        pytest.param("News", " \xa0&nbsp;", ["empty"], id="white space alone"),
        pytest.param("<b>News</b>", "<b></b>", ["empty"], id="tags around nothing"),
        pytest.param("News", "\u200b\ufeff", ["empty"], id="characters without a width"),
        pytest.param("News", "\u3164\u2800", ["empty"], id="letters without a shape"),
        pytest.param("<b>News</b>", "<b>\u200b</b>", ["empty"], id="tags around a character without a width"),
        pytest.param("News", "\ufe0f\u034f\u17b4", ["empty"], id="marks on no letter"),
        pytest.param("News", "\U0001d159", ["empty"], id="a symbol without a shape"),
        pytest.param("News", "\u2067Новини", ["control"], id="a direction left open"),
        pytest.param("News", "Но\uffffвини", ["control"], id="no character"),
        pytest.param("News", "\u202eинивоН", ["control"], id="a direction turned round"),
        pytest.param(
            "<b>News</b>", "<b>&#x202e;инивоН</b>", ["control"], id="a direction turned round by a reference"
        ),
    ],
)
def test_refused(msgid, msgstr, expected):
    assert codes(msgid, msgstr) == expected


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        pytest.param("News", "Новини", id="plain"),
        pytest.param(
            TWO_LINKS, '<a id="a2">Контакти</a> и <a id="a1">новини</a>', id="links in another order"
        ),
        pytest.param("<b>One</b> <i>two</i>", "<i>Две</i> <b>едно</b>", id="tags in another order"),
        pytest.param("<b><i>News</i></b>", "<i><b>Новини</b></i>", id="tags nested the other way"),
        pytest.param(LINK, '<A ID="a1">Новините ни</A>', id="capitals"),
        pytest.param('The "new" centre', "„Новият“ център", id="Bulgarian quotes"),
        pytest.param("IOM and the EU", "МОМ и ЕС", id="acronyms"),
        pytest.param("R&amp;D", "НИРД &amp; още", id="escaped ampersand"),
        pytest.param("R&amp;D", "НИРД", id="ampersand gone"),
        pytest.param("1,200 people", "1\xa0200 души", id="no-break space"),
        pytest.param("One<br/>two", "Едно<br/>две", id="line break"),
        pytest.param("One<br/>two", "Едно<br>две", id="line break as in HTML"),
        pytest.param(
            "H<sub>2</sub>O, m<sup>2</sup>, <s>old</s>",
            "H<sub>2</sub>O, м<sup>2</sup>, <s>старо</s>",
            id="sub, sup, s",
        ),
        pytest.param("5 &lt; 6", "5 &lt; 6 &gt; 4", id="escaped comparison"),
        pytest.param("5 &lt; 6", "5 < 6", id="bare comparison"),
        pytest.param("%(count)s of %(all)s", "от %(all)s – %(count)s", id="placeholders in another order"),
        pytest.param("web@iom.int or web@iom.int", "web@iom.int", id="e-mail said once"),
        pytest.param(
            "JavaScript: the good parts", "JavaScript: добрите части", id="script named in the source"
        ),
        pytest.param("One", "Едно\tдве\nтри", id="tab and line end"),
        pytest.param("100%", "100 %", id="per cent"),
        pytest.param("News", "…", id="punctuation alone"),
    ],
)
def test_accepted(msgid, msgstr):
    assert check(msgid, msgstr) == []


@pytest.mark.parametrize(
    ("msgstr", "limit", "fits"),
    [
        pytest.param("Новини", 6, True, id="just fits"),
        pytest.param("Новините", 6, False, id="too long"),
        pytest.param("a&amp;b", 3, True, id="references are one character"),
        pytest.param("a&lt;b&gt;", 4, True, id="escaped tag is text"),
        pytest.param("a<br/>b", 3, True, id="line break is one character"),
        pytest.param("Новините на деня", None, True, id="no limit"),
        pytest.param("Н" * 7, 0, False, id="no room at all"),
    ],
)
def test_length_is_that_of_the_plain_text(msgstr, limit, fits):
    msgid = "a<br/>b" if "<br/>" in msgstr else "News"
    assert codes(msgid, msgstr, limit) == ([] if fits else ["length"])


def test_tags_do_not_count_towards_the_length():
    assert check("<b>News</b>", "<b>Новини</b>", 6) == []


def test_problem_names_what_is_missing_and_what_is_too_much():
    assert [problem.message for problem in check("{name} %(count)s", "{nome} %(count)s")] == [
        "The placeholder {name} of the source is missing.",
        "The placeholder {nome} is not in the source.",
    ]


def test_several_problems_are_all_told():
    assert codes("Write to web@iom.int, {name}", "<p>Пишете\x01</p>", 3) == [
        "control",
        "emails",
        "length",
        "markup",
        "placeholders",
    ]


def test_same_problem_is_told_once():
    assert len(check("News", "<p>a</p><p>b</p>")) == 1


def test_long_text_without_spaces_is_checked_in_good_time():
    """A careless pattern needs hours for this one."""
    assert check("News", "a" * 200_000 + "." * 1000) == []


fragments = st.recursive(
    st.sampled_from(
        [
            "News",
            "днес ",
            "&amp;",
            "&lt;",
            " ",
            "<br/>",
            "1,200",
            "{name}",
            "%(n)s",
            "web@iom.int",
            "\xa0",
            "„“",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(sorted(INLINE_TAGS - {"a", "br"})), inner).map(
            lambda t: f"<{t[0]}>{t[1]}</{t[0]}>"
        ),
        st.lists(inner, min_size=1, max_size=4).map("".join),
    ),
    max_leaves=10,
)
with_links = st.lists(st.tuples(fragments, st.booleans()), min_size=1, max_size=4).map(
    lambda parts: "".join(
        f'<a id="a{number}">{text}</a>' if linked else text for number, (text, linked) in enumerate(parts, 1)
    )
)


@given(with_links)
@quick
def test_source_is_a_good_translation_of_itself(source):
    assert check(source, source) == []
    assert check(source, repair(source, source) or source) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "mended"),
    [
        pytest.param("R&amp;D", "R&D", "R&amp;D", id="bare ampersand"),
        pytest.param("R&amp;D", "R & D", "R &amp; D", id="ampersand between spaces"),
        pytest.param("AT&amp;T", "AT&T", "AT&amp;T", id="ampersand before a capital"),
        pytest.param("AT&amp;T", "AT&T; и", "AT&amp;T; и", id="ampersand that looks like a reference"),
        pytest.param(
            "A", "&copy; &#169; &#xA9; &nbsp;x", "&copy; &#169; &#xA9; &nbsp;x", id="references stay"
        ),
        pytest.param("A", "&#zz; &; &", "&amp;#zz; &amp;; &amp;", id="broken references"),
        pytest.param("A", "&amp;amp;", "&amp;amp;", id="what is escaped is not escaped again"),
        pytest.param("5 &lt; 6", "5 < 6 <", "5 &lt; 6 &lt;", id="bare less-than sign"),
        pytest.param("<b>A</b>", "<b>А</b>", "<b>А</b>", id="tags stay"),
        pytest.param("News", "  Новини\n", "Новини", id="space at the edges goes"),
        pytest.param(" News\n", "Новини", " Новини\n", id="space at the edges comes back"),
        pytest.param(
            "\xa0News", " Новини ", "\xa0Новини", id="space at the edges becomes that of the source"
        ),
        pytest.param("News", "Нови  ни", "Нови  ни", id="space within stays"),
        pytest.param("News", "Но\n  вини\r\nтук", "Но вини тук", id="a line broken is joined"),
        pytest.param("A\nB", "А\nБ", "А\nБ", id="one broken in the source stays"),
        pytest.param(" ", "Новини", "Новини", id="source of space alone"),
        pytest.param("News", " \n", "", id="space alone is nothing"),
        pytest.param("News", "", "", id="nothing stays nothing"),
    ],
)
def test_repaired(msgid, msgstr, mended):
    assert repair(msgid, msgstr) == mended


@given(
    with_links,
    st.lists(
        st.sampled_from(["&", "&amp;", "&T;", "&#1", ";", "<", "<b>", " ", "\n", "\xa0", "Новини"]),
        max_size=8,
    ).map("".join),
)
@quick
def test_repair_is_idempotent(msgid, msgstr):
    once = repair(msgid, msgstr)
    assert repair(msgid, once) == once


@given(with_links)
@quick
def test_repair_leaves_a_good_text_alone(source):
    assert repair(source, source) == (source if source.strip() else "")


PIECES = st.sampled_from(
    ["News", "е", " ", "\t", "&amp;", "&lt;", "&nbsp;", "&#7;", "&", "%(n)s", "{n}", "a@b.cc", "javascript:"]
    + [
        "<b>",
        "</b>",
        "<br/>",
        '<a id="a1">',
        "</a>",
        "<p>",
        '<b x="&#7;">',
        "<",
        ">",
        "\x07",
        "\u2028",
        "\xa0",
    ]
)
FRAGMENTS = st.lists(PIECES, max_size=4).map("".join)


@settings(quick, max_examples=300)
@given(FRAGMENTS, FRAGMENTS, st.sampled_from(["{}", "<b>{}</b>"]), st.none() | st.integers(0, 20))
def test_simple_texts_are_judged_as_all_others(msgid, msgstr, form, max_length):
    msgid, msgstr = form.replace("{}", msgid), form.replace("{}", msgstr)
    found = check(msgid, msgstr, max_length)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "_is_simple", lambda msgid, msgstr: False)
        assert check(msgid, msgstr, max_length) == found


@settings(quick, max_examples=300)
@given(FRAGMENTS, FRAGMENTS, st.sampled_from(["{}", "<b>{}</b>"]), st.none() | st.integers(0, 20))
def test_no_check_finds_anything_in_a_plain_text(msgid, msgstr, form, max_length):
    msgid, msgstr = form.replace("{}", msgid), form.replace("{}", msgstr)
    if is_plain(msgid, msgstr, max_length):
        assert check(msgid, msgstr, max_length) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "max_length", "plain"),
    [
        ("News", "Новини", None, True),
        ("<b>News</b>", "<b>Новини</b>", 13, True),
        ("<b>News</b>", "<b>Новини</b>", 12, False),
        ("News", "<b>Новини</b>", None, False),
        ("{n} news", "{n} новини", None, False),
        ("a@b.cc", "a@b.cc", None, False),
    ],
)
def test_most_texts_are_plain(msgid, msgstr, max_length, plain):
    assert is_plain(msgid, msgstr, max_length) is plain
