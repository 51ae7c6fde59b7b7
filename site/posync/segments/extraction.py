"""What wagtail-localize takes out of an object, for many objects at a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copy import copy
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
    model_from_serializable_data,
)
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import TranslationContext
from wagtail_localize.segments.extract import extract_segments

#: What wagtail-localize raises where it cannot take an object apart: ValueError for markup, the others for blocks
#: that are not as it expects them, such as an embed without an address.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, ObjectDoesNotExist, TypeError, ValueError)


def serialized(instance: models.Model) -> str:
    """The content as a source keeps it."""
    if isinstance(instance, ClusterableModel):
        content: str = instance.to_json()
        return content
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def with_children(instances: Sequence[models.Model]) -> list[models.Model]:
    """Copies of instances of one model, with all that their content consists of loaded from the database."""
    copies = [copy(instance) for instance in instances]
    for instance in copies:
        # A copy shares this dictionary with the caller's instance.
        instance.__dict__.pop("_prefetched_objects_cache", None)
    models.prefetch_related_objects(copies, *_child_lookups(type(copies[0])))
    return copies


def _child_lookups(model: type[models.Model], prefix: str = "") -> list[str]:
    if not issubclass(model, ClusterableModel):
        return []
    lookups = [prefix + field.name for field in get_all_child_m2m_relations(model)]
    for relation in get_all_child_relations(model):
        name = prefix + relation.get_accessor_name()
        lookups += [name, *_child_lookups(relation.related_model, f"{name}__")]
    return lookups


def rebuilt(instance: models.Model, content: dict[str, Any]) -> models.Model:
    """The object as its source has it: segments are taken from the source, and not from the object itself.

    As TranslationSource.as_instance, without a query for the object and for each of its foreign keys.
    """
    model = type(instance)
    if isinstance(instance, Page) and model.with_content_json is not Page.with_content_json:
        page: Page = instance.with_content_json(content)
        return page
    build = getattr(model, "from_serializable_data", None) or _plain_builder(model)
    # Sets of other objects have no segments, and each would cost a query.
    sets = {field.name for field in get_all_child_m2m_relations(model)}
    copied: models.Model = build(
        {name: value for name, value in content.items() if name not in sets}, check_fks=False
    )
    copied.pk = instance.pk
    for name in ("locale_id", "translation_key"):
        setattr(copied, name, getattr(instance, name))
    return copied


def _plain_builder(model: type[models.Model]) -> Callable[..., models.Model]:
    def build(content: dict[str, Any], check_fks: bool) -> models.Model:
        built: models.Model = model_from_serializable_data(model, content, check_fks=check_fks)
        return built

    return build


def load_references(instances: Sequence[models.Model]) -> None:
    """Load, for all instances of one model at once, what their extraction asks for one by one."""
    if not instances:
        return
    model = type(instances[0])
    fields = [field.get_field(model) for field in get_translatable_fields(model)]
    models.prefetch_related_objects(
        instances, *(field.name for field in fields if isinstance(field, models.ForeignKey))
    )
    for field in fields:
        if isinstance(field, StreamField):
            # A block that cannot be converted stops its own object only, and there it is found again.
            with suppress(*UNREADABLE):
                _convert_blocks([field.value_from_object(instance) for instance in instances])
        elif isinstance(field.remote_field, ParentalKey) and issubclass(field.related_model, TranslatableMixin):
            load_references([child for instance in instances for child in getattr(instance, field.name).all()])


def _convert_blocks(streams: Iterable[StreamValue]) -> None:
    """Convert the blocks of many streams, as a stream does for its own: one query for each kind of chooser."""
    waiting: dict[Any, list[tuple[StreamValue, int]]] = defaultdict(list)
    for stream in streams:
        for index, raw in enumerate(stream._raw_data):
            if stream._bound_blocks[index] is None:
                waiting[stream.stream_block.child_blocks[raw["type"]]].append((stream, index))
    for block, places in waiting.items():
        values = block.bulk_to_python([stream._raw_data[index]["value"] for stream, index in places])
        for (stream, index), value in zip(places, values, strict=True):
            identifier = stream._raw_data[index].get("id")
            stream._bound_blocks[index] = StreamValue.StreamChild(block, value, id=identifier)


def extracted(instance: models.Model) -> list[Any]:
    """The segment values of wagtail-localize."""
    values: list[Any] = extract_segments(instance)
    return values


class _ContextWithoutRow:
    """What TranslationContext.get_field_path looks at and saves."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.field_path = ""

    def save(self, **kwargs: Any) -> None:
        pass


def field_path(path: str, instance: models.Model) -> str:
    """The path with the names of fields and blocks in the place of identifiers."""
    named: str = TranslationContext.get_field_path(_ContextWithoutRow(path), instance)
    return named
