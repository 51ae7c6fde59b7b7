"""What is wrong with the size and the ending of a file, however long it is; and how posync's own keep to the limits."""

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.po import limits
from posync.core.po.codec import read_po, write_po
from posync.core.po.entries import Entry, PoFile
from posync.core.po.limits import MAX_ENTRIES, UnusableFile, check_ending, check_size, fit, is_too_long
from tests.posync.core.strategies import HEADER, hostile_text, po_files, quick

ENTRY = b'msgctxt "news:title"\nmsgid "News"\nmsgstr "x"\n\n'
LONG_TEXT = b'"' + b"x" * 10_000 + b'"\n'


@pytest.mark.parametrize("before", [b"", ENTRY * 500], ids=["short", "long"])
@pytest.mark.parametrize("text", [b'"News"\n', b'""\n' + LONG_TEXT], ids=["short text", "long text"])
@pytest.mark.parametrize("mark", [b"", b"#~ ", b"  "], ids=["in use", "obsolete", "indented"])
def test_a_file_that_ends_within_an_entry_is_refused(before, text, mark):
    check_ending(before + mark + b'msgid "News"\n' + mark + b"msgstr " + text)
    with pytest.raises(UnusableFile) as refused:
        check_ending(before + mark + b"msgid " + text)
    assert refused.value.code == "truncated"


def test_entries_are_counted_and_not_the_word_in_texts():
    check_size(b'msgid "msgid msgid"\nmsgstr ""\n' * (MAX_ENTRIES // 2 + 1))
    with pytest.raises(UnusableFile, match="entries"):
        check_size(b'msgid ""\nmsgstr ""\n' * (MAX_ENTRIES + 2))


def test_a_long_comment_does_not_make_an_entry_too_long():
    assert not is_too_long(
        Entry("news:title", "News", translator_comment="x" * (limits.MAX_ENTRY_LENGTH + 1))
    )


def with_limits(**values: int) -> ExitStack:
    stack = ExitStack()
    for name, value in values.items():
        stack.enter_context(patch.object(limits, f"MAX_{name}", value))
    return stack


some_limits = st.fixed_dictionaries(
    {
        "FILE_BYTES": st.integers(500, 3_000),
        "ENTRIES": st.integers(2, 8),
        "LINES": st.integers(20, 80),
        "ENTRY_LENGTH": st.integers(5, 400),
    }
)

#: Lines that mean something at the beginning of a line, and must not within a text or a comment.
treacherous = st.sampled_from(
    [
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> main",
        "||||||| base",
        'msgid "x"',
        "~ msgid ",
        "~| msgctxt",
        "msgstr",
    ]
)
treacherous_entries = st.builds(
    Entry,
    msgctxt=st.just("news:body"),
    msgid=st.lists(treacherous, min_size=1, max_size=3).map("\n".join),
    msgstr=st.lists(treacherous, max_size=3).map("\n".join),
    fuzzy=st.booleans(),
    obsolete=st.booleans(),
    translator_comment=st.lists(treacherous, max_size=3).map("\n".join),
    extracted_comments=st.lists(treacherous, max_size=2).map(tuple),
    previous_msgid=st.one_of(st.just(""), treacherous, hostile_text),
)


@given(
    st.one_of(
        po_files,
        st.lists(treacherous_entries, max_size=6, unique_by=lambda m: m.msgid).map(
            lambda entries: PoFile(HEADER, tuple(entries), "=======\nmsgid")
        ),
    ),
    some_limits,
)
@quick
def test_an_import_refuses_no_file_of_posyncs_own(po, values):
    with with_limits(**values):
        try:
            fitted = fit(po)
        except UnusableFile:
            with pytest.raises(UnusableFile):
                check_size(
                    write_po(
                        PoFile(po.header, tuple(e for e in po.entries if not e.obsolete), po.header_comment)
                    )
                )
            return
        check_size(fitted.content)
        check_ending(fitted.content)
        written = read_po(fitted.content).entries
        assert not [entry for entry in written if is_too_long(entry)]
    left_out = [(e.msgctxt, e.msgid, e.msgstr) for e in (*fitted.dropped, *fitted.too_long)]
    assert sorted([*left_out, *((e.msgctxt, e.msgid, e.msgstr) for e in written)]) == sorted(
        (e.msgctxt, e.msgid, e.msgstr) for e in po.entries
    )
    assert not any(entry.obsolete for entry in fitted.too_long)


def test_the_oldest_obsolete_entries_give_way():
    current = [Entry("news:a", f"Text {n}", "x") for n in range(3)]
    obsolete = [Entry("news:a", f"Gone {n}", "x", obsolete=True) for n in range(9)]
    with with_limits(ENTRIES=14):
        fitted = fit(PoFile(HEADER, (*current, *obsolete)))
    assert [entry.msgid for entry in fitted.dropped] == [f"Gone {n}" for n in range(4, 9)]
    assert [entry.msgid for entry in read_po(fitted.content).entries if entry.obsolete] == [
        f"Gone {n}" for n in range(4)
    ]


def test_what_is_in_use_may_fill_the_file_and_no_more():
    def current(number: int) -> PoFile:
        return PoFile(HEADER, tuple(Entry("news:a", f"Text {n}", "x") for n in range(number)))

    with with_limits(ENTRIES=14):
        assert not fit(current(14)).dropped
        with pytest.raises(UnusableFile, match="entries"):
            fit(current(15))
