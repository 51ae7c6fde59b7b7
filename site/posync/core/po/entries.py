"""The entries of a PO file, as posync sees them: plain data, whatever tool wrote the file."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_KEY_NAMESPACE = uuid.UUID("6d2f0f0e-0c0b-4c8e-9a51-0f0c2d3a7b11")
#: The two characters impossible in gettext's texts: the end of a string, and its separator of context and text.
_UNWRITABLE = re.compile("[\x00\x04]")
_LINE_END = re.compile("\r\n?|\n")
#: gettext's own fields, by their names in small letters.
_FIELDS = {
    name.lower(): name
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Language", "Plural-Forms"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Generator", "X-Source-Language"),
    )
}
#: A template's placeholders, for the translator to fill in.
_PLACEHOLDERS = (
    "YEAR-MO-DA HO:MI+ZONE",
    "FULL NAME <EMAIL@ADDRESS>",
    "LANGUAGE <LL@li.org>",
    "PACKAGE VERSION",
)


def entry_key(path: str, msgid: str) -> uuid.UUID:
    """The identity of an entry within its catalog.

    The path alone does not identify it: every sentence of a rich text field has the field's path. Joined by EOT, as
    gettext itself joins `msgctxt` and `msgid` in a .mo file.
    """
    return uuid.uuid5(_KEY_NAMESPACE, f"{_writable(path)}\x04{_writable(msgid)}")


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text) if "\x00" in text or "\x04" in text else text


def _without_untidy_end(line: str) -> str:
    """A comment's line without an end of white space, kept by no tool, or of backslashes: gettext would join the next."""
    end = len(line)
    while end and (line[end - 1].isspace() or line[end - 1] == "\\"):
        end -= 1
    return line[:end]


def _comment(text: str) -> str:
    """A comment as a PO file can hold it: tidy ends of lines, no empty line at either end."""
    return "\n".join(map(_without_untidy_end, _LINE_END.split(_writable(text)))).strip("\n")


def _comment_lines(comments: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for comment in comments for line in _comment(comment).split("\n") if line)


@lru_cache(maxsize=4096)  # most entries of a page, or of a model, have the same ones
def _are_tidy(comments: tuple[str, ...]) -> bool:
    return all(
        line
        and line[-1] != "\\"
        and line == line.rstrip()
        and not _UNWRITABLE.search(line)
        and not _LINE_END.search(line)
        for line in comments
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a PO file, within the format's bounds: it is read again exactly as it was written.

    Texts lose the characters impossible in gettext; comments their untidy line ends, kept by no tool; an obsolete entry
    its extracted comments, for it is of no source any more. An entry without a translation is not fuzzy, and a source is
    not its own predecessor.
    """

    msgctxt: str
    msgid: str
    msgstr: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    previous_msgid: str = ""
    #: The translator's own lines (`# `): theirs alone, kept as they are.
    translator_comment: str = ""
    #: Our lines to the translator (`#.`).
    extracted_comments: tuple[str, ...] = ()
    #: The line where the entry starts in its file; 0 for an entry from no file.
    line: int = 0
    #: Translations of further plural forms, added by some tools. Page text has none: they are read and never written.
    other_forms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # Tens of thousands are made in a run, and hardly one needs mending: so each is asked before it is mended.
        texts = f"{self.msgctxt}{self.msgid}{self.msgstr}{self.previous_msgid}"
        if "\x00" in texts or "\x04" in texts:
            for name in ("msgctxt", "msgid", "msgstr", "previous_msgid"):
                object.__setattr__(self, name, _writable(getattr(self, name)))
        if self.fuzzy and not self.msgstr:
            object.__setattr__(self, "fuzzy", False)
        if self.previous_msgid == self.msgid and self.msgid:
            object.__setattr__(self, "previous_msgid", "")
        if self.other_forms:
            forms = dict.fromkeys(map(_writable, self.other_forms))
            surplus = tuple(form for form in forms if form and form != self.msgstr)
            object.__setattr__(self, "other_forms", surplus)
        if self.translator_comment:
            object.__setattr__(self, "translator_comment", _comment(self.translator_comment))
        if self.extracted_comments and (self.obsolete or not _are_tidy(self.extracted_comments)):
            extracted = () if self.obsolete else _comment_lines(self.extracted_comments)
            object.__setattr__(self, "extracted_comments", extracted)


@dataclass(frozen=True, slots=True)
class PoFile:
    """A whole PO file: its header fields, the comment above the header, and its entries in file order.

    Like an entry it keeps within the format's bounds: each header field is one line. gettext's own fields are spelt as
    gettext spells them, whatever a tool makes of their names; a field that still has a template's placeholder is none.
    """

    header: Mapping[str, str]
    entries: tuple[Entry, ...]
    header_comment: str = ""

    def __post_init__(self) -> None:
        fields = ((_FIELDS.get(name.lower(), name), value) for name, value in self.header.items())
        header = {
            name: _writable(" ".join(value.split())) for name, value in fields if value not in _PLACEHOLDERS
        }
        object.__setattr__(self, "header", header)
        lines = _comment(self.header_comment).split("\n")
        # Straight behind the "#" these two would make a line of flags or of references.
        spaced = (f" {line}" if line.startswith((",", ":")) else line for line in lines)
        object.__setattr__(self, "header_comment", "\n".join(spaced))
