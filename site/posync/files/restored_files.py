"""Recognises an earlier version of a catalog's own file: restored from a backup, or by an older checkout."""

from posync.core.issue_codes import IssueCode
from posync.core.po.codec import read_po
from posync.core.po.entries import Entry, PoFile
from posync.core.results import FileCounts, Issue, RunResult, Severity
from posync.files.disk import digest
from posync.files.parse import ReadFile
from posync.models import Catalog


def is_restored(file: ReadFile, catalog: Catalog) -> bool:
    """Whether the own file is a version before the last: byte for byte, but for the line ends of another system.

    A file may be that by a person's confirmations, too: a text that was put in doubt, and is found good as it is.
    """
    found = {file.digest}
    if b"\r\n" in file.content:
        found.add(digest(file.content.replace(b"\r\n", b"\n")))
    is_earlier = catalog.file_digest not in found and any(map(catalog.had_version, found))
    return is_earlier and not _only_confirms(file.po, read_po(catalog.base))


def _only_confirms(po: PoFile, last: PoFile) -> bool:
    """Whether the file is the last one with fewer entries fuzzy, and no other text."""
    now, before = _by_identity(po), _by_identity(last)
    return now.keys() == before.keys() and all(
        entry.msgstr == before[key].msgstr and (before[key].fuzzy or not entry.fuzzy)
        for key, entry in now.items()
    )


def _by_identity(po: PoFile) -> dict[tuple[str, str, bool], Entry]:
    return {(entry.msgctxt, entry.msgid, entry.obsolete): entry for entry in po.entries}


def not_taken(file: ReadFile) -> RunResult:
    """The report of a restored file. The next export replaces it."""
    text = (
        "The file is, byte for byte, an earlier version of itself: it was restored, not edited. Nothing of it was "
        "imported, and it is written anew. To take it: restore it again, and run import_po --accept-older."
    )
    issue = Issue(Severity.WARNING, IssueCode.RESTORED_FILE, text, file.name)
    return RunResult(files=FileCounts(unchanged=1), issues=(issue,))
