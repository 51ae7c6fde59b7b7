"""Fields of characters that are no words: the same in every language, and nothing for translators."""

import re

from django.db import models


class NotForTranslators:
    """Says so by the method that tools for translation ask of a field; copies to other languages carry the value."""

    def get_translatable_segments(self, value):
        return []


class CodeField(NotForTranslators, models.SlugField):
    """A name for machines: in addresses, in the columns of exports."""


class PlainCharField(NotForTranslators, models.CharField):
    """Numbers and addresses."""


def dialled(phone: str) -> str:
    """A telephone number as a telephone takes it."""
    return re.sub(r"[^\d+]", "", phone)
