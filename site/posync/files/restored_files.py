"""Recognises an earlier version of a catalog's own file: restored from a backup, or by an older checkout."""

from posync.core.issue_codes import IssueCode
from posync.core.results import FileCounts, Issue, RunResult, Severity
from posync.files.disk import digest
from posync.files.parse import ReadFile
from posync.models import Catalog


def is_restored(file: ReadFile, catalog: Catalog) -> bool:
    """Whether the own file is a version before the last: byte for byte, but for the line ends of another system."""
    found = {file.digest}
    if b"\r\n" in file.content:
        found.add(digest(file.content.replace(b"\r\n", b"\n")))
    return catalog.file_digest not in found and any(map(catalog.had_version, found))


def not_taken(file: ReadFile) -> RunResult:
    """The report of a restored file. The next export replaces it."""
    text = (
        "The file is, byte for byte, an earlier version of itself: it was restored, not edited. Nothing of it was "
        "imported, and it is written anew. To take it: restore it again, and run import_po --accept-older."
    )
    issue = Issue(Severity.WARNING, IssueCode.RESTORED_FILE, text, file.name)
    return RunResult(files=FileCounts(unchanged=1), issues=(issue,))
