from collections.abc import Iterator

from posync.hooks import EntryToComment


def tone(entry: EntryToComment) -> Iterator[str]:
    """How titles are to sound."""
    if entry.field_path == "title":
        yield f"Shop: a title in {entry.language} has no full stop."
