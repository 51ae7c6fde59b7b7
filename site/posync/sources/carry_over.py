"""Carries translations over to changed source strings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail_localize.models import StringSegment, StringTranslation

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import Approved, approve
from posync.conf import posync_settings
from posync.core.po.entries import entry_key
from posync.core.rules.matching import Place, match
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Change, Draft

#: Under this name carried translations appear in wagtail-localize's editor.
TOOL_NAME = "posync"


@dataclass(frozen=True, slots=True)
class _Old:
    """The remains of an entry gone from the source."""

    #: Approved for its source; "" for nothing.
    approved: str
    draft: Draft | None
    #: Not approved, and carried by the file alone.
    carried: str = ""
    #: The source of an offered text, where it is not the entry's own.
    previous_msgid: str = ""
    #: The source had given the entry up before.
    stale: bool = False

    @property
    def offer(self) -> str:
        """The text for the entry's successor: the newest work on it."""
        return self.draft.text if self.draft is not None else self.approved or self.carried


def carry_over(batch: Sequence[LoadedCatalog]) -> None:
    """Give each new entry its predecessor's translation: approved as before if the text only moved, else as a draft.

    Entries without a predecessor may find their text on another page. Call it in a transaction.
    """
    left: list[tuple[Catalog, CurrentEntry]] = []
    for loaded in batch:
        new = [
            entry
            for entry in loaded.current
            if not entry.database and entry.draft is None and entry.id not in loaded.carried
        ]
        taken = _carry_within(loaded, new)
        left += [(loaded.catalog, entry) for entry in new if entry.id not in taken]
    by_locale: dict[int, list[tuple[Catalog, CurrentEntry]]] = defaultdict(list)
    for catalog, entry in left:
        by_locale[catalog.locale_id].append((catalog, entry))
    for locale_id, entries in by_locale.items():
        _reuse(locale_id, entries)


def _carry_within(loaded: LoadedCatalog, new: Sequence[CurrentEntry]) -> set[EntryId]:
    """Carry translations over within a catalog. Returns the paired entries."""
    old = _old_entries(loaded)
    if not old:
        return set()
    single = loaded.places_of_one_text
    pairs = match(
        [Place(*entry.id, number) for number, entry in enumerate(new)],
        _places(loaded, old, single),
    )
    entries = {entry.id: entry for entry in new}
    moved: list[Approved] = []
    drafts: list[Draft] = []
    left = dict(old)
    for pair in pairs:
        entry = entries[pair.added.path, pair.added.msgid]
        one = left.pop((pair.removed.path, pair.removed.msgid))
        approved = one.approved if pair.moved else ""
        if approved:
            moved.append(Approved(entry.string_id, entry.context_id, loaded.catalog.locale_id, approved))
        if one.offer != approved:
            drafts.append(
                Draft(
                    catalog=loaded.catalog,
                    key=entry_key(*entry.id),
                    path=entry.path,
                    msgid=entry.msgid,
                    text=one.offer,
                    previous_msgid=one.previous_msgid or ("" if pair.moved else pair.removed.msgid),
                    approved=approved,
                )
            )
    consumed = [old[key].draft for key in old.keys() - left.keys()]
    given_up = [
        one.draft for key, one in left.items() if one.draft and _gave_way(loaded, key, one.draft, single)
    ]
    log = ChangeLog()
    for draft in given_up:
        log.add(loaded.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")
    save_changes([log])
    Draft.objects.filter(pk__in=[draft.pk for draft in (*consumed, *given_up) if draft]).delete()
    Draft.objects.bulk_create(drafts)
    approve(moved, TOOL_NAME)
    return {(pair.added.path, pair.added.msgid) for pair in pairs}


def _places(loaded: LoadedCatalog, old: Mapping[EntryId, _Old], single: Collection[str]) -> list[Place]:
    """The old entries as places; of those at a place with one text, the newest alone is offered there."""
    order = {key: number for number, key in enumerate(loaded.carried)}
    newest: dict[str, EntryId] = {}
    for key, one in old.items():
        best = newest.get(key[0])
        if best is None or _rank(one, order.get(key, 0)) > _rank(old[best], order.get(best, 0)):
            newest[key[0]] = key
    return [
        Place(
            *key,
            order.get(key, len(order)),
            offered=newest[key[0]] == key or (key[0] not in single and not one.stale),
        )
        for key, one in old.items()
    ]


def _rank(one: _Old, order: int) -> tuple[bool, bool, int]:
    return (not one.stale, one.draft is not None, one.draft.pk if one.draft else order)


def _gave_way(loaded: LoadedCatalog, key: EntryId, draft: Draft, single: Collection[str]) -> bool:
    """Whether a draft without a source is superseded: by its place's one draft, or by the text it was offered from."""
    path, _msgid = key
    origin = loaded.entries.get((path, draft.previous_msgid))
    return path in single or (origin is not None and origin.approved == draft.text)


def _reuse(locale_id: int, entries: Sequence[tuple[Catalog, CurrentEntry]]) -> None:
    """Give entries the translation of the same text on another page.

    A text gone from there has moved here and stays approved; else POSYNC["REUSE"] decides.
    """
    string_ids = list({entry.string_id for _catalog, entry in entries})
    rows = list(
        StringTranslation.objects.filter(
            AnyOf(F("translation_of"), string_ids), locale_id=locale_id, has_error=False
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
    approved: list[Approved] = []
    drafts: list[Draft] = []
    for catalog, entry in entries:
        text = moved.get(entry.string_id) or (newest.get(entry.string_id) if how == "approved" else None)
        if text:
            approved.append(Approved(entry.string_id, entry.context_id, locale_id, text))
        elif how == "fuzzy" and entry.string_id in newest:
            drafts.append(
                Draft(
                    catalog=catalog,
                    key=entry_key(*entry.id),
                    path=entry.path,
                    msgid=entry.msgid,
                    text=newest[entry.string_id],
                )
            )
    approve(approved, TOOL_NAME)
    Draft.objects.bulk_create(drafts)


def _standing(string_ids: Sequence[int]) -> set[tuple[int, int]]:
    """The string and context of each text in use. Sources outlive deleted objects, and count for nothing there."""
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


def _old_entries(loaded: LoadedCatalog) -> dict[EntryId, _Old]:
    """The remains of entries gone from the source: drafts, the database's translations, and the file's texts."""
    gone = {key: entry for key, entry in loaded.carried.items() if key not in loaded.entries}
    keys = [*dict.fromkeys((*loaded.retired_drafts, *gone))]
    if not keys:
        return {}
    translations = _translations(loaded, {path for path, _msgid in keys})
    old: dict[EntryId, _Old] = {}
    for key in keys:
        draft, carried = loaded.retired_drafts.get(key), gone.get(key)
        approved = translations.get(key, "")
        stale = carried is not None and carried.obsolete
        if draft is not None:
            old[key] = _Old(approved, draft, "", draft.previous_msgid, stale)
        elif approved:
            old[key] = _Old(approved, None, stale=stale)
        elif carried is not None and carried.msgstr:
            old[key] = _Old("", None, carried.msgstr, carried.previous_msgid, stale)
    return old


def _translations(loaded: LoadedCatalog, paths: set[str]) -> dict[EntryId, str]:
    """The database's texts at these paths, whether the source still has their entries or not."""
    rows: Iterable[tuple[str, str, str]] = StringTranslation.objects.filter(
        locale=loaded.catalog.locale,
        context__object_id=loaded.catalog.domain.object_id,
        context__path__in=paths,
        has_error=False,
    ).values_list("context__path", "translation_of__data", "data")
    return {(path, msgid): data for path, msgid, data in rows}
