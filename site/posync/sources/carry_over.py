"""Carries translations over to changed source strings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.conf import posync_settings
from posync.core.po.entries import Entry
from posync.core.rules.matching import Place, match
from posync.core.rules.validation import repair
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.hooks import EntryToFill, Suggestion
from posync.models import Change, Conflict, Draft
from posync.plugins import answers, members
from posync.sources.returning_texts import bring_back, catch_up, keep_open, open_conflicts
from posync.sources.turnover import Before, Turnover, turnovers
from posync.validators.run_checks import blocks


class _Stored(NamedTuple):
    """A translation in the database, in use at its place, and when it was stored."""

    text: str
    at: datetime


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
    def is_overtaken(self) -> bool:
        """Whether another text was approved in the database after the draft was kept, as the next export would tell."""
        draft = self.draft
        return (
            draft is not None and not self.stale and bool(self.approved) and draft.approved != self.approved
        )

    @property
    def offer(self) -> str:
        """The text for the entry's successor: the newest work on it."""
        if self.draft is not None and not self.is_overtaken:
            return self.draft.text
        return self.approved or self.carried


def carry_over(batch: Sequence[LoadedCatalog], before: Before = MappingProxyType({})) -> None:
    """Give each new entry its predecessor's translation: approved as before if the text only moved, else as a draft.

    `before` are the entries that sources had, where these were refreshed since the last file. The site's reuse sources
    are asked about what is left. Call it in a transaction.
    """
    found = turnovers(batch, before)
    disputed = open_conflicts(batch)
    keep_open(batch, disputed)
    bring_back(found)
    changes = _Changes()
    for turnover in found:
        _take_back(turnover, disputed[turnover.loaded.catalog.pk], changes)
    stored = _stored(found)
    by_locale: dict[int, list[tuple[LoadedCatalog, CurrentEntry]]] = defaultdict(list)
    taken: dict[int, set[EntryId]] = {}
    for turnover in found:
        loaded, new = turnover.loaded, turnover.new
        pk, locale_id = loaded.catalog.pk, loaded.catalog.locale_id
        of_object = stored.get((loaded.catalog.domain.object_id, locale_id), {})
        taken[pk] = _carry_within(turnover, of_object, disputed[pk], changes)
        by_locale[locale_id] += [
            (loaded, entry) for entry in new if not entry.database and entry.id not in taken[pk]
        ]
    changes.save()
    catch_up(found, taken)
    for locale_id, entries in by_locale.items():
        if entries:
            _reuse(locale_id, entries)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a batch is to write: each table at once."""

    approved: list[Approved] = field(default_factory=list)
    new_drafts: list[Draft] = field(default_factory=list)
    #: Drafts of other entries now.
    moved_drafts: list[Draft] = field(default_factory=list)
    dropped_drafts: list[Draft] = field(default_factory=list)
    #: Conflicts about texts at other places now.
    moved_conflicts: list[Conflict] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)

    def save(self) -> None:
        save_changes([self.log])
        Draft.objects.filter(pk__in=[draft.pk for draft in self.dropped_drafts]).delete()
        Draft.objects.bulk_update(self.moved_drafts, ["path", "msgid", "key", "previous_msgid", "approved"])
        Draft.objects.bulk_create(self.new_drafts)
        Conflict.objects.bulk_update(self.moved_conflicts, ["key", "path"])
        approve(self.approved, TOOL_NAME)


def _take_back(turnover: Turnover, disputes: dict[EntryId, Conflict], changes: _Changes) -> None:
    """Return drafts to entries back in the source.

    A draft of the same text, with the entry's file still carrying it; or an offer made from the entry's own draft.
    """
    loaded = turnover.loaded
    retired = list(loaded.retired_drafts.values())
    if not retired:
        return
    typed = {draft.msgid: draft for draft in retired if not draft.previous_msgid}
    offered = {(draft.path, draft.previous_msgid): draft for draft in retired if draft.previous_msgid}
    for entry in list(loaded.current):
        if entry.draft is not None:
            continue
        draft, carried = typed.get(entry.msgid), loaded.carried.get(entry.id)
        if draft is None or carried is None or _content(carried) != (draft.text, True, False):
            draft = offered.get(entry.id) if entry.database else None
        if draft is None or draft.text == entry.approved:
            continue
        typed.pop(draft.msgid, None)
        del loaded.retired_drafts[draft.path, draft.msgid]
        if draft.msgid == entry.msgid:
            _move_conflict((draft.path, draft.msgid), entry.id, disputes, changes)
        draft.move(entry.id)
        draft.previous_msgid, draft.approved = "", entry.approved
        changes.moved_drafts.append(draft)
        loaded.entries[entry.id] = entry._replace(draft=draft)


def _move_conflict(old: EntryId, new: EntryId, disputes: dict[EntryId, Conflict], changes: _Changes) -> None:
    """Let the conflict about an entry be about the same text elsewhere, unless there is one already."""
    if old in disputes and new not in disputes:
        conflict = disputes[new] = disputes.pop(old)
        conflict.move(new)
        changes.moved_conflicts.append(conflict)


def _carry_within(
    turnover: Turnover,
    stored: Mapping[EntryId, _Stored],
    disputes: dict[EntryId, Conflict],
    changes: _Changes,
) -> set[EntryId]:
    """Carry translations over within a catalog. Returns the paired entries.

    A new entry with a translation already gets that of the same text from elsewhere alone, and only a newer one.
    """
    loaded = turnover.loaded
    old = _old_entries(turnover, stored)
    if not old:
        return set()
    leaving = _newest_leaving(old, stored)
    new = [
        entry
        for entry in turnover.new
        if not entry.database
        or (entry.msgid in leaving and (entry.id not in stored or stored[entry.id].at < leaving[entry.msgid]))
    ]
    single = loaded.places_of_one_text
    pairs = match(
        [Place(*entry.id, number) for number, entry in enumerate(new)],
        _places(loaded, old, single),
    )
    entries = {entry.id: entry for entry in new}
    left = dict(old)
    catalog = loaded.catalog
    for pair in pairs:
        entry = entries[pair.added.path, pair.added.msgid]
        if entry.database and not pair.moved:
            continue
        removed = pair.removed.path, pair.removed.msgid
        one = left.pop(removed)
        if pair.moved:
            _move_conflict(removed, entry.id, disputes, changes)
        # Another field may be shorter.
        is_kept = pair.moved and one.approved and not blocks(check_entry(loaded, entry, one.approved))
        approved = one.approved if is_kept else ""
        if approved:
            changes.approved.append(Approved(entry.string_id, entry.context_id, catalog.locale_id, approved))
            if entry.database:
                changes.log.add(catalog, Change.Kind.APPROVED, entry.id, entry.database, approved)
        if one.offer != approved:
            previous = one.previous_msgid or ("" if pair.moved else pair.removed.msgid)
            changes.new_drafts.append(
                Draft.of(catalog, entry.id, one.offer, previous_msgid=previous, approved=approved)
            )
    for key, one in old.items():
        if one.draft is None:
            continue
        goes_on = key not in left and not one.is_overtaken
        if not goes_on:
            if key in left and not _gave_way(loaded, key, one.draft, single):
                continue
            changes.log.add(catalog, Change.Kind.DRAFT, key, one.draft.text, "")
        changes.dropped_drafts.append(one.draft)
    return {(pair.added.path, pair.added.msgid) for pair in pairs}


def _content(entry: Entry) -> tuple[str, bool, bool]:
    return entry.msgstr, entry.fuzzy, entry.obsolete


def _places(loaded: LoadedCatalog, old: Mapping[EntryId, _Old], single: Collection[str]) -> list[Place]:
    """The old entries as places; of those at a place with one text, the newest alone is offered there."""
    order = {key: number for number, key in enumerate((*loaded.carried, *old))}
    newest: dict[str, EntryId] = {}
    for key, one in old.items():
        best = newest.get(key[0])
        if best is None or _rank(one, order[key]) > _rank(old[best], order[best]):
            newest[key[0]] = key
    return [
        Place(
            *key,
            order[key] + len(order) * one.stale,
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


def _reuse(locale_id: int, entries: Sequence[tuple[LoadedCatalog, CurrentEntry]]) -> None:
    """Give entries of one target language what the site's reuse sources suggest."""
    open_entries = {_to_fill(loaded, entry): (loaded, entry) for loaded, entry in entries}
    approved: list[Approved] = []
    drafts: list[Draft] = []
    for member in members(posync_settings().REUSE_SOURCES):
        if not open_entries:
            break
        for suggestion in answers((member,), Suggestion, tuple(open_entries)):
            if not suggestion.text or suggestion.entry not in open_entries:
                continue
            loaded, entry = open_entries.pop(suggestion.entry)
            text = repair(entry.msgid, suggestion.text)
            if suggestion.approved and not blocks(check_entry(loaded, entry, text)):
                approved.append(Approved(entry.string_id, entry.context_id, locale_id, text))
            else:
                drafts.append(Draft.of(loaded.catalog, entry.id, suggestion.text))
    approve(approved, TOOL_NAME)
    Draft.objects.bulk_create(drafts)


def _to_fill(loaded: LoadedCatalog, entry: CurrentEntry) -> EntryToFill:
    catalog = loaded.catalog
    return EntryToFill(
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        source_language=catalog.source.locale.language_code,
        model=catalog.source_model,
        path=entry.path,
        field_path=entry.field_path,
        msgid=entry.msgid,
        string_id=entry.string_id,
        context_id=entry.context_id,
    )


def _old_entries(turnover: Turnover, stored: Mapping[EntryId, _Stored]) -> dict[EntryId, _Old]:
    """What remains of entries gone from the source: drafts, the database's translations, and the file's texts."""
    loaded = turnover.loaded
    old: dict[EntryId, _Old] = {}
    for key in turnover.gone:
        draft, carried = loaded.retired_drafts.get(key), loaded.carried.get(key)
        approved = stored[key].text if key in stored else ""
        stale = turnover.is_stale(key)
        if draft is not None:
            one = old[key] = _Old(approved, draft, "", draft.previous_msgid, stale)
            if one.is_overtaken:
                old[key] = replace(one, previous_msgid="")
        elif approved:
            old[key] = _Old(approved, None, stale=stale)
        elif carried is not None and carried.msgstr:
            old[key] = _Old("", None, carried.msgstr, carried.previous_msgid, stale)
    return old


def _newest_leaving(old: Mapping[EntryId, _Old], stored: Mapping[EntryId, _Stored]) -> dict[str, datetime]:
    """By source text, when the newest translation was stored whose entry the source gives up now."""
    newest: dict[str, datetime] = {}
    for key, one in old.items():
        if one.approved and not one.stale:
            newest[key[1]] = max(stored[key].at, newest.get(key[1], stored[key].at))
    return newest


def _stored(found: Sequence[Turnover]) -> dict[tuple[UUID, int], dict[EntryId, _Stored]]:
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
    stored: dict[tuple[UUID, int], dict[EntryId, _Stored]] = defaultdict(dict)
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
        stored[object_id, locale_id][path, msgid] = _Stored(data, at)
    return stored
