"""Suggestions after a search without results: known words near to those typed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from home.i18n.transliteration import to_latin
from home.search.stems import stem
from home.search.words import words

MOST_SUGGESTIONS = 3
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language's pages: how often each stands there, its stem, and itself in Latin letters."""

    counts: dict[str, int]
    stems: dict[str, str]
    latin: dict[str, str]
    known_stems: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        counts = Counter(word for text in texts for word in words(text) if _is_worth_suggesting(word))
        cyrillic = [word for word in counts if not word.isascii()]
        return cls(
            counts=dict(counts),
            stems=(stems := {word: stem(word) for word in counts}),
            # All at once: a pass over the rules for each word takes a hundred times as long.
            latin=dict(zip(cyrillic, to_latin("\n".join(cyrillic)).split("\n"), strict=bool(cyrillic))),
            known_stems=frozenset(stems.values()),
        )


def _is_worth_suggesting(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha()


def suggested_queries(query_words: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Searches with known words in place of the unknown ones, the likeliest first."""
    choices = [_choices(word, vocabulary) for word in query_words]
    if not any(near for _known, near in choices):
        return []
    # A word without near ones is left out: with it there would be nothing to find.
    choices = [near or [known] for known, near in choices if near or known]
    suggestions = [
        " ".join(words[min(place, len(words) - 1)] for words in choices) for place in range(MOST_SUGGESTIONS)
    ]
    return list(dict.fromkeys(suggestions))


def _choices(word: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The word itself where the site uses it, else words near to it."""
    if stem(word) in vocabulary.known_stems:
        return word, []
    return "", _near(word, vocabulary)


def _near(word: str, vocabulary: Vocabulary) -> list[str]:
    distances: dict[str, int] = {}
    for typed, forms in (
        (word, dict.fromkeys(vocabulary.counts)),
        # A mistake in the stem counts alone, whatever form of the word stands on the site.
        (stem(word), vocabulary.stems),
        # Bulgarian is often typed in Latin letters.
        (word, vocabulary.latin),
    ):
        choices = {known: form or known for known, form in forms.items()}
        near = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=_tolerance(typed), limit=20)
        for _form, distance, known in near:
            distances[known] = min(distance, distances.get(known, distance))
    by_likelihood = sorted(distances, key=lambda known: (distances[known], -vocabulary.counts[known], known))
    # One form of each word is enough: a search for it finds the others.
    by_stem: dict[str, str] = {}
    for known in by_likelihood:
        by_stem.setdefault(stem(known), known)
    return list(by_stem.values())[:MOST_SUGGESTIONS]


def _tolerance(word: str) -> int:
    """How many letters may be wrong: one of three or four, two of a longer word."""
    return 1 if len(word) < 5 else 2
