"""Files as the world sends them: by other tools, in other charsets, broken and hostile."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.po.codec import PoFileError, read_po, write_po
from posync.core.po.entries import Entry, PoFile
from tests.posync.core.strategies import HEADER, HOSTILE_PIECES, quick

HEAD = 'msgid ""\nmsgstr ""\n"Language: bg\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgctxt "news:title"\nmsgid "News"\nmsgstr "Новини"\n'


def only_entry(text: str) -> Entry:
    (entry,) = read_po((HEAD + text).encode()).entries
    return entry


def refusal(content: bytes) -> PoFileError:
    with pytest.raises(PoFileError) as caught:
        read_po(content)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        pytest.param((HEAD + ENTRY).encode(), id="plain"),
        pytest.param((HEAD + ENTRY).replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param((HEAD + ENTRY).encode("utf-8-sig"), id="BOM"),
        pytest.param(
            (HEAD + ENTRY).replace("UTF-8", "windows-1251").encode("windows-1251"), id="windows-1251"
        ),
        pytest.param(
            (HEAD + ENTRY).replace("UTF-8", "windows-1251").encode("utf-8-sig"), id="BOM beats the header"
        ),
        pytest.param((HEAD + ENTRY).replace("UTF-8", "CHARSET").encode(), id="charset not filled in"),
        pytest.param(
            f'# "Content-Type: text/plain; charset=koi8-r\\n"\n{HEAD}{ENTRY}'.encode(),
            id="charset in a comment",
        ),
        pytest.param(ENTRY.encode(), id="no header"),
        pytest.param((ENTRY + "\n" + HEAD).encode(), id="header last"),
        pytest.param((HEAD + ENTRY).rstrip("\n").encode(), id="no line end at the end"),
        pytest.param((HEAD + ENTRY + "\n\n\n").encode(), id="empty lines at the end"),
        pytest.param(f"{HEAD}{ENTRY}# the end\n".encode(), id="comment at the end"),
        pytest.param(f"{HEAD}{ENTRY}#~\n#.\n#:\n#,\n".encode(), id="bare markers at the end"),
        pytest.param(f"{HEAD}{ENTRY}".replace("msgid ", "  msgid\t").encode(), id="indented"),
        pytest.param(f'{HEAD}{ENTRY}#~ msgid ""\n#~ msgstr "x"\n'.encode(), id="obsolete header"),
    ],
)
def test_entry_is_read_from(content):
    entries = read_po(content).entries
    assert [(m.msgctxt, m.msgid, m.msgstr) for m in entries] == [("news:title", "News", "Новини")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n"], ids=["empty", "line ends", "white space"])
def test_empty_file_has_no_entries(content):
    assert read_po(content) == PoFile({}, ())


def test_file_of_a_header_alone_has_no_entries():
    assert read_po(HEAD.encode()) == PoFile(
        {"Language": "bg", "Content-Type": "text/plain; charset=UTF-8"}, ()
    )


@pytest.mark.parametrize(
    "comment",
    ["# note", "#note", "#\tnote", "#  note", "## note"],
    ids=["usual", "no space", "tab", "two spaces", "two marks"],
)
def test_translators_comment_is_read_as_gettext_reads_it(comment):
    assert "note" in only_entry(f"{comment}\n{ENTRY}").translator_comment


@pytest.mark.parametrize("flags", ["#, fuzzy", "#,fuzzy", "#, no-wrap, fuzzy", "#, fuzzy, python-format"])
def test_fuzzy_is_seen_among_flags(flags):
    assert only_entry(f"{flags}\n{ENTRY}").fuzzy


@pytest.mark.parametrize("flags", ["#, no-wrap", "#,", "# fuzzy", "#. fuzzy", "#: fuzzy"])
def test_nothing_else_is_fuzzy(flags):
    assert not only_entry(f"{flags}\n{ENTRY}").fuzzy


def test_comment_of_the_first_entry_is_its_own_where_a_tool_dropped_the_header():
    po = read_po(f"# Дали?\n{ENTRY}".encode())
    assert (po.entries[0].translator_comment, po.header_comment) == ("Дали?", "")


def test_comment_above_the_header_is_the_headers():
    po = read_po(f"# Иван\n{HEAD}{ENTRY}".encode())
    assert (po.entries[0].translator_comment, po.header_comment) == ("", "Иван")


def test_previous_text_of_an_obsolete_entry_is_read():
    assert only_entry('#~| msgid "Old"\n#~ msgid "New"\n#~ msgstr "Ново"\n').previous_msgid == "Old"


def test_text_over_several_lines_is_one():
    entry = only_entry('msgid ""\n"One "\n"two\\n"\n"three"\nmsgstr "едно "\n"две"\n')
    assert (entry.msgid, entry.msgstr) == ("One two\nthree", "едно две")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\\", "\\"),
        (r"\"", '"'),
        (r"\n\r\t\v\b\f\a", "\n\r\t\v\b\f\a"),
        (r"\\n\\a", r"\n\a"),
        (r"\\\a", "\\\a"),
    ],
)
def test_escapes_of_gettext_are_understood(written, meant):
    assert only_entry(f'msgid "{written}"\nmsgstr "x{written}"\n').msgid == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\320\235\320\276", "Но"),
        (r"\xd0\x9D\xd0\xBE", "Но"),
        (r"Н\320\276\x21!", "Но!!"),
        (r"a\342\200\250b", "a\u2028b"),
        (r"\42\134\12\11\33\7", '"\\\n\t\x1b\a'),
        (r"\1019 \\101 \\\101", r"A9 \101 \A"),
    ],
)
def test_bytes_by_number_are_read_as_gettext_reads_them(written, meant):
    text = f'#| msgid "{written}"\nmsgctxt "{written}"\nmsgid ""\n"{written}"\nmsgstr "x{written}"\n'
    entry = only_entry(text)
    assert (entry.msgctxt, entry.msgid, entry.msgstr) == (meant, meant, f"x{meant}")
    assert entry.previous_msgid in (meant, "")
    assert only_entry(f'#~ msgid "{written}"\n#~ msgstr "x"\n').msgid == meant


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("windows-1251", rb"\315\356"),
        ("koi8-u", rb"\356\317"),
        ("GBK", rb"\247\257\247\340"),
    ],
)
def test_bytes_by_number_are_of_the_files_charset(charset, written):
    content = HEAD.replace("UTF-8", charset).encode() + b'msgid "' + written + b'"\nmsgstr ""\n'
    meant = bytes(int(number, 8) for number in written.split(b"\\")[1:])
    assert [entry.msgid for entry in read_po(content).entries] == [meant.decode(charset)]


@pytest.mark.parametrize(
    "written",
    [
        *(r"\320", r"\320x", r"\355\240\200", r"\377", r"\777", r"\0", r"\x00", r"\x4142"),
        *(r"\x", r"\xg", r"\8", r"\q", r"\'", r"\?", r"\e", r"\u041d", r"\N"),
    ],
)
@pytest.mark.parametrize("marker", ["", "#~ ", "#| "])
def test_an_escape_of_no_text_is_refused_with_its_line(marker, written):
    error = refusal((HEAD + f'{marker}msgid "a{written}"\n{marker}msgstr "b"\n').encode())
    assert (error.line, "escape" in str(error)) == (6, True)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        *(
            ("windows-1251", "Новини"),
            ("KOI8-U", "Новини"),
            ("ISO-8859-1", "é"),
            ("cp1252", "é"),
            ("ascii", "é"),
        ),
        *(("GBK", "Новини от България"), ("cp1251", "Ё")),
    ],
)
def test_bytes_of_utf8_under_another_charset_are_refused(charset, text):
    error = refusal((HEAD.replace("UTF-8", charset) + f'msgid "a"\nmsgstr "{text}"\n').encode())
    assert charset in str(error)
    assert error.line in (4, 7)


def test_a_charset_of_more_bytes_a_character_may_look_like_utf8_by_chance():
    content = (HEAD.replace("UTF-8", "GBK") + 'msgid "a"\nmsgstr "模"\n').encode("GBK")
    assert content.decode("utf-8")
    assert read_po(content).entries[0].msgstr == "模"


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("raw-unicode-escape", r"\ud800"),
        ("raw_unicode_escape", r"\u041d"),
        ("unicode-escape", r"\\ud800"),
        ("UTF-7", "+2AA-"),
        ("punycode", "a"),
        ("idna", "a"),
        ("rot13", "a"),
        ("undefined", "a"),
    ],
)
def test_a_charset_of_no_text_is_refused(charset, written):
    assert charset in str(refusal((HEAD.replace("UTF-8", charset) + f'msgid "{written}"\n').encode()))


@pytest.mark.parametrize(
    ("entry", "msgstr", "others"),
    [
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\n', "x", ("y",), id="two forms"
        ),
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[2] "z"\nmsgstr[1] "y"\n',
            *("x", ("z", "y")),
            id="three forms",
        ),
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "x"\n', "x", (), id="all the same"
        ),
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n', "", (), id="not translated"
        ),
        pytest.param('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "y"\n', "", ("y",), id="first form missing"),
        pytest.param('#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "x"\n', "x", (), id="obsolete"),
    ],
)
def test_plural_entry_stands_for_its_first_form_and_keeps_the_others(entry, msgstr, others):
    found = only_entry(entry)
    assert (found.msgstr, found.other_forms) == (msgstr, others)
    written = write_po(PoFile(HEADER, (found,)))
    assert b"plural" not in written.partition(b"\n\n")[2]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(HEAD + ENTRY, 6, id="behind the header"),
        pytest.param(HEAD + "# note\n#, fuzzy\n" + ENTRY, 6, id="where its comments begin"),
        pytest.param(ENTRY, 1, id="first in the file"),
    ],
)
def test_entry_knows_its_line(text, line):
    assert read_po(text.encode()).entries[0].line == line


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(HEAD + 'msgid "a\nmsgstr "b"\n', 6, id="text not closed"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr "abc', 7, id="cut off in a text"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr "b\\"', 7, id="closing quote escaped"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr "say "no""\n', 7, id="bare quote"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr b\n', 7, id="no quotes"),
        pytest.param(HEAD + 'msgid "a"\nmsgid "b"\n', 7, id="entry without translation"),
        pytest.param(HEAD + 'msgstr "b"\n', 6, id="translation without entry"),
        pytest.param(HEAD + ENTRY + "<<<<<<< HEAD\n", 9, id="merge conflict"),
        pytest.param(HEAD + ENTRY + "Dear translator,\n", 9, id="prose"),
        pytest.param(HEAD + "#~ Dear translator,\n" + ENTRY, 6, id="prose in an obsolete entry"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr[x] "b"\n', 7, id="plural form without a number"),
        pytest.param('"Language: bg\\n"\n', 1, id="text without a keyword"),
        pytest.param("# only a comment\n", 1, id="comment alone"),
        pytest.param("<html><body>404</body></html>", 1, id="another format"),
    ],
)
def test_broken_file_is_refused_with_its_line(content, line):
    error = refusal(content.encode())
    assert error.line == line
    assert "PO file" in str(error)


def test_bytes_that_are_not_in_the_charset_are_refused_with_their_line():
    error = refusal((HEAD + ENTRY).encode("windows-1251"))
    assert (error.line, str(error)) == (8, "The text is not valid UTF-8. Save the file as UTF-8.")


@pytest.mark.parametrize("charset", ["klingon", "zip", "base64", "undefined", "rot13", "utf-16"])
def test_charset_that_cannot_be_decoded_is_refused_by_name(charset):
    assert charset in str(refusal((HEAD + ENTRY + "x").replace("UTF-8", charset).encode()))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(range(256)), id="all bytes"),
        pytest.param(b"\x00" * 64, id="zeros"),
        pytest.param(b"\xde\x12\x04\x95" + b"\x00" * 24, id="compiled catalog"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="picture"),
        pytest.param((HEAD + ENTRY).encode("utf-16"), id="UTF-16"),
        pytest.param(b"PK\x03\x04 text", id="archive"),
    ],
)
def test_binary_file_is_refused(content):
    refusal(content)


def test_file_that_holds_the_name_of_another_does_not_open_it(tmp_path):
    secret = tmp_path / "secret.po"
    secret.write_text(HEAD + ENTRY)
    refusal(str(secret).encode())


@given(st.binary(max_size=200))
@quick
def test_any_bytes_are_read_or_refused(content):
    with suppress(PoFileError):
        assert isinstance(read_po(content), PoFile)


@given(
    st.lists(
        st.sampled_from(
            [
                *HOSTILE_PIECES,
                *'"# \n',
                '\n#~| msgid "x"\n',
                "\nmsgstr[1] ",
                "\nmsgid ",
                '\nmsgid "a"\n',
                '\nmsgstr "b"\n',
                "\n#~ ",
                "\n#: a:1\n",
            ]
        ),
        max_size=12,
    ).map("".join)
)
@quick
def test_any_text_that_is_read_can_be_written_and_read_again(text):
    try:
        po = read_po(text.encode())
    except PoFileError:
        return
    written = write_po(po)
    assert write_po(read_po(written)) == written


def test_long_file_is_read_whole():
    po = PoFile(HEADER, tuple(Entry(f"news:{n}", f"Text {n}", f"Текст {n}") for n in range(2000)))
    assert len(read_po(write_po(po)).entries) == 2000
