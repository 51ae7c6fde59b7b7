"""Stems in the index, beside the words of a text: a search for one form of a word finds all of them.

The alphabet of a word chooses the rules, not the language of the page: Bulgarian pages name English things and the
other way round. PostgreSQL's `bg_en` configuration tells the words apart in the same way.
"""

import re
from collections.abc import Iterable

import snowballstemmer

from home.search import bulgarian
from home.search.words import words

# Tells a stem from a word, as Xapian does: no dictionary of the database takes it for a word of its own and cuts it
# again, and people's view can leave stems out. A letter, because every tokenizer keeps it, out of use in both
# languages for a lifetime.
MARK = "ѫ"

# Snowball's rules do not know these.
_ENGLISH_IRREGULAR = {
    "children": "child",
    "men": "man",
    "people": "person",
    "wives": "wife",
    "women": "woman",
}

_CYRILLIC = re.compile("[а-я]")
_english = snowballstemmer.stemmer("english")


def stem(word: str) -> str:
    """The stem of one word from `home.search.words`."""
    if _CYRILLIC.search(word):
        return bulgarian.stem(word)
    return _english.stemWord(_ENGLISH_IRREGULAR.get(word, word))


def marked(word: str) -> str:
    return MARK + stem(word)


def marked_stems(texts: Iterable[str]) -> str:
    return " ".join(marked(word) for text in texts for word in words(text))


def without_stems(indexed: str) -> str:
    """The text before the first stem: as people wrote it."""
    return indexed.partition(MARK)[0].strip()
