"""Runs wagtail-localize's extraction on many objects at a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from django.db import models
from django.db.models import F
from modelcluster.fields import ParentalKey
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import TranslationContext

from posync.db.bulk_sql import AnyOf
from posync.sources.segments.candidates import UNREADABLE, Candidate, by_model
from posync.sources.segments.segment_values import SegmentExtraction
from posync.sources.segments.serialization import rebuild


def extract(batch: Sequence[Candidate]) -> None:
    """Fill in each candidate's values and field_paths."""
    readable: list[tuple[Candidate, models.Model]] = []
    for group in by_model(batch):
        rebuilt = []
        for candidate in group:
            try:
                rebuilt.append((candidate, rebuild(candidate.instance, json.loads(candidate.content_json))))
            except UNREADABLE as error:
                candidate.fail(error)
        _load_references([instance for _candidate, instance in rebuilt])
        readable += rebuilt
    named = _named_paths([candidate.object_id for candidate, _instance in readable])
    extractions = {
        model: SegmentExtraction(model) for model in {type(instance) for _candidate, instance in readable}
    }
    for candidate, instance in readable:
        try:
            candidate.values = extractions[type(instance)].extract(instance)
            paths = {value.path for value in candidate.values} - named[candidate.object_id]
            candidate.field_paths = {path: _field_path(path, instance) for path in paths}
        except UNREADABLE as error:
            candidate.fail(error)


def _load_references(instances: Sequence[models.Model]) -> None:
    """Load the related objects for the extraction of all instances of one model at once."""
    if not instances:
        return
    model = type(instances[0])
    fields = [field.get_field(model) for field in get_translatable_fields(model)]
    models.prefetch_related_objects(
        instances, *(field.name for field in fields if isinstance(field, models.ForeignKey))
    )
    for field in fields:
        if isinstance(field, StreamField):
            # A block beyond conversion is met again, and reported, at the extraction of its own object.
            with suppress(*UNREADABLE):
                _convert_blocks(field, (field.value_from_object(instance) for instance in instances))
        elif isinstance(field.remote_field, ParentalKey) and issubclass(
            field.related_model, TranslatableMixin
        ):
            _load_references(
                [child for instance in instances for child in getattr(instance, field.name).all()]
            )


def _convert_blocks(field: StreamField, streams: Iterable[StreamValue]) -> None:
    """Convert the blocks of many streams as a stream does its own: with one query for each kind of chooser."""
    places: dict[str, list[tuple[StreamValue, int]]] = defaultdict(list)
    for stream in streams:
        for index, raw in enumerate(stream._raw_data):
            if stream._bound_blocks[index] is None:
                places[raw["type"]].append((stream, index))
    for name, waiting in places.items():
        block = field.stream_block.child_blocks[name]
        values = block.bulk_to_python([stream._raw_data[index]["value"] for stream, index in waiting])
        for (stream, index), value in zip(waiting, values, strict=True):
            identifier = stream._raw_data[index].get("id")
            stream._bound_blocks[index] = StreamValue.StreamChild(block, value, id=identifier)


def _named_paths(object_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The paths of each object with a field_path: it is made once, and stays."""
    contexts = TranslationContext.objects.filter(AnyOf(F("object"), object_ids)).exclude(field_path="")
    named: dict[UUID, set[str]] = defaultdict(set)
    for object_id, path in contexts.values_list("object_id", "path"):
        named[object_id].add(path)
    return named


class _ContextWithoutRow:
    """Stands in for TranslationContext in get_field_path, without its save each time."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.field_path = ""

    def save(self, **kwargs: object) -> None:
        pass


def _field_path(path: str, instance: models.Model) -> str:
    """The path with the names of fields and blocks in the place of their identifiers."""
    field_path: str = TranslationContext.get_field_path(_ContextWithoutRow(path), instance)
    return field_path
