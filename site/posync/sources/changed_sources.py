"""Marks the sources published since their segments were taken."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from wagtail.models import TranslatableMixin

from posync.hooks import sources_changed
from posync.models import Catalog

#: Objects whose publication is noted for a whole batch, and need not be when Wagtail's signals tell of each.
_noted: ContextVar[frozenset[TranslatableMixin]] = ContextVar("posync_noted", default=frozenset())


def mark_source_changed(translation_key: object, locale_id: int) -> int:
    """Note an object's publication in a locale. Returns the number of catalogs waiting for a refresh.

    A stopped translation is marked too: started again, it takes up the changes it missed.
    """
    return _mark_sources_changed([translation_key], locale_id)


def mark_targets_as_sources(targets: Sequence[TranslatableMixin]) -> int:
    """Mark targets published by posync: each may in turn be the source of another language."""
    keys: dict[int, list[object]] = defaultdict(list)
    for target in targets:
        keys[target.locale_id].append(target.translation_key)
    return sum(_mark_sources_changed(of_locale, locale_id) for locale_id, of_locale in keys.items())


def _mark_sources_changed(translation_keys: Collection[object], locale_id: int) -> int:
    # Marked or not: the row is locked until the publication is committed, and a refresh in the meantime waits for it. It
    # would take the text of before, and the mark away.
    return Catalog.objects.filter(
        translation__source__object_id__in=translation_keys,
        translation__source__locale_id=locale_id,
    ).update(source_changed=True)


@contextmanager
def already_noted(instances: Collection[TranslatableMixin]) -> Iterator[None]:
    """Spare instances a second marking by Wagtail's signals, after `mark_targets_as_sources`."""
    token = _noted.set(frozenset(instances))
    try:
        yield
    finally:
        _noted.reset(token)


def is_noted(instance: object) -> bool:
    return instance in _noted.get()


def announce_changed_sources() -> None:
    """Send `sources_changed` once the transaction is committed. No receiver's failure reaches the publication."""
    transaction.on_commit(lambda: sources_changed.send_robust(sender=None), robust=True)
