"""Who publishes what: rows locked while a target is brought up to date, so that nothing typed meanwhile is missed."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment

from posync.catalogs import active_catalogs
from posync.models import Catalog


def claim(catalog_ids: Collection[int]) -> list[Catalog]:
    """Lock those of the catalogs that are still to be published, and load them, in the order given.

    To be called before their texts are read: a translation that is typed after that marks the catalog again once
    the lock is gone. The target pages are locked first, in the order of an editor's own saving: nobody waits for
    whom they keep waiting.
    """
    _lock_pages(catalog_ids)
    waiting = Catalog.objects.filter(pk__in=catalog_ids, needs_publish=True)
    locked = waiting.select_for_update().order_by("pk").values_list("pk", flat=True)
    found = {catalog.pk: catalog for catalog in active_catalogs().filter(pk__in=list(locked))}
    return [found[catalog_id] for catalog_id in catalog_ids if catalog_id in found]


def _lock_pages(catalog_ids: Collection[int]) -> None:
    """Hold off editors of the target pages until the transaction ends."""
    versions = Catalog.objects.filter(pk__in=catalog_ids).values_list("domain__object_id", "locale_id")
    keys, locales = zip(*versions, strict=True) if versions else ((), ())
    targets = Page._base_manager.filter(translation_key__in=set(keys), locale__in=set(locales))
    list(targets.select_for_update().order_by("pk").values_list("pk"))


def release(catalogs: Iterable[Catalog]) -> None:
    """Note that the targets are what they should be."""
    Catalog.objects.filter(pk__in=[catalog.pk for catalog in catalogs]).update(needs_publish=False)


def remind_pages_that_show(created: Iterable[Catalog]) -> None:
    """What shows an object that now exists in a language shows the original so far, if it is published already."""
    object_ids = defaultdict(set)
    for catalog in created:
        object_ids[catalog.locale_id].add(catalog.domain.object_id)
    for locale_id, wanted in object_ids.items():
        showing = RelatedObjectSegment.objects.filter(object_id__in=wanted).values("source")
        Catalog.objects.filter(translation__source__in=showing, locale_id=locale_id).update(
            needs_publish=True
        )
