"""Tells posync's own publications from all others."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import Revision

#: The primary key of the revision let through.
_passing: ContextVar[int | None] = ContextVar("posync_passing", default=None)


@contextmanager
def passing(revision: Revision) -> Iterator[None]:
    """Publish a revision that the gate has let through: no other one, as a receiver of Wagtail's signals may publish."""
    token = _passing.set(revision.pk)
    try:
        yield
    finally:
        _passing.reset(token)


def is_passing(revision: Revision) -> bool:
    return bool(_passing.get() == revision.pk)
