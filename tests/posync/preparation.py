"""Makes the state of database and files that many tests start from once, and lays it down anew for each.

Pages that are made, submitted and synced take ten times as long as a test of them. The state of a step is the rows and
files that it left; the database's ground, the files, the steps before it, and the settings must be the same. After anything
else each step is done in full, and so it is where the code is not what it is: with monkeypatch.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.db.models import Max
from wagtail.models import Locale, Page

#: By primary key.
Rows: TypeAlias = dict[object, list[object]]

#: The search index, in virtual tables on SQLite. No test here looks at it.
UNSEEN = {"wagtailsearch"}

_WRITING = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|TRUNCATE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A model's table; its names are quoted."""

    name: str
    key: str
    columns: tuple[str, ...]

    def rows(self) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.key}, {', '.join(self.columns)} FROM {self.name}")  # noqa: S608
            return {key: row for key, *row in cursor.fetchall()}

    def delete(self, keys: list[object]) -> None:
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(f"DELETE FROM {self.name} WHERE {self.key} IN ({marks})", keys)  # noqa: S608

    def insert(self, rows: list[list[object]]) -> None:
        mark = f"({', '.join(['%s'] * len(self.columns))})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES {', '.join([mark] * len(rows))}",  # noqa: S608
                [value for row in rows for value in row],
            )


@dataclass(frozen=True)
class Change:
    """What a step did to a table. A changed row is deleted and inserted."""

    table: Table
    deleted: list[object]
    inserted: list[list[object]]


@dataclass(frozen=True)
class Step:
    changes: list[Change]
    #: A copy of the catalogs; None where there were none.
    files: Path | None


class Preparation:
    """The steps known so far, for one process: sequences never give a recorded row's number again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: dict[tuple[object, ...], Step] = {}

    @contextmanager
    def of_test(self, *, in_full: bool = False) -> Iterator["TestPreparation"]:
        """The steps of a test; `in_full`: none of them is laid down, or recorded."""
        test = TestPreparation(self, in_full)
        with connection.execute_wrapper(test.watch):
            yield test


class TestPreparation:
    """The steps of one test."""

    __test__ = False

    def __init__(self, known: Preparation, in_full: bool) -> None:
        self.known = known
        self.done: tuple[object, ...] = ()
        #: Somebody else wrote: the state is none that was recorded.
        self.is_strange = in_full
        self.is_at_work = False

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.is_at_work and _WRITING.match(sql):
            self.is_strange = True
        return execute(sql, params, many, context)

    def __call__(self, name: str, work: Callable[[], object]) -> None:
        """Do a step's work, or lay down what it left when it was done first."""
        if self.is_at_work or self.is_strange or not connection.in_atomic_block:
            work()
            return
        self.done = (*(self.done or _ground()), name, _overridden(), _files())
        self.is_at_work = True
        try:
            step = self.known.steps.get(self.done)
            if step is None:
                self.known.steps[self.done] = self._record(work)
            else:
                _lay_down(step)
        finally:
            self.is_at_work = False

    def _record(self, work: Callable[[], object]) -> Step:
        tables = recorded_tables()
        before = [table.rows() for table in tables]
        work()
        changes = []
        for table, old in zip(tables, before, strict=True):
            new = table.rows()
            deleted = [key for key, row in old.items() if new.get(key) != row]
            inserted = [row for key, row in new.items() if old.get(key) != row]
            if deleted or inserted:
                changes.append(Change(table, deleted, inserted))
        root, files = Path(settings.POSYNC["ROOT"]), None
        if root.is_dir():
            files = self.known.folder / str(len(self.known.steps))
            shutil.copytree(root, files, symlinks=True)
        return Step(changes, files)


def _lay_down(step: Step) -> None:
    for change in step.changes:
        if change.deleted:
            change.table.delete(change.deleted)
        if change.inserted:
            change.table.insert(change.inserted)
    if step.files is not None:
        shutil.copytree(step.files, settings.POSYNC["ROOT"], symlinks=True, dirs_exist_ok=True)
    # No signal told Wagtail's caches.
    cache.clear()


def recorded_tables() -> list[Table]:
    quote = connection.ops.quote_name
    return [
        Table(
            quote(model._meta.db_table),
            quote(model._meta.pk.column),
            tuple(quote(field.column) for field in model._meta.local_concrete_fields if not field.generated),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in UNSEEN
    ]


def _ground() -> tuple[object, ...]:
    """What every test finds in the database; a flush makes another one of it."""
    return (
        *Locale.objects.order_by("pk").values_list("pk", "language_code"),
        *Page.objects.order_by("pk").values_list("pk", "path"),
        *ContentType.objects.aggregate(Max("pk")).values(),
    )


def _files() -> tuple[tuple[str, int], ...]:
    root = Path(settings.POSYNC["ROOT"])
    return tuple(
        sorted(
            (str(path.relative_to(root)), hash(path.read_bytes()))
            for path in root.rglob("*")
            if path.is_file()
        )
    )


def _overridden() -> str:
    """The settings that this test has changed, but for the place of its catalogs."""
    layers, holder = [], settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        layers.append({name: value for name, value in vars(holder).items() if name != "default_settings"})
        holder = holder.default_settings
    return repr(layers).replace(str(settings.POSYNC["ROOT"]), "")
