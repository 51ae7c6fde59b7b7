"""Hands on what a text leaves behind to the place that had it already: pasted there first, and cut later."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from wagtail_localize.models import String, StringSegment, StringTranslation

from posync import hooks
from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve, lock_translations
from posync.conf import posync_settings
from posync.db.bulk_sql import AnyOf
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Change, Conflict, Draft
from posync.sources.other_pages import Replacements, offered_elsewhere, replacements, successions
from posync.validators.run_checks import blocks


class Leaving(NamedTuple):
    """An entry that its source gives up now, for no other place in it."""

    catalog_id: int
    entry_id: EntryId


def hand_over(leaving: Sequence[Leaving]) -> None:
    """Give what the leaving entries had to the same texts elsewhere, where nobody has worked on these.

    The approved translation goes to each place with none, with an offer made of another text's, or with an earlier one of
    the same text; the draft and the conflict to the first such place. One query where the texts stand nowhere; else some
    more, whatever their number.
    """
    homes = _homes(leaving)
    if homes:
        _hand_over([one for one in leaving if one.entry_id[1] in homes])


@transaction.atomic
def _hand_over(leaving: Sequence[Leaving]) -> None:
    lock_translations()
    homes = _homes(leaving)  # of now
    receiving = {pk for places in homes.values() for pk, _path in places}
    catalogs = Catalog.objects.filter(pk__in=receiving | {one.catalog_id for one in leaving})
    catalogs.lock()
    found = active_catalogs().filter(pk__in=catalogs.values("pk"), stopped=False).in_bulk()
    is_reused = hooks.REUSE_SOURCES[0] in posync_settings().REUSE_SOURCES
    # A text of a new catalog has come from nowhere: to take its translation is reuse, and the site's choice.
    receivers = [found[pk] for pk in receiving if pk in found and (is_reused or found[pk].file_digest)]
    loaded = {each.catalog.pk: each for each in load_catalogs(receivers)}
    left = _Left.of([one for one in leaving if one.catalog_id in found], found)
    pairs = [
        (one, loaded[pk], entry)
        for one in left.entries
        for pk, path in homes.get(one.entry_id[1], ())
        if pk in loaded and found[pk].locale_id == found[one.catalog_id].locale_id
        for entry in (loaded[pk].entries.get((path, one.entry_id[1])),)
        if entry is not None
    ]
    untouched = _untouched([entry.draft for _one, _receiver, entry in pairs if entry.draft])
    changes = _Changes()
    for one, receiver, entry in pairs:
        if entry.draft is None or entry.draft.pk in untouched:
            changes.give(one, receiver, entry, left)
    changes.save()


def _homes(leaving: Collection[Leaving]) -> dict[str, list[tuple[int, str]]]:
    """Where the texts of entries stand, by source text: catalogs' primary keys and paths. One query."""
    hashes = {String._get_data_hash(one.entry_id[1]) for one in leaving}
    if not hashes:
        return {}
    segments = StringSegment.objects.filter(
        AnyOf(F("string__data_hash"), list(hashes)),
        source__translations__enabled=True,
        source__translations__catalog__stopped=False,
    ).order_by("source__translations__catalog", "order", "pk")
    homes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for msgid, pk, path in segments.values_list(
        "string__data", "source__translations__catalog", "context__path"
    ):
        homes[msgid].append((pk, path))
    return {
        one.entry_id[1]: homes[one.entry_id[1]]
        for one in leaving
        # Back in its source meanwhile, or never gone.
        if one.entry_id[1] in homes and (one.catalog_id, one.entry_id[0]) not in homes[one.entry_id[1]]
    }


class _Stored(NamedTuple):
    text: str
    at: datetime


#: A text at a place of an object in a language: its source text, the locale's primary key, the object, and the path.
_Spot = tuple[str, int, UUID, str]


def _spot(catalog: Catalog, entry_id: EntryId) -> _Spot:
    path, msgid = entry_id
    return msgid, catalog.locale_id, catalog.domain.object_id, path


@dataclass(frozen=True, slots=True)
class _Left:
    """What the leaving entries leave behind."""

    entries: Sequence[Leaving]
    #: The translations of their texts, and of those that offers were made from, everywhere.
    stored: Mapping[_Spot, _Stored]
    #: By language.
    replaced: Mapping[str, Replacements]
    #: The catalogs of the entries, by primary key.
    catalogs: Mapping[int, Catalog]
    drafts: dict[Leaving, Draft]
    conflicts: dict[Leaving, Conflict]
    #: By catalog and source text: what was typed for texts that left, as the offer for whatever stands in their place.
    offers: Mapping[tuple[int, str], Draft]
    #: Those of the offers, by primary key, that are the last word on their texts.
    last_words: Collection[int]

    @classmethod
    def of(cls, entries: Sequence[Leaving], catalogs: Mapping[int, Catalog]) -> "_Left":
        msgids = list({one.entry_id[1] for one in entries})
        givers = {one.catalog_id for one in entries}
        drafts = {
            Leaving(draft.catalog_id, (draft.path, draft.msgid)): draft
            for draft in Draft.objects.filter(
                AnyOf(F("msgid"), msgids), catalog__in=givers, previous_msgid=""
            )
        }
        conflicts = {
            Leaving(conflict.catalog_id, (conflict.path, conflict.msgid)): conflict
            for conflict in Conflict.objects.filter(
                AnyOf(F("msgid"), msgids), catalog__in=givers, resolved_at=None
            )
        }
        offers = {
            (draft.catalog_id, draft.previous_msgid): draft
            for draft in Draft.objects.filter(AnyOf(F("previous_msgid"), msgids), catalog__in=givers)
        }
        rows = (
            StringTranslation.objects.filter(
                AnyOf(F("translation_of__data_hash"), [String._get_data_hash(msgid) for msgid in msgids]),
                has_error=False,
            )
            .exclude(context=None)
            .values_list(
                *("translation_of__data", "locale_id", "context__object_id", "context__path"),
                *("data", "updated_at"),
            )
        )
        stored = {tuple(spot): _Stored(text, at) for *spot, text, at in rows}
        objects = {object_id for _msgid, _locale, object_id, _path in stored}
        languages = {catalogs[pk].locale.language_code for pk in givers}
        replaced = {language: replacements(msgids, objects, language) for language in languages}
        last_words = {
            draft.pk
            for language in (languages if offers else ())
            for draft in offered_elsewhere(msgids, language).values()
        }
        return cls(entries, stored, replaced, catalogs, drafts, conflicts, offers, last_words)

    def translation(self, one: Leaving) -> _Stored | None:
        return self.stored.get(_spot(self.catalogs[one.catalog_id], one.entry_id))

    def goes_on_in(self, one: Leaving, receiver: Catalog, entry: CurrentEntry) -> bool:
        """Whether the leaving entry's translation stands for the entry's own: there is none, or the same, or an earlier one."""
        if not entry.database:
            return True
        mine, own = self.translation(one), self.stored.get(_spot(receiver, entry.id))
        if mine is None or own is None or mine.text == own.text:
            return mine is not None and own is not None
        replaced = self.replaced[receiver.locale.language_code]
        return mine.at > own.at and mine.text in successions(entry.msgid, own.text, replaced)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is to be written."""

    #: The entries given something, by catalog.
    given: dict[int, set[EntryId]] = field(default_factory=lambda: defaultdict(set))
    approved: list[Approved] = field(default_factory=list)
    new_drafts: list[Draft] = field(default_factory=list)
    dropped_drafts: list[Draft] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)

    def give(self, one: Leaving, receiver: LoadedCatalog, entry: CurrentEntry, left: _Left) -> None:
        """Give an entry what a leaving one had, unless it has another translation of its own."""
        catalog = receiver.catalog
        if entry.id in self.given.get(catalog.pk, ()) or not left.goes_on_in(one, catalog, entry):
            return
        mine, draft = left.translation(one), left.drafts.pop(one, None)
        text = mine.text if mine else ""
        offer = left.offers.get((one.catalog_id, one.entry_id[1]))
        if draft is None and offer is not None and (offer.text != text or offer.pk in left.last_words):
            draft = Draft.of(catalog, entry.id, offer.text)  # the place that it left keeps it, too
        if text and blocks(check_entry(receiver, entry, text)):
            draft, text = draft or Draft.of(catalog, entry.id, text), ""
        if not text and draft is None:
            return
        self.given[catalog.pk].add(entry.id)
        if text and text != entry.database:
            self.approved.append(Approved(entry.string_id, entry.context_id, catalog.locale_id, text))
            if entry.database:
                self.log.add(catalog, Change.Kind.APPROVED, entry.id, entry.database, text)
        if entry.draft is not None:
            self.dropped_drafts.append(entry.draft)
            # Or a copy of the file of now would bring the offer back.
            self.log.add(catalog, Change.Kind.DRAFT, entry.id, entry.draft.text, "")
        if draft is not None:
            self.new_drafts.append(Draft.of(catalog, entry.id, draft.text, approved=text, like=draft))
            if draft.pk is not None:
                self.dropped_drafts.append(draft)
            if (conflict := left.conflicts.pop(one, None)) is not None:
                conflict.catalog = catalog
                conflict.move(entry.id)
                self.conflicts.append(conflict)

    def save(self) -> None:
        if not self.given:
            return
        save_changes([self.log])
        Draft.objects.filter(pk__in=[draft.pk for draft in self.dropped_drafts]).delete()
        Draft.objects.bulk_create(self.new_drafts)
        Conflict.objects.bulk_update(self.conflicts, ["catalog", "key", "path"])
        approve(self.approved, TOOL_NAME)
        Catalog.objects.filter(pk__in=self.given).mark_changed()


def _untouched(drafts: Collection[Draft]) -> set[int]:
    """Those of the drafts, by primary key, that are offers of other texts' translations, as they were made. One query."""
    offers = [draft for draft in drafts if draft.previous_msgid]
    if not offers:
        return set()
    rows = StringTranslation.objects.filter(
        AnyOf(
            F("translation_of__data_hash"),
            list({String._get_data_hash(draft.previous_msgid) for draft in offers}),
        ),
        has_error=False,
    ).order_by()
    made = set(rows.values_list("translation_of__data", "locale_id", "data"))
    return {
        draft.pk for draft in offers if (draft.previous_msgid, draft.catalog.locale_id, draft.text) in made
    }
