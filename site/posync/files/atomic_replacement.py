"""Replaces files on disk at once, never by halves, and looks for saves made meanwhile."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from io import BufferedWriter
from pathlib import Path

from posync.files.swap_files import UNSUPPORTED, is_open_for_writing, swap

#: Threads waiting for the disk at the same time.
_THREADS = 8
#: Fewer files are flushed before the threads have begun.
_WORTH_THREADS = 4
_DISPLACED = ".before"


class SavedMeanwhile(Exception):
    """Somebody has saved the file during its replacement, or is about to: it is left to them."""


def displaced_file(path: Path) -> Path:
    """Where a file waits, for moments, until nobody can have saved anything into it."""
    return path.with_name(f".{path.name}{_DISPLACED}")


def is_displaced(path: Path) -> bool:
    """Whether a path is a displaced file's."""
    return path.name.startswith(".") and path.name.endswith(f".po{_DISPLACED}")


def has_displaced(path: Path) -> bool:
    """Whether a file displaced from the path waits. A link of its name is none of ours."""
    displaced = displaced_file(path)
    return displaced.is_file() and not displaced.is_symlink()


def original_place(path: Path) -> Path:
    """The former place of a displaced file; of any other file, its own."""
    return path.with_name(path.name[1 : -len(_DISPLACED)]) if is_displaced(path) else path


class Replacements(AbstractContextManager["Replacements"]):
    """Replaces files together: writes each new content beside its file first, and then puts it in place.

    Contents not put in place are discarded at the end. For one writer at a time: the name beside a file is always the
    same, and so the next writing takes over the remains of a killed process.
    """

    def __init__(self) -> None:
        #: The places of the new contents, the contents, and the errors, by the files to replace.
        self._prepared: dict[Path, Path] = {}
        self._contents: dict[Path, bytes] = {}
        self._errors: dict[Path, OSError] = {}
        #: Open still, to be flushed: to open each a second time would cost a tenth of an export.
        self._open: dict[Path, BufferedWriter] = {}
        #: Existing folders.
        self._folders: set[Path] = set()

    def prepare(self, path: Path, content: bytes) -> None:
        """Write the file's new content beside it. An error is raised when it is to be put in place."""
        temporary = self._prepared[path] = path.with_name(f".{path.name}.tmp")
        self._contents[path] = content
        try:
            if path.parent not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(path.parent)
            file = self._open[path] = _new(temporary)
            file.write(content)
            file.flush()
            if os.chmod in os.supports_fd:
                with suppress(FileNotFoundError):
                    os.chmod(file.fileno(), path.stat().st_mode & 0o777)
        except OSError as error:
            self._errors[path] = error

    def flush(self) -> None:
        """Wait until the new contents are on the disk.

        All at once: the disk takes them together in half the time they need one after the other.
        """
        waiting = {path: file for path, file in self._open.items() if path not in self._errors}
        if len(waiting) < _WORTH_THREADS:
            errors = [*map(_flush, waiting.values())]
        else:
            with ThreadPoolExecutor(_THREADS) as threads:
                errors = [*threads.map(_flush, waiting.values())]
        self._errors |= {path: error for path, error in zip(waiting, errors, strict=True) if error}
        self._close()

    def put(self, path: Path, compared: bytes | None) -> None:
        """Put the new content in the file's place at once: a reader, or a crash, meets the old file or the new one.

        `compared` is the file's content at the last look, None where there was no file. Raises SavedMeanwhile where
        somebody has saved it since; OSError, also for a failure of `prepare` or `flush`.
        """
        if path in self._errors:
            raise self._errors[path]
        temporary = self._prepared[path]
        if compared is None:
            _put_first(temporary, path)
        else:
            _put_over(temporary, path, compared, self._contents[path])
        del self._prepared[path]

    def _close(self) -> None:
        for file in self._open.values():
            # After a full disk the rest is in the buffer still; the error has been noted.
            with suppress(OSError):
                file.close()
        self._open.clear()

    def __exit__(self, *exception: object) -> None:
        self._close()
        for temporary in self._prepared.values():
            with suppress(OSError):
                temporary.unlink()


def _new(path: Path) -> BufferedWriter:
    """A new file; one left in its place is removed."""
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


def _put_first(temporary: Path, path: Path) -> None:
    try:
        # Unlike a renaming, a link does not replace a file put there meanwhile.
        os.link(temporary, path)
    except FileExistsError as error:
        raise SavedMeanwhile from error
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        temporary.replace(path)
    else:
        temporary.unlink()


def _put_over(temporary: Path, path: Path, compared: bytes, content: bytes) -> None:
    """Replace a file, and look at the displaced one: with somebody's save in it, it comes back to its place.

    The swap finds every save, whether an editor wrote into the file or put another one in its place. Under the
    displaced file's name lies a whole file at every moment, ours or a translator's: the next run can take it up.
    """
    displaced = displaced_file(path)
    temporary.replace(displaced)
    try:
        swap(displaced, path)
    except OSError as error:
        displaced.replace(temporary)
        if error.errno not in UNSUPPORTED:
            raise
        _put_over_linked(temporary, path, compared)
        return
    if _is_saved(displaced, compared):
        swap(displaced, path)
        # Else somebody has saved the new one, too, and both are left to the next run.
        if not _is_saved(displaced, content):
            displaced.unlink()
        raise SavedMeanwhile
    displaced.unlink()


def _put_over_linked(temporary: Path, path: Path, compared: bytes) -> None:
    """Replace a file where files cannot be swapped: a second name keeps the old one.

    An editor's new file in its place between the two steps goes unnoticed; where there are no second names either, so
    does a save into the old one.
    """
    displaced = displaced_file(path)
    try:
        os.link(path, displaced)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        temporary.replace(path)
        return
    temporary.replace(path)
    if _is_saved(displaced, compared):
        displaced.replace(path)
        raise SavedMeanwhile
    displaced.unlink()


def _is_saved(displaced: Path, compared: bytes) -> bool:
    """Whether somebody has saved the file, or has it open to do so."""
    # In this order: a writer during the comparison is found by the first.
    return is_open_for_writing(displaced) or displaced.read_bytes() != compared


def settle(paths: Iterable[Path]) -> None:
    """Wait until the names of replaced files are on the disk, too.

    Only then may the database say so: after a power failure an old file would pass for a translator's change. File
    systems unable to flush folders are left to themselves.
    """
    for folder in {path.parent for path in paths}:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
