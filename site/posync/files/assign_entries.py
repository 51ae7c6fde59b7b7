"""Assigns the entries of files to catalogs, and reports those without one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from posync.catalogs.load import EntryId, active_catalogs
from posync.catalogs.paths import catalog_file
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.po.naming import split_msgctxt
from posync.core.results import Issue, RunResult, Severity, tally
from posync.core.rules.facts import FileKind
from posync.core.rules.validation import repair
from posync.files.parse import ReadFile, catalogs_of, owners_of, stopped_of
from posync.files.restored_files import is_restored
from posync.history.change_log import ChangeLog
from posync.models import Catalog, Run


@dataclass(frozen=True, slots=True)
class Wanted:
    """The entries of a file to be merged with a catalog."""

    file: ReadFile
    kind: FileKind
    catalog: Catalog
    entries: Sequence[Entry]
    #: In the catalog's own file: entries without `msgctxt`, by a tool's fault.
    without_context: Sequence[Entry] = ()
    #: The catalog's own file, and an earlier version of it.
    restored: bool = False
    #: Whether the entries come from the file of another place, given up by their texts.
    passed_on: bool = False
    #: Of entries passed on, the other catalog's base for them, by their ids here.
    bases: Mapping[EntryId, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Assigned:
    """The entries to merge, and the rest of their files."""

    wanted: list[Wanted] = field(default_factory=list)
    #: The report of the rest.
    result: RunResult = RunResult()
    #: Texts without a page, for the history.
    homeless: list[ChangeLog] = field(default_factory=list)
    #: Own files without an entry of their catalog, for the next export to replace.
    written_anew: list[tuple[ReadFile, Catalog]] = field(default_factory=list)


def assign(
    files: Sequence[ReadFile],
    languages: Collection[str],
    *,
    held: Collection[str],
    accept_older: bool,
    run: Run | None,
) -> Assigned:
    """Sort the files' entries by catalog. `languages` are language codes, none means all; those `held` are left out."""
    assigned = Assigned()
    catalogs = catalogs_of(files, languages)
    owners = owners_of(files, catalogs)
    stopped = stopped_of(files, catalogs)
    ambiguous = _ambiguous_domains(files, languages)
    for file in files:
        owner = owners.get(file.path)
        if owner is not None and owner.locale.language_code in held:
            continue
        for domain, entries in file.by_domain.items():
            if owner is not None and domain in ("", owner.domain.name):
                continue
            catalog = catalogs.get((file.path, domain))
            if catalog is None and not file.language and domain in ambiguous:
                assigned.result += _no_language(file, domain, entries)
            elif catalog is None:
                is_stopped = (file.path, domain) in stopped
                assigned.result += _unknown_domain(
                    file, domain, entries, kept=owner is not None, stopped=is_stopped
                )
                if owner is not None:
                    assigned.homeless.append(_kept(entries, file, owner, run))
            elif catalog.locale.language_code not in held:
                assigned.wanted.append(Wanted(file, kind_of(file, catalog), catalog, mended(entries)))
        if owner is not None:
            _assign_own(file, owner, assigned, accept_older=accept_older)
            assigned.result += _of_another_page(file, owner, catalogs)
    # A page's own file speaks before those that carry entries of others.
    assigned.wanted.sort(key=lambda one: one.kind is not FileKind.OWN)
    return assigned


def _assign_own(file: ReadFile, owner: Catalog, assigned: Assigned, *, accept_older: bool) -> None:
    """The entries of a file for the catalog of its place."""
    kind = kind_of(file, owner)
    is_own = kind is FileKind.OWN
    own, without_context = file.by_domain.get(owner.domain.name, []), file.by_domain.get("", [])
    if own or without_context:
        restored = is_own and not accept_older and is_restored(file, owner)
        texts = own if is_own else mended(own)
        assigned.wanted.append(Wanted(file, kind, owner, texts, without_context, restored))
    elif is_own:
        assigned.written_anew.append((file, owner))


def kind_of(file: ReadFile, catalog: Catalog) -> FileKind:
    """The kind of the file, to the catalog."""
    own = catalog_file(catalog)
    if file.path == own or file.path.resolve() == own.resolve():
        return FileKind.OWN
    return FileKind.COPY if len(file.by_domain) == 1 else FileKind.PART


def mended(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a foreign file with their translations as the history has them: approved ones were repaired."""
    return [
        entry if entry.fuzzy or entry.msgstr == text else replace(entry, msgstr=text)
        for entry, text in ((entry, repair(entry.msgid, entry.msgstr)) for entry in entries)
    ]


def _kept(entries: Sequence[Entry], file: ReadFile, owner: Catalog, run: Run | None) -> ChangeLog:
    """A file's texts without a page, for the history: the file is a page's own, and is written without them."""
    user = run.user if run else None
    log = ChangeLog(run=run, user=user, file=file.name, file_digest=file.digest, tool=file.tool)
    for entry in entries:
        domain, path = split_msgctxt(entry.msgctxt)
        for text in (entry.msgstr, *entry.other_forms):
            log.keep(domain, owner.locale.language_code, (path, entry.msgid), text)
    return log


def _of_another_page(
    file: ReadFile, owner: Catalog, catalogs: Mapping[tuple[Path, str], Catalog]
) -> RunResult:
    """The report of entries in another page's file; they go to their own all the same."""
    result = RunResult()
    for domain, entries in file.by_domain.items():
        if domain != owner.domain.name and (file.path, domain) in catalogs:
            text = f"This is the file of {owner.domain.name!r}. Entries in it of {domain!r}, merged there: {len(entries)}."
            issue = Issue(
                Severity.WARNING, IssueCode.ANOTHER_PAGE, text, file.name, entries[0].line, entries[0].msgctxt
            )
            result += RunResult(issues=(issue,))
    if not file.by_domain:
        text = "There is no entry in the file; it is written anew."
        result += RunResult(issues=(Issue(Severity.WARNING, IssueCode.NO_ENTRIES, text, file.name),))
    return result


def _ambiguous_domains(files: Sequence[ReadFile], languages: Collection[str]) -> Collection[str]:
    """The domains translated into several of the languages, in files that say none."""
    domains = {domain for file in files if not file.language for domain in file.by_domain}
    if not domains:
        return ()
    catalogs = active_catalogs().filter(domain__name__in=domains).order_by()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    number = Counter(catalogs.values_list("domain__name", flat=True))
    return {domain for domain, times in number.items() if times > 1}


def _no_language(file: ReadFile, domain: str, entries: Sequence[Entry]) -> RunResult:
    text = (
        f"The file does not say its language, and {domain!r} is translated into several. Entries left alone: "
        f"{len(entries)}. Name it with --to, or write the Language header: its code, such as bg."
    )
    issue = Issue(Severity.ERROR, IssueCode.NO_LANGUAGE, text, file.name, entries[0].line, entries[0].msgctxt)
    return RunResult(entries=tally(["unknown"] * len(entries)), issues=(issue,))


def _unknown_domain(
    file: ReadFile, domain: str, entries: Sequence[Entry], *, kept: bool, stopped: bool
) -> RunResult:
    """The report of entries without a page, or with a `stopped` one. `kept`: their file is written without them."""
    first = entries[0]
    language = f" in the language {file.language}" if file.language else ""
    what_becomes = "kept in the history, and taken out of the file" if kept else "left alone"
    if stopped:
        why = f"The translation of {domain!r}{f' into {file.language}' if file.language else ''} was stopped"
    elif domain:
        why = f"No page or snippet called {domain!r} is translated{language}"
    else:
        why = "No msgctxt says which page they belong to"
    text = f"{why}. Entries {what_becomes}: {len(entries)}."
    if stopped:
        text += " To take up its texts, start it again in the admin."
    code = IssueCode.STOPPED if stopped else IssueCode.UNKNOWN_PAGE
    issue = Issue(Severity.WARNING, code, text, file.name, first.line, first.msgctxt)
    return RunResult(entries=tally(["unknown"] * len(entries)), issues=(issue,))
