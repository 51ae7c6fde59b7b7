"""Catalog files on disk."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from posync.core.limits import MAX_FILE_BYTES
from posync.core.naming import CONTENT_FOLDER


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read(path: Path) -> bytes:
    """The file's bytes; of a file that is too large to be taken, one more than the limit, which tells it."""
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def read_or_none(path: Path) -> bytes | None:
    """The file's bytes as `read` gives them, or None where there is no such file."""
    try:
        return read(path)
    except FileNotFoundError:
        return None


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the file's place at once: a reader, or a crash, meets the old file or the new one.

    For one writer at a time: the temporary file has a name of its own that the next writing takes over, so that none
    is left behind by a process that was killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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


def catalog_files(root: Path) -> Iterator[Path]:
    """Every content catalog below the root, in the order of their names."""
    yield from sorted(path for path in root.glob(f"*/{CONTENT_FOLDER}/**/*.po") if not _is_no_file(path))


def _is_no_file(path: Path) -> bool:
    """A folder, or a pipe, at whose reading a run would wait for ever. A link that leads nowhere is left to be reported."""
    return path.exists() and not path.is_file()
