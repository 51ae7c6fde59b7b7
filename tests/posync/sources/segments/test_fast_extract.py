"""Strings taken out without a parser are wagtail-localize's own."""

import json
import warnings

import pytest
from bs4 import MarkupResemblesLocatorWarning
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail_localize import strings
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from posync.sources.segments.fast_extract import extract_strings, from_plaintext
from posync.sources.segments.segment_values import SegmentExtraction
from tests.posync.people import block, stream
from tests.testapp.models import EveryPage

TEXTS = st.sampled_from(
    ["слово", " a", "b ", " ", "  ", "\n", "\t", "\r\n", "\xa0", "\u2028", "\x1c", "\x00"]
) | st.sampled_from(
    ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#x27;", "&", ">", '"', "'", "<br/>", "<br>"]
)
ELEMENTS = [
    *((f"<{name}>", f"</{name}>") for name in ("b", "i", "em", "abbr", "sub", "a", "br", "span", "text")),
    ('<a href="https://example.org/?a=1&amp;b=2">', "</a>"),
    ('<a linktype="page" id="3">', "</a>"),
    ('<a href="" target="x" href="y">', "</a>"),
    ('<a href="/" rel="a b" class="c">', "</a>"),
    ('<b class="big">', "</b>"),
]
BLOCKS = [
    *((f"<{name}>", f"</{name}>") for name in ("p", "h2", "li", "ul", "ol", "blockquote", "div")),
    ('<p data-block-key="ab1">', "</p>"),
    ('<p class="x">', "</p>"),
]
STRAY = [
    "<p>",
    "</p>",
    "</b>",
    "<ul>",
    "</ul>",
    "<hr/>",
    "<hr>",
    "<embed/>",
    "<B>",
    "<b/>",
    "<!-- c -->",
    "<",
]


def enclosed(elements, content):
    return st.tuples(st.sampled_from(elements), st.lists(content, max_size=3)).map(
        lambda parts: parts[0][0] + "".join(parts[1]) + parts[0][1]
    )


inline = st.recursive(TEXTS, lambda content: enclosed(ELEMENTS, content), max_leaves=6)
blocks = enclosed(BLOCKS, inline) | enclosed(BLOCKS, enclosed(BLOCKS, inline))
rich_text = st.lists(blocks | blocks | blocks | inline | st.sampled_from(STRAY), max_size=4).map("".join)


@pytest.fixture(autouse=True)
def short_texts():
    """BeautifulSoup takes a short text for the name of a file."""
    warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)


@settings(max_examples=200)
@given(st.lists(TEXTS | st.text(max_size=5)).map("".join))
def test_a_text_gives_the_same_string(text):
    assert outcome(from_plaintext, text) == outcome(StringValue.from_plaintext, text)


@settings(max_examples=300)
@given(rich_text)
def test_rich_text_gives_the_same_template_and_strings(html):
    assert outcome(extract_strings, html) == outcome(strings.extract_strings, html)


#: What Wagtail's editor writes.
USUAL = [
    "",
    '<p data-block-key="k1"></p>',
    '<h2 data-block-key="k1">Findings &amp; more</h2><p data-block-key="k2">Two <b>bold <i>words</i></b>, "three".</p>',
    '<p>See <a href="https://example.net/?a=1&amp;b=2">their</a> and <a id="3" linktype="page">our</a> site.</p>',
    '<p><a href="/">A link alone</a></p><p><b>Bold <i>alone</i></b></p><p><b><i>Both</i></b></p><hr/>',
    "<ul><li>One</li><li><b>Two</b> of H<sub>2</sub>O</li></ul><ol><li>Three<br/>four</li></ol><p>\xa0 </p>",
]


@pytest.mark.parametrize("html", USUAL)
def test_the_editors_markup_is_not_parsed(html, monkeypatch):
    expected = outcome(strings.extract_strings, html)
    monkeypatch.delattr(strings, "BeautifulSoup")
    assert outcome(extract_strings, html) == expected


def test_a_text_is_not_parsed(monkeypatch):
    monkeypatch.delattr(strings, "BeautifulSoup")
    assert from_plaintext('It\'s <one>\n& "two"').data == 'It\'s &lt;one&gt;<br/>&amp; "two"'


class TranslatedOnRequest(TranslatableField):
    """A site's own kind of field."""

    def is_translated(self, obj):
        return "translate" in obj.lead


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"override_translatable_fields": [SynchronizedField("lead"), SynchronizedField("rich")]},
        {"override_translatable_fields": [SynchronizedField("body"), TranslatableField("kind")]},
        {"override_translatable_fields": [TranslatedOnRequest("rich")]},
        {"translatable_fields": [TranslatableField("rich"), TranslatableField("intro")]},
        {"translatable_fields": [TranslatableField("intro"), TranslatableField("intro")]},
    ],
)
@pytest.mark.parametrize("lead", ["To translate", "Other", ""])
def test_a_model_that_says_what_is_translated_gives_the_same_segments(fields, lead, monkeypatch):
    for name, value in fields.items():
        monkeypatch.setattr(EveryPage, name, value, raising=False)
    page = EveryPage(
        title="Research & data",
        lead=lead,
        intro="Figures",
        rich="<p>Two <b>words</b></p>",
        body=stream(block("rich", '<p><a href="/">Link</a></p>', "rich"), block("char", "Text", "char")),
    )
    before = dict(page.__dict__)
    assert described(SegmentExtraction(EveryPage).extract(page)) == described(extract_segments(page))
    assert page.__dict__ == before


def outcome(extract, text):
    """What was extracted, to the order of attributes; or the error that hopeless markup makes."""
    try:
        extracted = extract(text)
    except (AssertionError, AttributeError, KeyError, ValueError) as error:
        return type(error)
    if isinstance(extracted, StringValue):
        return extracted
    template, found = extracted
    return template, [(string, json.dumps(attributes)) for string, attributes in found]


def described(segments):
    return [
        (type(segment), json.dumps(vars(segment), default=lambda value: value.data)) for segment in segments
    ]
