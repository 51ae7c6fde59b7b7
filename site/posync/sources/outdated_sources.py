"""Finds sources behind their objects without a signal: migrations, SQL and bulk updates send none."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import TranslationSource, get_schema_version

from posync.db.bulk_sql import AnyOf
from posync.models import Catalog
from posync.sources.originals import originals
from posync.sources.segments.candidates import Candidate
from posync.sources.segments.serialization import serialize

#: Sources whose content is in memory at the same time.
BATCH_SIZE = 200


def mark_sources_before_migrations() -> None:
    """Mark the sources whose content a migration of their app has changed since they were taken.

    Each source is compared once after a migration. Otherwise this costs a query, and one for each app.
    """
    tracked = TranslationSource.objects.filter(
        translations__enabled=True, translations__catalog__isnull=False
    )
    taken = set(tracked.values_list("specific_content_type__app_label", "schema_version").distinct())
    versions = {app_label: get_schema_version(app_label) for app_label in {label for label, _ in taken}}
    for app_label, version in sorted(taken):
        if version != versions[app_label]:
            of_version = tracked.filter(specific_content_type__app_label=app_label, schema_version=version)
            _compare(list(of_version.values_list("pk", flat=True).distinct()), versions[app_label])


def _compare(source_ids: Sequence[int], version: str) -> None:
    for start in range(0, len(source_ids), BATCH_SIZE):
        batch = source_ids[start : start + BATCH_SIZE]
        behind = outdated(batch)
        mark_outdated(behind)
        unchanged = [source_id for source_id in batch if source_id not in behind]
        TranslationSource.objects.filter(AnyOf(F("pk"), unchanged)).update(schema_version=version)


def mark_outdated(source_ids: Iterable[int]) -> None:
    """Let the next refresh take the segments of sources again."""
    Catalog.objects.filter(AnyOf(F("translation__source"), list(source_ids))).update(source_changed=True)


def outdated(source_ids: Iterable[int]) -> set[int]:
    """The ids of sources whose stored content differs from their object's.

    Compares the fields of translations alone: translated and synchronised ones, with inline children. The queries
    grow with the models, not with the sources.
    """
    sources = list(
        TranslationSource.objects.filter(AnyOf(F("pk"), list(source_ids))).select_related(
            "specific_content_type"
        )
    )
    objects = originals(sources)
    stored = {Candidate(objects[source.pk]): source for source in sources if source.pk in objects}
    serialize(list(stored))
    return {
        source.pk
        for candidate, source in stored.items()
        if not candidate.error and _differs(candidate, source)
    }


def _differs(candidate: Candidate, source: TranslationSource) -> bool:
    if candidate.content_json == source.content_json:
        return False
    model: type[models.Model] = type(candidate.instance)
    now, then = json.loads(candidate.content_json), json.loads(source.content_json)
    return any(now.get(name) != then.get(name) for name in _carried(model))


@cache
def _carried(model: type[models.Model]) -> tuple[str, ...]:
    """The names of a model's translated and synchronised fields in its serialised content."""
    fields: list[Any] = [field.get_field(model) for field in get_translatable_fields(model)]
    return tuple(
        field.get_accessor_name() if isinstance(field, models.ManyToOneRel) else field.name
        for field in fields
    )
