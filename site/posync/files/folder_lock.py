"""One posync at a time: two runs over the same folder of catalogs never interleave."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from posync.conf import posync_settings
from posync.exceptions import PosyncError

#: Below the folder of catalogs: the lock, and the mark of the site. Git sees nothing of it: it ignores itself.
LOCK_FOLDER = ".posync"


@contextmanager
def catalog_root_lock() -> Iterator[None]:
    """Hold the folder of catalogs for this process.

    The lock lies in the folder itself: every process with access to the files meets it, in another container or under
    another user, too. The system lets go of it when the process ends, however it ends. Raises PosyncError at once
    when another process holds it, or when the folder cannot be written.
    """
    root = posync_settings().ROOT
    try:
        lock = _lock_in(root)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise PosyncError(
            f"Another posync command is at work on {root}. Try again when it is done."
        ) from error
    except OSError as error:
        raise PosyncError(f"The folder of catalogs, {root}, cannot be used: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def _lock_in(root: Path) -> FileLock:
    folder = root / LOCK_FOLDER
    if folder.is_symlink():
        raise PosyncError(
            f"{folder} is a link, behind which nothing is written. Remove it: posync makes a folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    # Whoever may write into the folder may take the lock.
    return FileLock(folder / "lock", mode=root.stat().st_mode & 0o666)
