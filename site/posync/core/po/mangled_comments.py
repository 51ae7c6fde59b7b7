"""Tells comments mangled by a tool from translators' own."""

import re
from collections.abc import Collection
from dataclasses import replace

import polib

from posync.core.po.entries import Entry

#: A text in quotes; a tool may have wrapped it.
_QUOTED = r'"(?:[^"\\]|\\.)*"'
#: Babel does not know the previous source (`#| msgid "…"`) and writes it as `# | msgid "…"`.
_PREVIOUS = re.compile(
    rf"^\| msg(?P<field>ctxt|id|id_plural) (?P<text>{_QUOTED}(?:\n\| {_QUOTED})*)(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
#: csv2po notes its own file above the header, once more each time.
_EXTRACTED_FROM = re.compile(r"^\. extracted from .*(?:\n|\Z)", re.MULTILINE)


def with_previous_restored(entry: Entry) -> Entry:
    """The entry without previous sources among the translator's comments; the first fills in for a missing one."""
    comment = entry.translator_comment
    if "| msg" not in comment:
        return entry
    previous = entry.previous_msgid
    for found in _PREVIOUS.finditer(comment):
        text = found["text"].replace('"\n| "', "")
        if not previous and found["field"] == "id" and "\n" not in text:
            previous = polib.unescape(text[1:-1])
    return replace(entry, previous_msgid=previous, translator_comment=_PREVIOUS.sub("", comment))


def without_extracted(entry: Entry, extracted: Collection[str]) -> Entry:
    """The entry without translator's comments repeated from `extracted` ones, as `# . At most 80 characters.`"""
    comment = entry.translator_comment
    if "." not in comment or not extracted:
        return entry
    mangled = {f".{space}{line}" for line in extracted for space in ("", " ")}
    kept = (line for line in comment.split("\n") if line not in mangled)
    return replace(entry, translator_comment="\n".join(kept))


def own_header_comment(comment: str) -> str:
    """The comment above the header without a tool's notes."""
    return _EXTRACTED_FROM.sub("", comment)
