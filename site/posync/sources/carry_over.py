"""Carries translations over to changed source strings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import F
from wagtail_localize.models import StringTranslation

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.db.bulk_sql import AnyOf
from posync.models import Conflict, Draft
from posync.sources.carry_within import Carrying, Changes, Stored
from posync.sources.handing_over import Leaving
from posync.sources.other_pages import homeless, moved_texts, offered_elsewhere
from posync.sources.returning_texts import CaughtUp, bring_back, catch_up, doubted, keep_open, open_conflicts
from posync.sources.reuse import reuse
from posync.sources.turnover import Before, Turnover, turnovers


def carry_over(batch: Sequence[LoadedCatalog], before: Before = MappingProxyType({})) -> list[Leaving]:
    """Give each new entry its predecessor's translation: approved as before if the text only moved, else as a draft.

    A text moves within its page, or from another one; a draft comes back with the text that it was typed for; then the
    changed texts get an offer. `before` are the entries that sources had, where these were refreshed since the last
    file. The site's reuse sources are asked about what is left. Returns what the sources gave up for no other place in
    them, to be handed over once the transaction is over: call it in one.
    """
    found = turnovers(batch, before)
    disputed = open_conflicts(batch)
    keep_open(batch, disputed)
    changes = Changes()
    doubts = doubted(batch)
    catalogs = [
        Carrying(turnover, disputed[pk], changes, doubts[pk])
        for turnover in found
        for pk in (turnover.loaded.catalog.pk,)
    ]
    for each in catalogs:
        each.take_back()
    stored = _stored(found)
    for each in catalogs:
        each.move(stored[each.loaded.catalog.domain.object_id, each.loaded.catalog.locale_id])
    # A new catalog was never without a text that it has now: its translations elsewhere are reuse.
    known = [each for each in catalogs if each.turnover.former]
    newer = catch_up(known)
    _take_in(known, newer)
    bring_back(known)
    leaving = [Leaving(each.loaded.catalog.pk, key) for each in known for key in each.leaving]
    for each in catalogs:
        each.offer()
        each.give_up()
    changes.save()
    newer.save()
    to_fill: dict[int, list[tuple[LoadedCatalog, CurrentEntry]]] = defaultdict(list)
    for each in catalogs:
        to_fill[each.loaded.catalog.locale_id] += [(each.loaded, entry) for entry in each.to_fill]
    for locale_id, entries in to_fill.items():
        if entries:
            reuse(locale_id, entries)
    return leaving


def _take_in(catalogs: Sequence[Carrying], newer: CaughtUp) -> None:
    """Give texts that moved here from other pages, or came back from there, what they had there.

    `newer` are the translations made there of those that came back. Some queries a language.
    """
    by_language: dict[str, list[tuple[Carrying, CurrentEntry]]] = defaultdict(list)
    for each in catalogs:
        by_language[each.loaded.names.language] += [
            (each, entry) for entry in each.new if entry.id not in each.taken
        ]
    by_pk = {each.loaded.catalog.pk: each for each in catalogs}
    for language, entries in by_language.items():
        empty = {entry.string_id: entry.msgid for _each, entry in entries if not entry.database}
        translations = moved_texts(empty, language)
        msgids = {entry.msgid for _each, entry in entries}
        drafts = {draft.msgid: draft for draft in homeless(Draft, msgids, language)}
        offers = offered_elsewhere(set(empty.values()) - drafts.keys(), language)
        conflicts = {conflict.msgid: conflict for conflict in homeless(Conflict, msgids, language)}
        for each, entry in entries:
            draft = drafts.pop(entry.msgid, None)
            if entry.database:
                text = newer.texts.get((each.loaded.catalog.pk, entry.id), entry.database)
            else:
                text = translations.get(entry.string_id, "")
            if draft is not None and (former := by_pk.get(draft.catalog_id)):
                former.let_go(draft)
            if draft is None and not entry.database and (offer := offers.pop(entry.msgid, None)) is not None:
                # The place that it left keeps it, too.
                draft = Draft.of(each.loaded.catalog, entry.id, offer.text, like=offer)
            if draft or (text and not entry.database):
                each.take_in(entry, text, draft, conflicts.pop(entry.msgid, None))


def _stored(found: Sequence[Turnover]) -> defaultdict[tuple[UUID, int], dict[EntryId, Stored]]:
    """The database's translations at the places of texts that come and go, by the objects and the ids of the locales.

    One query; none where nothing is gone.
    """
    paths: set[str] = set()
    changed: list[LoadedCatalog] = []
    for turnover in found:
        if gone := turnover.gone:
            changed.append(turnover.loaded)
            paths.update(path for path, _msgid in gone)
            paths.update(entry.path for entry in turnover.new if entry.database)
    stored: defaultdict[tuple[UUID, int], dict[EntryId, Stored]] = defaultdict(dict)
    if not changed:
        return stored
    rows: Iterable[tuple[UUID, int, str, str, str, datetime]] = StringTranslation.objects.filter(
        AnyOf(F("context__object"), [loaded.catalog.domain.object_id for loaded in changed]),
        AnyOf(F("context__path"), list(paths)),
        locale__in={loaded.catalog.locale_id for loaded in changed},
        has_error=False,
    ).values_list(
        "context__object_id", "locale_id", "context__path", "translation_of__data", "data", "updated_at"
    )
    for object_id, locale_id, path, msgid, data, at in rows:
        stored[object_id, locale_id][path, msgid] = Stored(data, at)
    return stored
