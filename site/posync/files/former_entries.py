"""Tells a catalog's former entries from those it never had."""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

from django.db.models import F
from wagtail_localize.models import String, StringTranslation, TranslationContext

from posync.catalogs.load import EntryId, LoadedCatalog, id_of
from posync.core.rules.facts import FileKind
from posync.db.bulk_sql import AnyOf
from posync.files.assign_entries import Wanted
from posync.models import Catalog

#: A catalog's primary key, and an entry.
Former: TypeAlias = tuple[int, EntryId]


class FormerEntries(NamedTuple):
    """The entries of files gone from their catalogs; of a catalog's own file, those that its base lacks too."""

    former: Set[Former] = frozenset()
    #: Those of them with the very translation that the database keeps for the day of their return.
    kept: Set[Former] = frozenset()


def former_entries(wanted: Sequence[Wanted], loaded: Mapping[int, LoadedCatalog]) -> FormerEntries:
    """The entries of files gone from their catalogs, `loaded` by primary key.

    At most three queries; none where the catalogs have all entries.
    """
    missing = {
        (one.catalog.pk, entry_id): (one.catalog, entry.msgstr)
        for one in wanted
        for entry in one.entries
        if entry.msgstr
        and (entry_id := id_of(entry)) not in loaded[one.catalog.pk].entries
        and not (one.kind is FileKind.OWN and entry_id in loaded[one.catalog.pk].carried)
    }
    known = {
        (pk, entry_id)
        for pk, entry_id in missing
        if entry_id in loaded[pk].carried or entry_id in loaded[pk].retired_drafts
    }
    unknown = {one: catalog for one, (catalog, _text) in missing.items() if one not in known}
    former = known | _of_earlier_sources(unknown)
    return FormerEntries(former, _kept({one: missing[one] for one in former}))


def _kept(former: Mapping[Former, tuple[Catalog, str]]) -> set[Former]:
    if not former:
        return set()
    stored = set(
        StringTranslation.objects.filter(
            AnyOf(F("data"), list({text for _catalog, text in former.values()})),
            context__object__in={catalog.domain.object_id for catalog, _text in former.values()},
            has_error=False,
        ).values_list("context__object_id", "locale_id", "context__path", "translation_of__data", "data")
    )
    return {
        (pk, entry_id)
        for (pk, entry_id), (catalog, text) in former.items()
        if (catalog.domain.object_id, catalog.locale_id, *entry_id, text) in stored
    }


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
