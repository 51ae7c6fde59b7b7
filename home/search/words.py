"""The words of a text, ready to compare."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")

# Marks on a base letter are dropped: stress marks (вълна́) and accents (café). In these letters they are a part.
_LETTERS_WITH_MARKS = re.compile("[йЙ]")
_STANDING_IN = {"й": "\ue000", "Й": "\ue001"}
_STOOD_FOR = {ord(value): key for key, value in _STANDING_IN.items()}


@dataclass(frozen=True)
class Word:
    """A word of a text: where it stands, and how it is compared."""

    start: int
    end: int
    form: str


def compared(text: str) -> str:
    """`text` as it is compared: lower case, without stress marks and accents."""
    composed = unicodedata.normalize("NFC", text)
    kept = _LETTERS_WITH_MARKS.sub(lambda match: _STANDING_IN[match[0]], composed)
    letters = "".join(char for char in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", letters.translate(_STOOD_FOR).lower())


def words(text: str) -> list[str]:
    return WORD.findall(compared(text))


# A mark over a letter is no letter itself, and must not part its word.
_WORD_IN_TEXT = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def words_in_place(text: str) -> Iterator[Word]:
    """The words of `text` with their places in it, for marking them there."""
    for match in _WORD_IN_TEXT.finditer(text):
        for form in words(match[0])[:1]:
            yield Word(match.start(), match.end(), form)
