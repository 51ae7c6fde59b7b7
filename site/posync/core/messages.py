"""The messages of a PO file, as posync sees them: plain data, no matter which tool wrote the file."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

_KEY_NAMESPACE = uuid.UUID("6d2f0f0e-0c0b-4c8e-9a51-0f0c2d3a7b11")


def message_key(path: str, msgid: str) -> uuid.UUID:
    """The identity of a message within its catalog.

    The path alone does not identify it: every sentence of a rich text field has that field's path. Joined by
    EOT, as gettext itself joins `msgctxt` and `msgid` in a .mo file.
    """
    return uuid.uuid5(_KEY_NAMESPACE, f"{path}\x04{msgid}")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a PO file."""

    msgctxt: str
    msgid: str
    msgstr: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    previous_msgid: str = ""
    #: The translator's own lines (`# `): theirs alone, kept as they are.
    translator_comment: str = ""
    #: What we tell the translator (`#.`), a line each.
    extracted_comments: tuple[str, ...] = ()
    #: The line where the entry starts in the file it was read from; 0 when it was not read from one.
    line: int = 0


@dataclass(frozen=True, slots=True)
class PoFile:
    """A whole PO file: its header fields, the comment above the header, and its messages in file order."""

    header: Mapping[str, str]
    messages: tuple[Message, ...]
    header_comment: str = field(default="")
