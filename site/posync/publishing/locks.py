"""Locks on catalogs and target pages during publication, so no text typed meanwhile is missed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection
from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment

from posync.catalogs.load import active_catalogs
from posync.db.bulk_sql import update_rows
from posync.models import Catalog
from posync.publishing.gate import Blocker


def lock_for_publishing(catalog_ids: Collection[int]) -> list[Catalog]:
    """Lock the catalogs still to be published, and load them, in the order given.

    Call it before reading their texts: a translation typed afterwards marks the catalog again once
    the lock is gone. The target pages are locked first, in the order of an editor's own save, so the two
    never deadlock. SQLite has no such locks, and one writer at a time.
    """
    if connection.features.has_select_for_update:
        _lock_pages(catalog_ids)
        _lock_catalogs(catalog_ids)
    waiting = active_catalogs().filter(pk__in=catalog_ids, needs_publish=True)
    found = {catalog.pk: catalog for catalog in waiting}
    return [found[catalog_id] for catalog_id in catalog_ids if catalog_id in found]


def _lock_catalogs(catalog_ids: Collection[int]) -> None:
    catalogs = Catalog.objects.filter(pk__in=catalog_ids).order_by("pk")
    list(catalogs.select_for_update().values_list("pk"))


def _lock_pages(catalog_ids: Collection[int]) -> None:
    """Hold off editors of the target pages until the transaction ends."""
    versions = Catalog.objects.filter(pk__in=catalog_ids).values_list("domain__object_id", "locale_id")
    keys, locales = zip(*versions, strict=True) if versions else ((), ())
    targets = Page._base_manager.filter(translation_key__in=set(keys), locale__in=set(locales))
    list(targets.select_for_update().order_by("pk").values_list("pk"))


def mark_published(catalogs: Iterable[Catalog]) -> None:
    """Mark targets as up to date."""
    pks = [catalog.pk for catalog in catalogs]
    if pks:
        Catalog.objects.filter(pk__in=pks).update(needs_publish=False, texts_left=0)


def defer(blockers: Mapping[int, Blocker]) -> None:
    """Skip catalogs with unapproved texts, by primary key, until these change.

    Whatever completes them marks them for publication: an approval in a file, in the admin, by a resolved conflict or
    an undone run, and a source without the text. Other blockers go away unheard: an editor's lock or draft, a
    workflow, the page above, a snippet. Such catalogs stay marked, and the gate is asked at every sync; they are few,
    but for pages below an untranslated one.
    """
    rows = [(catalog_id, False, blocker.texts_left) for catalog_id, blocker in blockers.items()]
    update_rows(Catalog, ("needs_publish", "texts_left"), rows)


def mark_referrers_for_publishing(created: Iterable[Catalog]) -> None:
    """Mark published pages with a reference to an object new in their language: so far they show the original."""
    object_ids = defaultdict(set)
    for catalog in created:
        object_ids[catalog.locale_id].add(catalog.domain.object_id)
    for locale_id, wanted in object_ids.items():
        showing = RelatedObjectSegment.objects.filter(object_id__in=wanted).values("source")
        Catalog.objects.filter(translation__source__in=showing, locale_id=locale_id).update(
            needs_publish=True
        )
