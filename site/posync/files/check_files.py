"""The checks of an import alone, over whole files: for a translator before sending, and for a build server."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from posync.catalogs.entry_checks import entry_to_check
from posync.catalogs.load import EntryId, load_catalogs
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.po.limits import MAX_ENTRY_LENGTH, is_too_long
from posync.core.po.naming import split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, tally, total
from posync.core.rules.validation import Problem, repair
from posync.files.disk import catalog_files
from posync.files.mark_root import look_at_mark
from posync.files.parse import ReadFile, catalogs_of, read_file
from posync.hooks import EntryToCheck
from posync.plugins import report_failures
from posync.validators.run_checks import blocks, problems_of


@report_failures
def check_files(files: Sequence[Path] = ()) -> RunResult:
    """Check the files named, or every file below the root. Reads the database for field limits; writes nothing.

    Raises PosyncError when none is named and the folder is another site's.
    """
    if files:
        return total(map(_check_path, files))
    return look_at_mark() + total(map(_check_path, catalog_files(posync_settings().ROOT)))


def _check_path(path: Path) -> RunResult:
    file = read_file(path)
    if isinstance(file, RunResult):
        return file
    known = _known_entries(file)
    issues: list[Issue] = []
    counted: list[str] = []
    seen: set[tuple[str, str]] = set()
    for entry in file.po.entries:
        found = _problems(entry, file, known)
        if not entry.obsolete and (entry.msgctxt, entry.msgid) in seen:
            found.append(Problem(IssueCode.DUPLICATE, "This entry stands in the file twice."))
        if entry.other_forms and not entry.obsolete:
            text = "This text has no plural forms: one translation is used, msgstr[0]."
            found.append(Problem(IssueCode.PLURAL_FORMS, text))
        seen.add((entry.msgctxt, entry.msgid))
        counted.append("blocked" if blocks(found) else "unchanged")
        issues += [
            Issue(one.severity, one.code, one.message, file.name, entry.line, entry.msgctxt) for one in found
        ]
    return RunResult(FileCounts(read=1), tally(counted), issues=tuple(issues))


def _problems(
    entry: Entry, file: ReadFile, known: Mapping[tuple[str, EntryId], EntryToCheck]
) -> list[Problem]:
    if is_too_long(entry):
        return [
            Problem(IssueCode.TOO_LONG, f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters.")
        ]
    if entry.obsolete or entry.fuzzy or not entry.msgstr:
        return []
    domain, path = split_msgctxt(entry.msgctxt)
    text = repair(entry.msgid, entry.msgstr)
    found = known.get((domain, (path, entry.msgid)))
    if found is None:
        # Of no catalog, or not in the source any more.
        found = EntryToCheck(domain, file.language, "", None, path, "", entry.msgid, "", None)
    return problems_of(replace(found, msgstr=text))


def _known_entries(file: ReadFile) -> dict[tuple[str, EntryId], EntryToCheck]:
    """The file's entries, as far as the database knows them, without their translations."""
    catalogs = catalogs_of([file])
    return {
        (loaded.catalog.domain.name, entry.id): entry_to_check(loaded, entry, "")
        for loaded in load_catalogs(list(catalogs.values()))
        for entry in loaded.current
    }
