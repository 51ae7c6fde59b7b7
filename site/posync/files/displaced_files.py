"""Takes up the displaced files of a killed export.

While such a file lies there, the database still has its base from before the export. Texts saved into it are therefore
merged with the same base as ever: the file is put back in its place, or imported as a copy where the present file there
has news of its own.
"""

from collections.abc import Collection
from pathlib import Path

from posync.files.atomic_replacement import original_place
from posync.files.disk import digest, read, read_or_none
from posync.files.swap_files import UNSUPPORTED, is_open_for_writing, swap
from posync.models import Catalog


def brings_news(displaced: Path, catalog: Catalog | None) -> bool:
    """Whether somebody saved the file after it was last read or written. Raises OSError, UnusableFile."""
    return digest(read(displaced)) not in _known(catalog)


def take_up(displaced: Path, catalog: Catalog | None) -> bool:
    """Clear a displaced file away, or put it back in its place.

    Returns whether it stays, to be imported beside the file there. Raises OSError, UnusableFile.
    """
    place = original_place(displaced)
    is_open, content = is_open_for_writing(displaced), read(displaced)
    if digest(content) in _known(catalog) and not is_open:
        displaced.unlink()
        return False
    if catalog is None:
        return True
    there = read_or_none(place)
    if there is None:
        displaced.replace(place)
        return False
    if digest(there) != catalog.writing_digest:
        return True
    _put_back(displaced, place, there)
    return False


def forget(displaced: Path) -> None:
    """Remove an imported displaced file, unless somebody is about to save it once more."""
    if not is_open_for_writing(displaced):
        displaced.unlink(missing_ok=True)


def _known(catalog: Catalog | None) -> Collection[str]:
    return {catalog.file_digest, catalog.writing_digest} if catalog else ()


def _put_back(displaced: Path, place: Path, exported: bytes) -> None:
    try:
        swap(displaced, place)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        displaced.replace(place)
        return
    # Else somebody saved the exported file between the look and the swap, and the next run takes it up.
    if not is_open_for_writing(displaced) and displaced.read_bytes() == exported:
        displaced.unlink()
