"""Translations that the same text has elsewhere. `same_text` is the first of `POSYNC["REUSE_SOURCES"]`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet
from wagtail_localize.models import String, StringSegment, StringTranslation

from posync.catalogs.load import CurrentEntry
from posync.conf import posync_settings
from posync.db.bulk_sql import AnyOf
from posync.history.digests import digest_of
from posync.hooks import EntryToFill, Suggestion
from posync.models import Change, Conflict, Draft


def same_text(entries: Sequence[EntryToFill]) -> Iterator[Suggestion]:
    """The translation of the same text on another page.

    Where the text stands there no more, it has moved here, and its translation stays approved; else `REUSE` says.
    """
    found = _elsewhere({entry.string_id for entry in entries}, entries[0].language)
    how = posync_settings().REUSE
    for entry in entries:
        if text := found.moved.get(entry.string_id):
            yield Suggestion(entry, text, approved=True)
        elif how != "off" and (text := found.newest.get(entry.string_id)):
            yield Suggestion(entry, text, approved=how == "approved")


def moved_texts(string_ids: Collection[int], language: str) -> dict[int, str]:
    """The newest translation of each string at places where it stands no more."""
    return _elsewhere(string_ids, language).moved


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Translations by string: the newest anywhere, and the newest where the text stands no more."""

    newest: dict[int, str] = field(default_factory=dict)
    moved: dict[int, str] = field(default_factory=dict)


def _elsewhere(string_ids: Collection[int], language: str) -> _Elsewhere:
    found = _Elsewhere()
    rows = list(_stored(string_ids, language)) if string_ids else []
    if rows:
        standing = _standing(list({string_id for string_id, *_rest in rows}))
        superseded = _superseded(rows, standing, language)
        for string_id, context_id, data, _object_id, _path in rows:
            found.newest.setdefault(string_id, data)
            if (string_id, context_id) not in standing and (string_id, data) not in superseded:
                found.moved.setdefault(string_id, data)
    return found


def _superseded(
    rows: Collection[tuple[Any, ...]], standing: Set[tuple[int, int]], language: str
) -> set[tuple[int, str]]:
    """The translations by string that gave way to one in use where the text stands: it has moved there before.

    Two queries; none where the texts stand nowhere.
    """
    in_use: dict[int, set[str]] = defaultdict(set)
    for string_id, context_id, data, *_place in rows:
        if (string_id, context_id) in standing:
            in_use[string_id].add(data)
    if not in_use:
        return set()
    msgids = dict(String.objects.filter(AnyOf(F("pk"), list(in_use))).values_list("pk", "data"))
    replaced = replacements(set(msgids.values()), {object_id for *_rest, object_id, _path in rows}, language)
    return {
        (string_id, data)
        for string_id, _context_id, data, *_place in rows
        if string_id in in_use
        and not successions(msgids[string_id], data, replaced).isdisjoint(in_use[string_id])
    }


def _stored(string_ids: Collection[int], language: str) -> QuerySet[StringTranslation, tuple[Any, ...]]:
    """The translations of strings into a language, the newest first, with their places."""
    rows: QuerySet[StringTranslation, tuple[Any, ...]] = (
        StringTranslation.objects.filter(
            AnyOf(F("translation_of"), list(string_ids)), locale__language_code=language, has_error=False
        )
        .exclude(context=None)
        .order_by("-updated_at", "-pk")
        .values_list("translation_of_id", "context_id", "data", "context__object_id", "context__path")
    )
    return rows


class Returning(NamedTuple):
    """An entry back in its source, with the translation that it left with."""

    entry: CurrentEntry
    object_id: UUID
    #: Where the translation was in use.
    path: str
    text: str


def newer_texts(returning: Sequence[Returning], language: str) -> dict[Returning, str]:
    """What became of texts elsewhere while they were gone from their source.

    A translation elsewhere is a later one where it replaced the text's own, and the text stands there no more.
    """
    if not returning:
        return {}
    string_ids = {one.entry.string_id for one in returning}
    rows = list(_stored(string_ids, language))
    if len(rows) <= len(string_ids):
        return {}
    standing = _standing(list(string_ids))
    objects = {object_id for *_place, object_id, _path in rows}
    replaced = replacements({one.entry.msgid for one in returning}, objects, language)
    by_string: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for string_id, *rest in rows:
        by_string[string_id].append(tuple(rest))
    found: dict[Returning, str] = {}
    for one in returning:
        string_id = one.entry.string_id
        later = successions(one.entry.msgid, one.text, replaced)
        for context_id, text, object_id, path in by_string[string_id]:
            if (object_id, path) == (one.object_id, one.path):
                break  # the older ones are of no interest
            if text in later and (string_id, context_id) not in standing:
                found[one] = text
                break
    return found


#: The translations that one gave way to, by its source text and itself; a digest for one removed from the history.
Replacements: TypeAlias = Mapping[tuple[str, str], Collection[str]]


def replacements(msgids: Collection[str], objects: Collection[UUID], language: str) -> Replacements:
    """What the translations of source texts gave way to, at any place of the objects. One query."""
    replaced: dict[tuple[str, str], set[str]] = defaultdict(set)
    changes = Change.objects.filter(
        AnyOf(F("msgid"), list(msgids)),
        catalog__domain__object__in=objects,
        language=language,
        kind=Change.Kind.APPROVED,
    ).order_by()
    for msgid, before, after in changes.values_list("msgid", "before", "after"):
        replaced[msgid, before].add(after)
    return replaced


def successions(msgid: str, text: str, replaced: Replacements) -> set[str]:
    """The translations of a source text that a translation gave way to, one after the other, wherever the text stood.

    A digest stands for one removed from the history since.
    """
    found: set[str] = set()
    ahead = {text}
    while ahead:
        ahead = {
            after
            for before in ahead
            for stored in (before, digest_of(before))
            for after in replaced.get((msgid, stored), ())
            if after
        } - found
        found |= ahead
    return found - {text, digest_of(text)}


Kept = TypeVar("Kept", Draft, Conflict)


def homeless(model: type[Kept], msgids: Collection[str], language: str) -> Iterable[Kept]:
    """The drafts typed for texts, or the open conflicts about them, whose pages no longer have these. One query."""
    if not msgids:
        return []
    standing = StringSegment.objects.filter(
        source__translations__catalog=OuterRef("catalog"),
        context__path=OuterRef("path"),
        string__data=OuterRef("msgid"),
    )
    kept = {"previous_msgid": ""} if model is Draft else {"resolved_at": None}
    found: Iterable[Kept] = (
        model.objects.filter(AnyOf(F("msgid"), list(msgids)), catalog__locale__language_code=language, **kept)
        .exclude(Exists(standing))
        .order_by("pk")
    )
    return found


def offered_elsewhere(msgids: Collection[str], language: str) -> dict[str, Draft]:
    """The drafts typed for texts and offered for what replaced these on their pages, by source text.

    Nobody has said anything else of the text since, by the history. Two queries; one where there is no such offer.
    """
    offers = list(
        Draft.objects.filter(
            AnyOf(F("previous_msgid"), list(msgids)), catalog__locale__language_code=language
        )
        if msgids
        else ()
    )
    if not offers:
        return {}
    changes = Change.objects.filter(
        AnyOf(F("msgid"), list({offer.previous_msgid for offer in offers})),
        language=language,
        kind__in=[Change.Kind.DRAFT, Change.Kind.APPROVED],
    ).order_by("pk")
    last = {
        msgid: (catalog_id, kind, after)
        for msgid, catalog_id, kind, after in changes.values_list("msgid", "catalog", "kind", "after")
    }
    return {
        offer.previous_msgid: offer
        for offer in offers
        if last.get(offer.previous_msgid) == (offer.catalog_id, Change.Kind.DRAFT, offer.text)
    }


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
