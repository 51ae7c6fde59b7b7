"""Where in a text the words of a search stand: an excerpt, and the marks around the words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from home.search.stems import stem
from home.search.words import Word, words_in_place

EXCERPT_LENGTH = 260
# How much of the text to show before the first word found.
LEAD_IN = 60
_ENDS_OF_SENTENCES = (".", "!", "?", "…", ":", ";", ",", ".“", "!“", "?“", ".”", "!”", "?”", ".)")


@dataclass(frozen=True)
class Part:
    text: str
    is_found: bool = False


def highlighted(text: str, query_words: Collection[str], stems: Collection[str]) -> SafeString:
    """`text` with `<mark>` around each form of the words looked for; everything else is escaped."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", part.text) if part.is_found else part.text,)
            for part in _parts(text, list(_found(text, query_words, stems)))
        ),
    )


def excerpt(text: str, query_words: Collection[str], stems: Collection[str]) -> SafeString:
    """The beginning of `text`, or the surroundings of the first word found beyond it."""
    text = _one_line(text)
    first = next(_found(text, query_words, stems), None)
    start = 0
    if first is not None and first.end > EXCERPT_LENGTH:
        start = _next_word(text, first.start - LEAD_IN)
    end = _end_of_word(text, start + EXCERPT_LENGTH)
    marked = highlighted(text[start:end].strip(), query_words, stems)
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")


def _one_line(text: str) -> str:
    """Joins the lines. A dot in the middle parts lines without a sentence's end: a heading, a name."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    ended = [line if line.endswith(_ENDS_OF_SENTENCES) else f"{line} ·" for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


def _found(text: str, query_words: Collection[str], stems: Collection[str]) -> Iterator[Word]:
    return (word for word in words_in_place(text) if word.form in query_words or stem(word.form) in stems)


def _parts(text: str, found: list[Word]) -> Iterator[Part]:
    position = 0
    for word in found:
        yield Part(text[position : word.start])
        yield Part(text[word.start : word.end], is_found=True)
        position = word.end
    yield Part(text[position:])


def _next_word(text: str, position: int) -> int:
    space = text.find(" ", position)
    return space + 1 if space >= 0 else position


def _end_of_word(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", 0, position + 1)
    # A text without spaces is cut wherever it is.
    return space if space > position - 60 else position
