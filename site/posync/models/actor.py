"""Who did something: the account, and its name at the time."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models

#: Longer than any name of Django's own users.
NAME_LENGTH = 255


def name_of(user: AbstractBaseUser | None) -> str:
    """The name by which colleagues know a person; "" for nobody."""
    if user is None:
        return ""
    full_name: str = getattr(user, "get_full_name", lambda: "")()
    return (full_name or user.get_username())[:NAME_LENGTH]


def actor_field() -> models.ForeignKey[Any, Any]:
    """An account, whose id stays when it is deleted, as in Wagtail's own logs. None: nobody, or a person forgotten."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
