"""What the benchmarks print."""

from dataclasses import dataclass

from tests.benchmarks.measuring import Cost


@dataclass(frozen=True)
class Row:
    step: str
    peer: Cost
    ours: Cost
    #: How many times faster than the peer it is meant to be.
    bar: float | None = None
    #: How many seconds it may take at most.
    limit: float | None = None

    @property
    def ratio(self) -> float:
        return self.peer.seconds / self.ours.seconds

    @property
    def reached(self) -> bool:
        fast = self.bar is None or self.ratio >= self.bar
        return fast and (self.limit is None or self.ours.seconds <= self.limit)

    @property
    def cells(self) -> list[str]:
        bars = []
        if self.bar is not None:
            bars.append(f"≥ {self.bar:g} ×")
        if self.limit is not None:
            bars.append(f"≤ {self.limit:.2f} s")
        return [
            self.step,
            f"{self.ratio:,.1f} ×",
            ", ".join(bars),
            "" if self.reached else "below the bar",
            f"{self.peer.seconds:,.2f}",
            f"{self.ours.seconds:,.2f}",
            f"{self.peer.queries:,}",
            f"{self.ours.queries:,}",
            f"{self.ours.megabytes:,.0f}",
        ]


_HEAD = [
    "step",
    "ratio",
    "bar",
    "",
    "wagtail-localize s",
    "posync s",
    "queries",
    "posync queries",
    "posync peak MB",
]


def table(rows: list[Row]) -> str:
    return aligned([_HEAD, *(row.cells for row in rows)])


def aligned(rows: list[list[str]]) -> str:
    """Words to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number in (0, 2, 3) else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
