"""Files to database: parse, check, merge three ways, write in bulk."""

import logging
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from django.db import transaction
from django.utils.translation import to_locale

from posync.catalogs.load import EntryId, load_catalogs
from posync.catalogs.paths import domain_file, placed
from posync.catalogs.stored_translations import lock_translations
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.po.limits import UnusableFile
from posync.core.po.naming import language_of_path, split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, Severity, tally, total
from posync.core.rules.facts import FileKind
from posync.db.bulk_sql import update_rows
from posync.files.announce_merges import announce_merges
from posync.files.atomic_replacement import (
    displaced_file,
    has_displaced,
    is_displaced,
    original_place,
)
from posync.files.disk import content_files, digest, read_found
from posync.files.displaced_files import brings_news, forget, take_up
from posync.files.foreign_files import Wanted, history_of, kind_of, mended, open_conflicts_of
from posync.files.former_entries import former_entries
from posync.files.former_paths import FormerPaths
from posync.files.mark_root import look_at_mark, own_root
from posync.files.mass_change import MassChange, MassChangeGuard, live_translations
from posync.files.merge_catalog import CatalogMerge, save_merges
from posync.files.parse import ReadFile, catalogs_of, owners_of, read_file, stopped_of
from posync.files.restarted_files import not_approved
from posync.files.restored_files import is_restored, not_taken
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Run
from posync.plugins import report_failures
from posync.progress import report

logger = logging.getLogger(__name__)

#: Files merged in one transaction.
BATCH_SIZE = 50


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """A person's consents beforehand."""

    #: Translations taken out of their file are cleared.
    allow_clear: bool = False
    #: A catalog's own file is taken although it is an earlier version of it.
    accept_older: bool = False
    #: A language is taken although most of its translations in use change.
    accept_mass_change: bool = False


#: Nothing is agreed to.
DEFAULTS = ImportOptions()


@dataclass(frozen=True, slots=True)
class Imported:
    result: RunResult
    #: The codes of languages held back: neither imported nor to be exported.
    held: frozenset[str] = frozenset()


@report_failures
def import_files(
    files: Sequence[Path] = (),
    languages: Collection[str] = (),
    *,
    dry_run: bool = False,
    options: ImportOptions = DEFAULTS,
) -> RunResult:
    """Bring translators' changes into the database, as one run.

    `files` may lie anywhere under any name; none means every file below the root that changed since it was last
    read or written. `languages` are language codes; none means all. Nothing is written with `dry_run`. Raises
    PosyncError when another process is at work on the files, or when the folder is another site's.
    """
    if dry_run:
        return look_at_mark() + import_due(files, languages, dry_run=True, options=options).result
    with own_root() as result:
        return result + import_due(files, languages, dry_run=False, options=options).result


def import_due(
    files: Sequence[Path], languages: Collection[str], *, dry_run: bool, options: ImportOptions
) -> Imported:
    """`import_files`, for a caller who holds the lock."""
    return _Importer(languages, options, dry_run=dry_run).run(files)


@dataclass
class _Left:
    """The rest of the files, beside entries to merge."""

    result: RunResult = RunResult()
    #: Texts without a place.
    homeless: list[ChangeLog] = field(default_factory=list)
    #: Own files for the next export to replace, as they are.
    written_anew: list[tuple[ReadFile, Catalog]] = field(default_factory=list)
    restored: int = 0


class _Importer:
    """One run over many files."""

    def __init__(self, languages: Collection[str], options: ImportOptions, *, dry_run: bool) -> None:
        self.languages = languages
        self.options = options
        self.dry_run = dry_run
        self._run: Run | None = None
        self._held: set[str] = set()
        #: The entries decided by the files so far, by catalog.
        self._decided: dict[int, set[EntryId]] = defaultdict(set)
        self._guard = MassChangeGuard(released=options.accept_mass_change)

    def run(self, files: Sequence[Path]) -> Imported:
        paths, result = self._named_paths(files) if files else self._changed_paths()
        if len(paths) > BATCH_SIZE and not self.options.accept_mass_change:
            result += self._hold_mass_changes(paths)
        for number, batch in self._read(paths):
            result += total(one for one in batch if isinstance(one, RunResult))
            result += self._import([one for one in batch if isinstance(one, ReadFile)])
            report("import", number, len(paths))
        return Imported(result, frozenset(self._held))

    def _named_paths(self, files: Sequence[Path]) -> tuple[list[Path], RunResult]:
        """The files named, each after the remains of a killed export beside it."""
        paths: list[Path] = []
        for path in map(placed, files):
            if has_displaced(path) and self._is_news(displaced_file(path), _KnownFiles()):
                paths.append(displaced_file(path))
            paths.append(path)
        return paths, RunResult()

    def _changed_paths(self) -> tuple[list[Path], RunResult]:
        """The files below the root with another writer than us, and the number of the rest.

        The catalogs' own come first: a copy left there is read at every sync, and must find what they brought already.
        """
        known = _KnownFiles()
        unchanged = 0
        foreign = []
        files = [path for path in content_files(posync_settings().ROOT) if self._is_wanted(path)]
        displaced = [path for path in files if is_displaced(path)]
        changed = [path for path in displaced if self._is_news(path, known)]
        put_back = {place for place in map(original_place, displaced) if os.path.lexists(place)}
        for path in sorted(put_back.union(files).difference(displaced)):
            try:
                content = read_found(path)
            except (OSError, UnusableFile):
                changed.append(path)  # its reading says why it cannot be read
                continue
            catalog, found = known.of(path), digest(content)
            if catalog is None:
                foreign.append(path)
            elif catalog.file_digest == found:
                unchanged += 1
            elif catalog.writing_digest == found:
                unchanged += 1
                if not self.dry_run:
                    _finish_writing(catalog, content)
            else:
                changed.append(path)
        return changed + foreign, RunResult(files=FileCounts(unchanged=unchanged))

    def _is_news(self, displaced: Path, known: "_KnownFiles") -> bool:
        """Whether a file displaced by an export is to be merged, before its replacement."""
        catalog = known.of(original_place(displaced))
        try:
            return brings_news(displaced, catalog) if self.dry_run else take_up(displaced, catalog)
        except (OSError, UnusableFile):
            return True  # its reading says why it cannot be read

    def _is_wanted(self, path: Path) -> bool:
        if not self.languages:
            return True
        folder = language_of_path(PurePosixPath(path.relative_to(posync_settings().ROOT)))
        return folder in {to_locale(language) for language in self.languages}

    def _read(self, paths: Sequence[Path]) -> Iterator[tuple[int, list[ReadFile | RunResult]]]:
        """The files in batches, each with the number of those read so far."""
        for start in range(0, len(paths), BATCH_SIZE):
            batch = paths[start : start + BATCH_SIZE]
            yield start + len(batch), [read_file(path) for path in batch]

    def _hold_mass_changes(self, paths: Sequence[Path]) -> RunResult:
        """Find the languages to be held back before the first of several transactions is committed.

        Costs a second reading, where a language has enough in use to be protected.
        """
        in_use = live_translations(self.languages)
        if not any(number >= posync_settings().MASS_CHANGE_MINIMUM for number in in_use.values()):
            return RunResult()
        result = RunResult()
        for _number, batch in self._read(paths):
            files = [one for one in batch if isinstance(one, ReadFile)]
            while True:
                try:
                    for group in _without_repeats(self._wanted(files)[0]):
                        self._guard.count(self._merge(group, _Left(), {}))
                    break
                except MassChange as held:
                    result += self._hold(held)
        self._guard.forget()
        return result

    def _hold(self, held: MassChange) -> RunResult:
        self._held.add(held.language)
        self._guard.forget()
        return RunResult(issues=(held.issue,))

    def _import(self, files: Sequence[ReadFile]) -> RunResult:
        """Merge files in one transaction; after a failure, each in its own."""
        if not files:
            return RunResult()
        if self._run is None and not self.dry_run:
            self._run = Run(kind=Run.Kind.IMPORT, user=acting_user())  # type: ignore[misc] # whatever AUTH_USER_MODEL is
        stored = self._run.pk if self._run else None
        try:
            with transaction.atomic():
                result = self._import_together(files)
        except Exception as error:
            if self._run is not None and stored is None:
                # Its row, if any, was rolled back with all the rest.
                self._run.pk, self._run._state.adding = None, True
            if isinstance(error, MassChange):
                return self._hold(error) + self._import(files)
            logger.exception("Importing %d files failed", len(files))
            if len(files) == 1:
                text = f"The file could not be imported: {type(error).__name__}: {error}"
                issue = Issue(Severity.ERROR, IssueCode.IMPORT_FAILED, text, files[0].name)
                return RunResult(files=FileCounts(failed=1), issues=(issue,))
            return total(self._import([file]) for file in files)
        if not self.dry_run:
            displaced = [file for file in files if is_displaced(file.path)]
            for path, owner in owners_of(displaced, {}).items():
                if owner.locale.language_code not in self._held:
                    forget(path)
        return result

    def _import_together(self, files: Sequence[ReadFile]) -> RunResult:
        if not self.dry_run:
            lock_translations()
        wanted, left = self._wanted(files)
        merges: list[CatalogMerge] = []
        decided: dict[int, set[EntryId]] = defaultdict(set)
        for group in _without_repeats(wanted):
            done = self._merge(group, left, decided)
            for one in done:
                decided[one.catalog.pk].update(one.settled)
            self._guard.count(done)
            if not self.dry_run:
                save_merges(done)
                announce_merges(done)
            merges += done
        if not self.dry_run:
            save_changes(left.homeless)
            _write_anew(left.written_anew)
        for pk, entry_ids in decided.items():
            self._decided[pk] |= entry_ids
        counted = (name for one in merges for name in one.counted)
        issues = tuple(issue for one in merges for issue in one.issues)
        result = RunResult(
            files=FileCounts(read=len(files) - left.restored), entries=tally(counted), issues=issues
        )
        return left.result + result

    def _wanted(self, files: Sequence[ReadFile]) -> tuple[list[Wanted], _Left]:
        """The files' entries by catalog, and the rest."""
        wanted: list[Wanted] = []
        left = _Left()
        catalogs = catalogs_of(files, self.languages)
        owners = owners_of(files, catalogs)
        stopped = stopped_of(files, catalogs)
        for file in files:
            owner = owners.get(file.path)
            is_own = owner is not None and kind_of(file, owner) is FileKind.OWN
            if owner is not None and owner.locale.language_code in self._held:
                continue
            unclaimed = owner is not None and not {"", owner.domain.name} & file.by_domain.keys()
            if is_own and owner is not None and unclaimed:
                left.written_anew.append((file, owner))
            for domain, entries in file.by_domain.items():
                catalog = catalogs.get((file.path, domain))
                if owner is not None and domain in ("", owner.domain.name):
                    continue
                if catalog is None:
                    left.result += _unknown_domain(
                        file,
                        domain,
                        entries,
                        kept=owner is not None,
                        stopped=(file.path, domain) in stopped,
                    )
                    if owner is not None:
                        left.homeless.append(_kept(entries, file, owner, self._run))
                elif catalog.locale.language_code not in self._held:
                    wanted.append(Wanted(file, catalog, mended(entries)))
            if owner is not None:
                own, without_context = file.by_domain.get(owner.domain.name, []), file.by_domain.get("", [])
                if own or without_context:
                    restored = is_own and not self.options.accept_older and is_restored(file, owner)
                    texts = own if is_own else mended(own)
                    wanted.append(Wanted(file, owner, texts, without_context, restored))
                left.result += _of_another_page(file, owner, catalogs)
        return wanted, left

    def _merge(
        self, group: Sequence[Wanted], left: _Left, decided: Mapping[int, set[EntryId]]
    ) -> list[CatalogMerge]:
        """Decide every entry of a group, in memory. A restored file with another text than today's goes to `left`."""
        loaded = load_catalogs([one.catalog for one in group], with_base=True)
        by_catalog = {each.catalog.pk: each for each in loaded}
        history = replace(history_of(group), former=former_entries(group, by_catalog))
        conflicts = open_conflicts_of(one.catalog for one in group)
        former = FormerPaths(loaded)
        merges = []
        for one in group:
            pk = one.catalog.pk
            merge = CatalogMerge(
                by_catalog[pk],
                one.file,
                self._run,
                allow_clear=self.options.allow_clear,
                history=history,
                open_conflicts=conflicts.get(pk, {}),
                decided_now=self._decided.get(pk, set()) | decided.get(pk, set()),
            )
            entries = former.resolve(merge.loaded, one.entries)
            if one.catalog.restarted and merge.is_own_file:
                entries, issues = not_approved(merge.loaded, one.file, entries)
                merge.issues += issues
            for entry in entries:
                merge.add(entry)
            if one.without_context:
                merge.add_without_context(one.without_context)
            if one.restored and merge.changes_anything:
                left.restored += 1
                left.result += not_taken(one.file)
                left.written_anew.append((one.file, one.catalog))
            else:
                merges.append(merge)
        return merges


def _without_repeats(wanted: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    """In groups without a catalog twice, in order: the next file is merged with the last one's news in place."""
    group: list[Wanted] = []
    seen: set[int] = set()
    for one in wanted:
        if one.catalog.pk in seen:
            yield group
            group, seen = [], set()
        group.append(one)
        seen.add(one.catalog.pk)
    if group:
        yield group


class _KnownFiles:
    """The catalogs by their files, with their digests alone."""

    def __init__(self) -> None:
        catalogs = Catalog.objects.select_related("domain", "locale").only(
            "file_digest", "writing_digest", "domain__name", "locale__language_code"
        )
        self._by_path = {
            domain_file(catalog.locale.language_code, catalog.domain.name): catalog for catalog in catalogs
        }

    def of(self, path: Path) -> Catalog | None:
        """The catalog whose file lies at the path, or behind the links of it."""
        return self._by_path.get(path) or self._by_real_path.get(os.path.realpath(path))

    @cached_property
    def _by_real_path(self) -> dict[str, Catalog]:
        """The same by real places, behind links within the root."""
        folders = {path.parent: os.path.realpath(path.parent) for path in self._by_path}
        return {
            os.path.realpath(path)
            if path.is_symlink()
            else os.path.join(folders[path.parent], path.name): catalog
            for path, catalog in self._by_path.items()
        }


def _finish_writing(catalog: Catalog, content: bytes) -> None:
    """Take up an export killed between file and database: the file there is our own.

    It is exported again, for the work left undone.
    """
    known = Catalog.objects.defer("base").get(pk=catalog.pk)
    known.note_file(digest(content))
    values = dict(zip(Catalog.FILE_FIELDS, known.file_values, strict=True))
    Catalog.objects.filter(pk=catalog.pk).update(base=content, needs_export=True, **values)


def _kept(entries: Sequence[Entry], file: ReadFile, owner: Catalog, run: Run | None) -> ChangeLog:
    """A file's texts without a page, for the history: the file is a page's own, and is written without them."""
    log = ChangeLog(run=run, user=run.user if run else None, file=file.name, tool=file.tool)
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
            text = f"This is the file of {owner.domain.name!r}, and {len(entries)} entries in it are of {domain!r}; they went there."
            issue = Issue(
                Severity.WARNING, IssueCode.ANOTHER_PAGE, text, file.name, entries[0].line, entries[0].msgctxt
            )
            result += RunResult(issues=(issue,))
    if not file.by_domain:
        text = "There is no entry in the file; it is written anew."
        result += RunResult(issues=(Issue(Severity.WARNING, IssueCode.NO_ENTRIES, text, file.name),))
    return result


def _write_anew(files: Sequence[tuple[ReadFile, Catalog]]) -> None:
    """Let the next export put a page's own texts into a file without them. The file's last content still holds."""
    for file, owner in files:
        owner.note_file(file.digest)
    update_rows(Catalog, Catalog.FILE_FIELDS, [(owner.pk, *owner.file_values) for _file, owner in files])
    Catalog.objects.filter(pk__in=[owner.pk for _file, owner in files]).update(needs_export=True)


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
