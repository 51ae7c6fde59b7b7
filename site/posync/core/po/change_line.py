"""Shows a change of text in one line, for people: removals and additions, word by word."""

import re
from difflib import SequenceMatcher

#: Without the no-break space: its coming or going is a change.
_LINE_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORDS = re.compile(r"<[^>]*>|\w+|\s+|[^\w\s]")
#: Unchanged words kept on either side of a change; the rest becomes an ellipsis.
_CONTEXT = 4


def change_line(old: str, new: str) -> str:
    """The change as "helped [-1,200-]{+1,350+} people", in wdiff's notation.

    Line breaks become spaces; new and lost ones are named, so another change is another line.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(
                _shortened(before[i1:i2], first=not parts, last=i2 == len(before) and j2 == len(after))
            )
            continue
        if i1 < i2:
            parts.append(f"[-{_named(before[i1:i2])}-]")
        if j1 < j2:
            parts.append(f"{{+{_named(after[j1:j2])}+}}")
    return "".join(parts)


def _named(words: list[str]) -> str:
    """With line breaks as they stand in a PO file: "one\\ntwo"."""
    return _LINE_BREAKS.sub(lambda found: found[0].encode("unicode_escape").decode(), "".join(words))


def _one_line(words: list[str]) -> str:
    return _LINE_BREAKS.sub(" ", "".join(words))


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    if len(words) <= 2 * _CONTEXT * 2:  # words and the spaces between them
        return _one_line(words)
    head = "" if first else _one_line(words[: _CONTEXT * 2])
    tail = "" if last else _one_line(words[-_CONTEXT * 2 :])
    return f"{head}…{tail}"
