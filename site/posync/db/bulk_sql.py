"""Bulk insert and update with raw SQL: one statement a table, at the speed of the database.

Django's bulk_create and bulk_update build an object and an expression for each value: for tens of thousands of rows
several times the cost of the database itself. Like them, this neither calls save() nor sends signals. Unlike them, it
knows neither defaults nor auto_now: `fields` names every column in need of a value.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

Column: TypeAlias = "models.Field[Any, Any]"

#: Values of these types are stored as they are, but for those of JSON.
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Overwrite:
    """Where a row with the same `unique` fields exists already, its `update` fields take the new values."""

    unique: Sequence[str]
    update: Sequence[str]


def insert_rows(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    on_conflict: Literal["fail", "ignore"] | Overwrite = "fail",
) -> None:
    """Insert rows of values in the order of `fields`. With Overwrite, no two of the rows may be the same one.

    Two processes inserting the same rows wait for each other: sort the rows by their unique columns, and neither
    waits for ever.
    """
    connection = connections[router.db_for_write(model)]
    columns = _fields(model, fields)
    values = _prepared(columns, rows, connection)
    if not values:
        return
    into, suffix = _insertion(model, columns, on_conflict, connection)
    with transaction.atomic(connection.alias, savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{into} SELECT * FROM {_unnest(columns, connection)} {suffix}", values)  # noqa: S608
        else:
            placeholders = ", ".join("%s" for _ in columns)
            cursor.executemany(f"{into} VALUES ({placeholders}) {suffix}", list(zip(*values, strict=True)))


def update_rows(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    key: Sequence[str] = ("pk",),
) -> None:
    """Update rows found by the `key` fields: each has their values first, then its values for `fields`.

    The fields are of the model's own table, never of an inherited one.
    """
    connection = connections[router.db_for_write(model)]
    columns = _fields(model, [*key, *fields])
    values = _prepared(columns, rows, connection)
    if not values:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    names = _quoted(columns, connection)
    keys, changed = names[: len(key)], names[len(key) :]
    with transaction.atomic(connection.alias, savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {', '.join(f'{name} = incoming.{name}' for name in changed)}"  # noqa: S608
                f" FROM {_unnest(columns, connection)} AS incoming({', '.join(names)})"
                f" WHERE {' AND '.join(f'{table}.{name} = incoming.{name}' for name in keys)}",
                values,
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in changed)}"  # noqa: S608
                f" WHERE {' AND '.join(f'{name} = %s' for name in keys)}",
                list(zip(*values[len(key) :], *values[: len(key)], strict=True)),
            )


class AnyOf(In):
    """`in` for a list of any length: filter(AnyOf(F("data_hash"), hashes)).

    The list is one parameter, where databases limit how many of them a statement may have.
    """

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        within = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return within, [*parameters, json.dumps(self._list(connection))]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*parameters, self._list(connection)]

    def _list(self, connection: BaseDatabaseWrapper) -> list[Any]:
        if not self.rhs:
            raise EmptyResultSet
        field = self.lhs.output_field
        return [field.get_db_prep_value(value, connection) for value in self.rhs]


def _insertion(
    model: type[models.Model],
    columns: list[Column],
    on_conflict: Literal["fail", "ignore"] | Overwrite,
    connection: BaseDatabaseWrapper,
) -> tuple[str, str]:
    """INSERT … INTO with its columns, and ON CONFLICT … in the database's own words."""
    kind: OnConflict | None = None
    unique: list[Column] = []
    update: list[Column] = []
    if isinstance(on_conflict, Overwrite):
        kind = OnConflict.UPDATE
        unique, update = _fields(model, on_conflict.unique), _fields(model, on_conflict.update)
    elif on_conflict == "ignore":
        kind = OnConflict.IGNORE
    operations = connection.ops
    table, names = operations.quote_name(model._meta.db_table), ", ".join(_quoted(columns, connection))
    return (
        f"{operations.insert_statement(on_conflict=kind)} {table} ({names})",
        operations.on_conflict_suffix_sql(
            columns, kind, [field.column for field in update], [field.column for field in unique]
        ),
    )


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Column]:
    meta = model._meta
    return [meta.pk if name == "pk" else meta.get_field(name) for name in names]  # type: ignore[misc]


def _quoted(fields: Sequence[Column], connection: BaseDatabaseWrapper) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _prepared(
    fields: Sequence[Column],
    rows: Iterable[Sequence[object]],
    connection: BaseDatabaseWrapper,
) -> list[list[Any]]:
    """The rows' values in the database's form, column by column; nothing where there are no rows."""
    by_column = list(zip(*rows, strict=True))
    if not by_column:
        return []
    columns = zip(fields, by_column, strict=True)
    return [_prepared_column(field, values, connection) for field, values in columns]


def _prepared_column(field: Column, values: Sequence[object], connection: BaseDatabaseWrapper) -> list[Any]:
    """A column's values in the database's form.

    Asking the field for each of a hundred thousand values costs more than the database does; most need no preparing,
    and a moment or a constant is the same in every row.
    """
    plain = _AS_THEY_ARE if not isinstance(field, models.JSONField) else frozenset()
    if plain.issuperset(map(type, values)):
        return list(values)
    prepared: list[Any] = []
    last: object = None
    last_prepared: Any = None
    for value in values:
        if type(value) in plain:
            prepared.append(value)
            continue
        if value is not last or last is None:
            last, last_prepared = value, field.get_db_prep_save(value, connection)
        prepared.append(last_prepared)
    return prepared


def _unnest(fields: Sequence[Column], connection: BaseDatabaseWrapper) -> str:
    """One array a column: PostgreSQL plans one parameter for each of them, and not one for each value."""
    # Without the limit in varchar(255): cut text would go unnoticed.
    types = [str(field.db_type(connection)).split("(")[0] for field in fields]
    return f"UNNEST({', '.join(f'(%s)::{name}[]' for name in types)})"
