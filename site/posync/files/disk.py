"""Catalog files on disk: found, read, and told apart."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from posync.core.po.limits import MAX_FILE_BYTES
from posync.core.po.naming import CONTENT_FOLDER


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


def catalog_files(root: Path) -> Iterator[Path]:
    """Every content catalog below the root, in the order of their names."""
    yield from sorted(path for path in root.glob(f"*/{CONTENT_FOLDER}/**/*.po") if not _is_no_file(path))


def _is_no_file(path: Path) -> bool:
    """A folder, or a pipe, at whose reading a run would wait for ever. A link that leads nowhere is left to be reported."""
    return path.exists() and not path.is_file()
