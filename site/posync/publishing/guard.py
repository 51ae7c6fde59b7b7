"""Guards below all views: a translation goes live through the gate, whoever calls whatever.

Three ways lead there past posync: Wagtail publishes a revision (scheduled, at a workflow's end, in bulk, by its API),
wagtail-localize saves a target, with the source's words for what is not translated, or copies the pages of a whole language.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from inspect import signature, unwrap
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail_localize import synctree
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs, slug_paths
from posync.models import Catalog
from posync.publishing.action import (
    PublishTranslation,
    PublishTranslationError,
    PublishTranslationPermissionError,
    catalog_of,
)
from posync.publishing.gate import Gate
from posync.publishing.passing import is_passing
from posync.publishing.single import publish_single
from posync.publishing.view_restrictions import sync_view_restrictions

logger = logging.getLogger(__name__)

#: The parameters of Wagtail's method, as this guard knows it.
_PARAMETERS = ("self", "revision", "object", "user", "changed", "log_action", "previous_revision")


#: Wagtail's fields that an editor may fill in for a target alone.
_FOR_SEARCH_ENGINES = frozenset({"seo_title", "search_description"})


def install() -> None:
    """Put the guards in place, once."""
    if not hasattr(PublishRevisionAction._publish_revision, "__wrapped__"):
        PublishRevisionAction._publish_revision = _guard_revisions(PublishRevisionAction._publish_revision)
        Translation.save_target = _guard_targets(Translation.save_target)
        TranslationSource.sync_view_restrictions = wraps(TranslationSource.sync_view_restrictions)(
            sync_view_restrictions
        )
        LocaleSynchronization.sync_trees = _guard_trees(LocaleSynchronization.sync_trees)
        synctree.create_aliases_for_new_page = _without_aliases(synctree.create_aliases_for_new_page)


def fits() -> bool:
    """Whether Wagtail's method is still the one that the guard was written for."""
    return tuple(signature(unwrap(PublishRevisionAction._publish_revision)).parameters) == _PARAMETERS


def _guard_revisions(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def publish(self: Any, revision: Any, object: Any, user: Any, *args: Any, **kwargs: Any) -> None:
        catalog = None if is_passing(revision) or _is_for_later(object) else catalog_of(object)
        if catalog is None or _may_go_out_as_it_is(catalog, object, user or revision.user):
            original(self, revision, object, user, *args, **kwargs)
        else:
            is_scheduled = revision.approved_go_live_at is not None
            _through_the_gate(catalog, user, scheduled_by=revision.user if is_scheduled else None)
            if is_scheduled:
                _end_schedule(revision, object)

    return publish


def _end_schedule(revision: Any, instance: Any) -> None:
    """Let a time set for a live target's publication be over once it has come: from then on, each sync publishes it.

    It would go on to lock the target, and its draft to hold off each sync. A target still offline keeps its time: Wagtail
    asks again at its next run.
    """
    live = type(instance)._base_manager.filter(pk=instance.pk, live=True)
    if live.update(has_unpublished_changes=False, go_live_at=None):
        instance.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)


def _guard_targets(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def save_target(self: Translation, user: Any = None, publish: bool = True) -> None:
        catalog = active_catalogs().filter(translation=self.pk, stopped=False).first()
        if catalog is None:
            original(self, user=user, publish=publish)
        elif publish:
            _through_the_gate(catalog, user)
        # Without publication it would write the source's words over a live target, or make aliases above a new one.

    return save_target


def _guard_trees(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def sync_trees(self: LocaleSynchronization, **kwargs: Any) -> None:
        """Make no live aliases of one language's pages in another."""
        logger.warning(
            "The pages of %s were not copied to %s: with posync, a page exists in a language when it is translated.",
            self.sync_from,
            self.locale,
        )

    return sync_trees


def _without_aliases(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def create_aliases_for_new_page(page: Page) -> None:
        """Make none, in the languages that are to be filled from the page's."""

    return create_aliases_for_new_page


def _is_for_later(instance: Any) -> bool:
    """Whether Wagtail only notes the time of a publication. When that comes, it asks again."""
    return bool(instance.go_live_at and instance.go_live_at > timezone.now())


def _may_go_out_as_it_is(catalog: Catalog, instance: models.Model, person: AbstractBaseUser | None) -> bool:
    """Whether it shows what is approved, and nothing else is in the way: the original, the page above, a lock, a workflow."""
    (loaded,) = load_catalogs([catalog])
    return (
        _shows_what_is_approved(loaded, instance)
        and Gate([loaded], person, asked=True).blocker_for(loaded) is None
    )


def _shows_what_is_approved(loaded: LoadedCatalog, instance: models.Model) -> bool:
    """Whether each text of the catalog is there in its approved translation, and no other text but what search engines read."""
    beside = slug_paths(loaded.catalog.source_model) | _FOR_SEARCH_ENGINES
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in loaded.current:
        wanted[entry.path].add(entry.approved)
    shown: dict[str, set[str]] = defaultdict(set)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue) and (segment.path in wanted or segment.path not in beside):
            shown[segment.path].add(segment.string.data)
    return shown == wanted


def _through_the_gate(
    catalog: Catalog, user: AbstractBaseUser | None, *, scheduled_by: AbstractBaseUser | None = None
) -> None:
    """Publish what is approved. Refused, it raises where a person asks, and only waits for the system.

    An exception in a scheduler's run would stop all that comes after it. Whoever set the time had the right to publish.
    """
    person = user or get_active_log_context().user
    try:
        if person is None:
            result = publish_single(catalog.pk, None, asked=True, wanted_by=scheduled_by)
        else:
            result = PublishTranslation(catalog, person).execute()
    except (PublishTranslationError, PublishTranslationPermissionError) as refusal:
        why_not, blocker = str(refusal), refusal.blocker
    else:
        blocker = None
        is_refused = result.exit_code or result.pages.waiting
        why_not = " ".join(issue.message for issue in result.issues) if is_refused else ""
    if why_not and person is not None:
        raise PublishTranslationPermissionError(why_not, catalog, blocker)
    if why_not:
        logger.warning("%s was not published: %s", catalog, why_not)
