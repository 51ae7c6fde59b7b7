"""Bytes to PoFile and back, on polib. Nothing else in posync reads or writes the format."""

import codecs
import re

import polib

from posync.core.messages import Message, PoFile

_CHARSET = re.compile(rb'"Content-Type:[^"\n]*charset=([A-Za-z0-9._-]+)')
_LINE_OF_ERROR = re.compile(r"\(?line (\d+)\)?")


class PoFileError(ValueError):
    """The bytes are not a PO file that can be read. `line` is 0 where the place is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Lines(str):
    """Text whose lines end at LF alone.

    Given a string, polib cuts it with `str.splitlines`, which also cuts at U+2028, NEL and others that are part
    of a message; the rest of such a message would be lost without an error.
    """

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def _decode(content: bytes) -> str:
    declared = _CHARSET.search(content[:8192])
    charset = declared[1].decode("ascii") if declared else "utf-8"
    if charset.upper() == "CHARSET" or content.startswith(codecs.BOM_UTF8):
        charset = "utf-8"
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(charset)
    except LookupError as error:
        raise PoFileError(
            f"The header names a charset that does not exist: {charset}. Save the file as UTF-8."
        ) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PoFileError(f"The text is not valid {charset}. Save the file as UTF-8.", line) from error


def read_po(content: bytes) -> PoFile:
    """Read the bytes of a PO file, in the charset that its header names (UTF-8 where it names none).

    Raises PoFileError when they cannot be read as one.
    """
    text = _decode(content).replace("\r\n", "\n")
    try:
        parsed = polib.pofile(_Lines(text), encoding="utf-8")
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        # polib raises OSError for syntax errors and names the line in its message only.
        place = _LINE_OF_ERROR.search(str(error))
        raise PoFileError(f"This is not a valid PO file: {error}", int(place[1]) if place else 0) from error
    if not parsed.metadata and not len(parsed) and text.strip():
        raise PoFileError("This is not a PO file: it has neither a header nor an entry.", 1)
    return PoFile(
        header=dict(parsed.metadata),
        messages=tuple(_message(entry) for entry in parsed),
        header_comment=parsed.header,
    )


def _message(entry: polib.POEntry) -> Message:
    return Message(
        msgctxt=entry.msgctxt or "",
        msgid=entry.msgid,
        # Page text has no plural forms; of an entry that a tool gave some, the first stands for the text.
        msgstr=entry.msgstr or (entry.msgstr_plural or {}).get(0, ""),
        fuzzy="fuzzy" in entry.flags,
        obsolete=bool(entry.obsolete),
        previous_msgid=entry.previous_msgid or "",
        translator_comment=entry.tcomment,
        extracted_comments=tuple(entry.comment.split("\n")) if entry.comment else (),
        line=entry.linenum,
    )


def write_po(po: PoFile) -> bytes:
    """The bytes of a PO file: UTF-8, LF, unwrapped, the same bytes for the same data.

    Obsolete messages come last, as gettext's own tools put them.
    """
    target = polib.POFile(wrapwidth=0, encoding="utf-8")
    target.metadata = dict(po.header)
    target.header = po.header_comment
    target.extend(_entry(message) for message in sorted(po.messages, key=lambda message: message.obsolete))
    return f"{target}".encode()


def _entry(message: Message) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgstr=message.msgstr,
        flags=["fuzzy"] if message.fuzzy else [],
        obsolete=message.obsolete,
        previous_msgid=message.previous_msgid or None,
        tcomment=message.translator_comment,
        comment="\n".join(message.extracted_comments),
    )
