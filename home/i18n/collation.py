"""The order of names in lists: that of each language's alphabet, on either database.

PostgreSQL has it from ICU: `bg-x-icu` puts ъ after щ, ѝ with и, capitals beside their small letters, and Latin after
Cyrillic. SQLite knows only the numbers of characters; it is given a collation of the same name.
"""

import unicodedata

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Collate
from django.utils import translation

# Not и with an accent, as ѝ is, but a letter of its own
_SHORT_I = "й"
_SCRIPTS = {"bg": "CYRILLIC"}


def by_name(field: str) -> Collate:
    """Orders a queryset by a text as the active language does: `.order_by(by_name("title"))`."""
    return Collate(F(field), collation_name(translation.get_language()))


def collation_name(language: str) -> str:
    return f"{language}-x-icu"


def sort_key(text: str, language: str) -> tuple:
    """Letters decide first, then accents, then small before capital: what ICU does, for the letters used here."""
    letters = [_letter(character) for character in text.casefold()]
    own_script = _SCRIPTS.get(language, "LATIN")
    return (
        [(_rank(letter, own_script), letter) for letter in letters],
        unicodedata.normalize("NFD", text.casefold()),
        text.swapcase(),
    )


def _letter(character: str) -> str:
    return character if character == _SHORT_I else unicodedata.normalize("NFD", character)[0]


def _rank(letter: str, own_script: str) -> int:
    """Spaces and signs, then digits, then the language's own script, then all others."""
    if letter.isdigit():
        return 1
    if not letter.isalpha():
        return 0
    return 2 if unicodedata.name(letter, "").startswith(own_script) else 3


def add_collations(sender, connection, **kwargs):
    """On every new connection to SQLite."""
    if connection.vendor != "sqlite":
        return
    for language, _name in settings.LANGUAGES:
        connection.connection.create_collation(collation_name(language), _comparison(language))


def _comparison(language: str):
    def compare(first: str, second: str) -> int:
        first_key, second_key = sort_key(first, language), sort_key(second, language)
        return (first_key > second_key) - (first_key < second_key)

    return compare
