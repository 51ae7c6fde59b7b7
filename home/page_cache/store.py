"""Entries and the generation, in the cache that all processes share."""

import logging
import math
import secrets
from typing import NamedTuple

from django.core.cache import caches

ALIAS = "pages"
GENERATION = "generation"

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A page as it was answered; a tuple, because unpickling one is most of what a hit costs."""

    generation: str
    #: Seconds since the epoch.
    good_until: float
    #: The exact query string: those of one path share a limited number of places.
    query: str
    headers: dict[str, str]
    body: bytes
    #: Empty where compressing does not pay.
    compressed: bytes


class Store:
    """Where the shared cache fails, pages are made anew for everyone; nothing is served that may be old."""

    def __init__(self):
        # A change whose news did not reach the cache: until they do, this process trusts nothing that is there.
        self._owes_a_generation = False

    def find(self, key: str) -> tuple[str, Entry | None]:
        """The present generation, empty if it cannot be known, and what is kept under `key`, old or not."""
        if self._owes_a_generation:
            self.begin_generation()
            if self._owes_a_generation:
                return "", None
        try:
            cache = caches[ALIAS]
            # Both at once: one way to the server and back, and on Redis one moment in time.
            found = cache.get_many([GENERATION, key])
            generation = found.get(GENERATION)
            if generation is None:
                # Also after the server has dropped it to make room: no word ever comes back.
                generation = cache.get_or_set(GENERATION, secrets.token_hex, None)
            return generation or "", found.get(key)
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
