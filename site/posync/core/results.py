"""A run's outcome: plain data, worded and coloured only at the edge."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import IntEnum, StrEnum
from typing import Any, Self


class ExitCode(IntEnum):
    """How a command ends."""

    #: Done.
    DONE = 0
    #: Done, with blocked entries, new conflicts, or failed files or pages: the issues name them. A conflict open since an
    #: earlier run waits in `resolve_po`, and ends no run with 1.
    WITH_PROBLEMS = 1
    #: Could not run: a wrong argument, a database out of reach, or another command at work on the files.
    NOT_RUN = 2


class Severity(StrEnum):
    #: Refused or failed.
    ERROR = "error"
    #: Done otherwise than asked, without loss.
    WARNING = "warning"
    #: Worth knowing.
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding for a person, with its place."""

    severity: Severity
    #: One of the issue codes, or the code of a check of the site's own.
    code: str
    #: In English, with the remedy.
    message: str
    #: Path below the root, or the whole path outside it; "" without a file.
    file: str = ""
    #: Line in the file; 0 without one.
    line: int = 0
    #: The entry; "" without one.
    msgctxt: str = ""


@dataclass(frozen=True, slots=True)
class _Counts:
    def __add__(self, other: Self) -> Self:
        return type(self)(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> Self:
        return cls(**counted)


@dataclass(frozen=True, slots=True)
class FileCounts(_Counts):
    """PO files."""

    #: Parsed.
    read: int = 0
    #: Written, since their content changed.
    written: int = 0
    #: Neither parsed nor written.
    unchanged: int = 0
    #: Not read, not written, or left alone; an issue says why.
    failed: int = 0


@dataclass(frozen=True, slots=True)
class EntryCounts(_Counts):
    """Entries of the files read."""

    #: Approved translations taken over, and those cleared, resolved or restored.
    imported: int = 0
    #: Fuzzy translations kept as drafts.
    drafts: int = 0
    #: Nothing new.
    unchanged: int = 0
    #: Refused by a check.
    blocked: int = 0
    #: Changed in the file and in the database, differently.
    conflicts: int = 0
    #: Of no page, or of a text gone from its page.
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class PageCounts(_Counts):
    """Pages and snippets alike."""

    #: Gone live.
    published: int = 0
    #: Submitted, or not ready; an issue names the obstacle.
    waiting: int = 0
    #: Refused by their own validation, or stopped by an exception.
    failed: int = 0


@dataclass(frozen=True, slots=True)
class RunResult:
    """The outcome of a step, or of several added up."""

    files: FileCounts = FileCounts()
    entries: EntryCounts = EntryCounts()
    pages: PageCounts = PageCounts()
    issues: tuple[Issue, ...] = ()

    def __add__(self, other: "RunResult") -> "RunResult":
        return RunResult(
            self.files + other.files,
            self.entries + other.entries,
            self.pages + other.pages,
            self.issues + other.issues,
        )

    @property
    def exit_code(self) -> ExitCode:
        """WITH_PROBLEMS where something was refused, is in conflict or failed."""
        refused = self.entries.blocked or self.entries.conflicts or self.files.failed or self.pages.failed
        if refused or any(issue.severity is Severity.ERROR for issue in self.issues):
            return ExitCode.WITH_PROBLEMS
        return ExitCode.DONE

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def tally(names: Iterable[str]) -> EntryCounts:
    """Entry counts from the names of their fields, one name for each entry."""
    return EntryCounts.of(Counter(names))


def total(results: Iterable[RunResult]) -> RunResult:
    """Several outcomes as one."""
    return sum(results, RunResult())
