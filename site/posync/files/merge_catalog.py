"""One catalog's share of an imported file: decided entry by entry in memory, then saved with others at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, id_of
from posync.catalogs.paths import catalog_file
from posync.catalogs.stored_translations import Approved, approve, withdraw
from posync.core.issue_codes import IssueCode
from posync.core.po.codec import write_po
from posync.core.po.entries import Entry, PoFile, entry_key
from posync.core.po.headers import carried_fields
from posync.core.po.limits import MAX_ENTRY_LENGTH, is_too_long
from posync.core.po.mangled_comments import without_extracted
from posync.core.results import Issue, Severity
from posync.core.rules.facts import MOVED, REFUSED, SET_ASIDE, UNUSABLE, FileKind
from posync.core.rules.table import Action, Decision, Reason, decide
from posync.core.rules.validation import repair
from posync.db.bulk_sql import update_rows
from posync.files.comment_lines import text_in_use, waits_for_review
from posync.files.entry_facts import FactFinder, Subject
from posync.files.foreign_files import History
from posync.files.parse import ReadFile
from posync.files.passed_on import Homeless
from posync.files.translator_comments import FoundComment, take_over
from posync.history.change_log import ChangeLog, save_changes, store_run
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.validators.run_checks import blocks

#: Under this name imported translations appear in wagtail-localize's editor.
TOOL_NAME = "PO file"

_COUNTS_OF_ACTIONS = {
    Action.KEEP: "unchanged",
    Action.AGREE: "unchanged",
    Action.CLEAR: "unchanged",
    Action.APPROVE: "imported",
    Action.DRAFT: "drafts",
    Action.CONFLICT: "conflicts",
    Action.RECORD: "unchanged",
}
#: Where the reason counts more than the action; "" if counted elsewhere.
_COUNTS = {
    Reason.REFUSED: "blocked",
    Reason.SOURCE_GONE: "unknown",
    Reason.UNKNOWN: "unknown",
    Reason.SET_ASIDE: "unchanged",
    Reason.UNUSABLE: "",
}
#: Of the texts in use, too.
_REPLACING = frozenset({Action.APPROVE, Action.CLEAR})
_OLDER = (
    IssueCode.OLDER_TEXT,
    "There is newer work on this text, which stays. To go back to this one, put it into {own}.",
)
_CONFLICT = (
    IssueCode.CONFLICT,
    "The translation was changed here, and in the admin or another file. What is in use stays; this one is kept as "
    "fuzzy. Choose with resolve_po, or in the file.",
)
_UNSEEN = (
    IssueCode.CONFLICT,
    "This text is in an open conflict, and the file lacks the comment with the translation in use: it may be of before, or "
    "a tool has dropped the comments. It stays fuzzy. Choose with resolve_po, or in the file as exported.",
)
#: By decision: the code of the issue, and its text. `own` is the name of the catalog's own file.
_WARNINGS = {
    Decision(Action.KEEP, Reason.SUPERSEDED): _OLDER,
    Decision(Action.CONFLICT, Reason.BOTH_CHANGED): _CONFLICT,
    Decision(Action.CLEAR, Reason.EMPTIED): (
        IssueCode.CLEARED,
        "The translation was taken out of the file. It is kept, and comes back. To clear it: --allow-clear.",
    ),
    Decision(Action.DRAFT, Reason.SOURCE_GONE): (
        IssueCode.UNKNOWN_ENTRY,
        "The page no longer has this text. The translation is kept as an obsolete entry.",
    ),
    Decision(Action.RECORD, Reason.SET_ASIDE): (
        IssueCode.SET_ASIDE,
        "The file carries this entry as obsolete, with another translation than before; the page has the text still. "
        "Nothing was taken from it. The translation is kept in the history.",
    ),
    Decision(Action.RECORD, Reason.UNKNOWN): (
        IssueCode.UNKNOWN_ENTRY,
        "The page does not have this text, and never had it. The translation is kept in the history.",
    ),
}


@cache
def _outcome(decision: Decision) -> tuple[str, bool]:
    """The name under which a decision is counted, and whether there may be something to tell about it."""
    name = _COUNTS.get(decision.reason, _COUNTS_OF_ACTIONS[decision.action])
    is_told = decision in _WARNINGS or decision.reason is Reason.IN_DISPUTE or decision.action is Action.CLEAR
    return name, is_told


@dataclass(slots=True)
class CatalogMerge:
    """A file's changes to a catalog."""

    loaded: LoadedCatalog
    file: ReadFile
    kind: FileKind
    run: Run | None
    #: The file's entries of the catalog, those not to be told apart left out.
    entries: Sequence[Entry] = ()
    #: Of entries passed on from another catalog, its base for them.
    bases: Mapping[EntryId, Entry] = field(default_factory=dict)
    allow_clear: bool = False
    #: Whether all of the file could be told apart: else it stays as it is, for a person to mend.
    file_is_taken: bool = True
    #: Where the file is not the catalog's own: the past of its texts.
    history: History = History()
    #: The open conflicts of the catalog, by entry.
    open_conflicts: Mapping[EntryId, Conflict] = field(default_factory=dict)
    #: The hashes of the entries decided by earlier files of the same run.
    decided_now: Collection[int] = frozenset()
    #: Whether the file's translations are approved ones, by the site's settings.
    may_approve: bool = True
    #: Whether the entries come from the file of another place, given up by their texts.
    passed_on: bool = False
    #: Each entry with its decision, where a person is to read them.
    outcomes: list[tuple[Entry, Decision]] | None = None
    counted: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    approved: list[Approved] = field(default_factory=list)
    cleared: list[CurrentEntry] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    #: The entries whose open conflicts a person has settled in the file.
    settled: dict[EntryId, str] = field(default_factory=dict)
    kept_drafts: dict[EntryId, Draft] = field(default_factory=dict)
    dropped_drafts: list[Draft] = field(default_factory=list)
    #: Where the file is not the catalog's own: translators' comments, perhaps new ones.
    comments: list[FoundComment] = field(default_factory=list)
    log: ChangeLog = field(default_factory=ChangeLog)
    finder: FactFinder = field(init=False)
    _base: dict[EntryId, Entry] = field(default_factory=dict)
    _seen: set[EntryId] = field(default_factory=set)
    #: The current entries by path and words, once one is looked for.
    _by_words: dict[tuple[str, tuple[str, ...]], list[CurrentEntry]] | None = None
    #: The entries whose texts in use the file changes or empties; first translations do not count.
    live_changes: list[EntryId] = field(default_factory=list)
    #: A translation was taken out of the file, and is to be put back.
    _was_emptied: bool = False

    def __post_init__(self) -> None:
        self.log = ChangeLog(
            run=self.run,
            user=self.run.user if self.run else None,
            file=self.file.name,
            file_digest=self.file.digest,
            tool=self.tool,
        )
        self.finder = FactFinder(
            self.loaded,
            self.kind,
            self.history,
            self.entries,
            self.bases,
            self.open_conflicts,
            self.decided_now,
            self.may_approve,
            self.passed_on,
        )

    @property
    def tool(self) -> str:
        """The program of the file's last save, by its own word."""
        return self.file.tool

    @property
    def catalog(self) -> Catalog:
        return self.loaded.catalog

    @property
    def is_own_file(self) -> bool:
        return self.kind is FileKind.OWN

    def add(self, entry: Entry) -> None:
        """Decide one entry of the file."""
        entry_id = id_of(entry)
        if entry_id not in self.loaded.entries:
            entry_id, entry = self._respaced(entry_id, entry)
        if entry.translator_comment and (known := self.loaded.carried.get(entry_id)):
            entry = without_extracted(entry, known.extracted_comments)
        if entry.other_forms:
            self._keep_other_forms(entry_id, entry)
        subject = self._unusable(entry_id, entry)
        if subject is None:
            self._seen.add(entry_id)
            subject = self.finder.subject(entry_id, entry)
        facts = self.finder.facts(entry_id, entry, subject)
        decision = decide(facts)
        text = entry.msgstr
        is_done = decision.action is Action.APPROVE or decision.reason is Reason.REVIEW
        if is_done and subject.current is not None:
            text = repair(entry.msgid, entry.msgstr)
            if self._is_refused(subject.current, entry, text):
                decision, text = decide(facts._replace(entry=REFUSED)), entry.msgstr
        if subject.state is not UNUSABLE:
            if entry.translator_comment:
                self._note_comment(decision, entry_id, entry)
            if entry.fuzzy and self.is_own_file:
                self._keep_what_was_in_use(entry_id, entry)
        self._act(decision, entry_id, entry, subject, text)

    def homeless(self) -> Iterator[Homeless]:
        """The entries with news on texts that the page no longer has, for another page that may have them."""
        known = self.loaded.entries
        for entry in self.entries:
            entry_id = id_of(entry)
            if entry_id not in known and self.finder.is_homeless(entry_id, entry) and not is_too_long(entry):
                yield Homeless(self.file, self.catalog, entry_id, entry, self.loaded.carried.get(entry_id))

    def leave_out(self, entry: Entry) -> None:
        """Note an entry that another catalog decides."""
        entry_id = id_of(entry)
        self._seen.add(entry_id)
        self._base[entry_id] = entry
        # It comes again, in this file or in a copy of it, whatever becomes of its text there.
        self._keep_in_history(entry_id, entry)

    def add_without_context(self, entries: Sequence[Entry]) -> None:
        """Decide entries of the own file without `msgctxt`, by a tool's fault, by their source alone.

        An entry fitting several of the catalog's, or none, stays in the file and is an error.
        """
        current = _by_msgid(self.loaded.entries.keys() - self._seen)
        obsolete = _by_msgid(
            key for key, entry in self.loaded.carried.items() if entry.obsolete and key not in self._seen
        )
        numbers = Counter(entry.msgid for entry in entries)
        for entry in entries:
            is_current = entry.msgid in current
            found = (current if is_current else obsolete).get(entry.msgid, [])
            if len(found) == 1 and numbers[entry.msgid] == 1:
                msgctxt = self.loaded.msgctxt(found[0][0])
                self.add(replace(entry, msgctxt=msgctxt, obsolete=entry.obsolete or not is_current))
            elif entry.msgstr and not entry.obsolete:
                self.file_is_taken = False
                self.counted.append("unknown")
                text = (
                    "The entry has lost its msgctxt, and its source does not tell which text of the page it is. It "
                    "stays in the file; copy its msgctxt from an earlier version of the file."
                )
                self._report(Severity.ERROR, IssueCode.NO_MSGCTXT, text, entry)
            else:
                # An obsolete one tells nobody anything there, and the file may be written without it.
                self._keep_in_history(("", entry.msgid), entry)

    def _respaced(self, entry_id: EntryId, entry: Entry) -> tuple[EntryId, Entry]:
        """An entry with white space changed by a tool, in the source's own form."""
        # Of a text that the source had before, it is the source whose spaces have changed.
        is_former = (self.catalog.pk, entry_id) in self.history.former
        if is_former or entry_id in self.loaded.carried or entry.obsolete:
            return entry_id, entry
        path, msgid = entry_id
        if self._by_words is None:
            self._by_words = defaultdict(list)
            for one in self.loaded.current:
                self._by_words[one.path, _words(one.msgid)].append(one)
        alike = self._by_words.get((path, _words(msgid)), [])
        if len(alike) != 1 or alike[0].id in self._seen:
            return entry_id, entry
        text = "A tool has changed the spaces of the source text (msgid). The translation is taken for the text as it is."
        self._report(Severity.WARNING, IssueCode.SOURCE_SPACING, text, entry)
        return alike[0].id, replace(entry, msgid=alike[0].msgid)

    def _unusable(self, entry_id: EntryId, entry: Entry) -> Subject | None:
        """The subject of an entry not to be merged, reported; None for any other."""
        if is_too_long(entry):
            text = f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters. It is kept in the history."
            self._report(Severity.ERROR, IssueCode.TOO_LONG, text, entry)
            self.counted.append("blocked")
        elif entry_id in self._seen:
            if not entry.obsolete:
                text = "This entry stands in the file twice; the first one counts. The other is kept in the history."
                self._report(Severity.WARNING, IssueCode.DUPLICATE, text, entry)
        else:
            return None
        return Subject(UNUSABLE, entry_id)

    def _is_refused(self, current: CurrentEntry, entry: Entry, text: str) -> bool:
        """Whether a check refuses the text. Whatever the checks find is reported."""
        problems = check_entry(self.loaded, current, text)
        if not problems:
            return False
        for problem in problems:
            self._report(problem.severity, problem.code, problem.message, entry)
        return blocks(problems)

    def _act(self, decision: Decision, entry_id: EntryId, entry: Entry, subject: Subject, text: str) -> None:
        action, reason = decision
        current = subject.current
        if self.outcomes is not None:
            self.outcomes.append((entry, decision))
        name, is_told = _outcome(decision)
        if name:
            self.counted.append(name)
        if is_told:
            self._tell(decision, entry)
        match action:
            case Action.APPROVE if current is not None:
                self._approve(current, text)
            case Action.RECORD:
                self._keep_in_history(entry_id, entry)
            case Action.AGREE:
                self.settled[subject.entry_id] = entry.msgstr
                if subject.draft is not None:
                    self._drop_draft(subject.draft)
            case Action.CLEAR if current is not None and self.allow_clear:
                self._clear(current, subject)
            case Action.CONFLICT if current is not None:
                self._conflict(current, entry, subject)
                self._draft(entry, subject)
            case Action.DRAFT if reason is Reason.REVIEW:
                self._draft(replace(entry, msgstr=text), subject, for_review=True)
            case Action.DRAFT:
                if current is not None and current.id in self.open_conflicts:
                    self._conflict(current, entry, subject)  # the open one is about the new draft from now on
                self._draft(entry, subject)
        if current is not None and action in _REPLACING and current.approved:
            self.live_changes.append(current.id)
        self._remember(decision, entry_id, entry, subject)

    def _tell(self, decision: Decision, entry: Entry) -> None:
        """Report a decision for a person to know of."""
        if decision.action is Action.CLEAR and self.allow_clear:
            self.counted[-1] = "imported"
        elif decision.reason is Reason.IN_DISPUTE:
            if self.is_own_file and not entry.fuzzy:
                self._report(Severity.WARNING, *_UNSEEN, entry)
        elif not entry.obsolete or decision.reason is Reason.SET_ASIDE:
            code, warning = _WARNINGS[decision]
            self._report(Severity.WARNING, code, warning.format(own=catalog_file(self.catalog).name), entry)

    def _remember(self, decision: Decision, entry_id: EntryId, entry: Entry, subject: Subject) -> None:
        """Make the file's entry the base of the next merge, unless it comes back by itself."""
        action, state = decision.action, subject.state
        if state is UNUSABLE:
            return
        if state is SET_ASIDE and action is not Action.DRAFT:
            return
        if action is Action.CLEAR and not self.allow_clear and (before := self.loaded.carried.get(entry_id)):
            self._was_emptied = True
            comment = entry.translator_comment or before.translator_comment
            self._base[entry_id] = replace(before, translator_comment=comment)
        elif action is not Action.RECORD:
            self._base[entry_id] = entry

    def _keep_other_forms(self, entry_id: EntryId, entry: Entry) -> None:
        for text in entry.other_forms:
            self._keep_in_history(entry_id, replace(entry, msgstr=text))
        text = "This text has no plural forms; msgstr[0] counts. The others are kept in the history."
        self._report(Severity.WARNING, IssueCode.PLURAL_FORMS, text, entry)

    def _keep_what_was_in_use(self, entry_id: EntryId, entry: Entry) -> None:
        """Keep the translation in use by the file's word: after a restored backup it may stand nowhere else."""
        before = self.loaded.carried.get(entry_id)
        lines = set(entry.extracted_comments) - set(before.extracted_comments if before else ())
        for text in filter(None, map(text_in_use, lines)):
            self._keep_in_history(entry_id, replace(entry, msgstr=text))

    def _note_comment(self, decision: Decision, entry_id: EntryId, entry: Entry) -> None:
        before = self.loaded.carried.get(entry_id)
        known = before.translator_comment if before else ""
        is_gone = entry_id not in self.loaded.entries
        if entry.translator_comment == known:
            if is_gone and not self.is_own_file:
                # The next export leaves the entry out, and then this copy alone has the comment.
                self._keep_comment(entry_id, entry)
            return
        if self.is_own_file:
            if known:
                self.log.add(self.catalog, Change.Kind.COMMENT, entry_id, known, entry.translator_comment)
        elif decision == Decision(Action.DRAFT, Reason.SOURCE_GONE):
            self.comments.append(
                FoundComment(self.loaded, entry_id, entry.translator_comment, self.log, entry.msgstr)
            )
        elif before is None and is_gone:
            self._keep_comment(entry_id, entry)
        else:
            self.comments.append(FoundComment(self.loaded, entry_id, entry.translator_comment, self.log))

    def _keep_comment(self, entry_id: EntryId, entry: Entry) -> None:
        """Keep the comment on a text that is gone, unless the text that took its place has the comment by now."""
        lines = set(entry.translator_comment.split("\n"))
        here = (
            other
            for key, other in self.loaded.carried.items()
            if key[0] == entry_id[0] and key in self.loaded.entries
        )
        if any(lines.issubset(other.translator_comment.split("\n")) for other in here):
            return
        names = self.catalog.domain.name, self.catalog.locale.language_code
        self.log.keep(*names, entry_id, entry.translator_comment, Change.Kind.COMMENT)

    def _keep_in_history(self, entry_id: EntryId, entry: Entry) -> None:
        """Keep a text left unmerged: its file is going to be written without it."""
        catalog = self.catalog
        self.log.keep(catalog.domain.name, catalog.locale.language_code, entry_id, entry.msgstr)

    def _approve(self, current: CurrentEntry, text: str) -> None:
        catalog, entry_id = self.catalog, current.id
        self.settled[entry_id] = text
        self.approved.append(Approved(current.string_id, current.context_id, catalog.locale_id, text))
        self.log.add(catalog, Change.Kind.APPROVED, entry_id, current.approved, text)
        if current.draft is not None:
            self._drop_draft(current.draft)
        elif current.has_error:
            # A refused text was in no use: it comes back by an undoing as a draft.
            self.log.add(catalog, Change.Kind.DRAFT, entry_id, current.database, "")

    def _clear(self, current: CurrentEntry, subject: Subject) -> None:
        """Clear what the file had: the translation in use, or the draft beside it alone."""
        before = subject.before
        if current.approved and before is not None and (before.fuzzy or waits_for_review(before)):
            self.settled[current.id] = current.approved
        else:
            self.cleared.append(current)
            self.log.add(self.catalog, Change.Kind.APPROVED, current.id, current.database, "")
        if current.draft is not None:
            self._drop_draft(current.draft)

    def _draft(self, entry: Entry, subject: Subject, *, for_review: bool = False) -> None:
        """Keep the file's text as the subject's draft."""
        current, existing, before = subject.current, subject.draft, subject.before
        if subject.state is MOVED and current is not None:
            previous_msgid, approved = "" if entry.msgid == current.msgid else entry.msgid, current.approved
        elif current is not None:
            previous_msgid, approved = _previous_msgid(entry, existing, before), current.approved
        else:
            # The database's text, for the day of the source's return.
            is_approved = before is not None and not before.fuzzy and not waits_for_review(before)
            approved = before.msgstr if before is not None and is_approved else ""
            previous_msgid = entry.previous_msgid
        draft = existing or Draft.of(self.catalog, subject.entry_id)
        self.log.add(self.catalog, Change.Kind.DRAFT, subject.entry_id, draft.text, entry.msgstr)
        values = entry.msgstr, previous_msgid, approved, for_review
        if (draft.text, draft.previous_msgid, draft.approved, draft.for_review) != values:
            draft.text, draft.previous_msgid, draft.approved, draft.for_review = values
            draft.author, draft.sent_back = None, ""
            self.kept_drafts[subject.entry_id] = draft

    def _drop_draft(self, draft: Draft) -> None:
        self.dropped_drafts.append(draft)
        self.log.add(self.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")

    def _conflict(self, current: CurrentEntry, entry: Entry, subject: Subject) -> None:
        if self.run is not None:
            self.conflicts.append(
                Conflict(
                    catalog=self.catalog,
                    key=entry_key(*current.id),
                    path=current.path,
                    msgid=current.msgid,
                    base_text=subject.before.msgstr if subject.before else "",
                    file_text=entry.msgstr,
                    database_text=current.approved,
                    file=self.file.name,
                    tool=self.tool[:255],
                    run=self.run,
                )
            )

    def _report(self, severity: Severity, code: str, text: str, entry: Entry) -> None:
        self.issues.append(Issue(severity, code, text, self.file.name, entry.line, entry.msgctxt))

    @property
    def changes_anything(self) -> bool:
        """Whether the file brings news, or a choice or a repair for a person."""
        return bool(self.has_changes or self.conflicts or self._was_emptied)

    @property
    def has_changes(self) -> bool:
        """Whether the database's side is another than before."""
        return bool(self.approved or self.cleared or self.kept_drafts or self.dropped_drafts)

    def update_catalog(self) -> None:
        """Make its own file the base, on the catalog in memory; any other file leaves that alone."""
        if self.is_own_file:
            catalog = self.catalog
            base, found = self.loaded.base, self.file.po
            # A field dropped from the header by a tool is not gone for that.
            kept = carried_fields(base.header)
            entries = {**self.loaded.carried, **self._base}
            commented = tuple(self._with_comment(key, entry) for key, entry in entries.items())
            header_comment = found.header_comment or base.header_comment
            carried = PoFile({**kept, **found.header}, commented, header_comment)
            # Mostly the file itself has it all, and need not be written once more.
            catalog.base = self.file.content if carried == found else write_po(carried)
            if self.file_is_taken:
                catalog.note_file(self.file.digest, taken=not self._was_emptied)

    def _with_comment(self, key: EntryId, entry: Entry) -> Entry:
        """With the translator's comment, where a tool may have dropped it."""
        before = self.loaded.carried.get(key)
        if before is None or entry.translator_comment or not before.translator_comment:
            return entry
        return replace(entry, translator_comment=before.translator_comment)


def _by_msgid(entry_ids: Iterable[EntryId]) -> dict[str, list[EntryId]]:
    found: dict[str, list[EntryId]] = defaultdict(list)
    for entry_id in entry_ids:
        found[entry_id[1]].append(entry_id)
    return found


def _words(text: str) -> tuple[str, ...]:
    """The text without regard to its spaces; no-break spaces are some."""
    return tuple(text.split())


def _previous_msgid(entry: Entry, draft: Draft | None, before: Entry | None) -> str:
    """The source behind a draft of the file, where it is another than its entry's.

    A text typed over an offer is of the entry's own source, though tools leave the offer's `#|` beside it. Of an offer
    left as it was, some tools drop the `#|`; the draft's own stays true.
    """
    if draft is not None and draft.text == entry.msgstr:
        return entry.previous_msgid or draft.previous_msgid
    offered = before.previous_msgid if before is not None else ""
    return "" if entry.previous_msgid == offered else entry.previous_msgid


def save_merges(imports: Sequence[CatalogMerge]) -> None:
    """Write several files' changes, each table at once. Call it in a transaction."""
    user = imports[0].run.user if imports and imports[0].run else None
    approve([one for each in imports for one in each.approved], TOOL_NAME, user)
    for each in imports:
        withdraw({(entry.string_id, entry.context_id) for entry in each.cleared}, each.catalog.locale_id)
    drafts = [draft for each in imports for draft in each.kept_drafts.values()]
    new, known = [d for d in drafts if d.pk is None], [d for d in drafts if d.pk is not None]
    Draft.objects.filter(pk__in=[draft.pk for each in imports for draft in each.dropped_drafts]).delete()
    Draft.objects.bulk_create(new)
    Draft.objects.bulk_update(
        known, ["text", "previous_msgid", "approved", "for_review", "author", "sent_back"]
    )
    take_over([comment for each in imports for comment in each.comments])
    save_changes(each.log for each in imports)
    _save_conflicts(imports)
    for each in imports:
        each.update_catalog()
    # A file left as it is comes again at each sync: it is noted once.
    own = [each.catalog for each in imports if each.is_own_file and (each.file_is_taken or each.has_changes)]
    update_rows(
        Catalog,
        ("base", *Catalog.FILE_FIELDS),
        [(catalog.pk, catalog.base, *catalog.file_values) for catalog in own],
    )
    changed = {each.catalog.pk for each in imports if each.has_changes}
    # Its form may be another than ours: to be written again.
    if reformed := [catalog.pk for catalog in own if catalog.pk not in changed]:
        Catalog.objects.filter(pk__in=reformed).update(needs_export=True)
    Catalog.objects.filter(pk__in=changed).mark_changed()


def _save_conflicts(imports: Sequence[CatalogMerge]) -> None:
    """Open the new conflicts, and close those settled in the file."""
    for each in imports:
        for entry_id in each.settled.keys() & each.open_conflicts.keys():
            each.open_conflicts[entry_id].resolve(each.settled[entry_id], each.log.user)
    new = []
    for each in imports:
        for conflict in each.conflicts:
            known = each.open_conflicts.get((conflict.path, conflict.msgid))
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
