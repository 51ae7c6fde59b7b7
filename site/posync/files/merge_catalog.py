"""One catalog's share of an imported file: decided message by message in memory, then saved with others at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from posync.catalogs.entry_labels import label
from posync.catalogs.load import CatalogContents, CurrentMessage, MessageId
from posync.catalogs.paths import catalog_file
from posync.catalogs.stored_translations import Approved, approve, withdraw
from posync.core.po.codec import write_po
from posync.core.po.entries import Message, PoFile, message_key
from posync.core.po.headers import OWN_FIELDS
from posync.core.po.limits import MAX_ENTRY_LENGTH, is_too_long
from posync.core.po.naming import split_msgctxt
from posync.core.results import Issue, Severity
from posync.core.rules.merge import Action, Base, Carried, Merged, merge
from posync.core.rules.validation import check, repair
from posync.db.bulk_sql import update_rows
from posync.files.foreign_files import Past, is_own
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
class CatalogImport:
    """What a file changes in a catalog."""

    contents: CatalogContents
    file: ReadFile
    run: Run | None
    allow_clear: bool = False
    #: Where the file is not the catalog's own: what has become of its texts since.
    past: Past = Past()
    counted: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    approved: list[Approved] = field(default_factory=list)
    cleared: list[CurrentMessage] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    #: The messages whose open conflicts a person has settled in the file.
    settled: dict[MessageId, str] = field(default_factory=dict)
    kept_drafts: dict[MessageId, Draft] = field(default_factory=dict)
    dropped_drafts: list[Draft] = field(default_factory=list)
    #: Where the file is not the catalog's own: translators' comments that may be new there.
    comments: list[FoundComment] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)
    is_own_file: bool = field(init=False)
    _base: dict[MessageId, Message] = field(default_factory=dict)
    _seen: set[MessageId] = field(default_factory=set)

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
        return self.contents.catalog

    def add(self, message: Message) -> None:
        message_id = (split_msgctxt(message.msgctxt)[1], message.msgid)
        if is_too_long(message):
            text = f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters. It is kept in the history."
            self._report(Severity.ERROR, "too-long", text, message)
            self.counted.append("blocked")
            self._set_aside(message_id, message)
            return
        if message_id in self._seen:
            if not message.obsolete:
                text = "This entry stands in the file twice; the first one counts. The other is kept in the history."
                self._report(Severity.WARNING, "duplicate", text, message)
            self._set_aside(message_id, message)
            return
        self._seen.add(message_id)
        self._note_comment(message_id, message)
        current = self.contents.messages.get(message_id)
        if current is not None and not message.obsolete:
            self._merge(current, message_id, message)
        elif current is not None and current.outgoing.msgstr:
            # A tool has set the entry aside, which says nothing of the translation of today: as if it were missing.
            self.counted.append("unchanged")
            if message.msgstr != current.outgoing.msgstr:
                self._set_aside(message_id, message)
        else:
            self._base[message_id] = message
            if message.msgstr:
                self._keep(message_id, message)

    def _note_comment(self, message_id: MessageId, message: Message) -> None:
        before = self.contents.carried.get(message_id)
        known = before.translator_comment if before else ""
        if not message.translator_comment or message.translator_comment == known:
            return
        if not self.is_own_file:
            found = FoundComment(self.contents, message_id, message.translator_comment, self.log)
            self.comments.append(found)
        elif known:
            self.log.add(self.catalog, Change.Kind.COMMENT, message_id, known, message.translator_comment)

    def _set_aside(self, message_id: MessageId, message: Message) -> None:
        """Keep a text that is not merged, for its file is going to be written without it."""
        catalog = self.catalog
        self.log.keep(catalog.domain.name, catalog.locale.language_code, message_id, message.msgstr)

    def _merge(self, current: CurrentMessage, message_id: MessageId, message: Message) -> None:
        before = self.contents.carried.get(message_id)
        carried = Carried(message.msgstr, message.fuzzy) if message.msgstr or self.is_own_file else None
        merged = merge(_merge_base(current, before), carried, current.approved)
        if not self.is_own_file and merged.action is not Action.KEEP and self._is_settled(current, message):
            merged = Merged(Action.KEEP, current.approved)
        if merged.action is Action.ACCEPT:
            merged = self._checked(current, message, merged)
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
                self._approve(current, message_id, merged.approved)
                self.settled[message_id] = merged.approved
            case Action.AGREE:
                self.settled[message_id] = merged.approved
                if current.draft:
                    self._drop_draft(current.draft)
            case Action.DRAFT:
                self._draft(current, message, merged)
            case Action.CONFLICT:
                self._conflict(current, message, merged)
            case Action.CLEARED if not self.allow_clear:
                text = "The translation was taken out of the file. It is kept, and comes back. To clear it: --allow-clear."
                self._report(Severity.WARNING, "cleared", text, message)
        # What the file carries is the base of the next merge, but for what was taken out of it and comes back.
        if merged.action is Action.CLEARED and before is not None and not self.allow_clear:
            self._base[message_id] = before
        else:
            self._base[message_id] = message

    def _is_settled(self, current: CurrentMessage, message: Message) -> bool:
        """Whether what a copy brings was decided about before: it takes nothing back that was done since."""
        if self.past.is_older(self.catalog, current, message):
            name = catalog_file(self.catalog).name
            text = (
                f"There is newer work on this text, which stays. To go back to this one, put it into {name}."
            )
            self._report(Severity.WARNING, "older-text", text, message)
            return True
        # What is approved is no news, and no reason to drop a draft that was begun beside it.
        return message.msgstr == current.approved or self.past.is_disputed(
            self.file, self.catalog, current, message
        )

    def _checked(self, current: CurrentMessage, message: Message, merged: Merged) -> Merged:
        """The accepted text, mended where it has one right form; refused, it is kept as a draft."""
        text = repair(current.msgid, merged.approved)
        limit = label(self.catalog.source_model, current.field_path).max_length
        problems = check(current.msgid, text, limit)
        if not problems:
            self.counted.append("imported")
            return Merged(Action.ACCEPT, text)
        self.counted.append("blocked")
        for problem in problems:
            self._report(Severity.ERROR, problem.code, problem.message, message)
        return Merged(Action.DRAFT, current.approved, message.msgstr)

    def _approve(self, current: CurrentMessage, message_id: MessageId, text: str) -> None:
        self.approved.append(Approved(current.string_id, current.context_id, self.catalog.locale_id, text))
        self.log.add(self.catalog, Change.Kind.APPROVED, message_id, current.database, text)
        if current.draft is not None:
            self._drop_draft(current.draft, successor=text)

    def _draft(self, current: CurrentMessage, message: Message, merged: Merged) -> None:
        # Some tools drop the previous source text; what we know of it is still true.
        known = current.draft.previous_msgid if current.draft else ""
        self._keep_draft(
            current.id, merged.draft, current.draft, message.previous_msgid or known, merged.approved
        )

    def _keep_draft(
        self, message_id: MessageId, text: str, existing: Draft | None, previous_msgid: str, approved: str
    ) -> None:
        path, msgid = message_id
        draft = existing or Draft(catalog=self.catalog, key=message_key(path, msgid), path=path, msgid=msgid)
        self.log.add(self.catalog, Change.Kind.DRAFT, message_id, draft.text, text)
        if (draft.text, draft.previous_msgid, draft.approved) != (text, previous_msgid, approved):
            draft.text, draft.previous_msgid, draft.approved = text, previous_msgid, approved
            self.kept_drafts[message_id] = draft

    def _drop_draft(self, draft: Draft, successor: str = "") -> None:
        self.dropped_drafts.append(draft)
        if draft.text != successor:
            self.log.add(self.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")

    def _conflict(self, current: CurrentMessage, message: Message, merged: Merged) -> None:
        before = self.contents.carried.get(current.id)
        if self.run is not None:
            self.conflicts.append(
                Conflict(
                    catalog=self.catalog,
                    key=message_key(*current.id),
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
        self._draft(current, message, merged)
        text = (
            "The translation was changed here, and in the admin or another file. What is in use stays; this one is kept "
            "as fuzzy. "
            "Choose with resolve_po, or in the file."
        )
        self._report(Severity.WARNING, "conflict", text, message)

    def _keep(self, message_id: MessageId, message: Message) -> None:
        """Work on a text that the source no longer has: for the message that replaced it, or until it comes back."""
        if any(
            m.msgid == message.msgid and m.outgoing.msgstr == message.msgstr for m in self.contents.current
        ):
            self.counted.append("unchanged")  # the text moved, and its translation with it
            return
        before = self.contents.carried.get(message_id)
        if before is not None and before.msgstr == message.msgstr:
            self.counted.append("unchanged")
            return
        successor = self._successor(*message_id)
        if successor is not None and successor.draft is not None:
            if successor.draft.text == message.msgstr:
                self.counted.append("unchanged")
                return
            self.counted.append("drafts")
            draft = successor.draft
            self._keep_draft(successor.id, message.msgstr, draft, draft.previous_msgid, draft.approved)
            return
        existing = self.contents.retired_drafts.get(message_id)
        current = self.contents.messages.get(message_id)
        if current is not None:
            existing = current.draft
            approved = current.approved
        else:
            # What the database still has for it, for the day when the source has the text again.
            approved = before.msgstr if before is not None and not before.fuzzy else ""
        self._keep_draft(message_id, message.msgstr, existing, message.previous_msgid, approved)
        if message.obsolete:
            self.counted.append("unchanged")
            return
        self.counted.append("unknown")
        text = "The page no longer has this text. The translation is kept as an obsolete entry."
        self._report(Severity.WARNING, "unknown-entry", text, message)

    def _successor(self, path: str, msgid: str) -> CurrentMessage | None:
        """The current message whose draft translates `msgid`."""
        drafted = [m for m in self.contents.current if m.draft and m.draft.previous_msgid == msgid]
        return next((message for message in drafted if message.path == path), drafted[0] if drafted else None)

    def _report(self, severity: Severity, code: str, text: str, message: Message) -> None:
        self.issues.append(Issue(severity, code, text, self.file.name, message.line, message.msgctxt))

    @property
    def has_changes(self) -> bool:
        """Whether the database's side is another than before."""
        return bool(self.approved or self.cleared or self.kept_drafts or self.dropped_drafts)

    def update_catalog(self) -> None:
        """On the catalog in memory: what its own file carries becomes the base; any other file leaves that alone."""
        if self.is_own_file:
            catalog = self.catalog
            base, found = self.contents.base, self.file.po
            # What a tool dropped from the header is not gone for that.
            kept = {name: value for name, value in base.header.items() if name not in OWN_FIELDS}
            messages = {**self.contents.carried, **self._base}
            commented = tuple(self._with_comment(key, message) for key, message in messages.items())
            header_comment = found.header_comment or base.header_comment
            carried = PoFile({**kept, **found.header}, commented, header_comment)
            # Mostly the file itself has all of that; so it need not be written once more.
            catalog.base = self.file.content if carried == found else write_po(carried)
            catalog.file_digest, catalog.writing_digest = self.file.digest, ""

    def _with_comment(self, key: MessageId, message: Message) -> Message:
        """With the translator's comment, where it may be that a tool has dropped it."""
        before = self.contents.carried.get(key)
        if before is None or message.translator_comment or not before.translator_comment:
            return message
        return replace(message, translator_comment=before.translator_comment)


def _merge_base(current: CurrentMessage, before: Message | None) -> Base:
    """What both sides last agreed on, by what the file carried `before`."""
    msgstr, fuzzy = (before.msgstr, before.fuzzy) if before and not before.obsolete else ("", False)
    if current.draft is not None:
        return Base(msgstr, fuzzy, current.draft.approved)
    return Base(msgstr, fuzzy, "" if fuzzy else msgstr)


def save_imports(imports: Sequence[CatalogImport]) -> None:
    """Write what several files change, each table at once. Call it in a transaction."""
    user = imports[0].run.user if imports and imports[0].run else None
    approve([one for each in imports for one in each.approved], TOOL_NAME, user)
    for each in imports:
        for message in each.cleared:
            withdraw(message.string_id, message.context_id, each.catalog.locale_id)
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


def _save_conflicts(imports: Sequence[CatalogImport]) -> None:
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
                # The same message again: the open one goes on, with the texts of now.
                known.file_text, known.database_text = conflict.file_text, conflict.database_text
                known.file, known.tool = conflict.file, conflict.tool
                known.save(update_fields=["file_text", "database_text", "file", "tool"])
    for conflict in new:
        store_run(conflict.run)
    Conflict.objects.bulk_create(new)
