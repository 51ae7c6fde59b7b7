"""Marks texts typed into the file of a stopped translation as fuzzy."""

from collections.abc import Sequence
from dataclasses import replace

from posync.catalogs.load import LoadedCatalog, id_of
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.results import Issue, Severity
from posync.files.parse import ReadFile


def not_approved(
    loaded: LoadedCatalog, file: ReadFile, entries: Sequence[Entry]
) -> tuple[list[Entry], tuple[Issue, ...]]:
    """The own file's entries of a translation started again, new texts as fuzzy, and an issue for each of these.

    The page was an editor's own when they were typed, so somebody approves them anew.
    """
    found: list[Entry] = []
    issues: list[Issue] = []
    for entry in entries:
        if _is_new(loaded, entry):
            entry = replace(entry, fuzzy=True)
            text = (
                "Typed while the translation was stopped: kept as fuzzy, while the page shows what it showed. "
                "To approve it, take the fuzzy flag away."
            )
            issues.append(
                Issue(
                    Severity.WARNING,
                    IssueCode.TYPED_WHILE_STOPPED,
                    text,
                    file.name,
                    entry.line,
                    entry.msgctxt,
                )
            )
        found.append(entry)
    return found, tuple(issues)


def _is_new(loaded: LoadedCatalog, entry: Entry) -> bool:
    if entry.fuzzy or entry.obsolete or not entry.msgstr:
        return False
    entry_id = id_of(entry)
    before, current = loaded.carried.get(entry_id), loaded.entries.get(entry_id)
    return not (before and before.msgstr == entry.msgstr and not before.fuzzy) and not (
        current and current.approved == entry.msgstr
    )
