"""The rows of sources and segments, table by table.

Each statement has its rows in the order of their unique columns: two processes storing the same objects at the same
time wait for each other, and neither fails.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

from posync.db.bulk_sql import AnyOf, Overwrite, insert_rows, update_rows
from posync.sources.segments.candidates import Candidate

#: Each kind of segment's columns beside source, context and order.
_SEGMENT_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    StringSegment: ("string", "attrs"),
    TemplateSegment: ("template",),
    RelatedObjectSegment: ("object",),
    OverridableSegment: ("data_json",),
}


def find_sources(candidates: Sequence[Candidate]) -> None:
    """Fill in each candidate's source, as it is now."""
    found = TranslationSource.objects.filter(
        AnyOf(F("object"), [candidate.object_id for candidate in candidates]),
        locale__in={candidate.locale_id for candidate in candidates},
    )
    sources = {(source.object_id, source.locale_id): source for source in found}
    for candidate in candidates:
        candidate.source = sources.get((candidate.object_id, candidate.locale_id))


@transaction.atomic
def store(candidates: Sequence[Candidate]) -> None:
    """Write the candidates' sources and segments, and fill in `source`."""
    _insert_objects(candidates)
    _write_sources(candidates)
    contexts = _write_contexts(candidates)
    strings = _strings(candidates)
    templates = _templates(candidates)
    segments: dict[type[models.Model], dict[tuple[Any, ...], None]] = {kind: {} for kind in _SEGMENT_FIELDS}
    for candidate in candidates:
        for value in candidate.values:
            place = (candidate.source_id, contexts[candidate.object_id, value.path], value.order)
            if isinstance(value, StringSegmentValue):
                string = strings[candidate.locale_id, _string_hash(value)]
                segments[StringSegment][*place, string, _as_json(value.attrs)] = None
            elif isinstance(value, TemplateSegmentValue):
                segments[TemplateSegment][*place, templates[_template_id(value)]] = None
            elif isinstance(value, RelatedObjectSegmentValue):
                segments[RelatedObjectSegment][*place, value.translation_key] = None
            elif isinstance(value, OverridableSegmentValue):
                segments[OverridableSegment][*place, _as_json(value.data)] = None
    sources = [candidate.source_id for candidate in candidates]
    for kind, wanted in segments.items():
        _write_segments(kind, sources, wanted)


def _insert_objects(candidates: Sequence[Candidate]) -> None:
    objects = {candidate.object_id: candidate.object_type_id for candidate in candidates}
    for value in _values(candidates, RelatedObjectSegmentValue):
        objects[value.translation_key] = value.content_type.pk
    existing = TranslatableObject.objects.filter(AnyOf(F("pk"), list(objects)))
    for key in existing.values_list("pk", flat=True):
        del objects[key]
    insert_rows(
        TranslatableObject, ("translation_key", "content_type"), sorted(objects.items()), on_conflict="ignore"
    )


def _write_sources(candidates: Sequence[Candidate]) -> None:
    now = timezone.now()
    labels = {candidate.instance._meta.app_label for candidate in candidates}
    versions = {label: get_schema_version(label) for label in labels}
    changing = ("object_repr", "content_json", "schema_version", "last_updated_at")
    insert_rows(
        TranslationSource,
        ("object", "locale", "specific_content_type", "created_at", *changing),
        (
            (
                candidate.object_id,
                candidate.locale_id,
                candidate.content_type_id,
                now,
                candidate.object_repr,
                candidate.content_json,
                versions[candidate.instance._meta.app_label],
                now,
            )
            for candidate in sorted(
                candidates, key=lambda candidate: (candidate.object_id, candidate.locale_id)
            )
        ),
        # The row stays locked to the end of the transaction: one refresh of a source at a time.
        on_conflict=Overwrite(unique=("object", "locale"), update=changing),
    )
    find_sources(candidates)


def _write_contexts(candidates: Sequence[Candidate]) -> dict[tuple[UUID, str], int]:
    objects = [candidate.object_id for candidate in candidates]
    field_paths = {
        (candidate.object_id, path): field_path
        for candidate in candidates
        for path, field_path in candidate.field_paths.items()
    }
    before = _contexts(objects)
    # Contexts from before field_path existed get theirs now.
    update_rows(
        TranslationContext,
        ["field_path"],
        [(before[key], field_path) for key, field_path in field_paths.items() if key in before],
    )
    insert_rows(
        TranslationContext,
        ("object", "path_id", "path", "field_path"),
        sorted(
            (key, TranslationContext._get_path_id(path), path, field_path)
            for (key, path), field_path in field_paths.items()
            if (key, path) not in before
        ),
        on_conflict="ignore",
    )
    return _contexts(objects)


def _contexts(objects: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    found = TranslationContext.objects.filter(AnyOf(F("object"), objects))
    return {(key, path): pk for key, path, pk in found.values_list("object_id", "path", "pk")}


def _strings(candidates: Sequence[Candidate]) -> dict[tuple[int, UUID], int]:
    """The id of each text by its locale and hash, after inserting the new ones."""
    wanted = {
        (candidate.locale_id, _string_hash(value)): value.string.data
        for candidate in candidates
        for value in _values([candidate], StringSegmentValue)
    }

    def find(keys: Iterable[tuple[int, UUID]]) -> dict[tuple[int, UUID], int]:
        found = String.objects.filter(
            AnyOf(F("data_hash"), [data_hash for _locale, data_hash in keys]),
            locale__in={candidate.locale_id for candidate in candidates},
        )
        return {
            (locale, hash_): pk for locale, hash_, pk in found.values_list("locale_id", "data_hash", "pk")
        }

    ids = find(wanted)
    new = sorted(wanted.keys() - ids.keys())
    insert_rows(
        String, ("locale", "data_hash", "data"), ((*key, wanted[key]) for key in new), on_conflict="ignore"
    )
    return ids | find(new)


def _templates(candidates: Sequence[Candidate]) -> dict[UUID, int]:
    """The id of each template by its uuid, after inserting the new ones."""
    wanted = {_template_id(value): value for value in _values(candidates, TemplateSegmentValue)}

    def find(keys: Iterable[UUID]) -> dict[UUID, int]:
        return dict(Template.objects.filter(AnyOf(F("uuid"), list(keys))).values_list("uuid", "pk"))

    ids = find(wanted)
    new = sorted(wanted.keys() - ids.keys())
    insert_rows(
        Template,
        ("uuid", "template", "template_format", "string_count"),
        ((key, wanted[key].template, wanted[key].format, wanted[key].string_count) for key in new),
        on_conflict="ignore",
    )
    return ids | find(new)


def _write_segments(
    kind: type[models.Model], sources: Sequence[int], wanted: dict[tuple[Any, ...], None]
) -> None:
    """Insert new segments, delete those gone; all others keep their rows."""
    fields = ("source", "context", "order", *_SEGMENT_FIELDS[kind])
    existing = kind._default_manager.filter(AnyOf(F("source"), sources)).values_list("pk", *fields)
    kept: dict[tuple[Any, ...], int] = {}
    gone: list[int] = []
    for pk, *values in existing:
        if tuple(values) in wanted and tuple(values) not in kept:
            kept[tuple(values)] = pk
        else:
            gone.append(pk)
    insert_rows(kind, fields, (row for row in wanted if row not in kept))
    kind._default_manager.filter(AnyOf(F("pk"), gone)).delete()


def _values(candidates: Iterable[Candidate], kind: type) -> Iterable[Any]:
    return (value for candidate in candidates for value in candidate.values if isinstance(value, kind))


def _string_hash(value: StringSegmentValue) -> UUID:
    data_hash: UUID = String._get_data_hash(value.string.data)
    return data_hash


def _template_id(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _as_json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
