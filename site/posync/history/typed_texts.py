"""Stores texts that a person types in the admin: as drafts, for review, or approved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import Approved, approve, lock_translations
from posync.core.rules.validation import Problem, repair
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Change, Conflict, Draft
from posync.validators.run_checks import blocks


class Step(StrEnum):
    """How far a typed text is, by its translator's word."""

    #: To be worked on: fuzzy in the file.
    DRAFT = "draft"
    #: Approved at once by whoever may; else it waits for review.
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TypedText:
    """One text as it was typed."""

    entry_id: EntryId
    text: str
    step: Step
    #: `seen` of the entry as the person saw it.
    seen: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the texts, by entry."""

    approved: set[EntryId] = field(default_factory=set)
    waiting: set[EntryId] = field(default_factory=set)
    drafts: set[EntryId] = field(default_factory=set)
    #: Kept as drafts, with what the checks found.
    refused: dict[EntryId, Sequence[Problem]] = field(default_factory=dict)
    #: Not saved: somebody else has changed the entry since it was shown, or the original has it no more.
    changed_since: set[EntryId] = field(default_factory=set)

    @property
    def number(self) -> int:
        """The texts that are kept."""
        return len(self.approved) + len(self.waiting) + len(self.drafts) + len(self.refused)


def seen(entry: CurrentEntry) -> str:
    """Identifies what a person sees of an entry: another text or state of it gives another value."""
    draft = entry.draft
    parts = (
        entry.approved,
        draft.text if draft else "",
        str(draft.for_review) if draft else "",
        draft.approved if draft else "",
    )
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@transaction.atomic
def save_typed(
    catalog_id: int, texts: Collection[TypedText], user: AbstractBaseUser, *, may_approve: bool
) -> Saved:
    """Store texts typed for a catalog by a person. Rights are the caller's to ask about.

    A text refused by a check is kept as a draft. An empty text drops the entry's draft, and nothing else.
    """
    lock_translations()
    Catalog.objects.filter(pk=catalog_id).lock()
    catalog = active_catalogs().filter(pk=catalog_id, stopped=False).first()
    saved = Saved()
    if catalog is None:
        saved.changed_since.update(one.entry_id for one in texts)
        return saved
    (loaded,) = load_catalogs([catalog])
    saving = _Saving(loaded, user, saved, ChangeLog(user=user))
    for one in texts:
        entry = loaded.entries.get(one.entry_id)
        if entry is None or seen(entry) != one.seen:
            saved.changed_since.add(one.entry_id)
        else:
            saving.take(entry, one, may_approve=may_approve)
    saving.write()
    return saved


@dataclass(slots=True)
class _Saving:
    """The texts of one form, on their way into a catalog."""

    loaded: LoadedCatalog
    user: AbstractBaseUser
    saved: Saved
    log: ChangeLog
    approved: dict[EntryId, Approved] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    dropped: list[Draft] = field(default_factory=list)

    def take(self, entry: CurrentEntry, typed: TypedText, *, may_approve: bool) -> None:
        text = repair(entry.msgid, typed.text) if typed.step is Step.DONE else typed.text
        if not text.strip():
            self._drop(entry)
            return
        problems = check_entry(self.loaded, entry, text) if typed.step is Step.DONE else []
        if blocks(problems):
            self.saved.refused[entry.id] = problems
            self._keep(entry, typed.text, for_review=False)
        elif typed.step is Step.DRAFT:
            self.saved.drafts.add(entry.id)
            self._keep(entry, text, for_review=False)
        elif may_approve:
            self.saved.approved.add(entry.id)
            self._approve(entry, text)
        else:
            self.saved.waiting.add(entry.id)
            self._keep(entry, text, for_review=True)

    def _approve(self, entry: CurrentEntry, text: str) -> None:
        catalog = self.loaded.catalog
        self.approved[entry.id] = Approved(entry.string_id, entry.context_id, catalog.locale_id, text)
        self.log.add(catalog, Change.Kind.APPROVED, entry.id, entry.database, text)
        if entry.draft is not None:
            self.dropped.append(entry.draft)
            self.log.add(catalog, Change.Kind.DRAFT, entry.id, entry.draft.text, "")

    def _keep(self, entry: CurrentEntry, text: str, *, for_review: bool) -> None:
        catalog, before = self.loaded.catalog, entry.draft
        self.log.add(catalog, Change.Kind.DRAFT, entry.id, before.text if before else "", text)
        is_same = before is not None and before.text == text
        draft = before or Draft.of(catalog, entry.id)
        # A text typed over an offer is of the entry's own source.
        draft.previous_msgid = draft.previous_msgid if is_same and not for_review else ""
        draft.text, draft.approved, draft.for_review = text, entry.approved, for_review
        draft.author, draft.sent_back = self.user, draft.sent_back if is_same and not for_review else ""  # type: ignore[assignment] # whatever AUTH_USER_MODEL is
        self.drafts.append(draft)

    def _drop(self, entry: CurrentEntry) -> None:
        if entry.draft is not None:
            self.saved.drafts.add(entry.id)
            self.dropped.append(entry.draft)
            self.log.add(self.loaded.catalog, Change.Kind.DRAFT, entry.id, entry.draft.text, "")

    def write(self) -> None:
        if not (self.approved or self.drafts or self.dropped):
            return
        save_changes([self.log])
        approve(list(self.approved.values()), "", self.user)
        Draft.objects.filter(pk__in=[draft.pk for draft in self.dropped]).delete()
        Draft.objects.bulk_create([draft for draft in self.drafts if draft.pk is None])
        Draft.objects.bulk_update(
            [draft for draft in self.drafts if draft.pk is not None],
            ["text", "previous_msgid", "approved", "for_review", "author", "sent_back"],
        )
        self._settle({entry_id: one.text for entry_id, one in self.approved.items()})
        Catalog.objects.filter(pk=self.loaded.catalog.pk).mark_changed()

    def _settle(self, chosen: Mapping[EntryId, str]) -> None:
        """Resolve open conflicts about approved texts, and about drafts given up; those about others' drafts go on."""
        dropped = {(draft.path, draft.msgid): "" for draft in self.dropped}
        for conflict in Conflict.objects.filter(catalog=self.loaded.catalog, resolved_at=None):
            entry_id = conflict.path, conflict.msgid
            if entry_id in chosen:
                conflict.resolve(chosen[entry_id], self.user)
            elif entry_id in dropped:
                conflict.resolve(conflict.database_text, self.user)
