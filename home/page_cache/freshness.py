"""When a kept page is stale: a new generation, another query, or its time over."""

from home.page_cache.store import Entry


def is_fresh(entry: Entry | None, *, generation: str, query: str, at: float) -> bool:
    """Whether `entry` may still be answered with, at the moment `at` (seconds since the epoch)."""
    return (
        entry is not None
        and entry.generation == generation
        and entry.query == query
        and at < entry.expires_at
    )
