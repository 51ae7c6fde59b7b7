"""Translations that the same text has elsewhere. `same_text` is the first of `POSYNC["REUSE_SOURCES"]`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from posync.catalogs.load import CurrentEntry
from posync.conf import posync_settings
from posync.db.bulk_sql import AnyOf
from posync.hooks import EntryToFill, Suggestion
from posync.models import Change


def same_text(entries: Sequence[EntryToFill]) -> Iterator[Suggestion]:
    """The translation of the same text on another page.

    Where the text stands there no more, it has moved here, and its translation stays approved; else `REUSE` says.
    """
    string_ids = list({entry.string_id for entry in entries})
    rows = list(
        StringTranslation.objects.filter(
            AnyOf(F("translation_of"), string_ids),
            locale__language_code=entries[0].language,
            has_error=False,
        )
        .exclude(context=None)
        .order_by("-updated_at", "-pk")
        .values_list("translation_of_id", "context_id", "data")
    )
    if not rows:
        return
    standing = _standing(list({string_id for string_id, _context_id, _data in rows}))
    newest: dict[int, str] = {}
    moved: dict[int, str] = {}
    for string_id, context_id, data in rows:
        newest.setdefault(string_id, data)
        if (string_id, context_id) not in standing:
            moved.setdefault(string_id, data)
    how = posync_settings().REUSE
    for entry in entries:
        if text := moved.get(entry.string_id):
            yield Suggestion(entry, text, approved=True)
        elif how != "off" and (text := newest.get(entry.string_id)):
            yield Suggestion(entry, text, approved=how == "approved")


def newer_texts(entries: Sequence[CurrentEntry], locale: Locale) -> dict[CurrentEntry, str]:
    """What became of translated entries' texts elsewhere while the entries were gone from their source.

    A translation elsewhere is a later one where it replaced the entry's own, and its text stands there no more.
    """
    if not entries:
        return {}
    string_ids = list({entry.string_id for entry in entries})
    rows = list(
        StringTranslation.objects.filter(
            AnyOf(F("translation_of"), string_ids), locale=locale, has_error=False
        )
        .exclude(context=None)
        .order_by("-updated_at", "-pk")
        .values_list("translation_of_id", "context_id", "data", "context__object_id", "context__path")
    )
    if len(rows) <= len(entries):
        return {}
    standing = _standing(string_ids)
    replaced = set(
        Change.objects.filter(
            AnyOf(F("before"), list({entry.database for entry in entries})),
            language=locale.language_code,
            kind=Change.Kind.APPROVED,
        )
        .order_by()
        .values_list("before", "msgid", "path", "catalog__domain__object_id")
    )
    found: dict[CurrentEntry, str] = {}
    for entry in entries:
        for string_id, context_id, text, object_id, path in rows:
            if string_id != entry.string_id:
                continue
            if context_id == entry.context_id:
                break  # the older ones are of no interest
            is_later = (entry.database, entry.msgid, path, object_id) in replaced
            if is_later and (string_id, context_id) not in standing:
                found[entry] = text
                break
    return found


def _standing(string_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Where the texts stand, by string and context. Sources outlive what was deleted, and nothing stands there."""
    segments = StringSegment.objects.filter(AnyOf(F("string"), string_ids)).values_list(
        "string_id", "context_id", "source__object_id", "source__locale_id", "source__object__content_type_id"
    )
    places: dict[int, dict[tuple[UUID, int], set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    for string_id, context_id, object_id, locale_id, content_type_id in segments:
        places[content_type_id][object_id, locale_id].add((string_id, context_id))
    standing: set[tuple[int, int]] = set()
    for content_type_id, of_type in places.items():
        model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None:
            continue
        keys = [object_id for object_id, _locale_id in of_type]
        versions = model._base_manager.filter(AnyOf(F("translation_key"), keys))
        for version in versions.order_by().values_list("translation_key", "locale_id"):
            standing |= of_type.get(version, set())
    return standing
