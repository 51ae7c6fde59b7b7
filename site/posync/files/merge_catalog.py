"""One catalog's share of an imported file: decided entry by entry in memory, then saved with others at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from posync.catalogs.entry_labels import label
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.paths import catalog_file
from posync.catalogs.stored_translations import Approved, approve, withdraw
from posync.core.po.codec import write_po
from posync.core.po.entries import Entry, PoFile, entry_key
from posync.core.po.headers import carried_fields
from posync.core.po.limits import MAX_ENTRY_LENGTH, is_too_long
from posync.core.po.mangled_comments import without_extracted
from posync.core.po.naming import split_msgctxt
from posync.core.results import Issue, Severity
from posync.core.rules.merge import Action, Base, Carried, Merged, merge
from posync.core.rules.validation import check, repair
from posync.db.bulk_sql import update_rows
from posync.files.foreign_files import History, is_own
from posync.files.parse import ReadFile
from posync.files.translator_comments import FoundComment, take_over
from posync.history.change_log import ChangeLog, save_changes, store_run
from posync.models import Catalog, Change, Conflict, Draft, Run

#: Under this name imported translations appear in wagtail-localize's editor.
TOOL_NAME = "PO file"

_COUNT = {
    Action.KEEP: "unchanged",
    Action.AGREE: "unchanged",
    Action.CLEARED: "unchanged",
    Action.DRAFT: "drafts",
    Action.CONFLICT: "conflicts",
}


@dataclass(slots=True)
class CatalogMerge:
    """What a file changes in a catalog."""

    loaded: LoadedCatalog
    file: ReadFile
    run: Run | None
    allow_clear: bool = False
    #: Where the file is not the catalog's own: what has become of its texts since.
    past: History = History()
    counted: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    approved: list[Approved] = field(default_factory=list)
    cleared: list[CurrentEntry] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    #: The entries whose open conflicts a person has settled in the file.
    settled: dict[EntryId, str] = field(default_factory=dict)
    kept_drafts: dict[EntryId, Draft] = field(default_factory=dict)
    dropped_drafts: list[Draft] = field(default_factory=list)
    #: Where the file is not the catalog's own: translators' comments that may be new there.
    comments: list[FoundComment] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)
    is_own_file: bool = field(init=False)
    _base: dict[EntryId, Entry] = field(default_factory=dict)
    _seen: set[EntryId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.log = ChangeLog(
            run=self.run,
            user=self.run.user if self.run else None,
            file=self.file.name,
            tool=self.tool,
        )
        self.is_own_file = is_own(self.file, self.catalog)

    @property
    def tool(self) -> str:
        """The program that the file was last saved with, by its own word."""
        return self.file.tool

    @property
    def catalog(self) -> Catalog:
        return self.loaded.catalog

    def add(self, entry: Entry) -> None:
        entry_id = (split_msgctxt(entry.msgctxt)[1], entry.msgid)
        if known := self.loaded.carried.get(entry_id):
            entry = without_extracted(entry, known.extracted_comments)
        self._keep_other_forms(entry_id, entry)
        if is_too_long(entry):
            text = f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters. It is kept in the history."
            self._report(Severity.ERROR, "too-long", text, entry)
            self.counted.append("blocked")
            self._keep_in_history(entry_id, entry)
            return
        if entry_id in self._seen:
            if not entry.obsolete:
                text = "This entry stands in the file twice; the first one counts. The other is kept in the history."
                self._report(Severity.WARNING, "duplicate", text, entry)
            self._keep_in_history(entry_id, entry)
            return
        self._seen.add(entry_id)
        self._note_comment(entry_id, entry)
        current = self.loaded.entries.get(entry_id)
        if current is not None and not entry.obsolete:
            self._merge(current, entry_id, entry)
        elif current is not None and current.outgoing.msgstr:
            # A tool has set the entry aside, which says nothing of the translation of today: as if it were missing.
            self.counted.append("unchanged")
            if entry.msgstr != current.outgoing.msgstr:
                self._keep_in_history(entry_id, entry)
        else:
            self._base[entry_id] = entry
            if entry.msgstr:
                self._keep(entry_id, entry)

    def _keep_other_forms(self, entry_id: EntryId, entry: Entry) -> None:
        if not entry.other_forms:
            return
        for text in entry.other_forms:
            self._keep_in_history(entry_id, replace(entry, msgstr=text))
        text = "This text has no plural forms; msgstr[0] counts. The others are kept in the history."
        self._report(Severity.WARNING, "plural-forms", text, entry)

    def _note_comment(self, entry_id: EntryId, entry: Entry) -> None:
        before = self.loaded.carried.get(entry_id)
        known = before.translator_comment if before else ""
        if not entry.translator_comment or entry.translator_comment == known:
            return
        if not self.is_own_file:
            found = FoundComment(self.loaded, entry_id, entry.translator_comment, self.log)
            self.comments.append(found)
        elif known:
            self.log.add(self.catalog, Change.Kind.COMMENT, entry_id, known, entry.translator_comment)

    def _keep_in_history(self, entry_id: EntryId, entry: Entry) -> None:
        """Keep a text that is not merged, for its file is going to be written without it."""
        catalog = self.catalog
        self.log.keep(catalog.domain.name, catalog.locale.language_code, entry_id, entry.msgstr)

    def _merge(self, current: CurrentEntry, entry_id: EntryId, entry: Entry) -> None:
        before = self.loaded.carried.get(entry_id)
        carried = Carried(entry.msgstr, entry.fuzzy) if entry.msgstr or self.is_own_file else None
        merged = merge(_merge_base(current, before), carried, current.approved)
        if not self.is_own_file and merged.action is not Action.KEEP and self._is_settled(current, entry):
            merged = Merged(Action.KEEP, current.approved)
        if merged.action is Action.ACCEPT:
            merged = self._checked(current, entry, merged)
        elif merged.action is Action.CLEARED and self.allow_clear:
            self.counted.append("imported")
            self.cleared.append(current)
            self.log.add(self.catalog, Change.Kind.APPROVED, current.id, current.database, "")
            if current.draft:
                self._drop_draft(current.draft)
        else:
            self.counted.append(_COUNT[merged.action])
        match merged.action:
            case Action.ACCEPT:
                self._approve(current, entry_id, merged.approved)
                self.settled[entry_id] = merged.approved
            case Action.AGREE:
                self.settled[entry_id] = merged.approved
                if current.draft:
                    self._drop_draft(current.draft)
            case Action.DRAFT:
                self._draft(current, entry, merged)
            case Action.CONFLICT:
                self._conflict(current, entry, merged)
            case Action.CLEARED if not self.allow_clear:
                text = "The translation was taken out of the file. It is kept, and comes back. To clear it: --allow-clear."
                self._report(Severity.WARNING, "cleared", text, entry)
        # What the file carries is the base of the next merge, but for what was taken out of it and comes back.
        if merged.action is Action.CLEARED and before is not None and not self.allow_clear:
            self._base[entry_id] = before
        else:
            self._base[entry_id] = entry

    def _is_settled(self, current: CurrentEntry, entry: Entry) -> bool:
        """Whether what a copy brings was decided about before: it takes nothing back that was done since."""
        if self.past.is_superseded(self.catalog, current, entry):
            name = catalog_file(self.catalog).name
            text = (
                f"There is newer work on this text, which stays. To go back to this one, put it into {name}."
            )
            self._report(Severity.WARNING, "older-text", text, entry)
            return True
        # What is approved is no news, and no reason to drop a draft that was begun beside it.
        return entry.msgstr == current.approved or self.past.is_disputed(
            self.file, self.catalog, current, entry
        )

    def _checked(self, current: CurrentEntry, entry: Entry, merged: Merged) -> Merged:
        """The accepted text, mended where it has one right form; refused, it is kept as a draft."""
        text = repair(current.msgid, merged.approved)
        limit = label(self.catalog.source_model, current.field_path).max_length
        problems = check(current.msgid, text, limit)
        if not problems:
            self.counted.append("imported")
            return Merged(Action.ACCEPT, text)
        self.counted.append("blocked")
        for problem in problems:
            self._report(Severity.ERROR, problem.code, problem.message, entry)
        return Merged(Action.DRAFT, current.approved, entry.msgstr)

    def _approve(self, current: CurrentEntry, entry_id: EntryId, text: str) -> None:
        self.approved.append(Approved(current.string_id, current.context_id, self.catalog.locale_id, text))
        self.log.add(self.catalog, Change.Kind.APPROVED, entry_id, current.database, text)
        if current.draft is not None:
            self._drop_draft(current.draft, successor=text)

    def _draft(self, current: CurrentEntry, entry: Entry, merged: Merged) -> None:
        # Some tools drop the previous source text; what we know of it is still true.
        known = current.draft.previous_msgid if current.draft else ""
        self._keep_draft(
            current.id, merged.draft, current.draft, entry.previous_msgid or known, merged.approved
        )

    def _keep_draft(
        self, entry_id: EntryId, text: str, existing: Draft | None, previous_msgid: str, approved: str
    ) -> None:
        path, msgid = entry_id
        draft = existing or Draft(catalog=self.catalog, key=entry_key(path, msgid), path=path, msgid=msgid)
        self.log.add(self.catalog, Change.Kind.DRAFT, entry_id, draft.text, text)
        if (draft.text, draft.previous_msgid, draft.approved) != (text, previous_msgid, approved):
            draft.text, draft.previous_msgid, draft.approved = text, previous_msgid, approved
            self.kept_drafts[entry_id] = draft

    def _drop_draft(self, draft: Draft, successor: str = "") -> None:
        self.dropped_drafts.append(draft)
        if draft.text != successor:
            self.log.add(self.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")

    def _conflict(self, current: CurrentEntry, entry: Entry, merged: Merged) -> None:
        before = self.loaded.carried.get(current.id)
        if self.run is not None:
            self.conflicts.append(
                Conflict(
                    catalog=self.catalog,
                    key=entry_key(*current.id),
                    path=current.path,
                    msgid=current.msgid,
                    base_text=before.msgstr if before else "",
                    file_text=merged.draft,
                    database_text=merged.approved,
                    file=self.file.name,
                    tool=self.tool[:255],
                    run=self.run,
                )
            )
        self._draft(current, entry, merged)
        text = (
            "The translation was changed here, and in the admin or another file. What is in use stays; this one is kept "
            "as fuzzy. "
            "Choose with resolve_po, or in the file."
        )
        self._report(Severity.WARNING, "conflict", text, entry)

    def _keep(self, entry_id: EntryId, entry: Entry) -> None:
        """Work on a text that the source no longer has: for the entry that replaced it, or until it comes back."""
        if any(m.msgid == entry.msgid and m.outgoing.msgstr == entry.msgstr for m in self.loaded.current):
            self.counted.append("unchanged")  # the text moved, and its translation with it
            return
        before = self.loaded.carried.get(entry_id)
        if before is not None and before.msgstr == entry.msgstr:
            self.counted.append("unchanged")
            return
        successor = self._successor(*entry_id)
        if successor is not None and successor.draft is not None:
            if successor.draft.text == entry.msgstr:
                self.counted.append("unchanged")
                return
            self.counted.append("drafts")
            draft = successor.draft
            self._keep_draft(successor.id, entry.msgstr, draft, draft.previous_msgid, draft.approved)
            return
        existing = self.loaded.retired_drafts.get(entry_id)
        current = self.loaded.entries.get(entry_id)
        if current is not None:
            existing = current.draft
            approved = current.approved
        else:
            # What the database still has for it, for the day when the source has the text again.
            approved = before.msgstr if before is not None and not before.fuzzy else ""
        self._keep_draft(entry_id, entry.msgstr, existing, entry.previous_msgid, approved)
        if entry.obsolete:
            self.counted.append("unchanged")
            return
        self.counted.append("unknown")
        text = "The page no longer has this text. The translation is kept as an obsolete entry."
        self._report(Severity.WARNING, "unknown-entry", text, entry)

    def _successor(self, path: str, msgid: str) -> CurrentEntry | None:
        """The current entry whose draft translates `msgid`."""
        drafted = [m for m in self.loaded.current if m.draft and m.draft.previous_msgid == msgid]
        return next((entry for entry in drafted if entry.path == path), drafted[0] if drafted else None)

    def _report(self, severity: Severity, code: str, text: str, entry: Entry) -> None:
        self.issues.append(Issue(severity, code, text, self.file.name, entry.line, entry.msgctxt))

    @property
    def has_changes(self) -> bool:
        """Whether the database's side is another than before."""
        return bool(self.approved or self.cleared or self.kept_drafts or self.dropped_drafts)

    def update_catalog(self) -> None:
        """On the catalog in memory: what its own file carries becomes the base; any other file leaves that alone."""
        if self.is_own_file:
            catalog = self.catalog
            base, found = self.loaded.base, self.file.po
            # What a tool dropped from the header is not gone for that.
            kept = carried_fields(base.header)
            entries = {**self.loaded.carried, **self._base}
            commented = tuple(self._with_comment(key, entry) for key, entry in entries.items())
            header_comment = found.header_comment or base.header_comment
            carried = PoFile({**kept, **found.header}, commented, header_comment)
            # Mostly the file itself has all of that; so it need not be written once more.
            catalog.base = self.file.content if carried == found else write_po(carried)
            catalog.file_digest, catalog.writing_digest = self.file.digest, ""

    def _with_comment(self, key: EntryId, entry: Entry) -> Entry:
        """With the translator's comment, where it may be that a tool has dropped it."""
        before = self.loaded.carried.get(key)
        if before is None or entry.translator_comment or not before.translator_comment:
            return entry
        return replace(entry, translator_comment=before.translator_comment)


def _merge_base(current: CurrentEntry, before: Entry | None) -> Base:
    """What both sides last agreed on, by what the file carried `before`."""
    msgstr, fuzzy = (before.msgstr, before.fuzzy) if before and not before.obsolete else ("", False)
    if current.draft is not None:
        return Base(msgstr, fuzzy, current.draft.approved)
    return Base(msgstr, fuzzy, "" if fuzzy else msgstr)


def save_merges(imports: Sequence[CatalogMerge]) -> None:
    """Write what several files change, each table at once. Call it in a transaction."""
    user = imports[0].run.user if imports and imports[0].run else None
    approve([one for each in imports for one in each.approved], TOOL_NAME, user)
    for each in imports:
        for entry in each.cleared:
            withdraw(entry.string_id, entry.context_id, each.catalog.locale_id)
    drafts = [draft for each in imports for draft in each.kept_drafts.values()]
    new, known = [d for d in drafts if d.pk is None], [d for d in drafts if d.pk is not None]
    Draft.objects.filter(pk__in=[draft.pk for each in imports for draft in each.dropped_drafts]).delete()
    Draft.objects.bulk_create(new)
    Draft.objects.bulk_update(known, ["text", "previous_msgid", "approved"])
    take_over([comment for each in imports for comment in each.comments])
    save_changes(each.log for each in imports)
    _save_conflicts(imports)
    for each in imports:
        each.update_catalog()
    own = [each.catalog for each in imports if each.is_own_file]
    update_rows(
        Catalog,
        ("base", "file_digest", "writing_digest"),
        [(catalog.pk, catalog.base, catalog.file_digest, catalog.writing_digest) for catalog in own],
    )
    # What lies there may be of another form than ours: to be written again.
    Catalog.objects.filter(pk__in=[catalog.pk for catalog in own]).update(needs_export=True)
    Catalog.objects.filter(pk__in=[each.catalog.pk for each in imports if each.has_changes]).mark_changed()


def _save_conflicts(imports: Sequence[CatalogMerge]) -> None:
    """Open the new conflicts, and close those that a person has settled in the file."""
    if not any(each.conflicts or each.settled for each in imports):
        return
    open_conflicts = {
        (conflict.catalog_id, conflict.path, conflict.msgid): conflict
        for conflict in Conflict.objects.filter(
            catalog__in=[each.catalog.pk for each in imports], resolved_at=None
        )
    }
    if open_conflicts:
        for each in imports:
            for (path, msgid), text in each.settled.items():
                conflict = open_conflicts.get((each.catalog.pk, path, msgid))
                if conflict is not None:
                    conflict.resolve(text, each.log.user)
    new = []
    for each in imports:
        for conflict in each.conflicts:
            known = open_conflicts.get((each.catalog.pk, conflict.path, conflict.msgid))
            if known is None:
                new.append(conflict)
            else:
                # The same entry again: the open one goes on, with the texts of now.
                known.file_text, known.database_text = conflict.file_text, conflict.database_text
                known.file, known.tool = conflict.file, conflict.tool
                known.save(update_fields=["file_text", "database_text", "file", "tool"])
    for conflict in new:
        store_run(conflict.run)
    Conflict.objects.bulk_create(new)
