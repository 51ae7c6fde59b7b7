"""Comments that tools have written as if they were the translator's."""

import pytest
from hypothesis import given

from posync.core.po.codec import read_po, write_po
from posync.core.po.entries import Entry, PoFile
from posync.core.po.mangled_comments import without_extracted
from tests.posync.core.strategies import HEADER, hostile_text, quick

HEAD = 'msgid ""\nmsgstr ""\n"Language: bg\\n"\n\n'
ENTRY = 'msgctxt "news:title"\nmsgid "All news"\nmsgstr "Новини"\n'


def read(text: str) -> PoFile:
    return read_po(text.encode())


@pytest.mark.parametrize(
    ("comment", "previous"),
    [
        pytest.param('# | msgid "News"\n', "News", id="one line"),
        pytest.param('# | msgctxt "news:title"\n# | msgid "News"\n', "News", id="with its context"),
        pytest.param('# | msgid ""\n# | "Ne"\n# | "ws"\n', "News", id="several lines"),
        pytest.param('# | msgid "Say \\"no\\"\\n"\n', 'Say "no"\n', id="escapes"),
        pytest.param('# | msgid "A long text that\n# was wrapped"\n', "", id="wrapped"),
        pytest.param('# | msgid "News"\n# | msgid "News"\n', "News", id="twice"),
    ],
)
@pytest.mark.parametrize("others", ["", "# Дали?\n"], ids=["alone", "below a comment"])
def test_previous_source_among_the_comments_is_none_of_the_translators(comment, previous, others):
    (entry,) = read(f"{HEAD}{others}{comment}#, fuzzy\n{ENTRY}").entries
    assert entry.previous_msgid == previous
    assert entry.translator_comment == ("Дали?" if others else "")


def test_the_previous_source_of_the_entry_itself_stays():
    (entry,) = read(f'{HEAD}# | msgid "Old"\n#, fuzzy\n#| msgid "News"\n{ENTRY}').entries
    assert (entry.previous_msgid, entry.translator_comment) == ("News", "")


@pytest.mark.parametrize(
    "line", ["| a | table |", "| msgid without quotes", 'see | msgid "News"', ". Here", ".po"]
)
def test_what_a_translator_wrote_stays(line):
    (entry,) = read(f"{HEAD}# {line}\n{ENTRY}").entries
    assert entry.translator_comment == line
    assert without_extracted(entry, ("Page › Title",)) == entry


@given(hostile_text)
@quick
def test_no_comment_is_lost_beside_extracted_ones(comment):
    entry = Entry("news:title", "News", translator_comment=comment)
    mangled = Entry(
        "news:title", "News", translator_comment=f"{comment}\n. Page › Title\n.At most 80 characters."
    )
    extracted = ("Page › Title", "At most 80 characters.")
    assert without_extracted(mangled, extracted) == without_extracted(entry, extracted)


@pytest.mark.parametrize(
    "marker", ["#. extracted from a.csv", "# . extracted from a.csv", "#, fuzzy", "#: a.py:1"]
)
def test_what_a_tool_notes_above_the_header_is_no_comment_of_a_translator(marker):
    po = read(f"# Иван\n{marker}\n{marker}\n{HEAD}{ENTRY}")
    assert po.header_comment == "Иван"
    assert len(po.entries) == 1


@pytest.mark.parametrize("spelt", [str.lower, str.upper, str.title])
def test_header_fields_have_one_spelling(spelt):
    fields = {
        spelt(name): value for name, value in {**HEADER, "PO-Revision-Date": "2026-03-03 10:00+0200"}.items()
    }
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    assert set(read(f'msgid ""\nmsgstr ""\n{head}\n{ENTRY}').header) == {*HEADER, "PO-Revision-Date"}


def test_a_charset_is_found_whatever_the_spelling():
    head = 'msgid ""\nmsgstr ""\n"content-type: text/plain; CHARSET=windows-1251\\n"\n\n'
    assert read_po((head + ENTRY).encode("windows-1251")).entries[0].msgstr == "Новини"


def test_a_placeholder_of_a_template_is_no_field():
    placeholders = {
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
    }
    assert read_po(write_po(PoFile({**HEADER, **placeholders}, ()))).header == HEADER
