"""Catalog files on disk."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from posync.core.naming import CONTENT_FOLDER


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_or_none(path: Path) -> bytes | None:
    """The file's bytes, or None where there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the file's place at once: a reader, or a crash, meets the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read; a catalog is for everyone who may read its folder.
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def catalog_files(root: Path) -> Iterator[Path]:
    """Every content catalog below the root, in the order of their names."""
    yield from sorted(path for path in root.glob(f"*/{CONTENT_FOLDER}/**/*.po") if not path.is_dir())
