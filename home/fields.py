"""Fields of characters without words: the same in every language, and nothing for translators."""

import re

from django.core.validators import URLValidator
from django.db import models


class NotForTranslators:
    """Hides a field from tools for translation, by their own method; copies to other languages carry the value."""

    def get_translatable_segments(self, value):
        return []


class CodeField(NotForTranslators, models.SlugField):
    """A name for machines: in addresses, in the columns of exports."""


class PlainCharField(NotForTranslators, models.CharField):
    """Numbers and addresses."""


def translated_url_field(verbose_name, **options) -> models.CharField:
    """Makes a field for an address of its own in each language; translations share the value of a URLField."""
    return models.CharField(
        verbose_name,
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        **options,
    )


def dialled(phone: str) -> str:
    """A telephone number as a telephone takes it."""
    return re.sub(r"[^\d+]", "", phone)
