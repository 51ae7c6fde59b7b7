"""Entries have the form that a PO file can hold."""

import pytest

from posync.core.po.entries import Entry, PoFile, entry_key


@pytest.mark.parametrize(
    ("given", "held"),
    [
        pytest.param("Check the name", "Check the name", id="one line"),
        pytest.param("one\ntwo", "one\ntwo", id="two lines"),
        pytest.param("one\r\ntwo\rthree", "one\ntwo\nthree", id="line ends of other systems"),
        pytest.param("one \t\ntwo\xa0", "one\ntwo", id="white space at line ends"),
        pytest.param("C:\\dir\\ \\\none", "C:\\dir\none", id="backslash at line end"),
        pytest.param("  one", "  one", id="indentation stays"),
        pytest.param("\n\none\n\ntwo\n\n", "one\n\ntwo", id="empty lines within stay, those at the ends go"),
        pytest.param(" \n ", "", id="white space alone"),
        pytest.param("# one\n#, fuzzy", "# one\n#, fuzzy", id="looks like markers"),
        pytest.param("one\u2028two", "one\u2028two", id="line separator is text"),
    ],
)
def test_comment_holds_what_a_file_can_hold(given, held):
    entry = Entry("news:title", "News", translator_comment=given)
    assert entry.translator_comment == held
    assert PoFile({}, (), given).header_comment == held


def test_extracted_comments_are_a_line_each_and_never_empty():
    entry = Entry("news:title", "News", extracted_comments=("Page › Title", "one\r\n\r\ntwo ", "", " "))
    assert entry.extracted_comments == ("Page › Title", "one", "two")


def test_obsolete_entry_has_no_extracted_comments():
    assert Entry("news:title", "News", obsolete=True, extracted_comments=("Title",)).extracted_comments == ()


def test_entry_without_translation_is_not_fuzzy():
    assert not Entry("news:title", "News", "", fuzzy=True).fuzzy
    assert Entry("news:title", "News", "Новини", fuzzy=True).fuzzy


@pytest.mark.parametrize("name", ["msgctxt", "msgid", "msgstr", "previous_msgid"])
def test_texts_lose_the_two_characters_that_gettext_refuses_and_no_other(name):
    text = " a\0b\x04c\x01\r\n\u2028 "
    entry = Entry(**{"msgctxt": "news:title", "msgid": "News", name: text})
    assert getattr(entry, name) == " abc\x01\r\n\u2028 "


def test_header_fields_are_one_line():
    po = PoFile({"Last-Translator": "Ivan\u2028Ivanov\n <ivan@example.org> "}, ())
    assert po.header == {"Last-Translator": "Ivan Ivanov <ivan@example.org>"}


def test_header_comment_does_not_become_flags_or_references():
    assert PoFile({}, (), ", fuzzy\n: a.py:1").header_comment == " , fuzzy\n : a.py:1"


def test_key_tells_entries_of_one_rich_text_apart():
    assert entry_key("body.1", "One.") != entry_key("body.1", "Two.")


def test_key_does_not_depend_on_where_path_ends_and_text_begins():
    assert entry_key("ab", "c") != entry_key("a", "bc")


def test_key_is_the_same_for_ever():
    """Keys are stored: another key for the same entry loses its history."""
    assert str(entry_key("title", "Новини")) == "33a8b43d-b49c-5630-ba78-67b5f84087a6"


@pytest.mark.parametrize("character", ["\0", "\x04"])
def test_key_is_that_of_the_entry_which_comes_back(character):
    text = f"Our{character} news"
    assert entry_key("title", text) == entry_key("title", Entry("news:title", text).msgid)
