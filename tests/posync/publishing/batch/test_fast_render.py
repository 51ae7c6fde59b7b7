"""A string rendered without a parser reads as wagtail-localize's own rendering of it."""

import warnings

import pytest
from bs4 import MarkupResemblesLocatorWarning
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue, restore_strings

from posync.publishing.batch.fast_render import FastStringValue

PIECES = [
    *("&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&", "&amp", ">", "<", '"'),
    *(
        "<br/>",
        "<br>",
        "</br>",
        "<b>б</b>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<em>e<br/></em>",
        "<b/>",
        "<p>",
        "</p>",
    ),
    *('<a id="a1">тук</a>', '<a id="a1">', "</a>", "<a>", '<a id="a2"> </a>', '<b id="a1">', '<a id="no">'),
    *("\n", "\r\n", " ", "  ", "\t", "\xa0", "\u2028", "\x00", "<!-- c -->", "<A>"),
]
ATTRIBUTES = {
    "a1": {"href": 'https://example.org/?a=1&b="2"', "class": ["x", "y"], "title": "'<>'"},
    "a2": {"linktype": "page", "id": "3", "data-x": None},
}
TEMPLATE = '<p>Before <text position="0"></text>, after</p>'

data = st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


@pytest.fixture(autouse=True)
def short_texts():
    """BeautifulSoup takes a short text for the name of a file."""
    warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)


@settings(max_examples=300)
@given(data)
def test_the_text_is_the_same(data):
    assert rendered(FastStringValue(data).render_text) == rendered(StringValue(data).render_text)


@settings(max_examples=300)
@given(data)
def test_the_markup_is_the_same(data):
    quick, slow = (
        rendered(lambda kind=kind: restore_strings(TEMPLATE, [(kind(data), ATTRIBUTES)]))
        for kind in (FastStringValue, StringValue)
    )
    assert quick == slow


def rendered(render):
    """The outcome, or the error that text makes which is no markup at all."""
    try:
        return render()
    except (KeyError, AssertionError, ValueError) as error:
        return type(error)
