"""Wagtail and wagtail-localize as they are without posync's guards, for the mirror of the walk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import Signal
from wagtail import hooks
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.admin import urls as admin_urls
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import PageViewRestriction
from wagtail.signals import post_page_move
from wagtail_localize import synctree
from wagtail_localize.locales.views import get_locale_component_edit_handler
from wagtail_localize.models import (
    LocaleSynchronization,
    LocaleSynchronizationModelForm,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from posync import signal_handlers

#: The methods and functions that posync stands before.
GUARDED = (
    (PublishRevisionAction, "_publish_revision"),
    (Translation, "save_target"),
    (TranslationSource, "sync_view_restrictions"),
    (LocaleSynchronization, "sync_trees"),
    (synctree, "create_aliases_for_new_page"),
    (CopyPageAction, "_copy_page"),
    (CreatePageAliasAction, "check"),
    (MovePageAction, "check"),
)
#: The receivers that change or refuse what somebody saves.
RECEIVERS: tuple[tuple[Signal, Callable[..., None], type], ...] = (
    (pre_save, signal_handlers.translation_is_checked, StringTranslation),
    (pre_save, signal_handlers.override_is_checked, SegmentOverride),
    (post_save, signal_handlers.translation_was_begun, StringTranslation),
    (post_save, signal_handlers.translation_was_saved, Translation),
    (post_save, signal_handlers.page_was_restricted, PageViewRestriction),
    (m2m_changed, signal_handlers.groups_were_chosen, PageViewRestriction.groups.through),
)  # fmt: skip


@contextmanager
def unguarded() -> Iterator[None]:
    """Take posync's views, hooks, receivers and guards away; its files, commands and models stay."""
    with ExitStack() as stack:
        for owner, name in GUARDED:
            stack.enter_context(patch.object(owner, name, getattr(owner, name).__wrapped__))
        without = {
            name: [one for one in found if not _is_posyncs(one[0])] for name, found in hooks._hooks.items()
        }
        stack.enter_context(patch.dict(hooks._hooks, without))
        stack.enter_context(patch.object(bulk_action_registry, "actions", {}))
        stack.enter_context(patch.object(bulk_action_registry, "has_scanned_for_bulk_actions", False))
        stack.enter_context(
            patch.object(LocaleSynchronization, "base_form_class", LocaleSynchronizationModelForm)
        )
        # Made once for each model, of the form that stood there then.
        get_locale_component_edit_handler.cache_clear()
        stack.callback(get_locale_component_edit_handler.cache_clear)
        stack.enter_context(_without_addresses())
        for signal, receiver, sender in RECEIVERS:
            assert signal.disconnect(receiver, sender=sender), receiver
            stack.callback(signal.connect, receiver, sender=sender)
        assert post_page_move.disconnect(signal_handlers.page_was_moved)
        stack.callback(post_page_move.connect, signal_handlers.page_was_moved)
        yield


def _is_posyncs(function: Callable[..., object]) -> bool:
    return function.__module__.startswith("posync.")


@contextmanager
def _without_addresses() -> Iterator[None]:
    """Give wagtail-localize its own addresses back."""
    before = list(admin_urls.urlpatterns)
    admin_urls.urlpatterns[:] = [
        one
        for one in before
        if not (
            str(one.pattern).startswith("localize/") and str(getattr(one, "name", None)).startswith("posync_")
        )
    ]
    try:
        yield
    finally:
        admin_urls.urlpatterns[:] = before
