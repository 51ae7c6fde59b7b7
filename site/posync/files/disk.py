"""Finds, reads and identifies catalog files on disk."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.limits import MAX_FILE_BYTES, UnusableFile
from posync.core.po.naming import CONTENT_FOLDER
from posync.files.atomic_replacement import is_displaced


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read(path: Path) -> bytes:
    """The file's bytes; of a file above MAX_FILE_BYTES, one byte more than these, for the caller to refuse it.

    Raises OSError, and UnusableFile for a file below the root behind a link out of it.
    """
    refuse_link_outside(path)
    return _bytes(path)


def read_found(path: Path) -> bytes:
    """`read` for a file found by `catalog_files`, without another look at its folders, as costly as the file."""
    return read(path) if path.is_symlink() else _bytes(path)


def _bytes(path: Path) -> bytes:
    # A pipe in place of a file would be waited for, for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode):
        with open(descriptor, "rb") as file:
            # Room for the greatest file is made before a limited read: a hundred times that of most.
            return file.read() if found.st_size <= MAX_FILE_BYTES else file.read(MAX_FILE_BYTES + 1)
    os.close(descriptor)
    if stat.S_ISDIR(found.st_mode):
        os.listdir(path)  # a closed folder's own error says more
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "it is no regular file", str(path))


def read_or_none(path: Path) -> bytes | None:
    """The file's bytes as `read` gives them, or None where there is no such file."""
    try:
        return read(path)
    except FileNotFoundError:
        return None


def refuse_link_outside(path: Path) -> None:
    """Raise UnusableFile for a path below the root whose file lies elsewhere, by a link of its own or of a folder."""
    root = posync_settings().ROOT
    if not path.is_relative_to(root):
        return
    real = os.path.realpath(path)
    if real == os.path.abspath(path):
        return
    if not _is_within(real, os.path.realpath(root)):
        text = (
            f"This leads out of the folder of catalogs by a link, to {real}, and was left alone. Put the file or the "
            "folder itself in place of the link, or let POSYNC['ROOT'] name the folder that holds all of them."
        )
        raise UnusableFile(IssueCode.LINK_OUTSIDE, text)


def _is_within(real: str, real_root: str) -> bool:
    return Path(real).is_relative_to(real_root)


def catalog_files(root: Path) -> Iterator[Path]:
    """Every content catalog below the root, in the order of their names; without displaced files."""
    return (path for path in content_files(root) if not is_displaced(path))


def content_files(root: Path) -> Iterator[Path]:
    """Every content catalog below the root and every displaced file, in the order of their names.

    Links to folders within the root are followed, each folder once. Among the files are closed folders, behind a link
    out of the root, without permission or in a circle of links: reading one says why. Hidden files are other programs'.
    """
    real_root = os.path.realpath(root)
    seen: set[str] = set()
    found: list[Path] = []
    languages = root.iterdir() if root.is_dir() else ()
    content = (language / CONTENT_FOLDER for language in languages)
    folders = [path for path in content if os.path.lexists(path) and _may_be_folder(path)]
    while folders:
        folder = folders.pop()
        real = os.path.realpath(folder)
        if not _is_within(real, real_root):
            found.append(folder)
        elif real not in seen:
            seen.add(real)
            try:
                with os.scandir(folder) as entries:
                    _sort(entries, folder, folders, found)
            except OSError:
                found.append(folder)
    yield from sorted(found)


def _may_be_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return True  # to be reported


def _sort(entries: Iterator[os.DirEntry[str]], folder: Path, folders: list[Path], files: list[Path]) -> None:
    """Tell folders from catalogs. A pipe, at whose reading a run would wait for ever, is neither.

    A link to nowhere is left to be reported.
    """
    for entry in entries:
        path = folder / entry.name
        try:
            if entry.is_dir():
                folders.append(path)
            elif is_displaced(Path(entry.name)):
                if entry.is_file(follow_symlinks=False):
                    files.append(path)
            elif (
                entry.name.endswith(".po")
                and not entry.name.startswith(".")
                and (entry.is_file() or not os.path.exists(entry))
            ):
                files.append(path)
        except OSError:
            files.append(path)
