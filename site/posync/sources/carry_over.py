"""Carries translations over to changed source strings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F
from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import Approved, approve
from posync.conf import posync_settings
from posync.core.po.entries import Entry, entry_key
from posync.core.rules.matching import Place, match
from posync.core.rules.validation import repair
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.history.earlier_sources import earlier_sources
from posync.hooks import EntryToFill, Suggestion
from posync.models import Change, Conflict, Draft
from posync.plugins import answers, members
from posync.sources.other_pages import newer_texts
from posync.validators.run_checks import blocks

#: Under this name carried translations appear in wagtail-localize's editor.
TOOL_NAME = "posync"


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
    def offer(self) -> str:
        """The text for the entry's successor: the newest work on it."""
        return self.draft.text if self.draft is not None else self.approved or self.carried


def carry_over(batch: Sequence[LoadedCatalog]) -> None:
    """Give each new entry its predecessor's translation: approved as before if the text only moved, else as a draft.

    The site's reuse sources are asked about what is left. Call it in a transaction.
    """
    by_locale: dict[int, list[tuple[LoadedCatalog, CurrentEntry]]] = defaultdict(list)
    disputed = _open_conflicts(batch)
    _keep_open(batch, disputed)
    for loaded in batch:
        _bring_back(loaded)
    moved: list[Conflict] = []
    for loaded in batch:
        new = [entry for entry in loaded.current if entry.draft is None and entry.id not in loaded.carried]
        disputes = _Disputes(disputed[loaded.catalog.pk], moved)
        taken = _carry_within(loaded, new, disputes)
        left = [(loaded, entry) for entry in new if not entry.database and entry.id not in taken]
        if left:
            by_locale[loaded.catalog.locale_id] += left
        _catch_up(loaded, taken)
    Conflict.objects.bulk_update(moved, ["key", "path"])
    for locale_id, entries in by_locale.items():
        _reuse(locale_id, entries)


def _open_conflicts(batch: Sequence[LoadedCatalog]) -> dict[int, dict[EntryId, Conflict]]:
    """The open conflicts by catalog and entry. One query; none for new catalogs, which no file has been imported to."""
    found: dict[int, dict[EntryId, Conflict]] = defaultdict(dict)
    known = [loaded.catalog.pk for loaded in batch if loaded.base.entries]
    for conflict in Conflict.objects.filter(catalog__in=known, resolved_at=None):
        found[conflict.catalog_id][conflict.path, conflict.msgid] = conflict
    return found


@dataclass(frozen=True, slots=True)
class _Disputes:
    """A catalog's open conflicts. One about a text that moves goes with it."""

    by_entry: dict[EntryId, Conflict]
    #: Those of all catalogs at other places now, to be saved.
    moved: list[Conflict]

    def move(self, old: EntryId, new: EntryId) -> None:
        """Let the conflict about an entry be about the same text elsewhere, unless there is one already."""
        if old in self.by_entry and new not in self.by_entry:
            conflict = self.by_entry[new] = self.by_entry.pop(old)
            conflict.path, conflict.key = new[0], entry_key(*new)
            self.moved.append(conflict)


def _keep_open(batch: Sequence[LoadedCatalog], disputed: Mapping[int, dict[EntryId, Conflict]]) -> None:
    """Bring back what waits for a person, with the source that it is for: disputed texts, and drafts typed meanwhile.

    Their drafts went to the successor, or were kept while nothing was in use.
    """
    opened: list[Draft] = []
    based: list[Draft] = []
    disputes: list[Conflict] = []
    for loaded in batch:
        conflicts = disputed.get(loaded.catalog.pk, {})
        for key, conflict in conflicts.items():
            entry = loaded.entries.get(key)
            if entry is not None and entry.draft is None and conflict.file_text != entry.approved:
                draft = _draft(loaded, key, conflict.file_text, approved=entry.approved)
                opened.append(draft)
                loaded.entries[key] = entry._replace(draft=draft)
        for entry in loaded.current:
            carried, kept = loaded.carried.get(entry.id), entry.draft
            if kept is None or carried is None or not carried.obsolete or kept.text == entry.approved:
                continue
            if kept.approved != entry.approved:
                kept.approved = entry.approved
                based.append(kept)
            dispute = conflicts.get(entry.id)
            if dispute is not None and dispute.file_text != kept.text:
                dispute.file_text = kept.text
                disputes.append(dispute)
    Draft.objects.bulk_create(opened)
    Draft.objects.bulk_update(based, ["approved"])
    Conflict.objects.bulk_update(disputes, ["file_text"])


def _carry_within(loaded: LoadedCatalog, new: Sequence[CurrentEntry], disputes: _Disputes) -> set[EntryId]:
    """Carry translations over within a catalog. Returns the paired entries.

    A new entry with a translation already gets that of the same text from elsewhere alone, and only a newer one.
    """
    _take_back(loaded, disputes)
    keys = _keys_of_old(loaded)
    if not keys:
        return set()
    stored = _stored(
        loaded, {path for path, _msgid in keys} | {entry.path for entry in new if entry.database}
    )
    old = _old_entries(loaded, keys, stored)
    leaving = _newest_leaving(old, stored)
    new = [
        entry
        for entry in new
        if not entry.database
        or (entry.msgid in leaving and (entry.id not in stored or stored[entry.id].at < leaving[entry.msgid]))
    ]
    single = loaded.places_of_one_text
    pairs = match(
        [Place(*entry.id, number) for number, entry in enumerate(new)],
        _places(loaded, old, single),
    )
    entries = {entry.id: entry for entry in new}
    moved: list[Approved] = []
    drafts: list[Draft] = []
    left = dict(old)
    log = ChangeLog()
    for pair in pairs:
        entry = entries[pair.added.path, pair.added.msgid]
        if entry.database and not pair.moved:
            continue
        one = left.pop((pair.removed.path, pair.removed.msgid))
        if pair.moved:
            disputes.move((pair.removed.path, pair.removed.msgid), entry.id)
        # Another field may be shorter.
        is_kept = pair.moved and one.approved and not blocks(check_entry(loaded, entry, one.approved))
        approved = one.approved if is_kept else ""
        if approved:
            moved.append(Approved(entry.string_id, entry.context_id, loaded.catalog.locale_id, approved))
            if entry.database:
                log.add(loaded.catalog, Change.Kind.APPROVED, entry.id, entry.database, approved)
        if one.offer != approved:
            previous = one.previous_msgid or ("" if pair.moved else pair.removed.msgid)
            drafts.append(_draft(loaded, entry.id, one.offer, previous_msgid=previous, approved=approved))
    consumed = [old[key].draft for key in old.keys() - left.keys()]
    given_up = [
        one.draft for key, one in left.items() if one.draft and _gave_way(loaded, key, one.draft, single)
    ]
    for draft in given_up:
        log.add(loaded.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")
    save_changes([log])
    Draft.objects.filter(pk__in=[draft.pk for draft in (*consumed, *given_up) if draft]).delete()
    Draft.objects.bulk_create(drafts)
    approve(moved, TOOL_NAME)
    return {(pair.added.path, pair.added.msgid) for pair in pairs}


def _bring_back(loaded: LoadedCatalog) -> None:
    """Give texts that come back the drafts typed for them, which gave way to another source meanwhile."""
    if not loaded.base.entries:
        return  # of a new catalog, nothing was ever gone
    back = {
        entry.id: entry
        for entry in loaded.current
        if not entry.database and entry.draft is None and entry.id not in loaded.carried
    }
    if not back:
        return
    texts: dict[EntryId, str] = {}
    given_up = Change.objects.filter(
        AnyOf(F("msgid"), list({msgid for _path, msgid in back})),
        catalog=loaded.catalog,
        kind=Change.Kind.DRAFT,
    )
    for path, msgid, before, after, run in given_up.order_by("pk").values_list(
        "path", "msgid", "before", "after", "run"
    ):
        texts[path, msgid] = before if run is None and not after else ""
    drafts = {key: _draft(loaded, key, text) for key, text in texts.items() if text and key in back}
    offers = earlier_sources(loaded.catalog, drafts)
    typed = {key: draft for key, draft in drafts.items() if key not in offers}
    Draft.objects.bulk_create(typed.values())
    for key, draft in typed.items():
        loaded.entries[key] = back[key]._replace(draft=draft)


def _catch_up(loaded: LoadedCatalog, taken: Collection[EntryId]) -> None:
    """Give texts that come back from another page what was made of them there."""
    if not loaded.base.entries:
        return  # of a new catalog, nothing was ever gone
    back = [
        entry
        for entry in loaded.current
        if entry.database
        and entry.draft is None
        and entry.id not in taken
        and ((before := loaded.carried.get(entry.id)) is None or before.obsolete)
    ]
    catalog, log = loaded.catalog, ChangeLog()
    newer = {
        entry: text
        for entry, text in newer_texts(back, catalog.locale).items()
        if not blocks(check_entry(loaded, entry, text))
    }
    for entry, text in newer.items():
        log.add(catalog, Change.Kind.APPROVED, entry.id, entry.database, text)
    save_changes([log])
    approve(
        [
            Approved(entry.string_id, entry.context_id, catalog.locale_id, text)
            for entry, text in newer.items()
        ],
        TOOL_NAME,
    )


def _draft(
    loaded: LoadedCatalog, entry_id: EntryId, text: str, *, previous_msgid: str = "", approved: str = ""
) -> Draft:
    """A draft for an entry, not saved."""
    path, msgid = entry_id
    return Draft(
        catalog=loaded.catalog,
        key=entry_key(path, msgid),
        path=path,
        msgid=msgid,
        text=text,
        previous_msgid=previous_msgid,
        approved=approved,
    )


def _take_back(loaded: LoadedCatalog, disputes: _Disputes) -> None:
    """Return drafts to entries back in the source.

    A draft of the same text, with the entry's file still carrying it; or an offer made from the entry's own draft.
    """
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
            disputes.move((draft.path, draft.msgid), entry.id)
        draft.path, draft.msgid, draft.key = entry.path, entry.msgid, entry_key(*entry.id)
        draft.previous_msgid, draft.approved = "", entry.approved
        draft.save(update_fields=["path", "msgid", "key", "previous_msgid", "approved"])
        loaded.entries[entry.id] = entry._replace(draft=draft)


def _content(entry: Entry) -> tuple[str, bool, bool]:
    return entry.msgstr, entry.fuzzy, entry.obsolete


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
                drafts.append(_draft(loaded, entry.id, suggestion.text))
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


def _keys_of_old(loaded: LoadedCatalog) -> list[EntryId]:
    """The entries gone from the source: those with drafts, then the file's."""
    gone = (key for key in loaded.carried if key not in loaded.entries)
    return [*dict.fromkeys((*loaded.retired_drafts, *gone))]


def _old_entries(
    loaded: LoadedCatalog, keys: Iterable[EntryId], stored: Mapping[EntryId, _Stored]
) -> dict[EntryId, _Old]:
    """What remains of entries gone from the source: drafts, the database's translations, and the file's texts."""
    old: dict[EntryId, _Old] = {}
    for key in keys:
        draft, carried = loaded.retired_drafts.get(key), loaded.carried.get(key)
        approved = stored[key].text if key in stored else ""
        stale = carried is not None and carried.obsolete
        if draft is not None:
            old[key] = _Old(approved, draft, "", draft.previous_msgid, stale)
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


def _stored(loaded: LoadedCatalog, paths: Collection[str]) -> dict[EntryId, _Stored]:
    """The database's translations at these paths, whether the source still has their entries or not."""
    rows: Iterable[tuple[str, str, str, datetime]] = StringTranslation.objects.filter(
        locale=loaded.catalog.locale,
        context__object_id=loaded.catalog.domain.object_id,
        context__path__in=paths,
        has_error=False,
    ).values_list("context__path", "translation_of__data", "data", "updated_at")
    return {(path, msgid): _Stored(data, at) for path, msgid, data, at in rows}
