"""Tells a catalog's former entries from those it never had."""

from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from django.db.models import F
from wagtail_localize.models import String, TranslationContext

from posync.catalogs.load import EntryId, LoadedCatalog
from posync.core.po.naming import split_msgctxt
from posync.core.rules.facts import FileKind
from posync.db.bulk_sql import AnyOf
from posync.files.assign_entries import Wanted
from posync.models import Catalog

#: A catalog's primary key, and an entry.
Former: TypeAlias = tuple[int, EntryId]


def former_entries(wanted: Sequence[Wanted], loaded: Mapping[int, LoadedCatalog]) -> Set[Former]:
    """The entries of foreign files gone from their catalogs.

    `loaded` are the catalogs by primary key. At most two queries; none where the catalogs have all entries.
    """
    missing = {
        (one.catalog.pk, entry_id): one.catalog
        for one in wanted
        if one.kind is not FileKind.OWN
        for entry in one.entries
        if entry.msgstr
        and (entry_id := (split_msgctxt(entry.msgctxt)[1], entry.msgid)) not in loaded[one.catalog.pk].entries
    }
    known = {
        (pk, entry_id)
        for pk, entry_id in missing
        if entry_id in loaded[pk].carried or entry_id in loaded[pk].retired_drafts
    }
    return known | _of_earlier_sources({one: catalog for one, catalog in missing.items() if one not in known})


def _of_earlier_sources(missing: Mapping[Former, Catalog]) -> set[Former]:
    """The entries with a path and a text known to wagtail-localize: it forgets neither when a source changes."""
    if not missing:
        return set()
    objects = {catalog.source.object_id for catalog in missing.values()}
    paths = set(TranslationContext.objects.filter(object__in=objects).values_list("object_id", "path"))
    placed = {
        (pk, entry_id): (catalog.source.locale_id, String._get_data_hash(entry_id[1]))
        for (pk, entry_id), catalog in missing.items()
        if (catalog.source.object_id, entry_id[0]) in paths
    }
    if not placed:
        return set()
    found = String.objects.filter(
        AnyOf(F("data_hash"), [data_hash for _locale, data_hash in placed.values()])
    )
    strings = set(found.values_list("locale_id", "data_hash"))
    return {one for one, string in placed.items() if string in strings}
