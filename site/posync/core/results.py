"""What a run did and found: plain data, worded and coloured only at the edge."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a person should know, with its place. `line` is 0 and the texts "" where they do not apply."""

    severity: Severity
    code: str
    message: str
    file: str = ""
    line: int = 0
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
    read: int = 0
    written: int = 0
    unchanged: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class EntryCounts(_Counts):
    imported: int = 0
    drafts: int = 0
    unchanged: int = 0
    blocked: int = 0
    conflicts: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class PageCounts(_Counts):
    """Pages and snippets alike."""

    published: int = 0
    waiting: int = 0
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
    def exit_code(self) -> int:
        """0: done; 1: done, but something was refused, is in conflict or failed."""
        refused = self.entries.blocked or self.entries.conflicts or self.files.failed or self.pages.failed
        return 1 if refused or any(issue.severity is Severity.ERROR for issue in self.issues) else 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def tally(names: Iterable[str]) -> EntryCounts:
    """Entry counts from the name of the count that each entry adds to."""
    return EntryCounts.of(Counter(names))


def total(results: Iterable[RunResult]) -> RunResult:
    """Several outcomes as one."""
    return sum(results, RunResult())
