"""Passes work on texts gone from their page on to the page that has them now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from wagtail_localize.models import String, StringSegment, StringTranslation

from posync.catalogs.load import EntryId, active_catalogs
from posync.core.po.entries import Entry
from posync.core.po.naming import join_msgctxt
from posync.core.rules.facts import FileKind
from posync.db.bulk_sql import AnyOf
from posync.files.assign_entries import Wanted
from posync.files.parse import ReadFile
from posync.models import Catalog


class Homeless(NamedTuple):
    """News of a file on a text that its page no longer has."""

    file: ReadFile
    catalog: Catalog
    entry_id: EntryId
    entry: Entry
    #: The entry in the catalog's base, if it has it still.
    base: Entry | None


class _Home(NamedTuple):
    catalog_id: int
    context_id: int
    path: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """Where some source texts stand, and their translations, in some languages."""

    strings: Mapping[tuple[int, str], int]
    #: By string and target locale.
    homes: Mapping[tuple[int, int], Sequence[_Home]]
    #: By string, target locale, and context.
    in_use: Mapping[tuple[int, int, int], str]
    #: By object and path.
    contexts: Mapping[tuple[UUID, str], int]


def pass_on(homeless: Sequence[Homeless]) -> tuple[list[Wanted], set[tuple[int, EntryId]]]:
    """What is wanted of the catalogs that the texts have moved to, and the entries passed on, by catalog.

    A text has moved where it stands at one place of all, and its translation there is still the one that it left with,
    or missing likewise; or the file's, once it was passed on. Four queries; none where nothing is homeless.
    """
    if not homeless:
        return [], set()
    texts = _look_up(homeless)
    found: dict[tuple[int, Path], list[tuple[Homeless, str]]] = defaultdict(list)
    for one in homeless:
        if (home := _home(one, texts)) is not None:
            found[home.catalog_id, one.file.path].append((one, home.path))
    catalogs = active_catalogs().in_bulk({catalog_id for catalog_id, _path in found})
    wanted: list[Wanted] = []
    taken: set[tuple[int, EntryId]] = set()
    for (catalog_id, _path), passed in found.items():
        if catalog_id in catalogs:
            wanted.append(_wanted(catalogs[catalog_id], passed))
            taken.update((one.catalog.pk, one.entry_id) for one, _path in passed)
    return wanted, taken


def as_stored(wanted: Sequence[Wanted]) -> list[Wanted]:
    """The same, each with its catalog as the files merged before have left it. One query; none for none."""
    if not wanted:
        return []
    catalogs = active_catalogs(with_base=True).in_bulk({one.catalog.pk for one in wanted})
    return [replace(one, catalog=catalogs[one.catalog.pk]) for one in wanted]


def _home(one: Homeless, texts: _Texts) -> _Home | None:
    locale_id = one.catalog.locale_id
    string_id = texts.strings.get((one.catalog.source.locale_id, one.entry.msgid))
    if string_id is None:
        return None
    homes = texts.homes.get((string_id, locale_id), ())
    if len(homes) != 1:
        return None
    left = texts.contexts.get((one.catalog.domain.object_id, one.entry_id[0]))
    before = texts.in_use.get((string_id, locale_id, left), "") if left is not None else ""
    now = texts.in_use.get((string_id, locale_id, homes[0].context_id), "")
    return homes[0] if now in (before, one.entry.msgstr) else None


def _look_up(homeless: Sequence[Homeless]) -> _Texts:
    hashes = {String._get_data_hash(one.entry.msgid) for one in homeless}
    rows = String.objects.filter(AnyOf(F("data_hash"), list(hashes)))
    strings = {(locale_id, data): pk for pk, locale_id, data in rows.values_list("pk", "locale_id", "data")}
    ids, locales = list(strings.values()), {one.catalog.locale_id for one in homeless}
    homes: dict[tuple[int, int], list[_Home]] = defaultdict(list)
    segments = StringSegment.objects.filter(
        AnyOf(F("string"), ids),
        source__translations__enabled=True,
        source__translations__target_locale__in=locales,
        source__translations__catalog__stopped=False,
    ).order_by()
    for string_id, locale_id, *home in segments.values_list(
        "string_id",
        "source__translations__target_locale",
        "source__translations__catalog",
        "context_id",
        "context__path",
    ):
        homes[string_id, locale_id].append(_Home(*home))
    in_use: dict[tuple[int, int, int], str] = {}
    contexts: dict[tuple[UUID, str], int] = {}
    stored = StringTranslation.objects.filter(
        AnyOf(F("translation_of"), ids), locale__in=locales, has_error=False
    ).exclude(context=None)
    for string_id, locale_id, context_id, data, object_id, path in stored.values_list(
        "translation_of_id", "locale_id", "context_id", "data", "context__object_id", "context__path"
    ):
        in_use[string_id, locale_id, context_id] = data
        contexts[object_id, path] = context_id
    return _Texts(strings, homes, in_use, contexts)


def _wanted(catalog: Catalog, passed: Sequence[tuple[Homeless, str]]) -> Wanted:
    """What one file says of a catalog's entries, each with the path that it has there."""
    return Wanted(
        passed[0][0].file,
        FileKind.COPY,
        catalog,
        [replace(one.entry, msgctxt=join_msgctxt(catalog.domain.name, path)) for one, path in passed],
        passed_on=True,
        bases={(path, one.entry.msgid): one.base for one, path in passed if one.base is not None},
    )
