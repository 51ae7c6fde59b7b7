"""What a step costs: time, statements and memory."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection
from wagtail.signals import page_published

_STATUS = Path("/proc/self/status")
_CLEAR_REFS = Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Cost:
    seconds: float
    #: Statements given to the database; one for many rows at once counts as one.
    queries: int
    #: Of these, the ones that insert, update or delete.
    writes: int
    #: What the process held at most, in megabytes beyond what it held before.
    megabytes: float
    #: How often Wagtail said that a page was published.
    published: int = 0

    def scaled(self, factor: float) -> "Cost":
        """The cost of `factor` times as many pages, one after the other: memory does not add up."""
        return Cost(
            self.seconds * factor,
            round(self.queries * factor),
            round(self.writes * factor),
            self.megabytes,
            round(self.published * factor),
        )

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.seconds + other.seconds,
            self.queries + other.queries,
            self.writes + other.writes,
            max(self.megabytes, other.megabytes),
            self.published + other.published,
        )


class _Statements:
    def __init__(self) -> None:
        self.queries = self.writes = 0

    def __call__(self, execute: Callable[..., Any], query: str, *args: Any) -> Any:
        self.queries += 1
        self.writes += query.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(query, *args)


def measure(step: Callable[[], object]) -> tuple[Cost, object]:
    """Run a step. Returns what it cost and what it returned."""
    published: list[int] = []

    def count(**kwargs: Any) -> None:
        published.append(1)

    statements = _Statements()
    connection.ensure_connection()
    page_published.connect(count)
    try:
        with connection.execute_wrapper(statements):
            before = _reset_peak()
            begun = perf_counter()
            outcome = step()
            seconds = perf_counter() - begun
            peak = _kilobytes("VmHWM")
    finally:
        page_published.disconnect(count)
    memory = (peak - before) / 1024
    return Cost(seconds, statements.queries, statements.writes, memory, len(published)), outcome


def _reset_peak() -> int:
    """Make what the process holds now the peak so far, in kilobytes."""
    _CLEAR_REFS.write_text("5")
    return _kilobytes("VmRSS")


def _kilobytes(name: str) -> int:
    return int(re.search(rf"^{name}:\s+(\d+) kB$", _STATUS.read_text(), re.MULTILINE)[1])
