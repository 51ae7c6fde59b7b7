"""Where each word that visitors read comes from, and who has approved it. From the history alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import SegmentOverride, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from posync.catalogs.load import LoadedCatalog, active_catalogs, batches, slug_paths
from posync.catalogs.stored_translations import TOOL_NAME
from posync.db.bulk_sql import AnyOf
from posync.models import Catalog, Change, Run
from posync.models.actor import name_of
from posync.publishing.gate import Gate


class Act(StrEnum):
    """How a text came, or was approved."""

    #: Typed in the admin.
    TYPED = "typed"
    #: In a file, by whoever may approve by it.
    FILE = "file"
    #: By a machine; nobody had read it.
    MACHINE = "machine"
    #: A reviewer's approval.
    REVIEW = "review"
    #: Chosen in a conflict.
    CHOICE = "choice"
    #: Brought back by undoing a run.
    UNDO = "undo"
    #: Taken over by posync: with its text from another place, or as the site reuses translations.
    TAKEN_OVER = "taken over"
    #: From before posync kept records; wagtail-localize says by whom.
    BEFORE_RECORDS = "before records"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did it, when, and by which act."""

    act: Act
    #: None: not known.
    at: datetime | None
    #: The person's name at the time; "" for nobody, or for whoever runs commands.
    by: str = ""
    #: The account's id at the time; None for nobody.
    account: str | None = None
    file: str = ""
    #: SHA-256 of the file's bytes, in hexadecimal.
    digest: str = ""
    tool: str = ""
    #: Its primary key; None without one.
    run: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One text of a live page or snippet."""

    language: str
    msgctxt: str
    #: "" for a value of the translation's own.
    source: str
    text: str
    #: How the text came first.
    origin: Deed
    approval: Deed


#: wagtail-localize's translations by string, context and locale.
_Stored: TypeAlias = Mapping[tuple[int, int, int], StringTranslation]


class _Place(NamedTuple):
    catalog_id: int
    path: str
    msgid: str


def provenance(catalog_ids: Collection[int], at: datetime | None = None) -> Iterator[Record]:
    """A record for each text and own value that visitors read in live targets, by catalog, in the order of the page.

    What was approved after a page was published last is not on it yet. `at`: what they read at that moment, of the texts
    that the source has now. Some queries a batch of catalogs, whatever their number of texts.
    """
    for batch in batches(active_catalogs().filter(pk__in=catalog_ids, stopped=False)):
        gate = Gate(batch)
        shown = []
        for loaded in batch:
            catalog, target = loaded.catalog, gate.target(loaded.catalog)
            moment = _moment(catalog, target, at)
            if moment is not None:
                # One that waits shows texts that its source may have no more.
                live = _live_texts(target) if at is None and _is_behind(catalog) else None
                shown.append(_Shown(loaded, moment, live))
        yield from _of_batch(shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A catalog whose target visitors read."""

    loaded: LoadedCatalog
    #: Until when an approval is on it.
    moment: datetime
    #: What the target shows, by path; None where these are the approved texts of its entries.
    live: Sequence[tuple[str, str]] | None


def _is_behind(catalog: Catalog) -> bool:
    return bool(catalog.needs_publish or catalog.texts_left)


def _live_texts(target: Any) -> list[tuple[str, str]]:
    instance = target.specific if isinstance(target, Page) else target
    model: type[models.Model] = type(instance)
    slugs = slug_paths(model)
    return [
        (segment.path, segment.string.data)
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue) and segment.path not in slugs
    ]


def _moment(catalog: Catalog, target: Any, at: datetime | None) -> datetime | None:
    """Until when an approval is on the target for visitors to read at a moment; None where they read nothing of it."""
    now = at or timezone.now()
    if target is None:
        return None
    if not isinstance(target, DraftStateMixin):
        return now
    if not target.live or target.last_published_at is None:
        return None
    if (target.first_published_at or target.last_published_at) > now:
        return None
    if not _is_behind(catalog):
        return now  # what was approved since is what the page shows already
    # A page published since was published before, too; when is not known, and approvals go out at once.
    published_at: datetime = target.last_published_at
    return min(now, published_at)


def _of_batch(shown: Sequence[_Shown]) -> Iterator[Record]:
    batch = [one.loaded for one in shown]
    if not batch:
        return
    history = _History.of(batch, {text for one in shown for _path, text in one.live or ()})
    stored, overrides = _stored(batch), _overrides(batch)
    for one in shown:
        loaded, moment = one.loaded, one.moment
        catalog = loaded.catalog
        language = catalog.locale.language_code
        yield from (_of_entries if one.live is None else _of_live_texts)(one, history, stored)
        for override in overrides.get((catalog.domain.object_id, catalog.locale_id), ()):
            place = _Place(catalog.pk, override.context.path, "")
            text = history.text(place, Change.Kind.OVERRIDE, override.data_json, moment)
            if text:
                before = _before_records(override)
                origin, approval = history.deeds(language, place, text, moment) or (before, before)
                yield Record(language, loaded.msgctxt(override.context.path), "", text, origin, approval)


def _of_entries(shown: _Shown, history: "_History", stored: _Stored) -> Iterator[Record]:
    """The records of the texts that the source has now."""
    loaded, catalog = shown.loaded, shown.loaded.catalog
    language = catalog.locale.language_code
    for entry in loaded.current:
        place = _Place(catalog.pk, *entry.id)
        text = history.text(place, Change.Kind.APPROVED, entry.approved, shown.moment)
        if text:
            before = _before_records(stored.get((entry.string_id, entry.context_id, catalog.locale_id)))
            origin, approval = history.deeds(language, place, text, shown.moment) or (before, before)
            yield Record(language, loaded.msgctxt(entry.path), entry.msgid, text, origin, approval)


def _of_live_texts(shown: _Shown, history: "_History", stored: _Stored) -> Iterator[Record]:
    """The records of what a target shows that waits: of each text with the source text that it was approved for."""
    loaded, catalog = shown.loaded, shown.loaded.catalog
    language = catalog.locale.language_code
    current = {(entry.path, entry.approved): entry for entry in loaded.current if entry.approved}
    for path, text in shown.live or ():
        entry = current.get((path, text))
        source = entry.msgid if entry else history.source_of(catalog.pk, path, text, shown.moment)
        row = stored.get((entry.string_id, entry.context_id, catalog.locale_id)) if entry else None
        before = _before_records(row) if row else Deed(Act.BEFORE_RECORDS, None)
        place = _Place(catalog.pk, path, source)
        origin, approval = history.deeds(language, place, text, shown.moment) or (before, before)
        yield Record(language, loaded.msgctxt(path), source, text, origin, approval)


@dataclass(frozen=True, slots=True)
class _History:
    """The changes of the texts of some catalogs, the oldest first."""

    #: By place and kind.
    at_place: Mapping[tuple[_Place, str], Sequence[Change]]
    #: By language, source text, and the text that they brought, wherever that was.
    brought: Mapping[tuple[str, str, str], Sequence[Change]]
    #: The approvals, by the text.
    approved: Mapping[str, Sequence[Change]]

    @classmethod
    def of(cls, batch: Sequence[LoadedCatalog], live: Collection[str] = ()) -> "_History":
        """`live`: texts of targets that wait, whose sources may have them no more."""
        at_place: dict[tuple[_Place, str], list[Change]] = defaultdict(list)
        brought: dict[tuple[str, str, str], list[Change]] = defaultdict(list)
        approved: dict[str, list[Change]] = defaultdict(list)
        msgids = {entry.msgid for loaded in batch for entry in loaded.current}
        of_texts = AnyOf(F("msgid"), list(msgids)) & ~Q(kind=Change.Kind.COMMENT)
        own_values = Q(catalog__in=[loaded.catalog.pk for loaded in batch], kind=Change.Kind.OVERRIDE)
        languages = {loaded.catalog.locale.language_code for loaded in batch}
        wanted = of_texts | own_values
        if live:
            wanted |= AnyOf(F("after"), list(live)) & ~Q(kind=Change.Kind.COMMENT)
        changes = Change.objects.filter(wanted, language__in=languages)
        for change in changes.select_related("run").order_by("pk"):
            if change.catalog_id is not None:
                place = _Place(change.catalog_id, change.path, change.msgid)
                at_place[place, change.kind].append(change)
                if change.kind == Change.Kind.APPROVED:
                    approved[change.after].append(change)
                if change.after:
                    # Own values have no source text: those of another catalog are others.
                    source = change.msgid or f"{change.catalog_id} {change.path}"
                    brought[change.language, source, change.after].append(change)
        return cls(at_place, brought, approved)

    def text(self, place: _Place, kind: Change.Kind, now: str, moment: datetime) -> str:
        """What was in use at the place at the moment; `now` is what the database has."""
        changes = self.at_place.get((place, kind.value), ())
        before = [change for change in changes if change.created_at <= moment]
        if before:
            return before[-1].after
        return changes[0].before if changes else now

    def source_of(self, catalog_id: int, path: str, text: str, moment: datetime) -> str:
        """The source text that a text of a page was approved for last; "" where the history does not know it."""
        found = [change for change in self.approved.get(text, ()) if change.created_at <= moment]
        here = [change for change in found if (change.catalog_id, change.path) == (catalog_id, path)]
        last = max(here or found, key=attrgetter("pk"), default=None)
        return last.msgid if last else ""

    def deeds(self, language: str, place: _Place, text: str, moment: datetime) -> tuple[Deed, Deed] | None:
        """How a text came, and its approval; None where the history does not know it.

        A text that moved was approved at another place: its own comes first.
        """
        source = place.msgid or f"{place.catalog_id} {place.path}"
        found = [
            change for change in self.brought.get((language, source, text), ()) if change.created_at <= moment
        ]
        approvals = [change for change in found if change.kind != Change.Kind.DRAFT]
        here = [
            change
            for change in approvals
            if _Place(change.catalog_id or 0, change.path, change.msgid) == place
        ]
        approval = (here or approvals)[-1:]
        if not approval:
            return None
        # Of whoever has typed it, not of a reviewer.
        first = next((change for change in found if change.pk <= approval[0].pk), approval[0])
        return _deed(first), _deed(approval[0])


_ACTS = {
    Run.Kind.APPROVE: Act.REVIEW,
    Run.Kind.IMPORT: Act.FILE,
    Run.Kind.RESOLVE: Act.CHOICE,
    Run.Kind.UNDO: Act.UNDO,
}


def _deed(change: Change) -> Deed:
    if change.run is not None:
        act = _ACTS[Run.Kind(change.run.kind)]
    elif change.kind == Change.Kind.DRAFT and change.tool and not change.file:
        act = Act.MACHINE
    else:
        act = Act.TYPED if change.user_name or change.user_id else Act.TAKEN_OVER
    account = None if change.user_id is None else str(change.user_id)
    return Deed(
        act,
        change.created_at,
        change.user_name,
        account,
        change.file,
        change.file_digest,
        change.tool,
        change.run_id,
    )


def _before_records(row: StringTranslation | SegmentOverride | None) -> Deed:
    """By wagtail-localize's own row. A translation that posync took over has nobody's name."""
    if row is None:
        return Deed(Act.TAKEN_OVER, None)
    tool = getattr(row, "tool_name", "")
    user = row.last_translated_by
    account = None if user is None else str(user.pk)
    at = getattr(row, "updated_at", None)
    act = Act.TAKEN_OVER if tool == TOOL_NAME else Act.BEFORE_RECORDS
    return Deed(act, at, name_of(user), account, tool=tool)


def _stored(batch: Sequence[LoadedCatalog]) -> _Stored:
    """Those of the catalogs. One query."""
    rows = StringTranslation.objects.filter(
        AnyOf(F("context"), list({entry.context_id for loaded in batch for entry in loaded.current})),
        locale__in={loaded.catalog.locale_id for loaded in batch},
    ).select_related("last_translated_by")
    return {(row.translation_of_id, row.context_id, row.locale_id): row for row in rows}


def _overrides(batch: Sequence[LoadedCatalog]) -> dict[tuple[UUID, int], list[SegmentOverride]]:
    """The own values by object and locale. One query."""
    found: dict[tuple[UUID, int], list[SegmentOverride]] = defaultdict(list)
    rows = SegmentOverride.objects.filter(
        context__object__in=[loaded.catalog.domain.object_id for loaded in batch],
        locale__in={loaded.catalog.locale_id for loaded in batch},
        has_error=False,
    ).select_related("context", "last_translated_by")
    for row in rows.order_by("context__path"):
        found[row.context.object_id, row.locale_id].append(row)
    return found


def catalogs_of(objects: Collection[UUID], languages: Collection[str] = ()) -> list[int]:
    """The catalogs, by primary key, of pages or snippets by their translation keys. `languages`: none means all."""
    catalogs = Catalog.objects.filter(domain__object__in=objects)
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    return list(catalogs.values_list("pk", flat=True))
