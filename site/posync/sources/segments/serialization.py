"""An object's content, as its source keeps it."""

import json
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_field_value,
    get_serializable_data_for_fields,
    model_from_serializable_data,
)
from wagtail.models import Page, TranslatableMixin

from posync.sources.segments.candidates import UNREADABLE, Candidate, by_model


def serialize(batch: Sequence[Candidate]) -> None:
    """Fill in each candidate's content_json and object_repr."""
    for group in by_model(batch):
        complete = _with_children([candidate.instance for candidate in group])
        for candidate, instance in zip(group, complete, strict=True):
            try:
                candidate.content_json = _serialized(instance)
                candidate.object_repr = str(instance)[:200]
            except UNREADABLE as error:
                candidate.fail(error)


def _serialized(instance: models.Model) -> str:
    if isinstance(instance, ClusterableModel):
        content: str = instance.to_json()
        return content
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def serialized_fields(
    instances: Sequence[models.Model], names: Collection[str]
) -> Iterator[dict[str, Any] | None]:
    """Fields and children of each instance of one model, as its content has them; None for one not to be read.

    Keeps nothing of an instance behind it: a batch's contents at once are much memory.
    """
    complete = _with_children(instances, names)[::-1] if instances else []
    del instances
    while complete:
        try:
            found = {name: _stored(value) for name, value in _values(complete.pop(), names)}
        except UNREADABLE:
            yield None
        else:
            yield found


def _stored(value: Any) -> Any:
    """A value as it comes back from JSON."""
    is_same = value is None or isinstance(value, str | int)
    return value if is_same else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _values(instance: models.Model, names: Collection[str]) -> Iterator[tuple[str, Any]]:
    fields: Sequence[Any] = instance._meta.fields
    for field in fields:
        if field.serialize and field.name in names:
            yield field.name, get_field_value(field, instance)
    if not isinstance(instance, ClusterableModel):
        return
    for relation in get_all_child_relations(instance):
        name = relation.get_accessor_name()
        if name in names:
            is_parent = issubclass(relation.related_model, ClusterableModel)
            serialized = ClusterableModel.serializable_data if is_parent else get_serializable_data_for_fields
            yield name, list(map(serialized, getattr(instance, name).all()))
    for field in get_all_child_m2m_relations(instance):
        if field.serialize and field.name in names:
            yield field.name, [child.pk for child in getattr(instance, field.name).all()]


def _with_children(
    instances: Sequence[models.Model], names: Collection[str] | None = None
) -> list[models.Model]:
    """Copies of instances of one model, with the children of their content loaded; None for all of their `names`."""
    copies = [copy(instance) for instance in instances]
    for instance in copies:
        # A copy shares this dictionary with the caller's instance.
        instance.__dict__.pop("_prefetched_objects_cache", None)
    lookups = _child_lookups(type(copies[0]))
    if names is not None:
        lookups = [lookup for lookup in lookups if lookup.partition("__")[0] in names]
    models.prefetch_related_objects(copies, *lookups)
    return copies


def _child_lookups(model: type[models.Model], prefix: str = "") -> list[str]:
    if not issubclass(model, ClusterableModel):
        return []
    lookups = [prefix + field.name for field in get_all_child_m2m_relations(model)]
    for relation in get_all_child_relations(model):
        name = prefix + relation.get_accessor_name()
        lookups += [name, *_child_lookups(relation.related_model, f"{name}__")]
    return lookups


def rebuild(instance: TranslatableMixin, content: dict[str, Any]) -> models.Model:
    """The object as its source has it: segments are taken from the source, and not from the object itself.

    As TranslationSource.as_instance, without a query for the object and one for each of its foreign keys.
    """
    model = type(instance)
    if isinstance(instance, Page) and model.with_content_json is not Page.with_content_json:
        page: models.Model = instance.with_content_json(content)
        return page
    # Sets of other objects have no segments, and each would be a query.
    sets = {field.name for field in get_all_child_m2m_relations(model)}
    content = {name: value for name, value in content.items() if name not in sets}
    rebuilt: models.Model
    if issubclass(model, ClusterableModel):
        rebuilt = model.from_serializable_data(content, check_fks=False)
    else:
        rebuilt = model_from_serializable_data(model, content, check_fks=False)
    for name in ("pk", "locale_id", "translation_key"):
        setattr(rebuilt, name, getattr(instance, name))
    return rebuilt
