"""Page models fit for bulk publishing: those saved and published in Wagtail's standard way."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models.signals import ModelSignal, post_save, pre_save
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import registry as log_registry
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, Revision
from wagtail_localize.models import TranslationLog

from posync.conf import posync_settings
from posync.plugins import dotted_name
from posync.publishing.batching import Obstacle

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


def obstacles(model: type[models.Model]) -> tuple[Obstacle, ...]:
    """All that keeps pages of the model from being published together; empty for nothing.

    Asked anew for each batch: receivers of signals come and go.
    """
    if not issubclass(model, Page):
        return (Obstacle("it is no page"),)
    return (*map(Obstacle, _own_ways(model)), *_own_receivers(model))


def _own_ways(model: type[Page]) -> Iterator[str]:
    """How the model is stored otherwise than any page."""
    meta = model._meta
    overridden = [f"{name}()" for name in _METHODS if getattr(model, name) is not getattr(Page, name)]
    if overridden:
        yield f"it overrides {', '.join(overridden)}"
    if meta.many_to_many:
        yield f"it has many-to-many fields: {_listed(field.name for field in meta.many_to_many)}"
    if model.node_order_by:
        yield f"it keeps its pages in the order of {_listed(model.node_order_by)}"
    parent_links = set(meta.parents.values())
    # What a revision does not hold is lost when the revision is published.
    unheld = [
        field.name
        for field in meta.concrete_fields
        if not (field.serialize or field.primary_key or field in parent_links)
    ]
    if unheld:
        yield f"its revisions do not hold {_listed(unheld)}"
    log_model = log_registry.get_log_model_for_model(model)
    if log_model is not PageLogEntry:
        yield f"its history is in {log_model and log_model._meta.label}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _own_receivers(model: type[Page]) -> Iterator[Obstacle]:
    """The receivers of the site, or of an app of its own, that listen to the saving of the model or of its rows."""
    covered = _COVERED.union(posync_settings().IGNORED_RECEIVERS)
    heard: dict[str, list[str]] = {}
    for sender in (model, Revision, PageLogEntry, TranslationLog, *_child_models(model)):
        for signal, name in ((pre_save, "pre_save"), (post_save, "post_save")):
            of_sender = "" if sender is model else f" of {sender._meta.label}"
            for receiver in _names_of_receivers(signal, sender):
                if receiver not in covered:
                    heard.setdefault(receiver, []).append(f"{name}{of_sender}")
    for receiver, what in heard.items():
        # One that listens to whatever is saved listens to the model, which is enough to say.
        said = [one for one in what if " of " not in one] or what
        text = (
            f"receiver {receiver} listens to {' and '.join(dict.fromkeys(said))}; name it in "
            "POSYNC['IGNORED_RECEIVERS'] if page_published tells it enough"
        )
        yield Obstacle(text, is_receiver=True)


def _names_of_receivers(signal: ModelSignal, sender: type[models.Model]) -> list[str]:
    receivers, asynchronous = signal._live_receivers(sender)
    return [dotted_name(receiver) for receiver in (*receivers, *asynchronous)]


def child_names(model: type[models.Model]) -> list[str]:
    """The relations to a page's inline children, without editors' comments."""
    names = (relation.get_accessor_name() for relation in get_all_child_relations(model))
    return [name for name in names if name != COMMENTS_RELATION_NAME]


def _child_models(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for relation in get_all_child_relations(model):
        yield relation.related_model
        yield from _child_models(relation.related_model)
