"""Limits of a file, and the faults of one damaged on its way.

The limits keep a hostile file from holding up the import of all others. Each is far above people's needs: the
longest page of a large site has some hundred entries. `fit` holds posync's own files to them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from posync.core.issue_codes import IssueCode
from posync.core.po import fast_codec
from posync.core.po.codec import PoFileError, write_po
from posync.core.po.entries import Entry, PoFile

#: 10 MB. The texts of a thousand long pages have less, in one file.
MAX_FILE_BYTES = 10_000_000
#: A bundle of several hundred pages.
MAX_ENTRIES = 20_000
#: Parsers are slow with a text of very many short lines; files wrapped at 76 columns have some ten lines an entry.
MAX_LINES = 300_000
#: In characters, of each text of an entry. A long page as one text has a fifth of it.
MAX_ENTRY_LENGTH = 100_000

#: In bytes: where the last entry of most files is found, without going through the whole of them.
_LENGTH_OF_LAST_LINES = 4_000
_ENTRY = re.compile(rb"^[ \t]*(?:#~[ \t]*)?msgid[ \t]", re.MULTILINE)
_KEYWORD = re.compile(rb"^[ \t]*(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b", re.MULTILINE)
#: Git's own, with its label; the line between the two versions stands alone.
_CONFLICT_MARKER = re.compile(rb"^(?:[<>|]{7}(?: .*)?|={7})\r?$", re.MULTILINE)


class UnusableFile(ValueError):
    """Why a file is not taken: a code for programs, words for people, and the line, 0 for none."""

    def __init__(self, code: str, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.line = line


def check_size(content: bytes) -> None:
    """Raise UnusableFile for too many bytes to be parsed. Costs little, however many they are."""
    if len(content) > MAX_FILE_BYTES:
        text = f"The file has more than {MAX_FILE_BYTES // 1_000_000} MB. Send it in parts."
        raise UnusableFile(IssueCode.TOO_LARGE, text)
    if content.count(b"\n") > MAX_LINES:
        raise UnusableFile(
            IssueCode.TOO_LARGE, f"The file has more than {MAX_LINES:,} lines. Send it in parts."
        )
    # The header is an entry for the format, and for nobody else. Hardly a file is so large that they must be told
    # from the word in a text.
    if (
        content.count(b"msgid") > MAX_ENTRIES + 1
        and sum(1 for _found in _ENTRY.finditer(content)) > MAX_ENTRIES + 1
    ):
        raise UnusableFile(
            IssueCode.TOO_LARGE, f"The file has more than {MAX_ENTRIES:,} entries. Send it in parts."
        )


def check_ending(content: bytes) -> None:
    """Raise UnusableFile for a file ending within an entry: a parser would take the rest for empty."""
    last_lines = content.rfind(b"\n", 0, -_LENGTH_OF_LAST_LINES) + 1
    keywords = _KEYWORD.findall(content, last_lines) or _KEYWORD.findall(content)
    if keywords and keywords[-1] != b"msgstr":
        raise _truncated(content)


def explain(content: bytes, error: PoFileError) -> UnusableFile:
    """The damage of an unreadable file, where it can be told; else the parser's own words."""
    marker = _CONFLICT_MARKER.search(content)
    if marker is not None:
        text = "Git could not merge this file and left both versions in it. Choose between them, and remove the markers."
        return UnusableFile(IssueCode.CONFLICT_MARKERS, text, content.count(b"\n", 0, marker.start()) + 1)
    # A whole file ends with a line's end; a cut-off one mostly does not.
    if error.line == _last_line(content) and not content.endswith(b"\n"):
        return _truncated(content)
    return UnusableFile(IssueCode.SYNTAX, str(error), error.line)


def _truncated(content: bytes) -> UnusableFile:
    text = "The file ends in the middle of an entry: it was cut off. Send it again."
    return UnusableFile(IssueCode.TRUNCATED, text, _last_line(content))


def _last_line(content: bytes) -> int:
    return content.rstrip(b"\r\n").count(b"\n") + 1


def is_too_long(entry: Entry) -> bool:
    """Whether a text of the entry is over the limit. Checking and comparing it would take too long."""
    lengths = len(entry.msgctxt), len(entry.msgid), len(entry.msgstr), len(entry.previous_msgid)
    return max(lengths) > MAX_ENTRY_LENGTH


@dataclass(frozen=True, slots=True)
class Fitted:
    """The bytes of a file within the import's limits, and the entries without room in it."""

    content: bytes
    #: Obsolete entries, the oldest ones.
    dropped: tuple[Entry, ...] = ()
    #: Entries in use with a text over the limit of one.
    too_long: tuple[Entry, ...] = ()


def fit(po: PoFile) -> Fitted:
    """Write a file within the limits of an import.

    Obsolete entries may fill it up to the half, the newest first: the other half is the translator's. Raises UnusableFile
    where the entries in use are too many for one file.
    """
    content = write_po(po)
    # No entry is longer than its file, and hardly any file is longer than an entry may be.
    if len(content) <= MAX_ENTRY_LENGTH and len(po.entries) <= MAX_ENTRIES // 2:
        return Fitted(content)
    entries = [_without_long_previous(entry) for entry in po.entries]
    too_long = tuple(entry for entry in entries if is_too_long(entry))
    current = [entry for entry in entries if not entry.obsolete and not is_too_long(entry)]
    obsolete = [entry for entry in entries if entry.obsolete and not is_too_long(entry)]
    in_use = write_po(replace(po, entries=tuple(current)))
    check_size(in_use)
    kept = list(_up_to_half(obsolete, in_use, len(current)))
    return Fitted(
        write_po(replace(po, entries=(*current, *kept))),
        (*obsolete[len(kept) :], *(entry for entry in too_long if entry.obsolete)),
        tuple(entry for entry in too_long if not entry.obsolete),
    )


def _without_long_previous(entry: Entry) -> Entry:
    """Without a previous source over the limit: it only explains, and the entry itself may be short."""
    return replace(entry, previous_msgid="") if len(entry.previous_msgid) > MAX_ENTRY_LENGTH else entry


def _up_to_half(obsolete: Iterable[Entry], in_use: bytes, entries: int) -> Iterator[Entry]:
    """The first of the obsolete entries, as many as fit beside those in use."""
    size, lines = len(in_use), in_use.count(b"\n")
    for entry in obsolete:
        written = fast_codec.write_entry(entry).encode()
        size, lines, entries = size + len(written) + 1, lines + written.count(b"\n") + 1, entries + 1
        if size > MAX_FILE_BYTES // 2 or lines > MAX_LINES // 2 or entries > MAX_ENTRIES // 2:
            return
        yield entry
