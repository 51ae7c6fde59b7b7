"""Loads catalogs with their entries, drafts and translations: a fixed number of queries for a batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet
from wagtail_localize.models import StringSegment

from posync.catalogs.entry_labels import label
from posync.core.po.codec import read_po
from posync.core.po.entries import Entry, PoFile
from posync.core.po.naming import join_msgctxt, split_msgctxt
from posync.core.rules.outgoing import Known, Outgoing, outgoing
from posync.models import Catalog, Draft

#: Catalogs whose entries are in memory at the same time.
BATCH_SIZE = 100


#: An entry within its catalog: its path and its source text.
EntryId: TypeAlias = tuple[str, str]


def id_of(entry: Entry) -> EntryId:
    """The id of a file's entry within its catalog, by its own `msgctxt`."""
    return split_msgctxt(entry.msgctxt)[1], entry.msgid


class CurrentEntry(NamedTuple):
    """An entry of the present source. A tuple because tens of thousands are made in a run."""

    path: str
    #: The path by names alone, with no ids: the key to labels and limits.
    field_path: str
    msgid: str
    string_id: int
    context_id: int
    #: Its translation in the database, "" for none.
    database: str
    #: The database's text was refused (broken markup or over a limit): it is not in use.
    has_error: bool
    draft: Draft | None
    #: Its translation in the base, "" for none or where the base was not loaded.
    file_msgstr: str

    @property
    def id(self) -> EntryId:
        return self.path, self.msgid

    @property
    def approved(self) -> str:
        return "" if self.has_error else self.database

    @property
    def outgoing(self) -> Outgoing:
        draft = self.draft
        if draft is None:
            refused = self.database if self.has_error else ""
            return outgoing(Known(self.approved, draft=refused, file_msgstr=self.file_msgstr))
        return outgoing(
            Known(
                self.approved,
                draft.approved,
                draft.text,
                draft.previous_msgid,
                self.file_msgstr,
                draft.for_review,
            )
        )


class Names(NamedTuple):
    """What plug-ins are told of a catalog with each entry."""

    catalog: str
    language: str
    source_language: str
    model: type[models.Model]


@dataclass(slots=True)
class LoadedCatalog:
    """A catalog and its entries: the source's in their order, and the remains of those gone from it."""

    catalog: Catalog
    #: The parsed base; empty where it was not loaded.
    base: PoFile = PoFile({}, ())
    entries: dict[EntryId, CurrentEntry] = field(default_factory=dict)
    #: The drafts of entries gone from the source.
    retired_drafts: dict[EntryId, Draft] = field(default_factory=dict)
    _carried: dict[EntryId, Entry] | None = None
    _names: Names | None = None

    @property
    def names(self) -> Names:
        """Asked once a catalog: of tens of thousands of entries in a run, each look-up counts."""
        if self._names is None:
            catalog = self.catalog
            source_language = catalog.source.locale.language_code
            self._names = Names(
                catalog.domain.name, catalog.locale.language_code, source_language, catalog.source_model
            )
        return self._names

    @property
    def current(self) -> Iterable[CurrentEntry]:
        return self.entries.values()

    @property
    def carried(self) -> dict[EntryId, Entry]:
        """The base's entries."""
        if self._carried is None:
            self._carried = {id_of(entry): entry for entry in self.base.entries}
        return self._carried

    @property
    def places_of_one_text(self) -> frozenset[str]:
        """The paths of plain fields and blocks; rich text has several texts at one."""
        model = self.catalog.source_model
        return frozenset(entry.path for entry in self.current if label(model, entry.field_path).one_text)

    def msgctxt(self, path: str) -> str:
        return join_msgctxt(self.catalog.domain.name, path)


def active_catalogs(*, with_base: bool = False, with_content: bool = False) -> QuerySet[Catalog]:
    """The catalogs of enabled translations, with all their files need; with bases and sources' content if asked for."""
    large = {"base": with_base, "translation__source__content_json": with_content}
    return (
        Catalog.objects.filter(translation__enabled=True)
        .select_related(
            "domain",
            "locale",
            "translation__source__locale",
            "translation__source__specific_content_type",
        )
        .defer(*(name for name, wanted in large.items() if not wanted))
        .order_by("domain__name", "locale__language_code")
    )


@cache
def slug_paths(model: type[models.Model]) -> frozenset[str]:
    """The model's slugs. They are addresses, not text: a target's is made once, from its translated title."""
    return frozenset(f.name for f in model._meta.get_fields() if isinstance(f, models.SlugField))


def batches(catalogs: Iterable[Catalog], *, with_base: bool = False) -> Iterator[list[LoadedCatalog]]:
    """Loaded catalogs, a batch at a time, in the order given."""
    batch: list[Catalog] = []
    for catalog in catalogs:
        batch.append(catalog)
        if len(batch) == BATCH_SIZE:
            yield load_catalogs(batch, with_base=with_base)
            batch = []
    if batch:
        yield load_catalogs(batch, with_base=with_base)


def load_catalogs(catalogs: Sequence[Catalog], *, with_base: bool = False) -> list[LoadedCatalog]:
    """Load each catalog's entries: one query for all drafts, one for each target language's segments.

    `with_base` parses the bases, too; the catalogs must then have been read with them.
    """
    drafts: dict[int, dict[EntryId, Draft]] = defaultdict(dict)
    for draft in Draft.objects.filter(catalog__in=[catalog.pk for catalog in catalogs]).order_by("pk"):
        drafts[draft.catalog_id][draft.path, draft.msgid] = draft

    by_pk = {catalog.pk: LoadedCatalog(catalog) for catalog in catalogs}
    if with_base:
        for loaded in by_pk.values():
            if loaded.catalog.base:
                loaded.base = read_po(loaded.catalog.base)
    by_locale = sorted(catalogs, key=lambda catalog: catalog.locale_id)
    for locale_id, group in groupby(by_locale, key=lambda catalog: catalog.locale_id):
        by_source = {catalog.source.pk: catalog for catalog in group}
        for source_id, rows in groupby(_segments(list(by_source), locale_id), key=itemgetter(0)):
            catalog = by_source[source_id]
            _add_current(by_pk[catalog.pk], drafts[catalog.pk], rows)

    for catalog_id, loaded in by_pk.items():
        loaded.retired_drafts = {
            key: draft for key, draft in drafts[catalog_id].items() if key not in loaded.entries
        }
    return list(by_pk.values())


def _segments(source_ids: list[int], locale_id: int) -> QuerySet[StringSegment, tuple[Any, ...]]:
    segments: QuerySet[StringSegment, tuple[Any, ...]] = (
        StringSegment.objects.filter(source_id__in=source_ids)
        .annotate(
            translated=FilteredRelation(
                "string__translations",
                condition=Q(
                    string__translations__locale_id=locale_id,
                    string__translations__context_id=F("context_id"),
                ),
            )
        )
        .order_by("source_id", "order", "pk")
        .values_list(
            "source_id",
            "context__path",
            "context__field_path",
            "string__data",
            "string_id",
            "context_id",
            "translated__data",
            "translated__has_error",
        )
    )
    return segments


def _add_current(
    loaded: LoadedCatalog,
    drafts: dict[EntryId, Draft],
    segments: Iterable[tuple[Any, ...]],
) -> None:
    slugs = slug_paths(loaded.catalog.source_model)
    entries, carried_entries = loaded.entries, loaded.carried
    for _source_id, path, field_path, msgid, string_id, context_id, database, has_error in segments:
        key = (path, msgid)
        # The same sentence twice in one rich text field is one entry: it has one translation there.
        if key in entries or path in slugs:
            continue
        carried = carried_entries.get(key)
        entries[key] = CurrentEntry(
            path=path,
            field_path=field_path or path,
            msgid=msgid,
            string_id=string_id,
            context_id=context_id,
            database=database if database and not database.isspace() else "",  # spaces are typed in the admin
            has_error=bool(has_error),
            draft=drafts.get(key),
            file_msgstr=carried.msgstr if carried and not carried.obsolete else "",
        )
