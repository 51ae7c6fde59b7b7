"""Files to database: parse, check, merge three ways, write in bulk."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from django.db import transaction
from django.utils.translation import to_locale

from posync.catalogs.load import load_catalogs
from posync.catalogs.paths import domain_file
from posync.catalogs.stored_translations import lock_translations
from posync.conf import posync_settings
from posync.core.po.entries import Entry
from posync.core.po.naming import language_of_path, split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, Severity, tally, total
from posync.db.bulk_sql import update_rows
from posync.files.disk import catalog_files, digest, read
from posync.files.folder_lock import catalog_root_lock
from posync.files.foreign_files import history_of
from posync.files.merge_catalog import CatalogMerge, save_merges
from posync.files.parse import ReadFile, catalogs_of, owners_of, read_file
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Run
from posync.progress import report

logger = logging.getLogger(__name__)

#: Files that are merged in one transaction.
BATCH_SIZE = 50


def import_files(
    files: Sequence[Path] = (),
    languages: Collection[str] = (),
    *,
    dry_run: bool = False,
    allow_clear: bool = False,
) -> RunResult:
    """Bring what translators changed into the database, as one run.

    `files` may lie anywhere under any name; none means every file below the root that changed since it was last
    read or written. `languages` are language codes; none means all. A translation that was taken out of a file is
    kept, unless `allow_clear`. Nothing is written with `dry_run`. Raises PosyncError when another process is at
    work on the files.
    """
    if dry_run:
        return import_due(files, languages, dry_run=True, allow_clear=allow_clear)
    with catalog_root_lock():
        return import_due(files, languages, dry_run=False, allow_clear=allow_clear)


def import_due(
    files: Sequence[Path], languages: Collection[str], *, dry_run: bool, allow_clear: bool
) -> RunResult:
    """`import_files`, for a caller who holds the lock."""
    return _Importer(languages, allow_clear=allow_clear, dry_run=dry_run).run(files)


class _Importer:
    """One run over many files."""

    def __init__(self, languages: Collection[str], *, allow_clear: bool, dry_run: bool) -> None:
        self.languages = languages
        self.allow_clear = allow_clear
        self.dry_run = dry_run
        self._run: Run | None = None

    def run(self, files: Sequence[Path]) -> RunResult:
        result = RunResult()
        batch: list[ReadFile] = []
        for outcome in self._named_files(files) if files else self._changed_files():
            if isinstance(outcome, RunResult):
                result += outcome
                continue
            batch.append(outcome)
            if len(batch) == BATCH_SIZE:
                result += self._import(batch)
                batch = []
        return result + self._import(batch)

    def _named_files(self, files: Sequence[Path]) -> Iterator[ReadFile | RunResult]:
        for number, path in enumerate(files, 1):
            yield read_file(path)
            report("import", number, len(files))

    def _changed_files(self) -> Iterator[ReadFile | RunResult]:
        known = _known_digests()
        unchanged = 0
        files = catalog_files(posync_settings().ROOT)
        paths = [path for path in files if not self.languages or self._is_wanted(path)]
        for number, path in enumerate(paths, 1):
            report("import", number, len(paths))
            try:
                content = read(path)
            except OSError:
                yield read_file(path)  # which says why it cannot be read
                continue
            catalog, found = known.get(path), digest(content)
            if catalog is not None and catalog.file_digest == found:
                unchanged += 1
            elif catalog is not None and catalog.writing_digest == found:
                unchanged += 1
                if not self.dry_run:
                    _finish_writing(catalog, content)
            else:
                yield read_file(path, content)
        yield RunResult(files=FileCounts(unchanged=unchanged))

    def _is_wanted(self, path: Path) -> bool:
        folder = language_of_path(PurePosixPath(path.relative_to(posync_settings().ROOT)))
        return folder in {to_locale(language) for language in self.languages}

    def _import(self, files: Sequence[ReadFile]) -> RunResult:
        """Merge files in one transaction; when that fails, each in its own."""
        if not files:
            return RunResult()
        if self._run is None and not self.dry_run:
            self._run = Run(kind=Run.Kind.IMPORT, user=acting_user())  # type: ignore[misc] # whatever AUTH_USER_MODEL is
        stored = self._run.pk if self._run else None
        try:
            with transaction.atomic():
                return self._import_together(files)
        except Exception as error:
            if self._run is not None and stored is None:
                # If it was stored, that was taken back with all the rest.
                self._run.pk, self._run._state.adding = None, True
            logger.exception("Importing %d files failed", len(files))
            if len(files) == 1:
                text = f"The file could not be imported: {type(error).__name__}: {error}"
                issue = Issue(Severity.ERROR, "not-imported", text, files[0].name)
                return RunResult(files=FileCounts(failed=1), issues=(issue,))
        return total(self._import([file]) for file in files)

    def _import_together(self, files: Sequence[ReadFile]) -> RunResult:
        result = RunResult(files=FileCounts(read=len(files)))
        if not self.dry_run:
            lock_translations()
        wanted: list[tuple[ReadFile, str, Catalog]] = []
        homeless: list[ChangeLog] = []
        strangers: list[tuple[ReadFile, Catalog]] = []
        catalogs = catalogs_of(files, self.languages)
        owners = owners_of(files, catalogs)
        for file in files:
            owner = owners.get(file.path)
            if owner is not None and owner.domain.name not in file.by_domain:
                strangers.append((file, owner))
            for domain, entries in file.by_domain.items():
                catalog = catalogs.get((file.path, domain))
                if catalog is None:
                    result += _unknown_domain(file, domain, entries, kept=owner is not None)
                    if owner is not None:
                        homeless.append(_kept(entries, file, owner, self._run))
                else:
                    wanted.append((file, domain, catalog))
            if owner is not None:
                result += _of_another_page(file, owner, catalogs)
        imports: list[CatalogMerge] = []
        for group in _without_repeats(wanted):
            catalogs_of_group = load_catalogs([catalog for _file, _domain, catalog in group], with_base=True)
            by_catalog = {loaded.catalog.pk: loaded for loaded in catalogs_of_group}
            past = history_of(group)
            done = []
            for file, domain, catalog in group:
                one = CatalogMerge(
                    by_catalog[catalog.pk], file, self._run, allow_clear=self.allow_clear, past=past
                )
                for entry in file.by_domain[domain]:
                    one.add(entry)
                done.append(one)
            if not self.dry_run:
                save_merges(done)
            imports += done
        if not self.dry_run:
            save_changes(homeless)
            _write_anew(strangers)
        counted = (name for one in imports for name in one.counted)
        issues = tuple(issue for one in imports for issue in one.issues)
        return result + RunResult(entries=tally(counted), issues=issues)


def _without_repeats(
    wanted: Sequence[tuple[ReadFile, str, Catalog]],
) -> Iterator[list[tuple[ReadFile, str, Catalog]]]:
    """In groups that name no catalog twice, in order: what one file brings is there when the next is merged."""
    group: list[tuple[ReadFile, str, Catalog]] = []
    seen: set[int] = set()
    for one in wanted:
        if one[2].pk in seen:
            yield group
            group, seen = [], set()
        group.append(one)
        seen.add(one[2].pk)
    if group:
        yield group


def _known_digests() -> dict[Path, Catalog]:
    """The catalogs by the files that carry them, with their digests alone."""
    catalogs = (
        Catalog.objects.exclude(file_digest="", writing_digest="")
        .select_related("domain", "locale")
        .only("file_digest", "writing_digest", "domain__name", "locale__language_code")
    )
    return {domain_file(catalog.locale.language_code, catalog.domain.name): catalog for catalog in catalogs}


def _finish_writing(catalog: Catalog, content: bytes) -> None:
    """Take up an export that was killed after it had written the file: what lies there is our own.

    It is exported again, for what the export had not come to.
    """
    Catalog.objects.filter(pk=catalog.pk).update(
        base=content, file_digest=digest(content), writing_digest="", needs_export=True
    )


def _kept(entries: Sequence[Entry], file: ReadFile, owner: Catalog, run: Run | None) -> ChangeLog:
    """The texts of a file that belong nowhere, for the history: the file is its page's own, and is written without them."""
    log = ChangeLog(run=run, user=run.user if run else None, file=file.name, tool=file.tool)
    for entry in entries:
        domain, path = split_msgctxt(entry.msgctxt)
        for text in (entry.msgstr, *entry.other_forms):
            log.keep(domain, owner.locale.language_code, (path, entry.msgid), text)
    return log


def _of_another_page(
    file: ReadFile, owner: Catalog, catalogs: Mapping[tuple[Path, str], Catalog]
) -> RunResult:
    """What to say of entries that lie in the file of another page than theirs; they go to their own all the same."""
    result = RunResult()
    for domain, entries in file.by_domain.items():
        if domain != owner.domain.name and (file.path, domain) in catalogs:
            text = f"This is the file of {owner.domain.name!r}, and {len(entries)} entries in it are of {domain!r}; they went there."
            issue = Issue(
                Severity.WARNING, "another-page", text, file.name, entries[0].line, entries[0].msgctxt
            )
            result += RunResult(issues=(issue,))
    if not file.by_domain:
        text = "There is no entry in the file; it is written anew."
        result += RunResult(issues=(Issue(Severity.WARNING, "no-entries", text, file.name),))
    return result


def _write_anew(files: Sequence[tuple[ReadFile, Catalog]]) -> None:
    """Let the next export put a page's own texts where its file has none of them. What the file last carried still holds."""
    update_rows(
        Catalog, ("file_digest", "writing_digest"), [(owner.pk, file.digest, "") for file, owner in files]
    )
    Catalog.objects.filter(pk__in=[owner.pk for _file, owner in files]).update(needs_export=True)


def _unknown_domain(file: ReadFile, domain: str, entries: Sequence[Entry], *, kept: bool) -> RunResult:
    """What to say of entries that belong nowhere. `kept` is whether their file is written without them."""
    first = entries[0]
    language = f" in the language {file.language}" if file.language else ""
    what_becomes = "kept in the history, and taken out of the file" if kept else "left alone"
    if domain:
        why = f"No page or snippet called {domain!r} is translated{language}"
    else:
        why = "No msgctxt says which page they belong to"
    text = f"{why}. Entries {what_becomes}: {len(entries)}."
    issue = Issue(Severity.WARNING, "unknown-page", text, file.name, first.line, first.msgctxt)
    return RunResult(entries=tally(["unknown"] * len(entries)), issues=(issue,))
