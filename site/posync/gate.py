"""Whether a translation may go out now, and if not, what it waits for."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from wagtail.models import DraftStateMixin, Locale, LockableMixin, Page, WorkflowMixin
from wagtail_localize.models import RelatedObjectSegment

from posync.catalogs import CatalogContents, active_catalogs
from posync.core.outgoing import State
from posync.models import Catalog


class Reason(StrEnum):
    SOURCE_DELETED = "source-deleted"
    SOURCE_UNPUBLISHED = "source-unpublished"
    INCOMPLETE = "incomplete"
    PARENT = "parent"
    RELATED = "related"
    UNPUBLISHED = "unpublished"
    LOCKED = "locked"
    IN_WORKFLOW = "in-workflow"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a translation is not published, and what to do."""

    reason: Reason
    message: str


def waiting(contents: CatalogContents) -> Waiting | None:
    """What the translation waits for; None when it may go out."""
    catalog = contents.catalog
    left = sum(message.outgoing.state is not State.TRANSLATED for message in contents.current)
    if left:
        return Waiting(Reason.INCOMPLETE, f"{left} of {len(contents.messages)} texts are not approved yet.")
    try:
        original = catalog.source.get_source_instance()
    except ObjectDoesNotExist:
        return Waiting(Reason.SOURCE_DELETED, "The original was deleted.")
    if isinstance(original, DraftStateMixin) and not original.live:
        return Waiting(Reason.SOURCE_UNPUBLISHED, "The original is not published.")
    try:
        target = catalog.source.get_translated_instance(catalog.locale)
    except ObjectDoesNotExist:
        held = None
        reached = False
    else:
        held = _person_in_the_way(target)
        reached = not isinstance(target, DraftStateMixin) or target.live
    if held is None and isinstance(original, Page) and not reached:
        held = _parent_missing(original, catalog.locale)
    return held or _related_missing(catalog)


def _person_in_the_way(target: models.Model) -> Waiting | None:
    if isinstance(target, DraftStateMixin) and not target.live and target.first_published_at:
        return Waiting(
            Reason.UNPUBLISHED, "An editor took it offline; publish it in the admin when it is wanted again."
        )
    if isinstance(target, LockableMixin) and target.locked:
        return Waiting(Reason.LOCKED, "It is locked; unlock it in the admin.")
    if isinstance(target, WorkflowMixin) and target.workflow_in_progress:
        return Waiting(Reason.IN_WORKFLOW, "A workflow is running on it; finish or cancel that in the admin.")
    if isinstance(target, DraftStateMixin) and target.live and target.has_unpublished_changes:
        return Waiting(
            Reason.EDITED, "An editor's draft is waiting on it; publish or discard that in the admin."
        )
    return None


def _parent_missing(original: Page, locale: Locale) -> Waiting | None:
    parent = original.get_parent()
    if (
        parent.is_root()
        or Page.objects.filter(translation_key=parent.translation_key, locale=locale, live=True).exists()
    ):
        return None
    return Waiting(
        Reason.PARENT, f"The page above it, “{parent}”, is not published in {locale.language_code} yet."
    )


def _related_missing(catalog: Catalog) -> Waiting | None:
    """A snippet that the page shows, and that translators have not finished; one that nobody translates is no reason."""
    related = RelatedObjectSegment.objects.filter(source=catalog.source).values("object_id")
    translated = active_catalogs().filter(domain__object_id__in=related, locale=catalog.locale)
    for other in translated:
        try:
            target = other.source.get_translated_instance(catalog.locale)
        except ObjectDoesNotExist:
            target = None
        if target is None or (isinstance(target, DraftStateMixin) and not target.live):
            return Waiting(
                Reason.RELATED, f"It shows “{other.source.object_repr}”, which is not published yet."
            )
    return None
