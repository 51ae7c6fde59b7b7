"""Finds sources behind their objects without a signal: migrations, SQL and bulk updates send none."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import TranslationSource, get_schema_version

from posync.db.bulk_sql import AnyOf
from posync.models import Catalog
from posync.sources.originals import originals
from posync.sources.segments.serialization import serialized_fields

#: Sources whose content is in memory at the same time.
BATCH_SIZE = 200


def mark_sources_before_migrations(taken: Set[tuple[str, str]]) -> int:
    """Mark the sources whose content a migration of their app has changed since they were taken.

    `taken` are the sources' apps and schema versions. Each source is compared once after a migration; otherwise this
    costs a query for each app. Returns the number of catalogs marked.
    """
    tracked = TranslationSource.objects.filter(
        translations__enabled=True, translations__catalog__isnull=False
    )
    versions = {app_label: get_schema_version(app_label) for app_label in {label for label, _ in taken}}
    marked = 0
    for app_label, version in sorted(taken):
        if version != versions[app_label]:
            of_version = tracked.filter(specific_content_type__app_label=app_label, schema_version=version)
            marked += _compare(list(of_version.values_list("pk", flat=True).distinct()), versions[app_label])
    return marked


def _compare(source_ids: Sequence[int], version: str) -> int:
    marked = 0
    for start in range(0, len(source_ids), BATCH_SIZE):
        batch = source_ids[start : start + BATCH_SIZE]
        behind = outdated(
            TranslationSource.objects.filter(AnyOf(F("pk"), batch)).select_related("specific_content_type")
        )
        marked += mark_outdated(behind)
        unchanged = [source_id for source_id in batch if source_id not in behind]
        TranslationSource.objects.filter(AnyOf(F("pk"), unchanged)).update(schema_version=version)
    return marked


def mark_outdated(source_ids: Iterable[int]) -> int:
    """Let the next refresh take the segments of sources again. Returns the number of catalogs."""
    sources = list(source_ids)
    if not sources:
        return 0
    return Catalog.objects.filter(AnyOf(F("translation__source"), sources)).update(source_changed=True)


def outdated(sources: Iterable[TranslationSource]) -> set[int]:
    """The ids of sources whose stored content differs from their object's.

    Compares the fields of translations alone: translated and synchronised ones, with inline children. The queries
    grow with the models, not with the sources.
    """
    sources = list(
        {source.pk: source for source in sources}.values()
    )  # one is the source of each of its languages
    objects = originals(sources)
    by_model: dict[type[models.Model], list[TranslationSource]] = defaultdict(list)
    for source in sources:
        if source.pk in objects:
            by_model[type(objects[source.pk])].append(source)
    behind: set[int] = set()
    for model, of_model in by_model.items():
        contents = serialized_fields([objects.pop(source.pk) for source in of_model], _carried(model))
        for source, present in zip(of_model, contents, strict=True):
            if present is not None and _differs(present, source):
                behind.add(source.pk)
    return behind


def _differs(present: Mapping[str, Any], source: TranslationSource) -> bool:
    stored = json.loads(source.content_json)
    return any(value != stored.get(name) for name, value in present.items())


@cache
def _carried(model: type[models.Model]) -> frozenset[str]:
    """The names of a model's translated and synchronised fields in its serialised content."""
    fields: list[Any] = [field.get_field(model) for field in get_translatable_fields(model)]
    return frozenset(
        field.get_accessor_name() if isinstance(field, models.ManyToOneRel) else field.name
        for field in fields
    )
