"""Entries and the generation, in the cache shared by all processes."""

import logging
import math
import secrets
import time
from typing import NamedTuple

from django.core.cache import caches
from wagtail.models import Site

ALIAS = "pages"
GENERATION = "generation"
#: Most bytes of pages in one process, plain and compressed.
BYTES_NEAR = 16 * 1024 * 1024

#: A cache that cannot be reached is told of as often at most.
SECONDS_BETWEEN_WARNINGS = 10

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """An answered page; a tuple, because most of a hit's cost is unpickling."""

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
    """This process's latest entries from the shared cache, all of one generation.

    Spares a whole page the server's socket and its parsing; the shared cache still confirms the generation each
    time.
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
    """Without the shared cache, pages are made anew for everyone; nothing possibly old is served."""

    def __init__(self):
        # A change unknown to the cache: until it knows, this process trusts nothing there.
        self.owes_a_generation = False
        self._near = NearCopies()
        self._warned_at = -math.inf

    def find(self, key: str) -> tuple[str, Entry | None]:
        """Returns the present generation, empty if unknown, and the entry under `key`, old or not."""
        if self.owes_a_generation and not self.begin_generation():
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
        except Exception as error:  # noqa: BLE001 - whatever the backend raises
            self._warn("The page cache cannot be read", error)
            return "", None

    def keep(self, key: str, entry: Entry, seconds: float) -> None:
        try:
            caches[ALIAS].set(key, entry, math.ceil(seconds))
        except Exception as error:  # noqa: BLE001 - whatever the backend raises
            self._warn("A page cannot be kept in the page cache", error)

    def begin_generation(self) -> bool:
        """Makes everything old: kept pages, pages now being made, and Wagtail's notes of the sites' addresses.

        Returns whether the cache has heard of it. Else this process owes it.
        """
        try:
            # Wagtail clears these before the change is committed: a request in between puts the old ones back.
            Site.clear_site_root_paths_cache()
            caches[ALIAS].set(GENERATION, secrets.token_hex(), None)
            self.owes_a_generation = False
        except Exception as error:  # noqa: BLE001 - whatever the backend raises
            self.owes_a_generation = True
            self._warn("The page cache did not hear of a change; it is told later", error)
        return not self.owes_a_generation

    def _warn(self, text: str, error: Exception) -> None:
        if time.monotonic() - self._warned_at >= SECONDS_BETWEEN_WARNINGS:
            self._warned_at = time.monotonic()
            logger.warning("%s: %s: %s", text, type(error).__name__, error)


store = Store()
