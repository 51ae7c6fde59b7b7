"""What is written is read again, by posync, by polib and by gettext's own programs."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import Phase, given, settings

from posync.core.po.codec import read_po, write_po
from posync.core.po.entries import Entry, PoFile
from tests.posync.core.strategies import HEADER, HOSTILE_PIECES, po_files, quick


def without_lines(po: PoFile) -> PoFile:
    return replace(po, entries=tuple(replace(entry, line=0) for entry in po.entries))


def obsolete_last(po: PoFile) -> PoFile:
    return replace(po, entries=tuple(sorted(po.entries, key=lambda entry: entry.obsolete)))


def file_of(*entries: Entry, comment: str = "") -> PoFile:
    return PoFile(HEADER, entries, comment)


def read_by_polib(content: bytes) -> polib.POFile:
    """As any other program reads: from the disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.po")
        path.write_bytes(content)
        # Told the charset: polib would believe any line that looks like its declaration, in a comment too.
        return polib.pofile(str(path), encoding="utf-8")


@given(po_files)
@quick
def test_what_is_written_is_read_again(po):
    assert without_lines(read_po(write_po(po))) == obsolete_last(po)


@given(po_files)
@quick
def test_the_same_data_makes_the_same_bytes(po):
    content = write_po(po)
    assert write_po(read_po(content)) == content


def of_one_line_each(text: str) -> str:
    """The texts that polib cuts at each line break, and at what else `str.splitlines` cuts at."""
    return re.sub(r'"\n(?:#~\|? |#\| )?"', "", text)


@given(po_files)
@quick
def test_a_file_is_written_as_polib_would_but_each_text_on_one_line(po):
    head = polib.POFile(wrapwidth=0)
    head.metadata = dict(po.header)
    entries = [
        polib.POEntry(
            msgctxt=entry.msgctxt or None,
            msgid=entry.msgid,
            msgstr=entry.msgstr,
            flags=["fuzzy"] * entry.fuzzy,
            obsolete=entry.obsolete,
            previous_msgid=entry.previous_msgid or (entry.msgid if needs_previous(entry) else None),
            tcomment=entry.translator_comment,
            comment="\n".join(entry.extracted_comments),
        ).__unicode__(wrapwidth=0)
        for entry in obsolete_last(po).entries
    ]
    written = write_po(replace(po, header_comment="")).decode()
    # polib leaves a space in an empty line of a comment, and begins every file with an empty comment.
    expected = "\n".join([str(head).removeprefix("#\n"), *map(of_one_line_each, entries)])
    assert written == re.sub(r"^# $", "#", expected, flags=re.MULTILINE)


def needs_previous(entry: Entry) -> bool:
    return entry.fuzzy and not entry.obsolete


@given(po_files)
@quick
def test_each_text_is_one_line_directly_below_its_source(po):
    _head, *entries = write_po(po).decode().split("\n\n")
    for entry in entries:
        rows = entry.rstrip("\n").split("\n")
        assert [row.removeprefix("#~ ").split(" ")[0] for row in rows[-2:]] == ["msgid", "msgstr"]
        assert not [
            row for row in rows if row.lstrip("#~| ").startswith('"') and not row.startswith(("# ", "#. "))
        ]


@pytest.mark.parametrize("previous", ["", "One\ntwo"], ids=["of this source", "of an older one"])
def test_the_line_below_the_flag_is_the_source_that_was_translated(previous):
    entry = Entry("news:body", "One\nthree", "Едно", fuzzy=True, previous_msgid=previous)
    rows = write_po(file_of(entry)).decode().split("\n")
    expected = previous.replace("\n", "\\n") or "One\\nthree"
    assert rows[rows.index("#, fuzzy") + 1] == f'#| msgid "{expected}"'
    assert without_lines(read_po(write_po(file_of(entry)))) == file_of(entry)


@given(po_files)
@quick
def test_polib_reads_the_same_from_disk(po):
    content = write_po(po)
    ours, theirs = read_po(content), read_by_polib(content)
    assert [(m.msgctxt, m.msgid, m.msgstr, m.fuzzy, m.obsolete) for m in ours.entries] == [
        (entry.msgctxt or "", entry.msgid, entry.msgstr, entry.fuzzy, bool(entry.obsolete))
        for entry in theirs
    ]
    assert [(m.translator_comment, "\n".join(m.extracted_comments)) for m in ours.entries] == [
        (entry.tcomment, entry.comment) for entry in theirs
    ]
    assert ours.header == theirs.metadata
    assert ours.header_comment == theirs.header


@given(po_files)
@quick
def test_lines_end_as_on_unix_and_without_white_space(po):
    content = write_po(po)
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not [line for line in content.split(b"\n") if line.endswith((b" ", b"\t"))]


@given(po_files)
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])  # a process for each
def test_gettext_accepts_every_file(gettext_tool, po):
    # gettext wants translations to begin and end with a line break where the source does.
    matched = tuple(replace(m, msgid=f"a{m.msgid}z", msgstr=m.msgstr and f"a{m.msgstr}z") for m in po.entries)
    checked = gettext_tool("msgfmt", "-c", "-o", "-", "-", content=write_po(replace(po, entries=matched)))
    assert checked.returncode == 0, checked.stderr.decode()


@given(po_files)
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])  # a process for each
def test_gettext_rewrites_a_file_without_changing_its_meaning(gettext_tool, po):
    # It drops an obsolete entry without a translation.
    po = replace(po, entries=tuple(m for m in po.entries if m.msgstr or not m.obsolete))
    rewritten = gettext_tool("msgcat", "--no-wrap", "-", content=write_po(po))
    assert rewritten.returncode == 0, rewritten.stderr.decode()
    # It moves the comments of the header and of obsolete entries about; the texts are what must hold.
    assert texts(read_po(rewritten.stdout)) == texts(obsolete_last(po))


def texts(po: PoFile) -> list[tuple[str, str, str, bool, bool]]:
    return [(m.msgctxt, m.msgid, m.msgstr, m.fuzzy, m.obsolete) for m in po.entries]


@pytest.mark.parametrize("piece", HOSTILE_PIECES, ids=ascii)
def test_hostile_piece_survives_everywhere(piece):
    po = file_of(
        Entry("news:a", f"{piece}a", f"b{piece}", translator_comment=f"c{piece}d"),
        Entry("news:b", f"a{piece}b", f"{piece}b{piece}", fuzzy=True, previous_msgid=f"{piece}o{piece}"),
        Entry("news:c", f"a{piece}", f"b{piece}c", obsolete=True),
    )
    assert without_lines(read_po(write_po(po))) == po


@pytest.mark.parametrize("wrapping", ["--width=30", "--no-wrap"])
def test_a_file_that_gettext_has_wrapped_is_read_the_same(gettext_tool, wrapping):
    po = file_of(
        Entry("news:a", "One\ntwo " * 20, "Едно\nдве " * 20, fuzzy=True, previous_msgid="Zero\none " * 20)
    )
    rewritten = gettext_tool("msgcat", wrapping, "-", content=write_po(po)).stdout
    assert rewritten != write_po(po)
    assert without_lines(read_po(rewritten)) == po


def test_file_without_line_breaks_is_byte_for_byte_what_msgcat_writes(gettext_tool):
    po = file_of(
        Entry("news:title", "News", "Новини", extracted_comments=("Page › Title", "https://example.org/")),
        Entry("news:intro", "A long text. " * 30 + "End", "Дълъг текст. " * 30 + "Край"),
        Entry("news:body", "New", "Старо", fuzzy=True, previous_msgid="Old", translator_comment="Наистина?"),
        Entry("news:empty", 'Say "no"', ""),
        Entry("news:gone", "Gone", "Няма го", obsolete=True, translator_comment="Беше тук"),
        comment="Translated by Ivan",
    )
    content = write_po(po)
    assert gettext_tool("msgcat", "--no-wrap", "-", content=content).stdout == content


def test_everything_a_translator_typed_survives():
    entry = Entry(
        "news:title",
        "All of our news",
        "Всички новини",
        fuzzy=True,
        previous_msgid="All our news",
        translator_comment="Дали е така?\n\n# Не знам.",
        extracted_comments=("Page › Title",),
    )
    obsolete = Entry(
        "news:intro",
        "Gone",
        "Няма го",
        fuzzy=True,
        obsolete=True,
        previous_msgid="Was",
        translator_comment="Пази го",
    )
    po = file_of(entry, obsolete, comment="Иван\n\nМария")
    assert without_lines(read_po(write_po(po))) == po


def test_obsolete_entries_are_written_last_and_in_their_order():
    gone = [Entry("news:a", f"Gone {n}", "x", obsolete=True) for n in (2, 1)]
    kept = [Entry("news:a", f"Kept {n}", "x") for n in (2, 1)]
    written = read_po(write_po(file_of(gone[0], kept[0], gone[1], kept[1])))
    assert [entry.msgid for entry in written.entries] == ["Kept 2", "Kept 1", "Gone 2", "Gone 1"]


def test_file_begins_with_its_header_when_it_has_no_comment():
    assert write_po(file_of()).startswith(b'msgid ""\nmsgstr ""\n"Project-Id-Version: Site\\n"\n')


def test_header_fields_are_in_one_order_whatever_order_they_came_in():
    backwards = dict(reversed([*HEADER.items(), ("X-B", "2"), ("X-A", "1")]))
    forwards = {**HEADER, "X-A": "1", "X-B": "2"}
    assert write_po(PoFile(backwards, ())) == write_po(PoFile(forwards, ()))


def test_entry_without_context_stays_without_one():
    assert b"msgctxt" not in write_po(file_of(Entry("", "News", "Новини")))


def test_one_changed_entry_changes_its_lines_alone():
    entries = [Entry(f"news:{n}", f"Text {n}", f"Текст {n}") for n in range(20)]
    changed = [replace(m, msgstr="Друг") if m.msgctxt == "news:7" else m for m in entries]
    before, after = write_po(file_of(*entries)).split(b"\n"), write_po(file_of(*changed)).split(b"\n")
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ('msgstr "Текст 7"'.encode(), 'msgstr "Друг"'.encode())
    ]
