"""Gives texts that come back into their source what waited for them, or was made of them elsewhere."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import EntryId, LoadedCatalog
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.history.earlier_sources import earlier_sources
from posync.models import Change, Conflict, Draft
from posync.sources.carry_within import Carrying
from posync.sources.other_pages import Returning, newer_texts
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


def doubted(batch: Sequence[LoadedCatalog]) -> dict[int, set[EntryId]]:
    """The entries, by catalog, back with a translation that a person had put in doubt: it went as an offer meanwhile.

    An offer looks alike that was made of a translation in no doubt; the history tells them apart. One query; none where
    no such offer is left.
    """
    asked: dict[tuple[int, str, str], str] = {}
    for loaded in batch:
        for draft in loaded.retired_drafts.values():
            entry = loaded.entries.get((draft.path, draft.previous_msgid))
            if entry is not None and entry.draft is None and entry.approved == draft.text:
                asked[loaded.catalog.pk, draft.path, draft.previous_msgid] = draft.text
    found: dict[int, set[EntryId]] = defaultdict(set)
    if not asked:
        return found
    is_draft: dict[tuple[int, str, str], bool] = {}
    changes = Change.objects.filter(
        AnyOf(F("msgid"), list({msgid for _pk, _path, msgid in asked})),
        catalog__in={pk for pk, _path, _msgid in asked},
        kind__in=[Change.Kind.DRAFT, Change.Kind.APPROVED],
    )
    rows = changes.order_by("pk").values_list("catalog", "path", "msgid", "kind", "after")
    for pk, path, msgid, kind, after in rows:
        key = pk, path, msgid
        if key in asked and (after == asked[key] or kind == Change.Kind.DRAFT):
            is_draft[key] = kind == Change.Kind.DRAFT and after == asked[key]
    for pk, path, msgid in (key for key, last in is_draft.items() if last):
        found[pk].add((path, msgid))
    return found


def bring_back(catalogs: Sequence[Carrying]) -> None:
    """Give texts that come back the drafts typed for them: given up to another source meanwhile, or kept by the file."""
    back = {(each.loaded.catalog.pk, *entry.id): (each, entry) for each in catalogs for entry in each.to_fill}
    if not back:
        return
    given_up = Change.objects.filter(
        AnyOf(F("msgid"), list({msgid for _pk, _path, msgid in back})),
        catalog__in={pk for pk, _path, _msgid in back},
        kind=Change.Kind.DRAFT,
    ).order_by("pk")
    texts: dict[tuple[int, str, str], str] = {}
    for pk, path, msgid, before, after, run, pruned in given_up.values_list(
        "catalog", "path", "msgid", "before", "after", "run", "pruned"
    ):
        texts[pk, path, msgid] = before if run is None and not (after or pruned) else ""
    for each in catalogs:
        catalog = each.loaded.catalog
        drafts = {
            entry.id: Draft.of(catalog, entry.id, text)
            for entry in each.to_fill
            if (text := texts.get((catalog.pk, *entry.id)))
        }
        for entry_id in earlier_sources(catalog, drafts):
            del drafts[entry_id]  # made anew from whatever it was offered from
        for entry in each.to_fill:
            kept = each.loaded.carried.get(entry.id)
            if kept is not None and kept.obsolete and kept.msgstr and entry.id not in drafts:
                drafts[entry.id] = Draft.of(catalog, entry.id, kept.msgstr)
        each.changes.new_drafts.extend(drafts.values())
        each.taken.update(drafts)


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Later translations to be approved, with their history."""

    approved: list[Approved] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)
    #: By the catalog's primary key and the entry.
    texts: dict[tuple[int, EntryId], str] = field(default_factory=dict)

    def save(self) -> None:
        save_changes([self.log])
        approve(self.approved, TOOL_NAME)


def catch_up(catalogs: Sequence[Carrying]) -> CaughtUp:
    """What was made on other pages of texts that come back. To be saved after what is carried over."""
    by_language: dict[str, dict[Returning, LoadedCatalog]] = defaultdict(dict)
    for each in catalogs:
        catalog = each.loaded.catalog
        object_id = catalog.domain.object_id
        for entry in each.new:
            if entry.id in each.from_stale:
                back = Returning(entry, object_id, *each.from_stale[entry.id])
            elif entry.database and entry.id not in each.taken:
                back = Returning(entry, object_id, entry.path, entry.database)
            else:
                continue
            by_language[each.loaded.names.language][back] = each.loaded
    found = CaughtUp()
    for language, returning in by_language.items():
        for back, text in newer_texts(list(returning), language).items():
            loaded, entry = returning[back], back.entry
            if not blocks(check_entry(loaded, entry, text)):
                found.log.add(loaded.catalog, Change.Kind.APPROVED, entry.id, back.text, text)
                found.approved.append(
                    Approved(entry.string_id, entry.context_id, loaded.catalog.locale_id, text)
                )
    return found
