"""One object per language and place, or code.

The admin's form leaves out the language, and with it the constraint in the database.
"""

from django.core.exceptions import ValidationError
from django.db import models


def refuse_second(thing: models.Model, field: str, message: str) -> None:
    """Raises ValidationError on `field` if another object of this language has the same value."""
    same = type(thing).objects.filter(**{field: getattr(thing, field)}, locale_id=thing.locale_id)
    if same.exclude(pk=thing.pk).exists():
        raise ValidationError({field: message})
