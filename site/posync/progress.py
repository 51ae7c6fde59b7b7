"""How far a run is, for whoever watches it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

#: Takes the step's name, the number done, and the number in all; 0 where it is not known.
Watcher: TypeAlias = Callable[[str, int, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("posync_watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Tell `watcher` of every step taken inside."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def report(step: str, done: int, total: int) -> None:
    """Say how far a step is, if anybody watches."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(step, done, total)
