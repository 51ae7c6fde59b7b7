"""The rows of the database, and which of them an act changed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection

Rows = Mapping[str, Mapping[int, tuple[object, ...]]]
#: Of words: the translation key of their object, and the language's key.
Owner = tuple[str, int]

#: Kept by the admin and the search for themselves: of no consequence to content.
_IGNORED = (
    "django_session", "django_migrations", "sqlite_sequence", "wagtailcore_referenceindex", "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry", "wagtailadmin_editingsession", "modelsearch", "wagtailsearch", "wagtailadmin_admin",
)  # fmt: skip
#: Of pages and snippets: of these a stranger reads nothing.
UNSEEN = frozenset({
    "draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at", "last_published_at",
    "first_published_at", "live_revision_id", "locked", "locked_at", "locked_by_id", "go_live_at", "expire_at",
    "owner_id",
})  # fmt: skip


#: Columns with another value each time, or for each person.
_BY_CHANCE = re.compile(
    r"_at$|_date$|^date|^timestamp$|^translation_key$|uuid|user_id$|_by_id$|^owner_id$|^author_id$|^requested"
)
#: Of a revision, what its object has too.
_TIMES = frozenset({"content"})
#: Beside those of the page cache's own list: of these no page tells.
_OF_THE_ADMIN = (
    "auth_",
    "wagtailcore_workflow",
    "wagtailcore_task",
    "wagtailcore_groupapprovaltask",
    "wagtailusers_",
    "wagtailforms_",
)


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    """The columns of each table that counts."""
    with connection.cursor() as cursor:
        names = [
            name for name in connection.introspection.table_names(cursor) if not name.startswith(_IGNORED)
        ]
        return {
            name: tuple(
                column.name for column in connection.introspection.get_table_description(cursor, name)
            )
            for name in names
        }


@cache
def _labels() -> dict[str, str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model.__name__ for model in models}


@cache
def _hidden() -> frozenset[str]:
    """The tables of which visitors see nothing, by the page cache's own list."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if {model._meta.app_label, *(base._meta.label for base in model.__mro__ if hasattr(base, "_meta"))}
        & settings.PAGE_CACHE_HIDDEN_MODELS
        or model._meta.db_table.startswith(_OF_THE_ADMIN)
    )


def all_rows() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for name in _tables():
            cursor.execute(f'SELECT rowid, * FROM "{name}"')  # noqa: S608 - names from the schema
            found[name] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


def changed(before: Rows, after: Rows) -> dict[str, Counter[str]]:
    """By model: rows made (+), changed (~) and deleted (−), and of pages those changed without anything seen (draft)."""
    found: dict[str, Counter[str]] = {}
    for table, rows in after.items():
        for key in {*before[table], *rows}:
            was, now = before[table].get(key), rows.get(key)
            if was != now:
                kind = "+" if was is None else "−" if now is None else _kind(table, was, now)
                found.setdefault(_labels().get(table, table), Counter())[kind] += 1
    return found


def _kind(table: str, was: Iterable[object], now: Iterable[object]) -> str:
    columns = {name for name, old, new in zip(_tables()[table], was, now, strict=True) if old != new}
    return " draft" if columns <= UNSEEN else "~"


def seen(rows: Rows) -> int:
    """A digest of all that strangers may see something of."""
    return _digest(rows, _hidden(), UNSEEN)


def digest(rows: Rows) -> int:
    """A digest of a state, the same by whomever and whenever an act was done."""
    return _digest(rows, frozenset(), _TIMES)


def _digest(rows: Rows, without: Collection[str], unseen: Collection[str]) -> int:
    found = []
    for table, columns in _tables().items():
        if table not in without:
            chosen = [
                number
                for number, name in enumerate(columns)
                if name not in unseen and not _BY_CHANCE.search(name)
            ]
            found.append(
                (table, tuple(tuple(row[number] for number in chosen) for row in rows[table].values()))
            )
    return hash(tuple(found))


def in_words(changes: Mapping[str, Counter[str]]) -> str:
    return ", ".join(
        f"{name}{kind}{count if count > 1 else ''}"
        for name, kinds in sorted(changes.items())
        for kind, count in sorted(kinds.items())
    )


def owners_of_words(before: Rows, after: Rows) -> set[Owner]:
    """Of which translations approved texts, or links and files of their own, were changed."""
    contexts = {
        **before["wagtail_localize_translationcontext"],
        **after["wagtail_localize_translationcontext"],
    }
    owner = _tables()["wagtail_localize_translationcontext"].index("object_id")
    found = set()
    for table in ("wagtail_localize_stringtranslation", "wagtail_localize_segmentoverride"):
        context, locale = (_tables()[table].index(name) for name in ("context_id", "locale_id"))
        for key in {*before[table], *after[table]}:
            was, now = before[table].get(key), after[table].get(key)
            if was != now:
                row = now or was
                found.add((contexts[row[context]][owner], row[locale]))
    return found
