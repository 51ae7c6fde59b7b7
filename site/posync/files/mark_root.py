"""Marks the folder of catalogs with the site and the number of its exports.

Two sites writing into one folder take turns in undoing each other's files. The mark belongs to the folder on this disk
and not to the catalogs: a clone of them is another folder. So it keeps itself out of Git.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from posync.catalogs.paths import relative_name
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.limits import UnusableFile
from posync.core.results import Issue, RunResult, Severity
from posync.exceptions import PosyncError
from posync.files.atomic_replacement import Replacements, SavedMeanwhile, settle
from posync.files.disk import read_or_none
from posync.files.folder_lock import LOCK_FOLDER, catalog_root_lock
from posync.models import RootMark

#: Above it, a number in a mark is no count of exports.
_MOST_EXPORTS = 2**31 - 1


class MarkNotWritten(PosyncError):
    """The folder cannot be marked; so nothing is written there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark's content."""

    #: The key of the database, made once.
    database: str
    #: POSYNC["SITE_ID"]: it tells a copy of the database from its original.
    site: str
    #: The number of that database's exports with files written.
    exports: int


class OwnRoot:
    """The folder of catalogs, held by this process and not another site's."""

    def __init__(self) -> None:
        self._found = _read()
        self._row = RootMark.objects.first() if self._found else None
        self._is_counted = False
        if self._found is None:
            return
        own = _mark_of(self._row) if self._row else Mark("", posync_settings().SITE_ID, 0)
        if (self._found.database, self._found.site) != (own.database, own.site):
            raise PosyncError(_other_site(self._found, own))

    @property
    def result(self) -> RunResult:
        """The issues of the mark."""
        if not self._is_ahead:
            return RunResult()
        text = (
            "The folder of catalogs was written by a later state of this database, or by a copy of it. Its files are merged "
            "with what the database has. If a copy writes here, give it a folder of its own, or another POSYNC['SITE_ID']."
        )
        issue = Issue(Severity.WARNING, IssueCode.OLDER_DATABASE, text, relative_name(_path()))
        return RunResult(issues=(issue,))

    @property
    def _is_ahead(self) -> bool:
        return self._found is not None and self._row is not None and self._found.exports > self._row.exports

    def mark(self) -> None:
        """Mark an unmarked folder, and catch up with a mark ahead. Raises MarkNotWritten."""
        if self._found is None:
            _write(_mark_of(_row()))
        elif self._is_ahead:
            RootMark.objects.update(exports=self._found.exports)

    def count_export(self) -> None:
        """Note the coming export, once in a run: first in the database, so the folder is never ahead of it.

        Raises MarkNotWritten.
        """
        if self._is_counted:
            return
        row, is_new = self._row, False
        if row is None:
            row, is_new = RootMark.objects.get_or_create(pk=1, defaults={"exports": 1})
        if not is_new:
            row.exports = max(row.exports, self._found.exports if self._found else 0) + 1
            row.save(update_fields=["exports"])
        self._row = row
        _write(_mark_of(row))
        self._found = _mark_of(row)
        self._is_counted = True


@contextmanager
def own_root(*, adopt: bool = False) -> Iterator[OwnRoot]:
    """Hold the folder of catalogs for this process.

    Raises PosyncError when another process holds it, and when another site has marked it; `adopt` overwrites the mark.
    """
    with catalog_root_lock():
        if adopt:
            _write(_mark_of(_row()))
        yield OwnRoot()


def look_at_mark() -> RunResult:
    """The issues of the folder's mark. Raises PosyncError when it is another site's."""
    return OwnRoot().result


def _other_site(found: Mark, own: Mark) -> str:
    whose = "another database" if found.database != own.database else "a copy of this database"
    return (
        f"The folder of catalogs, {posync_settings().ROOT}, is in use by {whose}, of the site {found.site or 'without SITE_ID'}. "
        "Give each site a folder of its own in POSYNC['ROOT']. If the folder is to be this site's from now on: "
        "sync_po --adopt-root."
    )


def _row() -> RootMark:
    return RootMark.objects.get_or_create(pk=1)[0]


def _mark_of(row: RootMark) -> Mark:
    return Mark(str(row.database), posync_settings().SITE_ID, row.exports)


def _path() -> Path:
    return posync_settings().ROOT / LOCK_FOLDER / "site.json"


def _read() -> Mark | None:
    path = _path()
    try:
        content = read_or_none(path)
        if content is None:
            return None
        found = json.loads(content)
        exports = int(found["exports"])
        if not 0 <= exports <= _MOST_EXPORTS:
            raise ValueError(f"{exports} exports")
        return Mark(str(found["database"]), str(found["site"]), exports)
    except (OSError, UnusableFile, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise PosyncError(
            f"The mark of the folder of catalogs, {path}, cannot be read: {reason}. Remove it if the folder is this site's: "
            "it is made anew."
        ) from error


def _write(mark: Mark) -> None:
    path = _path()
    content = json.dumps(asdict(mark), indent=2).encode() + b"\n"
    try:
        with Replacements() as replacements:
            found = read_or_none(path)
            if found != content:
                replacements.prepare(path, content)
                replacements.flush()
                replacements.put(path, found)
        settle([path])
    except (OSError, UnusableFile, SavedMeanwhile) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise MarkNotWritten(f"The folder of catalogs cannot be marked, {path}: {reason}.") from error
