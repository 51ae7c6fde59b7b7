"""Locks on catalogs and target pages during publication, so no text typed meanwhile is missed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import starmap

from django.db import connection
from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment

from posync.catalogs.load import active_catalogs
from posync.db.bulk_sql import update_rows
from posync.hooks import TranslationPublished, TranslationWaiting, translation_published, translation_waiting
from posync.models import Catalog
from posync.plugins import announce
from posync.publishing.batching import Published
from posync.publishing.gate import Blocker


def lock_for_publishing(catalog_ids: Collection[int], *, asked: bool = False) -> list[Catalog]:
    """Lock the catalogs still to be published, and load them, in the order given; those `asked` for are due at once.

    Call it before reading their texts: a translation typed afterwards marks the catalog again once
    the lock is gone. The target pages are locked first, in the order of an editor's own save, so the two
    never deadlock. SQLite has no such locks, and one writer at a time.
    """
    if connection.features.has_select_for_update:
        _lock_pages(catalog_ids)
    chosen = Catalog.objects.filter(pk__in=catalog_ids)
    chosen.lock()
    if asked:
        chosen.update(needs_publish=True)
    waiting = active_catalogs(with_content=True).filter(pk__in=catalog_ids, needs_publish=True, stopped=False)
    found = {catalog.pk: catalog for catalog in waiting}
    return [found[catalog_id] for catalog_id in catalog_ids if catalog_id in found]


def _lock_pages(catalog_ids: Collection[int]) -> None:
    """Hold off editors of the target pages until the transaction ends."""
    versions = Catalog.objects.filter(pk__in=catalog_ids).values_list("domain__object_id", "locale_id")
    keys, locales = zip(*versions, strict=True) if versions else ((), ())
    targets = Page._base_manager.filter(translation_key__in=set(keys), locale__in=set(locales))
    list(targets.select_for_update().order_by("pk").values_list("pk"))


def mark_published(catalogs: Iterable[Catalog], published: Sequence[Published] = ()) -> None:
    """Note the targets as up to date, and tell of those published for it."""
    pks = [catalog.pk for catalog in catalogs]
    if pks:
        Catalog.objects.filter(pk__in=pks).update(needs_publish=False, texts_left=0, waiting_for="")
    announce(translation_published, lambda: map(_published, published))


def _published(one: Published) -> TranslationPublished:
    catalog = one.catalog
    return TranslationPublished(
        catalog_id=catalog.pk,
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        title=catalog.source.object_repr,
        model=one.target._meta.label_lower,
        target_id=str(one.target.pk),
        translation_key=catalog.domain.object_id,
        created=one.created,
    )


def note_waiting(blocked: Sequence[tuple[Catalog, Blocker]]) -> None:
    """Note the catalogs' blockers, and tell of each new or other one.

    Those that wait for their own texts are looked at no more until these change. Whatever completes them marks them for
    publication: an approval in a file, in the admin, by a resolved conflict or an undone run, and a source that no longer
    has the text. What else a catalog may wait for goes away unheard: a lock or a draft of an editor's, a workflow, the
    page above it, a snippet. It stays marked then, and is asked about at every sync; such pages are few, but for those
    below a page that nobody has translated.
    """
    update_rows(
        Catalog,
        ("needs_publish", "texts_left", "waiting_for"),
        [
            (catalog.pk, False, blocker.texts_left, blocker.reason.value)
            for catalog, blocker in blocked
            if blocker.texts_left
        ],
    )
    news = [(catalog, blocker) for catalog, blocker in blocked if catalog.waiting_for != blocker.reason]
    others = [(catalog.pk, blocker.reason.value) for catalog, blocker in news if not blocker.texts_left]
    update_rows(Catalog, ("waiting_for",), others)
    announce(translation_waiting, lambda: starmap(_waiting, news))


def _waiting(catalog: Catalog, blocker: Blocker) -> TranslationWaiting:
    return TranslationWaiting(
        catalog_id=catalog.pk,
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        title=catalog.source.object_repr,
        reason=blocker.reason.value,
        previous_reason=catalog.waiting_for,
        message=blocker.message,
        texts_left=blocker.texts_left,
    )


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
