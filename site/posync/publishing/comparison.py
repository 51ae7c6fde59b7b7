"""Reduces a target to its comparable content: an equal one is not published again."""

import json
from functools import cache
from typing import Any

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin


def serialised(instance: models.Model) -> dict[str, Any]:
    """The instance as a revision stores it."""
    data: dict[str, Any] = (
        instance.serializable_data()
        if isinstance(instance, ClusterableModel)
        else get_serializable_data_for_fields(instance)
    )
    return data


def content_of(instance: models.Model) -> dict[str, Any]:
    """The instance's comparable content."""
    return content_in(type(instance), serialised(instance))


def content_in(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """The comparable content of a model's serialised data.

    Streams are parsed, since PostgreSQL keeps the keys of JSON in an order of its own. Left out are the times of
    saving, and the keys of untranslatable children: these are copied with each translation, and have none yet.
    """
    content = {name: value for name, value in data.items() if name not in clocks(model)}
    for name in _streams(model):
        if content.get(name):
            content[name] = json.loads(content[name])
    for name, child_model in _children(model).items():
        if name in content:
            content[name] = [content_in(child_model, child) for child in content[name]]
            if not issubclass(child_model, TranslatableMixin):
                content[name] = [{**child, "pk": None} for child in content[name]]
    return content


@cache
def clocks(model: type[models.Model]) -> frozenset[str]:
    """The fields with the time of the last save."""
    return frozenset(field.name for field in model._meta.fields if getattr(field, "auto_now", False))


@cache
def _streams(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.fields if isinstance(field, StreamField))


@cache
def _children(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """The models of the inline children, by the name of the relation."""
    if not issubclass(model, ClusterableModel):
        return {}
    return {
        relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)
    }
