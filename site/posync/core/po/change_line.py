"""Shows a change of text in one line, for people: removals and additions, word by word."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import Match, SequenceMatcher
from itertools import accumulate, takewhile

#: Without the no-break space: its coming or going is a change.
_LINE_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORDS = re.compile(r"<[^>]*>|\w+|\s+|[^\w\s]")
_WORDS_WITHOUT_TAGS = re.compile(r"\w+|\s+|[^\w\s]")
#: Unchanged words kept on either side of a change; the rest becomes an ellipsis.
_CONTEXT = 4
#: Pairs of words, for one line. Texts of the same few words take the cube of their length; a long paragraph stays
#: far below.
MAX_COMPARED = 3_000_000


class _TooLong(Exception):
    """The comparison would take too long."""


class _Comparison(SequenceMatcher[str]):
    """A comparison that gives up: within an export, one hostile text must not hold up all others."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after, autojunk=False)
        alike = Counter(after)
        #: Up to each word of `before`, the pairs for one search.
        self._pairs = [0, *accumulate(alike[word] + 1 for word in before)]
        self.compared = 0

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The base class's own, which asks for it once for each stretch. Raises _TooLong."""
        end = len(self._pairs) - 1 if ahi is None else ahi
        pairs = self._pairs[end] - self._pairs[alo]
        if self.compared + pairs > MAX_COMPARED:
            raise _TooLong
        self.compared += pairs
        return super().find_longest_match(alo, ahi, blo, bhi)


def change_line(old: str, new: str) -> str:
    """The change as "helped [-1,200-]{+1,350+} people", in wdiff's notation.

    Line breaks become spaces; new and lost ones are named, so another change is another line. Of texts too long for a
    comparison, the line has what lies between their common beginning and end; if that is too long as well, its first words.
    """
    before, after = _words(old), _words(new)
    try:
        changes = _Comparison(before, after).get_opcodes()
        return _line(before, after, changes)
    except _TooLong:
        return _line_between(before, after)


def _words(text: str) -> list[str]:
    # Behind the last ">" no tag ends: each "<" there would be followed to the end of the text.
    end = text.rfind(">") + 1
    return _WORDS.findall(text[:end]) + _WORDS_WITHOUT_TAGS.findall(text[end:])


def _line_between(before: list[str], after: list[str]) -> str:
    start = _common(before, after)
    end = _common(reversed(before[start:]), reversed(after[start:]))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    try:
        changes = [
            (tag, i1 + start, i2 + start, j1 + start, j2 + start)
            for tag, i1, i2, j1, j2 in _Comparison(old, new).get_opcodes()
        ]
    except _TooLong:
        old, new = _beginning(old), _beginning(new)
        changes = [("replace", start, start + len(old), start, start + len(new))]
    tail = before[len(before) - end :]
    before, after = [*before[:start], *old, *tail], [*after[:start], *new, *tail]
    head = [("equal", 0, start, 0, start)] if start else []
    rest = [("equal", len(before) - end, len(before), len(after) - end, len(after))] if end else []
    return _line(before, after, [*head, *changes, *rest])


def _common(before: Iterable[str], after: Iterable[str]) -> int:
    """How many words are the same at the beginning."""
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _beginning(words: list[str]) -> list[str]:
    return words if len(words) <= _CONTEXT * 4 else [*words[: _CONTEXT * 4], "…"]


def _line(before: list[str], after: list[str], changes: Iterable[tuple[str, int, int, int, int]]) -> str:
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in changes:
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
