"""Decides whether a translation may go out now, and if not, names the obstacle."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.locks import BasicLock
from wagtail.models import DraftStateMixin, LockableMixin, Page, WorkflowMixin, WorkflowState
from wagtail_localize.models import RelatedObjectSegment

from posync.catalogs.load import LoadedCatalog, active_catalogs
from posync.core.issue_codes import IssueCode
from posync.core.rules.outgoing import State
from posync.models import Catalog

#: A version of an object: its translation key and its locale.
Version: TypeAlias = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Blocker:
    """The obstacle to a translation's publication, with its remedy."""

    reason: IssueCode
    message: str
    #: Texts not approved, where it waits for these.
    texts_left: int = 0
    #: The other page or snippet that it waits for; "" for none.
    other: str = ""


def blocked_by_entries(texts_left: int) -> Blocker:
    return Blocker(IssueCode.INCOMPLETE, f"Texts not approved yet: {texts_left}.", texts_left)


class Gate:
    """The gate for a batch of catalogs. Reads the site's state in a fixed number of queries.

    A target is `wanted_by` a person who asks for its publication: what an editor took offline, or has a draft waiting on,
    is in nobody's way then, nor is a lock of that person's own. None is the system: any of these stops it, but for what is
    taken offline or waits as a draft where the system is `asked` for this very publication.
    """

    def __init__(
        self,
        batch: Sequence[LoadedCatalog],
        wanted_by: AbstractBaseUser | None = None,
        *,
        asked: bool = False,
    ) -> None:
        self._wanted_by = wanted_by
        self._is_wanted = asked or wanted_by is not None
        catalogs = [loaded.catalog for loaded in batch]
        self._versions = _versions(catalogs)
        # A live target stays where it is: nobody asks for its parent.
        new = [catalog for catalog in catalogs if not is_reached(self.target(catalog))]
        self._parents = _parents(filter(None, map(self.original, new)))
        self._parent_versions = _parent_versions(self._parents.values(), catalogs)
        #: The status of workflows in progress or waiting for changes, by the target's content type and key.
        self._workflows = _workflows(filter(None, map(self.target, catalogs)))
        self._related_ids = _related_ids(catalogs)
        self._related = _related_catalogs(self._related_ids, catalogs)
        self._related_versions = _versions(self._related)

    def original(self, catalog: Catalog) -> Any:
        """The original as the database has it, a page in its general form; None where it was deleted."""
        return self._version(catalog, catalog.source.locale_id)

    def target(self, catalog: Catalog) -> Any:
        """The target as the database has it, a page in its general form; None where there is none."""
        return self._version(catalog, catalog.locale_id)

    def parent(self, catalog: Catalog) -> Page:
        """The page above the original page. Only for a target not live."""
        return self._parents[_parent_path(self.original(catalog))]

    def translated_parent(self, catalog: Catalog) -> Page | None:
        """The live translation of the page above, the target's parent to be; None where there is none.

        Only for a target not live.
        """
        return self._parent_versions.get((self.parent(catalog).translation_key, catalog.locale_id))

    def in_workflow(self, target: Any, *, also_waiting: bool = False) -> bool:
        """Whether a workflow is in progress on the target; `also_waiting`: or waits for changes."""
        status = self._workflows.get(_workflow_key(target)) if isinstance(target, WorkflowMixin) else None
        return status == WorkflowState.STATUS_IN_PROGRESS or (also_waiting and status is not None)

    def blocker_for(self, loaded: LoadedCatalog) -> Blocker | None:
        """The translation's obstacle; None when it may go out."""
        catalog = loaded.catalog
        left = sum(entry.outgoing.state is not State.TRANSLATED for entry in loaded.current)
        if left:
            return blocked_by_entries(left)
        original = self.original(catalog)
        if original is None:
            return Blocker(IssueCode.SOURCE_DELETED, "The original was deleted.")
        if isinstance(original, DraftStateMixin) and not original.live:
            return Blocker(IssueCode.SOURCE_UNPUBLISHED, "The original is not published.")
        target = self.target(catalog)
        blocker = None if target is None else self._person_in_the_way(target)
        if blocker is None and isinstance(original, Page) and not is_reached(target):
            blocker = self._parent_missing(catalog)
        return blocker or self._related_missing(catalog)

    def _version(self, catalog: Catalog, locale_id: int) -> Any:
        found = self._versions.get((catalog.domain.object_id, locale_id))
        return found if found is None or issubclass(_specific_class(found), catalog.source_model) else None

    def _person_in_the_way(self, target: Any) -> Blocker | None:
        is_wanted = self._is_wanted
        if (
            isinstance(target, DraftStateMixin)
            and not (target.live or is_wanted)
            and target.first_published_at
        ):
            return Blocker(
                IssueCode.UNPUBLISHED,
                "An editor took it offline; publish it in the admin when it is wanted again.",
            )
        if isinstance(target, LockableMixin) and target.locked and not self._is_own_lock(target):
            return Blocker(IssueCode.LOCKED, "It is locked; unlock it in the admin.")
        if self.in_workflow(target):
            return Blocker(
                IssueCode.IN_WORKFLOW, "A workflow is running on it; finish or cancel that in the admin."
            )
        if (
            isinstance(target, DraftStateMixin)
            and target.live
            and target.has_unpublished_changes
            and not is_wanted
        ):
            return Blocker(
                IssueCode.EDITED, "An editor's draft is waiting on it; publish or discard that in the admin."
            )
        return None

    def _is_own_lock(self, target: LockableMixin) -> bool:
        # Of get_lock()'s others, a schedule is in nobody's way, and workflows are asked about for the batch.
        return self._wanted_by is not None and not BasicLock(target).for_user(self._wanted_by)

    def _parent_missing(self, catalog: Catalog) -> Blocker | None:
        parent = self.parent(catalog)
        if parent.is_root() or self.translated_parent(catalog):
            return None
        return Blocker(
            IssueCode.PARENT,
            f"The page above it, “{parent}”, is not published in {catalog.locale.language_code} yet.",
            other=str(parent),
        )

    def _related_missing(self, catalog: Catalog) -> Blocker | None:
        """The obstacle of a snippet on the page, translated but not published yet.

        A snippet nobody translates is none.
        """
        related_ids = self._related_ids.get(catalog.source.pk, ())
        for other in self._related:
            if other.locale_id != catalog.locale_id or other.domain.object_id not in related_ids:
                continue
            if not is_reached(self._related_versions.get((other.domain.object_id, other.locale_id))):
                name = other.source.object_repr
                return Blocker(
                    IssueCode.RELATED, f"It shows “{name}”, which is not published yet.", other=name
                )
        return None


def is_reached(target: Any) -> bool:
    """Whether the target is live; one of a model without drafts always is."""
    return target is not None and (not isinstance(target, DraftStateMixin) or target.live)


def _specific_class(instance: models.Model) -> type[models.Model]:
    if isinstance(instance, Page):
        specific: type[models.Model] | None = instance.specific_class
        return specific or Page
    return type(instance)


def _versions(catalogs: Iterable[Catalog]) -> dict[Version, Any]:
    """The objects of the catalogs in every language. One query for all pages, and one for each snippet model."""
    keys: dict[Any, set[UUID]] = defaultdict(set)
    for catalog in catalogs:
        model = Page if issubclass(catalog.source_model, Page) else catalog.source_model
        keys[model].add(catalog.domain.object_id)
    return {
        (version.translation_key, version.locale_id): version
        for model, wanted in keys.items()
        for version in model._base_manager.filter(translation_key__in=wanted)
    }


def _parent_path(page: Page) -> str:
    path: str = page.path
    return path[: -Page.steplen]


def _parents(originals: Iterable[Any]) -> dict[str, Page]:
    """The pages above the originals, by their path."""
    paths = {_parent_path(original) for original in originals if isinstance(original, Page)}
    if not paths:
        return {}
    return {parent.path: parent for parent in Page._base_manager.filter(path__in=paths)}


def _parent_versions(parents: Iterable[Page], catalogs: Iterable[Catalog]) -> dict[Version, Page]:
    """The live translations of the parents into the languages of the catalogs."""
    keys = {parent.translation_key for parent in parents if not parent.is_root()}
    if not keys:
        return {}
    locales = {catalog.locale_id for catalog in catalogs}
    return {
        (page.translation_key, page.locale_id): page
        for page in Page._base_manager.filter(translation_key__in=keys, locale__in=locales, live=True)
    }


def _workflow_key(target: Any) -> tuple[int, str]:
    content_type: ContentType = target.get_base_content_type()
    return content_type.pk, str(target.pk)


def _workflows(targets: Iterable[Any]) -> dict[tuple[int, str], str]:
    """The workflow status of the targets in one: in progress, if any is."""
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        return {}
    object_ids: dict[int, list[str]] = defaultdict(list)
    for target in targets:
        if isinstance(target, WorkflowMixin):
            content_type_id, object_id = _workflow_key(target)
            object_ids[content_type_id].append(object_id)
    found: dict[tuple[int, str], str] = {}
    for content_type_id, wanted in object_ids.items():
        states = WorkflowState.objects.active().filter(
            base_content_type_id=content_type_id, object_id__in=wanted
        )
        for object_id, status in states.values_list("object_id", "status"):
            if found.get((content_type_id, object_id)) != WorkflowState.STATUS_IN_PROGRESS:
                found[content_type_id, object_id] = status
    return found


def _related_ids(catalogs: Iterable[Catalog]) -> dict[int, set[UUID]]:
    """The translation keys of the snippets shown, by source."""
    related: dict[int, set[UUID]] = defaultdict(set)
    rows = RelatedObjectSegment.objects.filter(source__in={catalog.source.pk for catalog in catalogs})
    for source_id, object_id in rows.values_list("source_id", "object_id"):
        related[source_id].add(object_id)
    return related


def _related_catalogs(related_ids: dict[int, set[UUID]], catalogs: Collection[Catalog]) -> list[Catalog]:
    wanted = set().union(*related_ids.values())
    if not wanted:
        return []
    locales = {catalog.locale_id for catalog in catalogs}
    return list(active_catalogs().filter(domain__object_id__in=wanted, locale__in=locales))
