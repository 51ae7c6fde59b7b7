"""Bytes to PoFile and back. Nothing else in posync reads or writes the format."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import polib

from posync.core.po import fast_codec
from posync.core.po.entries import Entry, PoFile
from posync.core.po.mangled_comments import own_header_comment, with_previous_restored

_CHARSET = re.compile(
    rb"^[^#\n][^\n]*?Content-Type:[^\n]*?charset=([A-Za-z0-9._-]+)", re.MULTILINE | re.IGNORECASE
)
_LINE_OF_ERROR = re.compile(r"\(line (\d+)\)")
_MARKED_LINE = re.compile(r"(#~\||#[.:,|~]|#|) ?(.*)", re.DOTALL)
_MARKERS_OF_STRINGS = frozenset({"", "#~", "#|", "#~|"})
_STRING = re.compile(r'(?:msg(?:ctxt|id|id_plural|str|str\[\d+\])\s+)?"[^"\\]*(?:\\.[^"\\]*)*"')
#: gettext takes more than two hexadecimal digits for one escape, other programs do not.
_ESCAPE = re.compile(r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]+)|(?P<letter>.))")
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_MSGID = re.compile(r"^\s*(?:#~\s*)?msgid", re.MULTILINE)
#: Python's own, for its literals and for names of hosts: they are no charset of a file, and read backslashes differently.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
#: Text in a charset of several bytes a character is by chance valid UTF-8 where it is short, and not beyond this number.
_CHANCE_CHARACTERS = 12
_SURROGATE = re.compile("[\ud800-\udfff]")
#: polib leaves a space at the end of an empty line of a comment.
_EMPTY_COMMENT_LINE = re.compile(r"^# $", re.MULTILINE)


class PoFileError(ValueError):
    """The bytes are no readable PO file. `line` is 0 where the place is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Lines:
    """A text as polib takes it when it is no `str`.

    Of a `str`, polib opens the file of that name if there is one. It cuts any other with `str.splitlines`, also at
    U+2028, NEL and others that are part of an entry; the rest of such an entry would be lost without an error.
    """

    def __init__(self, text: str, charset: str) -> None:
        self._lines = text.split("\n")
        self._charset = charset

    def splitlines(self) -> list[str]:
        return [
            _polib_line(line.strip(), number, self._charset) for number, line in enumerate(self._lines, 1)
        ]


def _polib_line(line: str, number: int, charset: str) -> str:
    """A line in the form for polib to read as gettext does.

    polib wants a space behind each marker, drops the last entry where a bare marker follows it, does not read the
    previous text of an obsolete entry, nor `\\a`, nor bytes by number, and cuts the last letter off a string that is not
    closed.
    """
    marker, content = _MARKED_LINE.fullmatch(line).groups()  # type: ignore[union-attr] # matches every line
    if marker in _MARKERS_OF_STRINGS and content:
        if not _STRING.fullmatch(content):
            raise PoFileError(f"This is not a valid PO file: line {number} has no text in quotes.", number)
        if "\\" in content:
            content = _with_polib_escapes(content, number, charset)
    if not content.strip() and marker != "#":
        return ""
    return f"{'#|' if marker == '#~|' else marker} {content}" if marker else content


def _with_polib_escapes(content: str, number: int, charset: str) -> str:
    """A string, with the keyword before it, in the escapes known to polib.

    A character may be several escapes, or an escape and a letter: so the bytes of the whole string are decoded at once.
    """
    start = content.index('"') + 1
    quoted = content[start:-1]
    try:
        if any(found["letter"] is None for found in _ESCAPE.finditer(quoted)):
            text = b"".join(_bytes_of(quoted, charset)).decode(charset)
        else:
            text = _ESCAPE.sub(lambda found: _LETTERS[found["letter"]], quoted)
        if _SURROGATE.search(text):
            raise ValueError
    except (KeyError, ValueError) as error:
        raise PoFileError(
            f"This is not a valid PO file: line {number} has an escape unknown to gettext, or one of no text in "
            f"{charset}.",
            number,
        ) from error
    return f'{content[:start]}{polib.escape(text)}"'


def _bytes_of(quoted: str, charset: str) -> Iterator[bytes]:
    """The bytes of a string in its file's charset. Raises KeyError or ValueError for an escape of no byte."""
    position = 0
    for found in _ESCAPE.finditer(quoted):
        yield quoted[position : found.start()].encode(charset)
        if found["letter"] is not None:
            yield _LETTERS[found["letter"]].encode(charset)
        else:
            byte = int(found["octal"], 8) if found["octal"] is not None else int(found["hex"], 16)
            # gettext's own programs cut a text at a NUL.
            if byte == 0 or len(found["hex"] or "") > 2:
                raise ValueError
            yield bytes([byte])
        position = found.end()
    yield quoted[position:].encode(charset)


def _decode(content: bytes) -> tuple[str, str]:
    """The text, and the charset of its bytes. Raises PoFileError for bytes of another charset than the header's."""
    declared = _CHARSET.search(content[:8192])
    charset = declared[1].decode("ascii") if declared else "utf-8"
    if charset.upper() == "CHARSET" or content.startswith(codecs.BOM_UTF8):
        charset = "utf-8"
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        codec = codecs.lookup(charset).name.replace("_", "-")
        if codec in _NO_CHARSETS:
            raise LookupError(charset)
        text = content.decode(charset)
    except LookupError as error:
        raise PoFileError(
            f"The header names a charset that does not exist: {charset}. Save the file as UTF-8."
        ) from error
    except UnicodeError as error:
        line = content.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 0
        raise PoFileError(f"The text is not valid {charset}. Save the file as UTF-8.", line) from error
    if codec in ("utf-8", "utf-8-sig"):
        return text, "utf-8" if codec == "utf-8-sig" else charset
    # Some codecs, UTF-7 for one, decode halves of characters: neither a file nor a database takes them.
    if half := _SURROGATE.search(text):
        line = text.count("\n", 0, half.start()) + 1
        raise PoFileError(f"The text is not valid {charset}. Save the file as UTF-8.", line)
    if declared and _is_utf8(content, text):
        raise PoFileError(
            f"The header says {charset}, and the bytes are UTF-8. Correct the charset in the header.",
            content.count(b"\n", 0, declared.start(1)) + 1,
        )
    return text, charset


def _is_utf8(content: bytes, text: str) -> bool:
    """Whether bytes decoded as another charset, into `text`, are UTF-8 beyond chance."""
    if content.isascii():
        return False
    try:
        meant = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    is_single_byte = len(text) == len(content)
    return is_single_byte or sum(not letter.isascii() for letter in meant) > _CHANCE_CHARACTERS


def read_po(content: bytes) -> PoFile:
    """Read the bytes of a PO file, in its header's charset (UTF-8 by default).

    Raises PoFileError when they cannot be read as one.
    """
    text, charset = _decode(content)
    text = text.replace("\r\n", "\n")
    po = fast_codec.read(text) or _read_with_polib(text, charset)
    if "# |" not in text and "# ." not in text:
        return po
    entries = tuple(map(with_previous_restored, po.entries))
    return PoFile(po.header, entries, own_header_comment(po.header_comment))


def _read_with_polib(text: str, charset: str) -> PoFile:
    try:
        parsed = polib.pofile(_Lines(text, charset), encoding="utf-8")
    except OSError as error:
        # polib raises OSError for syntax errors and names the line in its message only.
        place = _LINE_OF_ERROR.search(str(error))
        raise PoFileError(f"This is not a valid PO file: {error}", int(place[1]) if place else 0) from error
    if text.strip() and not _MSGID.search(text):
        raise PoFileError("This is not a PO file: it has neither a header nor an entry.", 1)
    # Where a tool has dropped the header, polib takes the first entry's comment for the header's.
    entries, header_comment = [_entry(entry) for entry in parsed if entry.msgid], parsed.header
    if entries and not parsed.metadata:
        entries[0] = replace(entries[0], translator_comment=header_comment or entries[0].translator_comment)
        header_comment = ""
    return PoFile(dict(parsed.metadata), tuple(entries), header_comment)


def _entry(entry: polib.POEntry) -> Entry:
    # Page text has no plural forms; where a tool added some, the first stands for the text.
    forms: dict[int, str] = {**(entry.msgstr_plural or {})}
    return Entry(
        msgctxt=entry.msgctxt or "",
        msgid=entry.msgid,
        msgstr=entry.msgstr or forms.pop(0, ""),
        other_forms=tuple(forms.values()),
        fuzzy="fuzzy" in entry.flags,
        obsolete=bool(entry.obsolete),
        previous_msgid=entry.previous_msgid or "",
        translator_comment=entry.tcomment,
        extracted_comments=tuple(entry.comment.split("\n")) if entry.comment else (),
        line=entry.linenum or 1,  # polib counts from 0 for its first entry
    )


def write_po(po: PoFile) -> bytes:
    """The bytes of a PO file: UTF-8, LF, each text on one line, the same bytes for the same data.

    Obsolete entries come last, as gettext's own tools put them.
    """
    head = _write_head(tuple(po.header.items()), po.header_comment)
    entries = sorted(po.entries, key=lambda entry: entry.obsolete)
    return "\n".join((head, *map(fast_codec.write_entry, entries))).encode()


@lru_cache(maxsize=64)  # translations begun together have the same one
def _write_head(fields: tuple[tuple[str, str], ...], comment: str) -> str:
    target = polib.POFile(wrapwidth=0, encoding="utf-8")
    target.metadata = dict(fields)
    target.header = comment
    # polib begins a file without a comment at its head with an empty one.
    head = str(target) if comment else str(target).removeprefix("#\n")
    return _EMPTY_COMMENT_LINE.sub("#", head)
