"""An object's content, as its source keeps it."""

import json
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
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


def _with_children(instances: Sequence[models.Model]) -> list[models.Model]:
    """Copies of instances of one model, with the children of their content loaded."""
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
