"""Publishes many target pages at once: the same rows as one at a time, in a fixed number of queries and a few a page.

Those few are of the page's own validation, as in an editor's save: Page.clean() looks whether the slug is free, and
so does minimal_clean() for a new page, twice, when it takes one from the title.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction, Revision

from posync.catalogs.load import LoadedCatalog
from posync.publishing.batch.create_pages import Creation, create_pages
from posync.publishing.batch.eligibility import obstacles
from posync.publishing.batch.revision_rows import Publication, record
from posync.publishing.batch.target_builder import NotBulkPublishable, TargetBuilder, without_dangling
from posync.publishing.batching import Done, Obstacle, Published
from posync.publishing.comparison import content_in, serialised
from posync.publishing.gate import Gate

logger = logging.getLogger(__name__)


class SqlBatchPublisher:
    """Publishes a batch of pages past `Model.save()`, with the rows of Wagtail's own calls."""

    def publish(self, ready: Sequence[LoadedCatalog], gate: Gate, user: AbstractBaseUser | None) -> Done:
        """Publish the pages let through by the gate, within the caller's transaction."""
        return publish_batch(ready, gate, user)

    def obstacles(self, model: type[models.Model]) -> tuple[Obstacle, ...]:
        """Why pages of the model are published one at a time; empty where they are not."""
        return obstacles(model)


def publish_batch(ready: Sequence[LoadedCatalog], gate: Gate, user: AbstractBaseUser | None) -> Done:
    """Publish pages cleared by the gate, within the caller's transaction."""
    done = Done()
    if not ready:
        return done
    usual = _usual(ready, gate)
    done.unusual.extend(loaded.catalog for loaded in ready if loaded.catalog.pk not in usual)
    batch = [loaded for loaded in ready if loaded.catalog.pk in usual]
    builder = TargetBuilder(batch, gate)
    originals = _originals(batch, builder)
    publications: list[Publication] = []
    creations: list[Creation] = []
    targets = _targets(batch, gate)
    parents = _parents(targets.values())
    for loaded in batch:
        catalog = loaded.catalog
        original = originals.get(catalog.pk)
        target = targets.get(catalog.pk)
        try:
            if original is None:
                raise NotBulkPublishable(f"“{catalog.source.object_repr}” refers to what was deleted.")
            if target is None:
                creations.append(
                    Creation(loaded, original, gate.parent(catalog), gate.translated_parent(catalog))
                )
                continue
            publication = _changed(loaded, original, target, builder, parents)
        except ValidationError as error:
            done.refused.append((loaded, error, target))
        except Exception as error:
            if not isinstance(error, NotBulkPublishable):
                logger.warning("Publishing %s with others failed", catalog, exc_info=True)
            done.unusual.append(catalog)
        else:
            if publication is None:
                done.unchanged.append(catalog)
            else:
                publications.append(publication)
    created = create_pages(creations, builder)
    done.refused.extend(created.refused)
    done.unusual.extend(created.unusual)
    publications.extend(created.publications)
    record(publications, user)
    new = {id(publication) for publication in created.publications}
    done.published.extend(Published(one.catalog, one.page, id(one) in new) for one in publications)
    return done


def _usual(ready: Sequence[LoadedCatalog], gate: Gate) -> set[int]:
    """The catalogs whose pages may be published together."""
    models_asked = {loaded.catalog.source_model for loaded in ready}
    usual_models = {model for model in models_asked if not obstacles(model)}
    pages = [
        (loaded.catalog, gate.original(loaded.catalog), gate.target(loaded.catalog))
        for loaded in ready
        if loaded.catalog.source_model in usual_models
    ]
    targets = [target.pk for _catalog, _original, target in pages if target]
    aliased = set(Page.objects.filter(alias_of__in=targets).values_list("alias_of_id", flat=True))
    private = dict(PageViewRestriction.objects.values_list("page_id", "page__path"))
    latest = _latest_revisions(targets)
    now = timezone.now()
    return {
        catalog.pk
        for catalog, original, target in pages
        if original.pk not in private
        and (
            # A new one takes over what restricts its original, be it from above.
            (target is None and not original.path.startswith(tuple(private.values())))
            or (
                target is not None
                and target.live
                and target.specific_class in usual_models
                and not target.alias_of_id
                and not target.go_live_at
                and target.pk not in private
                and target.pk not in aliased
                and not gate.in_workflow(target, also_waiting=True)
                and latest.get(str(target.pk), now) <= now
            )
        )
    }


def _latest_revisions(page_ids: Collection[int]) -> dict[str, Any]:
    """When the pages' latest revisions were made, by primary key as text."""
    rows = Revision.page_revisions.filter(object_id__in=[str(page_id) for page_id in page_ids])
    return dict(
        rows.order_by()
        .values("object_id")
        .annotate(Max("created_at"))
        .values_list("object_id", "created_at__max")
    )


def _originals(batch: Iterable[LoadedCatalog], builder: TargetBuilder) -> dict[int, Page]:
    """The originals by catalog, without those beyond this builder."""
    originals = {}
    for loaded in batch:
        try:
            originals[loaded.catalog.pk] = builder.original(loaded.catalog)
        except Exception as error:
            if not isinstance(error, NotBulkPublishable):
                logger.warning("The original of %s cannot be built", loaded.catalog, exc_info=True)
    sound = {id(original) for original in without_dangling(originals.values())}
    return {catalog_id: original for catalog_id, original in originals.items() if id(original) in sound}


def _targets(batch: Iterable[LoadedCatalog], gate: Gate) -> dict[int, Page]:
    """The existing targets by catalog, with their children: a query for each model, and each kind of child."""
    wanted: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for loaded in batch:
        target = gate.target(loaded.catalog)
        if target is not None:
            wanted[target.specific_class][target.pk] = loaded.catalog.pk
    targets = {}
    for model, catalog_ids in wanted.items():
        children = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
        for page in model._base_manager.filter(pk__in=catalog_ids).prefetch_related(*children):
            targets[catalog_ids[page.pk]] = page
    return targets


def _parents(pages: Iterable[Page]) -> dict[str, Page]:
    paths = {page.path[: -Page.steplen] for page in pages}
    return {parent.path: parent for parent in Page._base_manager.filter(path__in=paths)}


def _changed(
    loaded: LoadedCatalog, original: Page, target: Page, builder: TargetBuilder, parents: dict[str, Page]
) -> Publication | None:
    """The publication of an existing target; None if it is up to date already.

    Raises ValidationError when the page's own rules refuse it, NotBulkPublishable when its children or comments are affected.
    """
    if list(getattr(target, COMMENTS_RELATION_NAME).all()):
        raise NotBulkPublishable(f"“{target}” has comments, whose place may change.")
    old_title = str(target) if target.latest_revision_id else ""
    parent = target._cached_parent_obj = parents[target.path[: -Page.steplen]]
    model = type(target)
    references = _references(target)
    data = serialised(target)
    before = content_in(model, data)
    target.locale = loaded.catalog.locale
    builder.fill(loaded, original, target)
    after = content_in(model, serialised(target))
    changed = {name for name in after if after[name] != before[name]}
    if not changed:
        return None
    children = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    if not changed.isdisjoint(children):
        raise NotBulkPublishable(f"“{target}” has children that change.")
    target.set_url_path(parent)
    target.full_clean(exclude=unaltered(target, references))
    cleaned = serialised(target)
    after = content_in(model, cleaned)
    return Publication(
        loaded.catalog,
        target,
        # The children as they are: copied ones have no keys yet.
        revision_data={**cleaned, **{name: data[name] for name in children}},
        changed=frozenset(name for name in after if after[name] != before[name]),
        old_title=old_title,
    )


def _references(page: Page) -> dict[str, Any]:
    """The page's references, by the name of the field."""
    return {
        field.name: getattr(page, field.attname)
        for field in page._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }


def unaltered(page: Page, before: dict[str, Any]) -> set[str]:
    """Fields spared validation at a query each: the place in the tree, unchanged references."""
    names = {"path", "translation_key"}
    for name, value in before.items():
        reference = page._meta.get_field(name)
        if (
            value is not None
            and getattr(page, reference.attname) == value
            and not reference.get_limit_choices_to()
        ):
            names.add(name)
    return names
