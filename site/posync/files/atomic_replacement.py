"""Catalog files on disk."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from io import BufferedWriter
from pathlib import Path

#: That wait for the disk at the same time.
_THREADS = 8
#: Fewer files are flushed before the threads have begun.
_WORTH_THREADS = 4


class Replacements(AbstractContextManager["Replacements"]):
    """Files that get new contents together: each is written beside its file first, and then put in its place.

    What was not put in place is discarded at the end. For one writer at a time: the name beside a file is always the
    same, so that the next writing takes over what a process that was killed has left behind.
    """

    def __init__(self) -> None:
        #: Where the new contents lie, and what went wrong with one, by the files that are to have them.
        self._prepared: dict[Path, Path] = {}
        self._errors: dict[Path, OSError] = {}
        #: Open still, and to be flushed: to open each a second time for that is a tenth of what an export costs.
        self._open: dict[Path, BufferedWriter] = {}
        #: Folders that are there.
        self._folders: set[Path] = set()

    def prepare(self, path: Path, content: bytes) -> None:
        """Write the file's new content beside it. An error is raised when it is to be put in place."""
        temporary = self._prepared[path] = path.with_name(f".{path.name}.tmp")
        try:
            if path.parent not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(path.parent)
            file = self._open[path] = _new(temporary)
            file.write(content)
            file.flush()
        except OSError as error:
            self._errors[path] = error

    def flush(self) -> None:
        """Wait until the new contents are on the disk.

        All at once: the disk takes them together in half the time that they need one after the other.
        """
        waiting = {path: file for path, file in self._open.items() if path not in self._errors}
        if len(waiting) < _WORTH_THREADS:
            errors = [*map(_flush, waiting.values())]
        else:
            with ThreadPoolExecutor(_THREADS) as threads:
                errors = [*threads.map(_flush, waiting.values())]
        self._errors |= {path: error for path, error in zip(waiting, errors, strict=True) if error}
        self._close()

    def put(self, path: Path) -> None:
        """Put the new content in the file's place at once: a reader, or a crash, meets the old file or the new one.

        Raises OSError, also that of the writing beside it.
        """
        if path in self._errors:
            raise self._errors[path]
        temporary = self._prepared[path]
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
        del self._prepared[path]

    def _close(self) -> None:
        for file in self._open.values():
            # What the disk had no room for is in the buffer still, and has been noted.
            with suppress(OSError):
                file.close()
        self._open.clear()

    def __exit__(self, *exception: object) -> None:
        self._close()
        for temporary in self._prepared.values():
            with suppress(OSError):
                temporary.unlink()


def _new(path: Path) -> BufferedWriter:
    """A file that did not exist before; what is in its place goes."""
    try:
        return path.open("xb")
    except FileExistsError:
        path.unlink()
        return path.open("xb")


def _flush(file: BufferedWriter) -> OSError | None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        return error
    return None


def settle(paths: Iterable[Path]) -> None:
    """Wait until the names of files that were replaced are on the disk, too.

    Only then may the database say so: after a power failure an old file would pass for a translator's change. File
    systems that cannot do it for folders are left to themselves.
    """
    for folder in {path.parent for path in paths}:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
