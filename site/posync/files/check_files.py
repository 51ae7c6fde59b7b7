"""The checks of an import alone, over whole files: for a translator before sending, and for a build server."""

from collections.abc import Sequence
from pathlib import Path

from posync.catalogs.entry_labels import label
from posync.catalogs.load import load_catalogs
from posync.conf import posync_settings
from posync.core.po.entries import Entry
from posync.core.po.limits import MAX_ENTRY_LENGTH, is_too_long
from posync.core.po.naming import split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, Severity, tally, total
from posync.core.rules.validation import check, repair
from posync.files.disk import catalog_files
from posync.files.parse import ReadFile, catalogs_of, read_file


def check_files(files: Sequence[Path] = ()) -> RunResult:
    """Check the files named, or every file below the root. Reads the database for field limits; writes nothing."""
    return total(_check_path(path) for path in (files or catalog_files(posync_settings().ROOT)))


def _check_path(path: Path) -> RunResult:
    file = read_file(path)
    if isinstance(file, RunResult):
        return file
    limits = _limits(file)
    issues: list[Issue] = []
    counted: list[str] = []
    seen: set[tuple[str, str]] = set()
    for entry in file.po.entries:
        found = _problems(entry, limits)
        if not entry.obsolete and (entry.msgctxt, entry.msgid) in seen:
            found.append(("duplicate", "This entry stands in the file twice."))
        if entry.other_forms and not entry.obsolete:
            found.append(
                ("plural-forms", "This text has no plural forms: one translation is used, msgstr[0].")
            )
        seen.add((entry.msgctxt, entry.msgid))
        counted.append("blocked" if found else "unchanged")
        issues += [
            Issue(Severity.ERROR, code, text, file.name, entry.line, entry.msgctxt) for code, text in found
        ]
    return RunResult(FileCounts(read=1), tally(counted), issues=tuple(issues))


def _problems(entry: Entry, limits: dict[object, int | None]) -> list[tuple[str, str]]:
    if is_too_long(entry):
        return [("too-long", f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters.")]
    if entry.obsolete or entry.fuzzy or not entry.msgstr:
        return []
    key = (split_msgctxt(entry.msgctxt)[1], entry.msgid)
    text = repair(entry.msgid, entry.msgstr)
    return [(problem.code, problem.message) for problem in check(entry.msgid, text, limits.get(key))]


def _limits(file: ReadFile) -> dict[object, int | None]:
    """The limits of the file's entries, as far as the database knows them."""
    catalogs = catalogs_of([file])
    return {
        entry.id: label(loaded.catalog.source_model, entry.field_path).max_length
        for loaded in load_catalogs(list(catalogs.values()))
        for entry in loaded.current
    }
