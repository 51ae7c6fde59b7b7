"""Page models fit for bulk publishing: those saved and published in Wagtail's standard way."""

from collections.abc import Iterator

from django.db import models
from django.db.models.signals import ModelSignal, post_save, pre_save
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import registry as log_registry
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, Revision
from wagtail_localize.models import TranslationLog

from posync.conf import posync_settings

#: Methods with a say in how a page is stored. A model with an override is published by its own calls.
_METHODS = (
    "save",
    "save_base",
    "save_revision",
    "publish",
    "with_content_json",
    "copy",
    "copy_for_translation",
    "update_aliases",
)

#: Receivers of pre_save and post_save whose work is done for the whole batch, or without work here.
_COVERED = frozenset(
    {
        "wagtail.models.i18n.set_locale_on_new_instance",
        "wagtail.signal_handlers.update_reference_index_on_save",
        "modelsearch.signal_handlers.post_save_signal_handler",
        "posync.signal_handlers.plain_snippet_was_saved",
    }
)


def supports_bulk(model: type[models.Model]) -> bool:
    """Whether pages of the model may be published together.

    Asked anew for each batch: receivers of signals come and go.
    """
    return (
        issubclass(model, Page)
        and _saves_as_wagtail_does(model)
        and log_registry.get_log_model_for_model(model) is PageLogEntry
        and not any(
            _has_own_receivers(signal, sender)
            for signal in (pre_save, post_save)
            for sender in (model, Revision, PageLogEntry, TranslationLog, *_child_models(model))
        )
    )


def _saves_as_wagtail_does(model: type[Page]) -> bool:
    meta = model._meta
    parent_links = set(meta.parents.values())
    return (
        all(getattr(model, name) is getattr(Page, name) for name in _METHODS)
        and not meta.many_to_many
        and not model.node_order_by
        # Publishing a revision loses any field absent from it.
        and all(
            field.serialize or field.primary_key or field in parent_links for field in meta.concrete_fields
        )
    )


def _has_own_receivers(signal: ModelSignal, sender: type[models.Model]) -> bool:
    """Whether the site or an app of its own listens to the model's being saved."""
    receivers, asynchronous = signal._live_receivers(sender)
    names = (
        f"{getattr(receiver, '__module__', '')}.{getattr(receiver, '__qualname__', '')}"
        for receiver in (*receivers, *asynchronous)
    )
    heard_otherwise = _COVERED.union(posync_settings().IGNORED_RECEIVERS)
    return any(name not in heard_otherwise for name in names)


def child_names(model: type[models.Model]) -> list[str]:
    """The relations to a page's inline children, without editors' comments."""
    names = (relation.get_accessor_name() for relation in get_all_child_relations(model))
    return [name for name in names if name != COMMENTS_RELATION_NAME]


def _child_models(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for relation in get_all_child_relations(model):
        yield relation.related_model
        yield from _child_models(relation.related_model)
