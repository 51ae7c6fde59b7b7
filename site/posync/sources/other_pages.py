"""Translations that the same text has on another page: the first of `POSYNC["REUSE_SOURCES"]`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail_localize.models import StringSegment, StringTranslation

from posync.conf import posync_settings
from posync.db.bulk_sql import AnyOf
from posync.hooks import EntryToFill, Suggestion


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
