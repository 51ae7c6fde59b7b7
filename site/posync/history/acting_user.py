"""The commands' acting user."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from posync.conf import posync_settings
from posync.exceptions import PosyncError


def acting_user() -> AbstractBaseUser | None:
    """The user of POSYNC["USER"]; None is the system itself. Raises PosyncError when there is no such user."""
    name = posync_settings().USER
    if name is None:
        return None
    model = get_user_model()
    try:
        user: AbstractBaseUser = model._default_manager.get_by_natural_key(name)
    except model.DoesNotExist as error:
        raise PosyncError(f"POSYNC['USER'] names {name!r}, but there is no such user.") from error
    return user
