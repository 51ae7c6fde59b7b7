"""Starts stopped translations again: the target's present texts become the base."""

import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, StringTranslation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import (
    CurrentEntry,
    EntryId,
    LoadedCatalog,
    active_catalogs,
    load_catalogs,
    slug_paths,
)
from posync.catalogs.paths import catalog_file, relative_name
from posync.catalogs.stored_translations import Approved, approve, lock_translations
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import entry_key
from posync.core.results import Issue, RunResult, Severity
from posync.core.rules.outgoing import State
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Change, Conflict, Draft
from posync.sources.segments.candidates import Candidate
from posync.sources.segments.extraction import extract
from posync.sources.segments.serialization import serialize
from posync.validators.run_checks import blocks

logger = logging.getLogger(__name__)

#: Under this name texts of pages appear in the history.
TOOL_NAME = "page"


@dataclass(frozen=True, slots=True)
class TextTaken:
    """A text of the target in place of the approved one, "" for none."""

    shown: str
    before: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """The outcome of a translation started again."""

    texts: tuple[TextTaken, ...] = ()
    issues: tuple[Issue, ...] = ()


_collected: ContextVar[list[Restarted] | None] = ContextVar("posync_restarted", default=None)


@contextmanager
def collected_restarts() -> Iterator[list[Restarted]]:
    """Collect the restarts within the block, by whichever signal."""
    found: list[Restarted] = []
    token = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(token)


def restart_translations() -> RunResult:
    """Take up translations started again without a signal, and note those stopped without one."""
    unnoticed = Catalog.objects.filter(translation__enabled=False, stopped=False)
    if stopped := list(unnoticed.values_list("pk", flat=True)):
        Catalog.objects.filter(pk__in=stopped).update(stopped=True)
    started = Catalog.objects.filter(translation__enabled=True, stopped=True)
    issues = [issue for one in restart(list(started.values_list("pk", flat=True))) for issue in one.issues]
    return RunResult(issues=tuple(issues))


def restart(catalog_ids: Collection[int]) -> list[Restarted]:
    """Approve the targets' present texts where they differ from the approved translations.

    The replaced translation goes to the history. An unpublished target's texts become drafts. A text without a
    counterpart in the source is reported, and kept in the history. Nothing is published by this.
    A failing restart is reported, published by nobody, and tried again by the next sync.
    """
    found = (_restart_or_say_why(catalog_id) for catalog_id in catalog_ids)
    return [restarted for restarted in found if restarted is not None]


def _restart_or_say_why(catalog_id: int) -> Restarted | None:
    try:
        return _restart(catalog_id)
    except Exception as error:
        catalog = Catalog.objects.select_related("domain", "locale").get(pk=catalog_id)
        logger.exception("Starting the translation of %s again failed", catalog)
        text = f"The translation could not be started again: {type(error).__name__}: {error}"
        file = relative_name(catalog_file(catalog))
        return Restarted(issues=(Issue(Severity.ERROR, IssueCode.NOT_RESTARTED, text, file=file),))


@transaction.atomic
def _restart(catalog_id: int) -> Restarted | None:
    lock_translations()
    locked = Catalog.objects.select_for_update().filter(pk=catalog_id, stopped=True)
    if not locked.values_list("pk"):
        return None
    catalog = active_catalogs(with_base=True).get(pk=catalog_id)
    (loaded,) = load_catalogs([catalog], with_base=True)
    target = _target(catalog)
    taking = _Taking(loaded, live=_is_live(target))
    if target is not None:
        taking.take(target)
    done = Restarted(tuple(taking.texts), tuple(taking.issues))
    chosen = Catalog.objects.filter(pk=catalog_id)
    chosen.mark_changed()
    chosen.update(stopped=False, restarted=True)
    if taking.live:
        # The target shows its texts already: nothing to publish until something new is approved.
        (present,) = load_catalogs([catalog])
        left = sum(entry.outgoing.state is not State.TRANSLATED for entry in present.current)
        chosen.update(needs_publish=False, texts_left=left)
    collected = _collected.get()
    if collected is not None:
        collected.append(done)
    return done


def _target(catalog: Catalog) -> Any:
    """The translated object; None where it was deleted, or is an alias, whose text is the original's."""
    try:
        target = catalog.source.get_translated_instance(catalog.locale)
    except ObjectDoesNotExist:
        return None
    return None if isinstance(target, Page) and target.alias_of_id else target


def _is_live(target: Any) -> bool:
    return target is not None and (not isinstance(target, DraftStateMixin) or target.live)


@dataclass(slots=True)
class _Taking:
    """Takes the texts of one target over."""

    loaded: LoadedCatalog
    live: bool
    texts: list[TextTaken] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    approved: list[Approved] = field(default_factory=list)
    log: ChangeLog = field(default_factory=lambda: ChangeLog(tool=TOOL_NAME))
    _overridden: set[str] = field(default_factory=set)

    @property
    def catalog(self) -> Catalog:
        return self.loaded.catalog

    def take(self, target: TranslatableMixin) -> None:
        shown = Candidate(target)
        serialize([shown])
        if not shown.error:
            extract([shown])
        if shown.error:
            text = f"The text of “{target}” cannot be taken apart, and is not the base of its translation: {shown.error}"
            self._report(IssueCode.PAGE_MARKUP, text)
            return
        self._take_texts([value for value in shown.values if isinstance(value, StringSegmentValue)])
        self._take_overrides([value for value in shown.values if isinstance(value, OverridableSegmentValue)])
        self._compare_synchronised(target)
        if self.live and isinstance(target, DraftStateMixin) and target.live_revision is not None:
            # Visitors have read it since the editor's own publication.
            self.log.user, self.log.at = target.live_revision.user, target.last_published_at
        approve(self.approved, TOOL_NAME)
        save_changes([self.log])

    def _take_texts(self, values: Sequence[StringSegmentValue]) -> None:
        shown: dict[str, list[str]] = defaultdict(list)
        for value in values:
            shown[value.path].append(value.string.data)
        rows = StringSegment.objects.filter(source=self.catalog.source).order_by("order", "pk")
        segments: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for path, *segment in rows.values_list("context__path", "string__data", "string_id", "context_id"):
            segments[path].append((segment[0], segment[1], segment[2]))
        slugs = slug_paths(self.catalog.source_model)
        stored = self._stored()
        for path, of_path in segments.items():
            if path in slugs:
                # wagtail-localize's own “Publish” takes the slug from its translation.
                for (_msgid, string_id, context_id), slug in zip(of_path, shown[path], strict=False):
                    self.approved.append(Approved(string_id, context_id, self.catalog.locale_id, slug))
                continue
            left = self._take_path(path, [msgid for msgid, _string, _context in of_path], shown[path], stored)
            for text in left:
                self._without_counterpart(path, text)
        for path in shown.keys() - segments.keys() - slugs:
            for text in shown[path]:
                self._without_counterpart(path, text)

    def _take_path(
        self, path: str, msgids: list[str], texts: list[str], stored: dict[EntryId, tuple[int, int, str]]
    ) -> list[str]:
        """Take the texts of one field or block, in their order. Returns those without a counterpart."""
        if len(msgids) != len(texts):
            return self._take_unequal(path, msgids, texts)
        gone = self._gone(path, msgids)
        pairs: dict[str, str] = {}
        left = []
        for msgid, text in zip(msgids, texts, strict=True):
            # The same text twice has one translation.
            if pairs.setdefault(msgid, text) != text:
                left.append(text)
        former = {data for (place, _msgid), (_string, _context, data) in stored.items() if place == path}
        for msgid, text in pairs.items():
            entry = self.loaded.entries[path, msgid]
            if not entry.database and entry.draft is None and text in former:
                continue  # never translated: the page shows the text before
            if self._is_known(entry):
                self._take_text(entry, text)
                continue
            # The source changed since: the page has the translation of the text before.
            before = (entry.draft and entry.draft.previous_msgid) or (gone.pop(0) if gone else "")
            self._take_former((path, before), entry, text, stored)
        return left

    def _take_unequal(self, path: str, msgids: list[str], texts: list[str]) -> list[str]:
        """With another number of texts than the source, only equal ones belong together for certain."""
        left = list(texts)
        for msgid in dict.fromkeys(msgids):
            known = self.loaded.entries[path, msgid].approved or msgid
            if known in left:
                left.remove(known)
            else:
                text = "The page does not show this text: it comes back with the next publication."
                self._report(IssueCode.PAGE_DIFFERS, text, path)
        return left

    def _is_known(self, entry: CurrentEntry) -> bool:
        """Whether the source had the entry when the translation was stopped."""
        draft = entry.draft
        if entry.database:
            return True
        # An offer from the text before: the page cannot have a translation of the one of now yet.
        if draft is not None and draft.previous_msgid:
            return False
        return entry.id in self.loaded.carried or draft is not None

    def _gone(self, path: str, msgids: Collection[str]) -> list[str]:
        """The msgids of the file's entries at the path, gone from the source."""
        return [
            msgid
            for (carried_path, msgid), entry in self.loaded.carried.items()
            if carried_path == path and msgid not in msgids and not entry.obsolete
        ]

    def _take_text(self, entry: CurrentEntry, text: str) -> None:
        if text == entry.approved or (text == entry.msgid and not entry.approved):
            return
        problems = check_entry(self.loaded, entry, text)
        if self.live and not blocks(problems):
            self.approved.append(Approved(entry.string_id, entry.context_id, self.catalog.locale_id, text))
            self.log.add(self.catalog, Change.Kind.APPROVED, entry.id, entry.database, text)
            Conflict.objects.filter(catalog=self.catalog, key=entry_key(*entry.id), resolved_at=None).update(
                database_text=text
            )
            said = f"The page shows “{text}”, which is approved now."
        else:
            self._keep_draft(entry, text)
            reasons = " ".join(problem.message for problem in problems)
            why = reasons or "Visitors do not have the page."
            said = f"The page shows “{text}”, which is kept as fuzzy. {why}"
        self.texts.append(TextTaken(text, entry.approved))
        before = f"“{entry.approved}”" if entry.approved else "nothing"
        self._report(IssueCode.PAGE_TEXT, f"{said} Approved before: {before}.", entry.path)

    def _take_former(
        self, former: EntryId, entry: CurrentEntry, text: str, stored: dict[EntryId, tuple[int, int, str]]
    ) -> None:
        """Take a text over as the translation of the source before, for the draft of the one of now."""
        string_id, context_id, before = stored.get(former, (0, 0, ""))
        if not string_id:
            if text != entry.msgid:
                self._keep_draft(entry, text)
            return
        if text == before:
            return
        if self.live:
            self.approved.append(Approved(string_id, context_id, self.catalog.locale_id, text))
            self.log.add(self.catalog, Change.Kind.APPROVED, former, before, text)
        draft = entry.draft
        if draft is not None and draft.text == before:
            self.log.add(self.catalog, Change.Kind.DRAFT, entry.id, before, text)
            Draft.objects.filter(pk=draft.pk).update(text=text)
        self.texts.append(TextTaken(text, before))
        said = f"The page shows “{text}” for the source text before this one. Approved before: “{before}”."
        self._report(IssueCode.PAGE_TEXT, said, entry.path)

    def _keep_draft(self, entry: CurrentEntry, text: str) -> None:
        before = entry.draft.text if entry.draft else ""
        self.log.add(self.catalog, Change.Kind.DRAFT, entry.id, before, text)
        Draft.objects.update_or_create(
            catalog=self.catalog,
            key=entry_key(*entry.id),
            defaults={
                "path": entry.path,
                "msgid": entry.msgid,
                "text": text,
                "approved": entry.approved,
                "previous_msgid": "",
            },
        )

    def _without_counterpart(self, path: str, text: str) -> None:
        catalog = self.catalog
        self.log.keep(catalog.domain.name, catalog.locale.language_code, (path, ""), text)
        said = f"“{text}” has no counterpart in the original: the next publication is without it. It is kept in the history."
        self._report(IssueCode.PAGE_DIFFERS, said, path)

    def _stored(self) -> dict[EntryId, tuple[int, int, str]]:
        """The database's translations of the object, past sources' too, with the ids of string and context."""
        rows = StringTranslation.objects.filter(
            locale=self.catalog.locale_id, context__object=self.catalog.domain.object_id
        ).values_list("context__path", "translation_of__data", "translation_of_id", "context_id", "data")
        return {(path, msgid): (string, context, data) for path, msgid, string, context, data in rows}

    def _take_overrides(self, values: Sequence[OverridableSegmentValue]) -> None:
        """Keep the page's own images, links and addresses."""
        shown = {value.path: json.loads(_as_json(value.data)) for value in values}
        segments = OverridableSegment.objects.filter(source=self.catalog.source).select_related("context")
        overridden = {
            override.context_id: override
            for override in SegmentOverride.objects.filter(
                locale=self.catalog.locale_id, context__object=self.catalog.domain.object_id
            )
        }
        for segment in segments:
            path = segment.context.path
            override = overridden.get(segment.context_id)
            if path not in shown or not self.live:
                continue
            present = segment.data if override is None else override.data
            if shown[path] != present:
                SegmentOverride.objects.update_or_create(
                    locale_id=self.catalog.locale_id,
                    context_id=segment.context_id,
                    defaults={"data_json": _as_json(shown[path]), "has_error": False, "field_error": ""},
                )
                self._overridden.add(path)
                self._report(IssueCode.PAGE_TEXT, f"The page has {shown[path]!r} here: it stays.", path)

    def _compare_synchronised(self, target: Any) -> None:
        """Report synchronised fields changed on the page."""
        try:
            original = self.catalog.source.get_source_instance()
        except ObjectDoesNotExist:
            return
        model: type[models.Model] = type(original)
        for synchronised in get_translatable_fields(model):
            how = synchronised.get_field(model)
            if not how.concrete or synchronised.is_translated(original) or how.name in self._overridden:
                continue
            if getattr(original, how.attname) != getattr(target, how.attname):
                text = (
                    "The page differs from the original in a field that is the same in every language: the next "
                    "publication takes the original's."
                )
                self._report(IssueCode.PAGE_DIFFERS, text, how.name)

    def _report(self, code: str, text: str, path: str = "") -> None:
        msgctxt = self.loaded.msgctxt(path) if path else ""
        file = relative_name(catalog_file(self.catalog))
        self.issues.append(Issue(Severity.WARNING, code, text, file=file, msgctxt=msgctxt))


def _as_json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
