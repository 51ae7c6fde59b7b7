"""Entries and the generation, in the cache that all processes share."""

import logging
import math
import secrets
from typing import NamedTuple

from django.core.cache import caches

ALIAS = "pages"
GENERATION = "generation"
#: Of pages, as they are and compressed, that each process holds at most.
BYTES_NEAR = 16 * 1024 * 1024

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A page as it was answered; a tuple, because unpickling one is most of what a hit costs."""

    generation: str
    #: Seconds since the epoch.
    expires_at: float
    #: The exact query string: those of one path share a limited number of places.
    query: str
    headers: dict[str, str]
    body: bytes
    #: Empty where compressing does not pay.
    compressed: bytes


class NearCopies:
    """What this process has lately got from the shared cache, all of one generation.

    Spares the way of a whole page through the server's socket and its parsing; whether it still counts is asked of the
    shared cache each time.
    """

    def __init__(self):
        self._generation = ""
        self._entries = {}
        self._bytes = 0

    def find(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def keep(self, key: str, entry: Entry) -> None:
        size = len(entry.body) + len(entry.compressed)
        if entry.generation != self._generation or self._bytes + size > BYTES_NEAR:
            # New containers rather than emptied ones: other threads may be reading these.
            self._generation, self._entries, self._bytes = entry.generation, {}, 0
        self._bytes += size
        self._entries[key] = entry


class Store:
    """Where the shared cache fails, pages are made anew for everyone; nothing is served that may be old."""

    def __init__(self):
        # A change whose news did not reach the cache: until they do, this process trusts nothing that is there.
        self._owes_a_generation = False
        self._near = NearCopies()

    def find(self, key: str) -> tuple[str, Entry | None]:
        """The present generation, empty if it cannot be known, and what is kept under `key`, old or not."""
        if self._owes_a_generation:
            self.begin_generation()
            if self._owes_a_generation:
                return "", None
        try:
            cache = caches[ALIAS]
            near = self._near.find(key)
            if near is not None and near.generation == cache.get(GENERATION):
                return near.generation, near
            # Both at once: one way to the server and back, and on Redis one moment in time.
            found = cache.get_many([GENERATION, key])
            generation, entry = found.get(GENERATION), found.get(key)
            if generation is None:
                # Also after the server has dropped it to make room: no word ever comes back.
                generation = cache.get_or_set(GENERATION, secrets.token_hex, None)
            elif entry is not None and entry.generation == generation:
                self._near.keep(key, entry)
            return generation or "", entry
        except Exception:
            logger.exception("The page cache cannot be read")
            return "", None

    def keep(self, key: str, entry: Entry, seconds: float) -> None:
        try:
            caches[ALIAS].set(key, entry, math.ceil(seconds))
        except Exception:
            logger.exception("A page cannot be kept in the page cache")

    def begin_generation(self) -> None:
        """Make everything old that is kept so far, and everything that is being made now."""
        try:
            caches[ALIAS].set(GENERATION, secrets.token_hex(), None)
            self._owes_a_generation = False
        except Exception:
            self._owes_a_generation = True
            logger.exception("The page cache did not hear of a change; what it holds expires by itself")


store = Store()
