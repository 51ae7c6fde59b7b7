"""Tells posync's own publications from all others."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_passing: ContextVar[bool] = ContextVar("posync_passing", default=False)


@contextmanager
def passing() -> Iterator[None]:
    """Publish what the gate has let through."""
    token = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(token)


def is_passing() -> bool:
    return _passing.get()
