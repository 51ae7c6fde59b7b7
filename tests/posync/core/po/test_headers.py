"""Headers: ours, and what a translator's tool wrote beside."""

import pytest

from posync.core.po.codec import write_po
from posync.core.po.entries import Entry, PoFile
from posync.core.po.headers import OWN_FIELDS, CatalogHeader, carried_fields, normalised_language

HEADER = CatalogHeader(
    project="Site",
    bugs_to="web@example.org",
    language="pt_BR",
    source_language="bg",
    plural_forms="nplurals=2; plural=(n > 1);",
    team="Brazilian Portuguese",
    begun="2026-03-03 14:05+0000",
)

FROM_A_TOOL = {
    "Last-Translator": "Иван <ivan@example.org>",
    "PO-Revision-Date": "2026-03-03 10:00+0200",
    "X-Generator": "Poedit 3.5",
}


def test_header_of_a_file_that_nobody_has_worked_on():
    assert HEADER.fields({}) == {
        "Project-Id-Version": "Site",
        "Report-Msgid-Bugs-To": "web@example.org",
        "PO-Revision-Date": "2026-03-03 14:05+0000",
        "Last-Translator": "",
        "Language-Team": "Brazilian Portuguese",
        "Language": "pt_BR",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
        "X-Source-Language": "bg",
    }


def test_gettext_misses_no_field(gettext_tool):
    content = write_po(PoFile(HEADER.fields({}), (Entry("news:title", "News", "Notícias"),)))
    checked = gettext_tool("msgfmt", "-c", "-o", "-", "-", content=content)
    assert (checked.returncode, checked.stderr.decode()) == (0, "")


def test_what_a_tool_wrote_comes_out_again():
    assert FROM_A_TOOL.items() <= HEADER.fields(FROM_A_TOOL).items()


def test_own_fields_cannot_be_changed_by_a_file():
    hostile = {**FROM_A_TOOL, "Language": "de", "Content-Type": "text/html", "Plural-Forms": "nplurals=1;"}
    assert set(hostile) & OWN_FIELDS
    assert HEADER.fields(hostile) == HEADER.fields(FROM_A_TOOL)
    assert carried_fields(hostile) == FROM_A_TOOL


def test_what_is_carried_is_all_that_is_needed_to_write_the_header_again():
    header = HEADER.fields(FROM_A_TOOL)
    assert HEADER.fields(carried_fields(header)) == header


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ({"Language": "bg"}, "bg"),
        ({"Language": " pt_BR "}, "pt-br"),
        ({"Language": "zh-Hant"}, "zh-hant"),
        ({"Language": ""}, ""),
        ({}, ""),
    ],
    ids=["plain", "with country", "with script", "empty", "dropped"],
)
def test_language_is_named_as_django_names_it(header, language):
    assert normalised_language(header) == language
