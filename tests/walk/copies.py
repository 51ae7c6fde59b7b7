"""A copy of the database with the folders beside it, laid down in a few milliseconds."""

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection


def empty_caches() -> None:
    """Forget what was kept of another state of the database."""
    for cache in caches.all():
        cache.clear()
    ContentType.objects.clear_cache()


@dataclass
class Copy:
    database: sqlite3.Connection
    #: Holds the folders of catalogs and media; None for a database alone.
    folder: Path | None = None
    names: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of_database(cls, folder: Path | None = None, names: Mapping[str, object] | None = None) -> "Copy":
        connection.ensure_connection()
        database = sqlite3.connect(":memory:")
        connection.connection.backup(database)
        if folder is not None:
            shutil.copytree(folder, _aside(folder))
        return cls(database, folder, names or {})

    def lay_down(self) -> None:
        connection.ensure_connection()
        self.database.backup(connection.connection)
        if self.folder is not None and _files(self.folder) != _files(_aside(self.folder)):
            shutil.rmtree(self.folder)
            shutil.copytree(_aside(self.folder), self.folder)
        empty_caches()


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-copy")


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    """Each file by its size and time."""
    return {
        path.relative_to(folder): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
