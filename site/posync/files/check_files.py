"""The checks of an import alone, over whole files: for a translator before sending, and for a build server."""

from collections.abc import Sequence
from pathlib import Path

from posync.catalogs.entry_labels import label
from posync.catalogs.load import load_contents
from posync.conf import posync_settings
from posync.core.po.entries import Message
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
    for message in file.po.messages:
        found = _problems(message, limits)
        if not message.obsolete and (message.msgctxt, message.msgid) in seen:
            found.append(("duplicate", "This entry stands in the file twice."))
        seen.add((message.msgctxt, message.msgid))
        counted.append("blocked" if found else "unchanged")
        issues += [
            Issue(Severity.ERROR, code, text, file.name, message.line, message.msgctxt)
            for code, text in found
        ]
    return RunResult(FileCounts(read=1), tally(counted), issues=tuple(issues))


def _problems(message: Message, limits: dict[object, int | None]) -> list[tuple[str, str]]:
    if is_too_long(message):
        return [("too-long", f"The entry has a text of more than {MAX_ENTRY_LENGTH:,} characters.")]
    if message.obsolete or message.fuzzy or not message.msgstr:
        return []
    key = (split_msgctxt(message.msgctxt)[1], message.msgid)
    text = repair(message.msgid, message.msgstr)
    return [(problem.code, problem.message) for problem in check(message.msgid, text, limits.get(key))]


def _limits(file: ReadFile) -> dict[object, int | None]:
    """The limits of the file's messages, as far as the database knows them."""
    catalogs = catalogs_of([file])
    return {
        message.id: label(contents.catalog.source_model, message.field_path).max_length
        for contents in load_contents(list(catalogs.values()))
        for message in contents.current
    }
