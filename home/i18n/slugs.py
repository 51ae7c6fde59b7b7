"""The slug of a page: ASCII, by the Transliteration Act of 2009.

The admin's slug field runs the same rules in JavaScript. Its patterns therefore spell out word boundaries.
"""

import re

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput

from home.i18n.transliteration import TRANSLITERATION_RULES, to_latin

# Dashes and slashes part words; slugify alone would join them (2021–2027 → 20212027).
SIGN_RULES = [("[‐-―−/]", "-"), ("№", "no")]

SLUG_RULES = [*TRANSLITERATION_RULES, *SIGN_RULES]

# Leaves room within the 255 characters of a slug for a number after equal titles.
SLUG_LENGTH = 240


def make_slug(text: str) -> str:
    """Makes the ASCII slug for a title; empty for a title without letters and digits."""
    text = to_latin(text)
    for pattern, replacement in SIGN_RULES:
        text = re.sub(pattern, replacement, text)
    return slugify(anyascii(text))[:SLUG_LENGTH].strip("-")


class TransliteratingSlugInput(SlugInput):
    """Shows the editor the server's slug while the title is typed."""

    def __init__(self, attrs=None):
        formatters = [
            (re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in SLUG_RULES
        ]
        super().__init__(attrs=attrs, formatters=formatters)
