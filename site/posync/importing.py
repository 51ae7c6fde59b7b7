"""Files to database: parse, check, merge three ways, write in bulk."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.db import transaction
from django.utils.translation import to_locale
from wagtail_localize.models import StringTranslation

from posync.catalogs import CatalogContents, CurrentMessage, catalog_file, domain_file, load_contents
from posync.conf import posync_settings
from posync.core.checks import check, repair
from posync.core.headers import carried_fields
from posync.core.merge import Action, Base, Carried, Merged, merge
from posync.core.messages import Message, message_key
from posync.core.naming import language_of_path, split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, Severity, tally, total
from posync.files import catalog_files, digest
from posync.labels import label
from posync.models import Catalog, CatalogEntry
from posync.reading import ReadFile, catalogs_of, read_file

#: Under this name imported translations appear in wagtail-localize's editor.
TOOL_NAME = "PO file"

_UPDATED_FIELDS = [
    "file_msgstr",
    "file_fuzzy",
    "approved",
    "draft",
    "previous_msgid",
    "translator_comment",
]


def import_files(
    files: Sequence[Path] = (), languages: Collection[str] = (), *, dry_run: bool = False
) -> RunResult:
    """Bring what translators changed into the database.

    `files` may lie anywhere under any name; none means every file below the root that changed since it was last
    read or written. `languages` are language codes; none means all. Nothing is written with `dry_run`.
    """
    if files:
        return total(_import_path(path, languages, dry_run=dry_run) for path in files)
    known = _known_digests()
    return total(
        _import_if_changed(path, known, languages, dry_run=dry_run)
        for path in catalog_files(posync_settings().ROOT)
    )


def _known_digests() -> dict[Path, str]:
    rows = Catalog.objects.exclude(file_digest="").values_list(
        "locale__language_code", "domain__name", "file_digest"
    )
    return {domain_file(language, name): file_digest for language, name, file_digest in rows}


def _import_if_changed(
    path: Path, known: dict[Path, str], languages: Collection[str], *, dry_run: bool
) -> RunResult:
    folder = language_of_path(PurePosixPath(path.relative_to(posync_settings().ROOT)))
    if languages and folder not in {to_locale(language) for language in languages}:
        return RunResult()
    with suppress(OSError):  # reported where the file is read
        if known.get(path) == digest(path.read_bytes()):
            return RunResult(files=FileCounts(unchanged=1))
    return _import_path(path, languages, dry_run=dry_run)


def _import_path(path: Path, languages: Collection[str], *, dry_run: bool) -> RunResult:
    file = read_file(path)
    return file if isinstance(file, RunResult) else _import_read(file, languages, dry_run=dry_run)


def _import_read(file: ReadFile, languages: Collection[str], *, dry_run: bool) -> RunResult:
    by_domain = file.by_domain
    catalogs = catalogs_of(by_domain, file.language, languages)
    result = RunResult(files=FileCounts(read=1))
    for domain in [name for name in by_domain if name not in catalogs]:
        result += _unknown_domain(file, domain, by_domain[domain])
    for contents in load_contents(list(catalogs.values())):
        imported = CatalogImport(contents, file)
        for message in by_domain[contents.catalog.domain.name]:
            imported.add(message)
        if not dry_run:
            imported.save()
        result += RunResult(entries=tally(imported.counted), issues=tuple(imported.issues))
    return result


def _unknown_domain(file: ReadFile, domain: str, messages: Sequence[Message]) -> RunResult:
    first = messages[0]
    language = f" in the language {file.language}" if file.language else ""
    if domain:
        text = f"No page or snippet called {domain!r} is translated{language}; its {len(messages)} entries were left alone."
    else:
        text = f"{len(messages)} entries say in no msgctxt which page they belong to; they were left alone."
    issue = Issue(Severity.WARNING, "unknown-page", text, file.name, first.line, first.msgctxt)
    return RunResult(entries=tally(["unknown"] * len(messages)), issues=(issue,))


@dataclass(slots=True)
class CatalogImport:
    """One catalog's share of a file: decided message by message in memory, then saved in one transaction."""

    contents: CatalogContents
    file: ReadFile
    counted: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    _approved: list[StringTranslation] = field(default_factory=list)
    _entries: dict[object, CatalogEntry] = field(default_factory=dict)
    _seen: set[object] = field(default_factory=set)

    @property
    def is_own_file(self) -> bool:
        """Whether the file is the catalog's, and not one that came by mail or holds many pages."""
        return self.file.path.resolve() == catalog_file(self.contents.catalog).resolve()

    def add(self, message: Message) -> None:
        path = split_msgctxt(message.msgctxt)[1]
        key = message_key(path, message.msgid)
        if key in self._seen:
            self._report(
                Severity.WARNING,
                "duplicate",
                "This entry stands in the file twice; the first one counts.",
                message,
            )
            return
        self._seen.add(key)
        current = self.contents.messages.get(key)
        if current is not None and not message.obsolete:
            self._merge(current, message)
        elif message.msgstr:
            self._keep(path, message)

    def _merge(self, current: CurrentMessage, message: Message) -> None:
        entry = current.entry or CatalogEntry(
            catalog=self.contents.catalog,
            key=current.key,
            path=current.path,
            msgid=current.msgid,
            order=current.order,
        )
        base = Base(entry.file_msgstr, entry.file_fuzzy, entry.approved)
        carried = Carried(message.msgstr, message.fuzzy) if message.msgstr or self.is_own_file else None
        merged = merge(base, carried, current.approved)
        if merged.action is Action.ACCEPT:
            merged = self._checked(current, message, merged)
        else:
            self.counted.append(_COUNT[merged.action])
        if merged.action is Action.CLEARED:
            self._report(
                Severity.WARNING,
                "cleared",
                "The translation was taken out of the file. It is kept, and comes back.",
                message,
            )
        elif merged.action is Action.CONFLICT:
            self._report(
                Severity.WARNING,
                "conflict",
                "The translation was changed here and in the admin. The admin's stays in use; this one is kept as fuzzy.",
                message,
            )
        elif merged.action is Action.ACCEPT:
            self._approve(current, merged.approved)
        self._remember(entry, message, merged, carried)

    def _checked(self, current: CurrentMessage, message: Message, merged: Merged) -> Merged:
        """The accepted text, mended where it has one right form; refused, it is kept as a draft."""
        text = repair(current.msgid, merged.approved)
        limit = label(self.contents.catalog.source_model, current.field_path or current.path).max_length
        problems = check(current.msgid, text, limit)
        if not problems:
            self.counted.append("imported")
            return Merged(Action.ACCEPT, text)
        self.counted.append("blocked")
        for problem in problems:
            self._report(Severity.ERROR, problem.code, problem.message, message)
        return Merged(Action.DRAFT, current.approved, message.msgstr)

    def _approve(self, current: CurrentMessage, text: str) -> None:
        self._approved.append(
            StringTranslation(
                translation_of_id=current.string_id,
                context_id=current.context_id,
                locale=self.contents.catalog.locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=TOOL_NAME,
            )
        )

    def _remember(
        self, entry: CatalogEntry, message: Message, merged: Merged, carried: Carried | None
    ) -> None:
        before = _state(entry)
        # The base is what the catalog's own file carried: another file says nothing of that.
        if carried is not None and self.is_own_file:
            entry.file_msgstr, entry.file_fuzzy = carried.msgstr, carried.fuzzy
        if merged.action in (Action.ACCEPT, Action.AGREE):
            entry.approved, entry.draft, entry.previous_msgid = merged.approved, "", ""
        elif merged.draft:
            entry.approved, entry.draft = merged.approved, merged.draft
            # Some tools drop the previous source text; what we know of it is still true.
            entry.previous_msgid = message.previous_msgid or entry.previous_msgid
        # An empty comment may be one that a tool dropped.
        entry.translator_comment = message.translator_comment or entry.translator_comment
        if _state(entry) != before:
            self._entries[entry.key] = entry

    def _keep(self, path: str, message: Message) -> None:
        """Work on a text that the source no longer has: for the message that replaced it, or until it comes back."""
        if any(
            m.msgid == message.msgid and m.outgoing.msgstr == message.msgstr for m in self.contents.current
        ):
            self.counted.append("unchanged")  # the text moved, and its translation with it
            return
        successor = self._successor(path, message.msgid)
        if successor is not None and successor.entry is not None:
            entry = successor.entry
        else:
            entry = self._retired(path, message)
        before = _state(entry)
        if message.msgstr != (entry.draft or entry.file_msgstr):
            entry.draft = message.msgstr
        entry.translator_comment = message.translator_comment or entry.translator_comment
        if _state(entry) == before:
            self.counted.append("unchanged")
            return
        self._entries[entry.key] = entry
        if successor is not None:
            self.counted.append("drafts")
        elif message.obsolete:
            self.counted.append("unchanged")
        else:
            self.counted.append("unknown")
            self._report(
                Severity.WARNING,
                "unknown-entry",
                "The page no longer has this text. The translation is kept as an obsolete entry.",
                message,
            )

    def _successor(self, path: str, msgid: str) -> CurrentMessage | None:
        """The current message whose draft translates `msgid`."""
        drafted = [
            m for m in self.contents.current if m.entry and m.entry.draft and m.entry.previous_msgid == msgid
        ]
        return next((message for message in drafted if message.path == path), drafted[0] if drafted else None)

    def _retired(self, path: str, message: Message) -> CatalogEntry:
        key = message_key(path, message.msgid)
        current = self.contents.messages.get(key)
        known = current.entry if current else next((e for e in self.contents.retired if e.key == key), None)
        return known or CatalogEntry(
            catalog=self.contents.catalog,
            key=key,
            path=path,
            msgid=message.msgid,
            order=len(self.contents.messages) + len(self.contents.retired) + 1,
            obsolete=current is None,
        )

    def _report(self, severity: Severity, code: str, text: str, message: Message) -> None:
        self.issues.append(Issue(severity, code, text, self.file.name, message.line, message.msgctxt))

    @transaction.atomic
    def save(self) -> None:
        StringTranslation.objects.bulk_create(
            self._approved,
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=[
                "data",
                "translation_type",
                "tool_name",
                "last_translated_by",
                "updated_at",
                "has_error",
                "field_error",
            ],
        )
        new = [entry for entry in self._entries.values() if entry.pk is None]
        changed = [entry for entry in self._entries.values() if entry.pk is not None]
        CatalogEntry.objects.bulk_create(new)
        CatalogEntry.objects.bulk_update(changed, _UPDATED_FIELDS)
        self._save_catalog()

    def _save_catalog(self) -> None:
        catalog = self.contents.catalog
        updated: dict[str, object] = {}
        if self._approved or self._entries:
            updated.update(needs_export=True, needs_publish=True)
        if self.is_own_file:
            updated.update(
                needs_export=True,
                file_digest=self.file.digest,
                header={**catalog.header, **carried_fields(self.file.po.header)},
                header_comment=self.file.po.header_comment or catalog.header_comment,
            )
        if updated:
            Catalog.objects.filter(pk=catalog.pk).update(**updated)


_COUNT = {
    Action.KEEP: "unchanged",
    Action.AGREE: "unchanged",
    Action.CLEARED: "unchanged",
    Action.DRAFT: "drafts",
    Action.CONFLICT: "conflicts",
}


def _state(entry: CatalogEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in _UPDATED_FIELDS)
