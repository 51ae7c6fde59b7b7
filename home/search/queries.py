"""Visitors' input, made safe and comparable: words or nothing, never an error."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.http import urlencode
from wagtail.search.query import And, Or, PlainText, SearchQuery

from home.i18n.languages import reverse_in
from home.search.stems import marked, stem
from home.search.stop_words import STOP_WORDS
from home.search.words import words

LONGEST_QUERY = 120
MOST_WORDS = 10
LONGEST_WORD = 40


@dataclass(frozen=True)
class Query:
    """One search: the text to show again, and the words to look for."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def parse(cls, typed: str) -> "Query":
        text = " ".join(typed.replace("\0", " ").split())[:LONGEST_QUERY].strip()
        typed_words = [word[:LONGEST_WORD] for word in words(text)]
        telling = [word for word in typed_words if word not in STOP_WORDS] or typed_words
        return cls(text, tuple(dict.fromkeys(telling))[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    def matching_all(self) -> SearchQuery:
        return And(self._each_word())

    def matching_any(self) -> SearchQuery:
        return Or(self._each_word())

    def _each_word(self) -> Iterable[SearchQuery]:
        """The word as typed as well as its stem: the exact form ranks higher, and PostgreSQL's dictionary knows it."""
        return [Or([PlainText(marked(word)), PlainText(word)]) for word in self.words]


def search_url(language: str, query: Query, **more: str) -> str:
    """Where the same search is in `language`."""
    parameters = {"q": query.text, **more} if query.text else {}
    return reverse_in(language, "search") + (f"?{urlencode(parameters)}" if parameters else "")
