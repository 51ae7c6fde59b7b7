"""One posync at a time: two runs over the same folder of catalogs never interleave."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from posync.conf import posync_settings
from posync.exceptions import PosyncError


@contextmanager
def catalog_root_lock() -> Iterator[None]:
    """Hold the folder of catalogs for this process.

    The folder itself is locked, so that no file of ours lies in it. The system lets go of the lock when the process
    ends, however it ends. Raises PosyncError at once when another process holds it, or when there can be no folder.
    """
    root = posync_settings().ROOT
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise PosyncError(f"The folder of catalogs, {root}, cannot be used: {error.strerror}.") from error
    try:
        _lock(handle, str(root))
        yield
    finally:
        os.close(handle)


def _lock(handle: int, root: str) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PosyncError(
            f"Another posync command is at work on {root}. Try again when it is done."
        ) from error
