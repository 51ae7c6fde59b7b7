"""Files to database: parse, check, merge three ways, write in bulk."""

import logging
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from posync.catalogs.load import id_of, load_catalogs
from posync.catalogs.stored_translations import lock_translations
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.results import FileCounts, Issue, RunResult, Severity, tally, total
from posync.core.rules.facts import OWN
from posync.db.bulk_sql import update_rows
from posync.files.announce_merges import announce_merges
from posync.files.assign_entries import Assigned, Wanted, assign
from posync.files.atomic_replacement import is_displaced
from posync.files.changed_files import ChangedFiles, changed_files, named_files
from posync.files.displaced_files import forget
from posync.files.foreign_files import history_of, open_conflicts_of
from posync.files.former_entries import former_entries
from posync.files.former_paths import FormerPaths
from posync.files.mark_root import look_at_mark, own_root
from posync.files.mass_change import MassChange, MassChangeGuard, stored_translations
from posync.files.merge_catalog import CatalogMerge, save_merges
from posync.files.parse import ReadFile, owners_of, read_file
from posync.files.passed_on import as_stored, pass_on
from posync.files.restarted_files import not_approved
from posync.files.restored_files import not_taken
from posync.files.trusted_files import files_approve
from posync.history.acting_user import acting_user
from posync.history.change_log import save_changes
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
    with own_root() as root:
        return root.result + import_due(files, languages, dry_run=False, options=options).result


def import_due(
    files: Sequence[Path], languages: Collection[str], *, dry_run: bool, options: ImportOptions
) -> Imported:
    """`import_files`, for a caller who holds the lock."""
    return Importer(languages, options, dry_run=dry_run).run(files)


@dataclass(frozen=True, slots=True)
class _Merged:
    """Decided files, and restored ones left as they are."""

    merges: list[CatalogMerge] = field(default_factory=list)
    restored: list[Wanted] = field(default_factory=list)
    #: News on texts that other catalogs have now.
    passed_on: list[Wanted] = field(default_factory=list)


class Importer:
    """One run over many files. `files.upload_file` has one of its own, for a file sent to one catalog."""

    #: Whether news on texts gone from their page goes on to the page that has them now.
    passes_on = True
    #: Whether the decisions of each entry are kept, for a person to read.
    keeps_outcomes = False

    def __init__(self, languages: Collection[str], options: ImportOptions, *, dry_run: bool) -> None:
        self.languages = languages
        self.options = options
        self.dry_run = dry_run
        self.stored_run: Run | None = None
        self._held: set[str] = set()
        #: The entries decided by the files so far, by catalog. Their hashes: all are kept till the run ends.
        self._decided: dict[int, set[int]] = defaultdict(set)
        self._guard = MassChangeGuard(released=options.accept_mass_change)

    def run(self, files: Sequence[Path]) -> Imported:
        if files:
            found = named_files(files, dry_run=self.dry_run)
        else:
            found = changed_files(self.languages, dry_run=self.dry_run)
        result = RunResult(files=FileCounts(unchanged=found.unchanged))
        if len(found.paths) > BATCH_SIZE and not self.options.accept_mass_change:
            result += self._hold_mass_changes(found)
        for number, batch in _read(found):
            result += total(one for one in batch if isinstance(one, RunResult))
            result += self._import([one for one in batch if isinstance(one, ReadFile)])
            report("import", number, len(found.paths))
        return Imported(result, frozenset(self._held))

    def _hold_mass_changes(self, found: ChangedFiles) -> RunResult:
        """Find the languages to be held back before the first of several transactions is committed.

        Costs a second reading, where a language has enough in use to be protected.
        """
        stored = stored_translations(self.languages)
        if not any(number >= posync_settings().MASS_CHANGE_MINIMUM for number in stored.values()):
            return RunResult()
        result = RunResult()
        for _number, batch in _read(found):
            result += self._count([one for one in batch if isinstance(one, ReadFile)])
        return result

    def _count(self, files: Sequence[ReadFile]) -> RunResult:
        """Count the files' changes, in memory, and hold a language with too many. A failing file says why at its import."""
        try:
            with self._guard.attempt():
                for group in _without_repeats(self.assign(files).wanted):
                    self._guard.count(self._merge(group, {}).merges)
        except MassChange as held:
            return self._hold(held) + self._count(files)
        except Exception:
            if len(files) > 1:
                return total([self._count([file]) for file in files])
            logger.exception("Counting the changes of %s failed", files[0].name)
        return RunResult()

    def _hold(self, held: MassChange) -> RunResult:
        self._held.add(held.language)
        return RunResult(issues=(held.issue,))

    def _import(self, files: Sequence[ReadFile]) -> RunResult:
        """Merge files in one transaction; after a failure, each in its own."""
        if not files:
            return RunResult()
        if self.stored_run is None and not self.dry_run:
            self.stored_run = Run(kind=Run.Kind.IMPORT, user=acting_user())  # type: ignore[misc] # whatever AUTH_USER_MODEL is
        stored = self.stored_run.pk if self.stored_run else None
        try:
            with self._guard.attempt(), transaction.atomic():
                result = self._import_together(files)
        except Exception as error:
            if self.stored_run is not None and stored is None:
                # Its row, if any, was rolled back with all the rest.
                self.stored_run.pk, self.stored_run._state.adding = None, True
            if isinstance(error, MassChange):
                return self._hold(error) + self._import(files)
            logger.exception("Importing %d files failed", len(files))
            if len(files) == 1:
                text = f"The file could not be imported: {type(error).__name__}: {error}"
                issue = Issue(Severity.ERROR, IssueCode.IMPORT_FAILED, text, files[0].name)
                return RunResult(files=FileCounts(failed=1), issues=(issue,))
            # Each in its own transaction: so what they change together is counted before the first one.
            return self._count(files) + total([self._import([file]) for file in files])
        if not self.dry_run:
            displaced = [file for file in files if is_displaced(file.path)]
            for path, owner in owners_of(displaced, {}).items():
                if owner.locale.language_code not in self._held:
                    forget(path)
        return result

    def _import_together(self, files: Sequence[ReadFile]) -> RunResult:
        if not self.dry_run:
            lock_translations()
        assigned = self.assign(files)
        merges: list[CatalogMerge] = []
        restored: list[Wanted] = []
        decided: dict[int, set[int]] = defaultdict(set)
        wanted = deque(_without_repeats(assigned.wanted))
        while wanted:
            done = self._merge(wanted.popleft(), decided)
            for one in done.merges:
                decided[one.catalog.pk].update(map(hash, one.settled))
            self._guard.count(done.merges)
            if not self.dry_run:
                save_merges(done.merges)
                announce_merges(done.merges)
            wanted.extend(_without_repeats(as_stored(done.passed_on)))
            merges += done.merges
            self.merged(done.merges)
            restored += done.restored
        if not self.dry_run:
            save_changes(assigned.homeless)
            _write_anew([*assigned.written_anew, *((one.file, one.catalog) for one in restored)])
        for pk, entry_ids in decided.items():
            self._decided[pk] |= entry_ids
        counted = (name for one in merges for name in one.counted)
        issues = tuple(issue for one in merges for issue in one.issues)
        result = RunResult(
            files=FileCounts(read=len(files) - len(restored)), entries=tally(counted), issues=issues
        )
        return assigned.result + total(not_taken(one.file) for one in restored) + result

    def merged(self, merges: Sequence[CatalogMerge]) -> None:
        """Called with files just merged."""

    def may_approve(self, catalog: Catalog) -> bool:
        """Whether the files' translations for a catalog are approved ones."""
        return files_approve(catalog)

    def assign(self, files: Sequence[ReadFile]) -> Assigned:
        """Sort the files' entries by catalog."""
        return assign(
            files,
            self.languages,
            held=self._held,
            accept_older=self.options.accept_older,
            run=self.stored_run,
        )

    def _merge(self, group: Sequence[Wanted], decided: Mapping[int, set[int]]) -> _Merged:
        """Decide every entry of a group, in memory."""
        loaded = load_catalogs([one.catalog for one in group], with_base=True)
        by_catalog = {each.catalog.pk: each for each in loaded}
        history = replace(history_of(group), **former_entries(group, by_catalog)._asdict())
        conflicts = open_conflicts_of(one.catalog for one in group)
        former = FormerPaths(loaded)
        merges: list[tuple[Wanted, CatalogMerge]] = []
        for one in group:
            pk = one.catalog.pk
            entries, issues = former.resolve(by_catalog[pk], one.entries), tuple[Issue, ...]()
            if one.catalog.restarted and one.kind is OWN:
                entries, issues = not_approved(by_catalog[pk], one.file, entries)
            merge = CatalogMerge(
                by_catalog[pk],
                one.file,
                one.kind,
                self.stored_run,
                entries,
                one.bases,
                allow_clear=self.options.allow_clear,
                history=history,
                open_conflicts=conflicts.get(pk, {}),
                decided_now=self._decided.get(pk, set()) | decided.get(pk, set()),
                may_approve=self.may_approve(one.catalog),
                passed_on=one.passed_on,
                outcomes=[] if self.keeps_outcomes else None,
            )
            merge.issues += issues
            merges.append((one, merge))
        merged = _Merged()
        homeless = [
            each for one, merge in merges if self.passes_on and not one.restored for each in merge.homeless()
        ]
        wanted, passed = pass_on(homeless)
        merged.passed_on.extend(wanted)
        for one, merge in merges:
            for entry in merge.entries:
                if passed and (one.catalog.pk, id_of(entry)) in passed:
                    merge.leave_out(entry)
                else:
                    merge.add(entry)
            if one.without_context:
                merge.add_without_context(one.without_context)
            if one.restored and merge.changes_anything:
                merged.restored.append(one)
            else:
                merged.merges.append(merge)
        return merged


def _read(found: ChangedFiles) -> Iterator[tuple[int, list[ReadFile | RunResult]]]:
    """The files in batches, each with the number of those read so far."""
    for start in range(0, len(found.paths), BATCH_SIZE):
        batch = found.paths[start : start + BATCH_SIZE]
        yield start + len(batch), [read_file(path, found_below_root=not found.named) for path in batch]


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


def _write_anew(files: Sequence[tuple[ReadFile, Catalog]]) -> None:
    """Let the next export put a page's own texts into a file without them. The file's last content still holds."""
    for file, owner in files:
        owner.note_file(file.digest)
    update_rows(Catalog, Catalog.FILE_FIELDS, [(owner.pk, *owner.file_values) for _file, owner in files])
    Catalog.objects.filter(pk__in=[owner.pk for _file, owner in files]).update(needs_export=True)
