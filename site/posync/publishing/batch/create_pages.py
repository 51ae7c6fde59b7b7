"""Creates target pages as copies of their originals, like Page.copy_for_translation()."""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page, PageLogEntry
from wagtail.models.copying import _extract_field_data
from wagtail.signals import copy_for_translation_done

from posync.catalogs.load import LoadedCatalog
from posync.db.bulk_sql import insert_rows
from posync.models import Catalog
from posync.publishing.batch.eligibility import child_names
from posync.publishing.batch.revision_rows import Publication, create_revisions, log_entry, tables
from posync.publishing.batch.target_builder import NotBulkPublishable, TargetBuilder
from posync.publishing.comparison import serialised
from posync.publishing.locks import mark_referrers_for_publishing
from posync.publishing.target_slugs import make_slug, remember_slugs

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Creation:
    """A target to be made."""

    loaded: LoadedCatalog
    original: Page
    #: Above the original.
    source_parent: Page
    #: Its live translation, the target's parent. None: the original stands at the top of the tree.
    parent: Page | None


@dataclass(frozen=True, slots=True)
class Created:
    publications: list[Publication] = field(default_factory=list)
    refused: list[tuple[LoadedCatalog, ValidationError, Page]] = field(default_factory=list)
    unusual: list[Catalog] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Page:
    """A new page: the copy in the original's language, the begin of its history, and the translation."""

    creation: Creation
    copy: Page
    #: The copy's content, serialized: the copy itself shares its streams with the translation.
    copied: dict[str, Any]
    target: Page


def create_pages(creations: Sequence[Creation], builder: TargetBuilder) -> Created:
    """Make the pages, as drafts, below their parents; their publications are left to the caller."""
    created = Created()
    if not creations:
        return created
    parents = _locked({creation.parent.pk for creation in creations if creation.parent})
    siblings = _Siblings(parents.values())
    pages: list[_Page] = []
    for creation in creations:
        catalog = creation.loaded.catalog
        target: Page | None = None
        try:
            if creation.parent is None:
                raise NotBulkPublishable(f"“{creation.original}” stands at the top of the tree.")
            if any(getattr(creation.original, name).all() for name in child_names(type(creation.original))):
                raise NotBulkPublishable(f"“{creation.original}” has children, which are rows of their own.")
            parent = parents[creation.parent.pk]
            copy, target = (_copied(creation, parent, siblings) for _ in range(2))
            copied = serialised(copy)
            builder.fill(creation.loaded, creation.original, target)
            _make_address(target, parent, siblings)
        except ValidationError as error:
            created.refused.append((creation.loaded, error, target))
        except Exception as error:
            if not isinstance(error, NotBulkPublishable):
                logger.warning("Making the translation %s with others failed", catalog, exc_info=True)
            created.unusual.append(catalog)
        else:
            siblings.take(target)
            pages.append(_Page(creation, copy, copied, target))
    if pages:
        created.publications.extend(_store(pages))
    return created


def _locked(parent_ids: Collection[int]) -> dict[int, Page]:
    """The parents by primary key. Nobody else adds a page below them until the transaction ends."""
    parents = Page._base_manager.filter(pk__in=parent_ids).select_for_update().order_by("pk")
    return {parent.pk: parent for parent in parents}


def _copied(creation: Creation, parent: Page, siblings: "_Siblings") -> Page:
    """An unsaved copy of the original in the target language, as a draft. See Page.copy_for_translation()."""
    original = creation.original
    model = type(original)
    values = _extract_field_data(
        original, exclude_fields=[*model.default_exclude_fields_in_copy, *model.exclude_fields_in_copy]
    )
    copy: Page = model(**values)
    changed = {
        "live": False,
        "has_unpublished_changes": True,
        "live_revision": None,
        "first_published_at": None,
        "last_published_at": None,
        "alias_of": None,
        "locale": creation.loaded.catalog.locale,
        "slug": siblings.available(parent, original.slug),
    }
    for name, value in changed.items():
        if name in values:
            setattr(copy, name, value)
    for relation in get_all_child_relations(model):
        getattr(copy, relation.get_accessor_name()).set([])  # there are none: none are looked up
    copy.depth = parent.depth + 1
    copy.path = siblings.next_path(parent)
    copy._cached_parent_obj = parent
    copy.set_url_path(parent)
    return copy


def _make_address(target: Page, parent: Page, siblings: "_Siblings") -> None:
    """Make the slug, once, from the translated title, by the page's own rule; and ask its rules for all the rest.

    Raises ValidationError when they refuse the page, NotBulkPublishable when another page of the batch has taken the slug.
    """
    make_slug(target, parent)
    if siblings.is_taken(target):
        raise NotBulkPublishable(f"The slug {target.slug} is another new page's already.")
    # References were looked up for the whole batch, and no other page has the place or the translation key.
    target.full_clean(
        exclude={
            "path",
            "translation_key",
            *(
                reference.name
                for reference in target._meta.concrete_fields
                if isinstance(reference, models.ForeignKey)
                and getattr(target, reference.attname) is not None
                and not reference.get_limit_choices_to()
            ),
        }
    )


def _store(pages: Sequence[_Page]) -> list[Publication]:
    """Insert the pages with all rows of a copy, and return the publications to come."""
    now = timezone.now()
    _insert([page.target for page in pages])
    for page in pages:
        _identify(page.copy, page.target.pk)
        page.copied["pk"] = page.target.pk
    remember_slugs([(page.creation.loaded.catalog, page.target.slug) for page in pages])
    mark_referrers_for_publishing([page.creation.loaded.catalog for page in pages])
    entries = [
        log_entry(page.copy, "wagtail.create", now, page.copy.owner_id, content_changed=True)
        for page in pages
    ]
    revisions = create_revisions([(page.copy, page.copied) for page in pages], now, None)
    for page, revision in zip(pages, revisions, strict=True):
        for instance in (page.copy, page.target):
            instance.latest_revision = revision
            instance.latest_revision_created_at = revision.created_at
            instance.draft_title = page.copy.title
    entries.extend(
        log_entry(page.copy, "wagtail.copy_for_translation", now, None, data=_about(page)) for page in pages
    )
    PageLogEntry.objects.bulk_create(entries)
    transaction.on_commit(lambda: _tell(pages))
    return [
        Publication(
            page.creation.loaded.catalog,
            page.target,
            revision_data=serialised(page.target),
            changed=frozenset(),
            old_title=str(page.copy),
        )
        for page in pages
    ]


def _insert(targets: Sequence[Page]) -> None:
    of_model: dict[type[models.Model], list[Page]] = defaultdict(list)
    for target in targets:
        of_model[type(target)].append(target)
    _insert_rows(Page, targets)
    keys = dict(
        Page._base_manager.filter(path__in=[target.path for target in targets]).values_list("path", "pk")
    )
    for target in targets:
        _identify(target, keys[target.path])
    for model, instances in of_model.items():
        for table in tables(model)[1:]:
            _insert_rows(table, instances)
    added = Counter(target.path[: -Page.steplen] for target in targets)
    for number in set(added.values()):
        parents = [path for path, count in added.items() if count == number]
        Page._base_manager.filter(path__in=parents).update(numchild=F("numchild") + number)


def _identify(page: Page, key: int) -> None:
    """Give a page just stored its primary key, the same in each of its tables."""
    parent_links = page._meta.parents.values()
    for each in page._meta.concrete_fields:
        if each.primary_key or each in parent_links:
            setattr(page, each.attname, key)
    page._state.adding = False


def _insert_rows(table: type[models.Model], instances: Iterable[Page]) -> None:
    fields = [each for each in table._meta.local_concrete_fields if not isinstance(each, models.AutoField)]
    insert_rows(
        table,
        [each.name for each in fields],
        ([each.pre_save(instance, add=True) for each in fields] for instance in instances),
    )


def _about(page: _Page) -> dict[str, Any]:
    """Wagtail's log entries for a copy."""
    source_locale = page.creation.loaded.catalog.source.locale
    return {
        "page": {
            "id": page.copy.pk,
            "title": page.copy.get_admin_display_title(),
            "locale": _locale(page.copy.locale),
        },
        "source": _titled(page.creation.source_parent),
        "destination": _titled(page.creation.parent),
        "keep_live": False,
        "source_locale": _locale(source_locale),
    }


def _locale(locale: Locale) -> dict[str, Any]:
    return {"id": locale.pk, "language_code": locale.language_code}


def _titled(page: Page | None) -> dict[str, Any] | None:
    return page and {"id": page.pk, "title": page.specific_deferred.get_admin_display_title()}


def _tell(pages: Iterable[_Page]) -> None:
    """Send Wagtail's signal, whatever a receiver makes of it; Django logs its error."""
    for page in pages:
        copy_for_translation_done.send_robust(
            sender=CopyPageForTranslationAction, source_obj=page.creation.original, target_obj=page.target
        )


class _Siblings:
    """The children already below the parents: their slugs, and the last place taken."""

    def __init__(self, parents: Iterable[Page]) -> None:
        self._slugs: dict[str, set[str]] = defaultdict(set)
        self._steps: dict[str, int] = defaultdict(int)
        places = [
            Q(path__range=Page._get_children_path_interval(parent.path), depth=parent.depth + 1)
            for parent in parents
        ]
        if not places:
            return
        for path, slug in Page._base_manager.filter(reduce(or_, places)).values_list("path", "slug"):
            parent_path = path[: -Page.steplen]
            self._slugs[parent_path].add(slug)
            step = Page._str2int(path[-Page.steplen :])
            self._steps[parent_path] = max(step, self._steps[parent_path])

    def available(self, parent: Page, slug: str) -> str:
        """wagtail.coreutils.find_available_slug()."""
        taken = self._slugs[parent.path]
        number = 0
        while (candidate := f"{slug}-{number}" if number else slug) in taken:
            number += 1
        return candidate

    def is_taken(self, page: Page) -> bool:
        return page.slug in self._slugs[page.path[: -Page.steplen]]

    def take(self, page: Page) -> None:
        """Take the place and the slug for the page."""
        parent_path = page.path[: -Page.steplen]
        self._slugs[parent_path].add(page.slug)
        self._steps[parent_path] += 1

    def next_path(self, parent: Page) -> str:
        """The place behind the last one."""
        path: str = Page._get_path(parent.path, parent.depth + 1, self._steps[parent.path] + 1)
        if (
            len(path) != len(parent.path) + Page.steplen
            or len(path) > Page._meta.get_field("path").max_length
        ):
            raise NotBulkPublishable(f"There is no room for another page below “{parent}”.")
        return path
