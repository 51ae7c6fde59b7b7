"""Builds originals and their translations in memory; wagtail-localize needs queries for each string."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.ingest import ingest_segments

from posync.catalogs.load import LoadedCatalog, slug_paths
from posync.exceptions import PosyncError
from posync.models import Catalog
from posync.publishing.batch.eligibility import child_names
from posync.publishing.batch.fast_render import FastStringValue
from posync.publishing.gate import Gate

#: A segment of wagtail-localize's, with its text in the target language.
Segment: TypeAlias = (
    StringSegmentValue | TemplateSegmentValue | RelatedObjectSegmentValue | OverridableSegmentValue
)

#: Kept by a page whatever its new content: Page.with_content_json has the same list.
_OF_THE_PAGE = (
    "content_type_id",
    "path",
    "depth",
    "numchild",
    "url_path",
    "draft_title",
    "live",
    "has_unpublished_changes",
    "owner_id",
    "locked",
    "locked_by_id",
    "locked_at",
    "latest_revision_id",
    "latest_revision_created_at",
    "alias_of_id",
    "translation_key",
    "locale_id",
)
_NOT_OF_THE_CONTENT = frozenset(name.removesuffix("_id") for name in _OF_THE_PAGE) | {"live_revision"}


class NotBulkPublishable(PosyncError):
    """A page needs Wagtail's own calls."""


class TargetBuilder:
    """The material for a batch of targets, read in a fixed number of queries."""

    def __init__(self, batch: Sequence[LoadedCatalog], gate: Gate) -> None:
        self._gate = gate
        self._batch = batch
        source_ids = {loaded.catalog.source.pk for loaded in batch}
        self._strings = _by_source(_strings(source_ids))
        self._templates = _by_source(_templates(source_ids))
        self._related = _by_source(_related(source_ids))
        self._related_objects = _related_objects(batch, self._related)
        self._overrides = _overrides(batch)

    def original(self, catalog: Catalog) -> Page:
        """The page with its source's content, like TranslationSource.as_instance().

        References to objects deleted since are still in it: `without_dangling` takes them out.
        """
        page = self._gate.original(catalog)
        model: Any = page.specific_class
        if model != catalog.source_model:
            raise NotBulkPublishable(f"“{page}” was translated as {catalog.source_model}, and is {model}.")
        data = json.loads(catalog.source.content_json)
        data.pop(COMMENTS_RELATION_NAME, None)
        # References of children alone are checked at once: a missing one may drop the child.
        has_children = any(data.get(name) for name in child_names(model))
        original: Page = model.from_serializable_data(data, check_fks=has_children)
        original.pk = page.pk
        for name in _OF_THE_PAGE:
            setattr(original, name, getattr(page, name))
        if original.first_published_at is None:
            original.first_published_at = page.first_published_at
        return original

    def segments(self, loaded: LoadedCatalog) -> list[Segment]:
        """The segments of a source with their translations; slugs are not translated."""
        catalog = loaded.catalog
        source_id, locale_id = catalog.source.pk, catalog.locale_id
        slugs = slug_paths(catalog.source_model)
        texts = {(entry.string_id, entry.context_id): entry.approved for entry in loaded.current}
        return [
            *(
                StringSegmentValue(
                    path, FastStringValue(texts[string_id, context_id]), attrs=json.loads(attrs), order=order
                )
                for order, path, attrs, string_id, context_id in self._strings[source_id]
                if path not in slugs
            ),
            *(
                TemplateSegmentValue(path, template_format, template, string_count, order=order)
                for order, path, template_format, template, string_count in self._templates[source_id]
            ),
            *(
                LoadedObject(path, order, content_type_id, key, self._related_objects[key, locale_id])
                for order, path, content_type_id, key in self._related[source_id]
                # Without a version in the language, the original's is shown.
                if (key, locale_id) in self._related_objects
            ),
            *(
                OverridableSegmentValue(path, json.loads(data), order=order)
                for order, path, data in self._overrides[source_id, locale_id]
            ),
        ]

    def fill(self, loaded: LoadedCatalog, original: Page, target: Page) -> None:
        """Put the original's content into the target, in translation."""
        catalog = loaded.catalog
        segments = self.segments(loaded)
        slugs = {name: getattr(target, name) for name in slug_paths(catalog.source_model)}
        filled = {segment.path.split(".", 1)[0] for segment in segments}
        _synchronise(original, target)
        ingest_segments(original, target, catalog.source.locale, catalog.locale, segments)
        for translatable in get_translatable_fields(type(original)):
            name = translatable.field_name
            field = translatable.get_field(type(original))
            if name not in filled and field.concrete and translatable.is_translated(original):
                # Nothing in it to translate: it was emptied, or holds pictures alone. wagtail-localize leaves such
                # a field of the target as it was.
                setattr(target, field.attname, getattr(original, field.attname))
        for name, slug in slugs.items():
            setattr(target, name, slug)


class LoadedObject(RelatedObjectSegmentValue):
    """A reference to an object at hand in the target language."""

    def __init__(
        self, path: str, order: int, content_type_id: int, translation_key: UUID, instance: models.Model
    ) -> None:
        super().__init__(path, ContentType.objects.get_for_id(content_type_id), translation_key, order=order)
        self.instance = instance

    def get_instance(self, locale: object) -> models.Model:
        return self.instance

    def clone(self) -> "LoadedObject":
        return LoadedObject(self.path, self.order, self.content_type.pk, self.translation_key, self.instance)


def without_dangling(originals: Iterable[Page]) -> Iterator[Page]:
    """Take references to deleted objects out of the originals: one query for each model referred to.

    Originals without a way out in Wagtail itself are left out.
    """
    pages = list(originals)
    wanted: dict[tuple[Any, str], set[Any]] = defaultdict(set)
    for page in pages:
        for field in _references(page):
            wanted[field.related_model, field.target_field.name].add(getattr(page, field.attname))
    existing = {
        (model, name): set(
            model._default_manager.filter(**{f"{name}__in": values}).values_list(name, flat=True)
        )
        for (model, name), values in wanted.items()
    }
    for page in pages:
        for field in _references(page):
            if getattr(page, field.attname) in existing[field.related_model, field.target_field.name]:
                continue
            on_delete = field.remote_field.on_delete
            if on_delete in (models.SET_NULL, models.CASCADE):
                setattr(page, field.attname, None)
            elif on_delete is not models.DO_NOTHING:
                break
        else:
            yield page


def _references(page: Page) -> Iterator[Any]:
    for field in page._meta.concrete_fields:
        if (
            isinstance(field, models.ForeignKey)
            and not field.primary_key
            and field.name not in _NOT_OF_THE_CONTENT
            and getattr(page, field.attname) is not None
        ):
            yield field


def _synchronise(original: Page, target: Page) -> None:
    """Copy the synchronized fields. Children only where there are any: copying them takes savepoints."""
    names = child_names(type(original))
    if any(getattr(page, name).all() for page in (original, target) for name in names):
        copy_synchronised_fields(original, target)
        return
    for translatable in get_translatable_fields(type(original)):
        if translatable.field_name not in names and translatable.is_synchronized(original):
            attribute = translatable.get_field(type(original)).attname
            setattr(target, attribute, getattr(original, attribute))


def _by_source(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for source_id, *row in rows:
        grouped[source_id].append(tuple(row))
    return grouped


def _strings(source_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = (
        StringSegment.objects.filter(source__in=source_ids)
        .order_by("pk")
        .values_list("source_id", "order", "context__path", "attrs", "string_id", "context_id")
    )
    return rows


def _templates(source_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = (
        TemplateSegment.objects.filter(source__in=source_ids)
        .order_by("pk")
        .values_list(
            "source_id",
            "order",
            "context__path",
            "template__template_format",
            "template__template",
            "template__string_count",
        )
    )
    return rows


def _related(source_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = (
        RelatedObjectSegment.objects.filter(source__in=source_ids)
        .order_by("pk")
        .values_list("source_id", "order", "context__path", "object__content_type_id", "object_id")
    )
    return rows


def _related_objects(
    batch: Iterable[LoadedCatalog], related: dict[int, list[tuple[Any, ...]]]
) -> dict[tuple[UUID, int], Any]:
    """The pages' snippets, in the languages of the targets."""
    keys: dict[int, set[UUID]] = defaultdict(set)
    for rows in related.values():
        for _order, _path, content_type_id, key in rows:
            keys[content_type_id].add(key)
    locales = {loaded.catalog.locale_id for loaded in batch}
    return {
        (instance.translation_key, instance.locale_id): instance
        for content_type_id, wanted in keys.items()
        for instance in ContentType.objects.get_for_id(content_type_id).get_all_objects_for_this_type(
            translation_key__in=wanted, locale__in=locales
        )
    }


def _overrides(batch: Iterable[LoadedCatalog]) -> dict[tuple[int, int], list[tuple[int, str, str]]]:
    """Overrides in each language: links, pictures, addresses. A query for each language."""
    sources: dict[int, set[int]] = defaultdict(set)
    for loaded in batch:
        sources[loaded.catalog.locale_id].add(loaded.catalog.source.pk)
    overrides: dict[tuple[int, int], list[tuple[int, str, str]]] = defaultdict(list)
    for locale_id, source_ids in sources.items():
        rows = (
            OverridableSegment.objects.filter(source__in=source_ids)
            .annotate_override_json(locale_id)
            .filter(override_json__isnull=False)
            .order_by("pk")
            .values_list("source_id", "order", "context__path", "override_json")
        )
        for source_id, *row in rows:
            overrides[source_id, locale_id].append((row[0], row[1], row[2]))
    return overrides
