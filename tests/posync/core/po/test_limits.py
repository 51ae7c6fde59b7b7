"""What is wrong with the size and the ending of a file, however long it is."""

import pytest

from posync.core.po.limits import MAX_ENTRIES, UnusableFile, check_ending, check_size

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
