"""Gives texts that come back into their source what waited for them, or was made of them elsewhere."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import F

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.history.earlier_sources import earlier_sources
from posync.models import Change, Conflict, Draft
from posync.sources.other_pages import newer_texts
from posync.sources.turnover import Turnover
from posync.validators.run_checks import blocks


def open_conflicts(batch: Sequence[LoadedCatalog]) -> dict[int, dict[EntryId, Conflict]]:
    """The open conflicts by catalog and entry. One query; none for new catalogs, which no file has been imported to."""
    found: dict[int, dict[EntryId, Conflict]] = defaultdict(dict)
    known = [loaded.catalog.pk for loaded in batch if loaded.base.entries]
    for conflict in Conflict.objects.filter(catalog__in=known, resolved_at=None):
        found[conflict.catalog_id][conflict.path, conflict.msgid] = conflict
    return found


def keep_open(batch: Sequence[LoadedCatalog], disputed: Mapping[int, dict[EntryId, Conflict]]) -> None:
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
                draft = Draft.of(loaded.catalog, key, conflict.file_text, approved=entry.approved)
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


def bring_back(found: Sequence[Turnover]) -> None:
    """Give texts that come back the drafts typed for them, which gave way to another source meanwhile."""
    back = {
        (turnover.loaded.catalog.pk, *entry.id): (turnover.loaded, entry)
        for turnover in found
        if turnover.former  # a new catalog has had nothing before
        for entry in turnover.new
        if not entry.database
    }
    if not back:
        return
    given_up = Change.objects.filter(
        AnyOf(F("msgid"), list({msgid for _pk, _path, msgid in back})),
        catalog__in={pk for pk, _path, _msgid in back},
        kind=Change.Kind.DRAFT,
    ).order_by("pk")
    texts: dict[tuple[int, str, str], str] = {}
    for pk, path, msgid, before, after, run in given_up.values_list(
        "catalog", "path", "msgid", "before", "after", "run"
    ):
        texts[pk, path, msgid] = before if run is None and not after else ""
    drafts: dict[int, dict[EntryId, Draft]] = defaultdict(dict)
    for key, text in texts.items():
        if text and key in back:
            loaded, entry = back[key]
            drafts[loaded.catalog.pk][entry.id] = Draft.of(loaded.catalog, entry.id, text)
    for loaded in (turnover.loaded for turnover in found if turnover.loaded.catalog.pk in drafts):
        of_catalog = drafts[loaded.catalog.pk]
        offers = earlier_sources(loaded.catalog, of_catalog)
        for entry_id in offers:
            del of_catalog[entry_id]  # made anew from whatever it was offered from
        for entry_id, draft in of_catalog.items():
            loaded.entries[entry_id] = loaded.entries[entry_id]._replace(draft=draft)
    Draft.objects.bulk_create([draft for of_catalog in drafts.values() for draft in of_catalog.values()])


def catch_up(found: Sequence[Turnover], taken: Mapping[int, Collection[EntryId]]) -> None:
    """Give texts that come back from another page what was made of them there.

    `taken` are the entries, by catalog, that have got their translations from within it.
    """
    back: dict[int, dict[CurrentEntry, LoadedCatalog]] = defaultdict(dict)
    for turnover in found:
        catalog = turnover.loaded.catalog
        if turnover.former:
            for entry in turnover.new:
                if entry.database and entry.id not in taken[catalog.pk]:
                    back[catalog.locale_id][entry] = turnover.loaded
    log = ChangeLog()
    approved: list[Approved] = []
    for locale_id, entries in back.items():
        locale = next(iter(entries.values())).catalog.locale
        for entry, text in newer_texts(list(entries), locale).items():
            loaded = entries[entry]
            if not blocks(check_entry(loaded, entry, text)):
                log.add(loaded.catalog, Change.Kind.APPROVED, entry.id, entry.database, text)
                approved.append(Approved(entry.string_id, entry.context_id, locale_id, text))
    save_changes([log])
    approve(approved, TOOL_NAME)
