"""What posync holds in memory at most while it carries a large site: SEGMENTS (100,000) texts, all of them at once.

Whether the bar is reached is printed; a wrong result fails.
"""

from tests.benchmarks.content import SEGMENTS_PER_PAGE
from tests.benchmarks.sides import migrate, started
from tests.benchmarks.table import aligned

#: What a step may hold beyond what the process held before it, in megabytes.
BAR = 250


def test_memory_does_not_grow_with_the_site(databases, tmp_path, number, say):
    pages = -(-number("SEGMENTS", 100_000) // SEGMENTS_PER_PAGE)
    root = tmp_path / "catalogs"
    say(f"\nBuilding {pages} pages of {SEGMENTS_PER_PAGE} segments.")
    databases.create("world")
    migrate("posync", databases.url("world"), root)
    # Built without posync listening.
    with started("wagtail-localize", databases.url("world"), root) as world:
        assert world.ask("world.build_world", pages=pages) == {"pages": pages}

    costs = {}
    with started("posync", databases.url("world"), root) as ours:
        machine = ours.ask("machine.describe")
        costs["submit"], _ = ours.measure("ours.submit")
        costs["export"], outcome = ours.measure("ours.export")
        assert outcome["files"]["written"] == pages, outcome["files"]
        ours.ask("translators.translate", folder=str(root))
        costs["import"], outcome = ours.measure("ours.import_all")
        assert outcome["entries"]["imported"] == pages * SEGMENTS_PER_PAGE, outcome["entries"]
        costs["export again"], outcome = ours.measure("ours.export")
        assert outcome["files"]["written"] == pages, outcome["files"]
        assert ours.ask("facts.totals")["texts"] == pages * SEGMENTS_PER_PAGE

    rows = [["step", "peak MB", "bar", "", "seconds", "queries"]]
    for step, cost in costs.items():
        verdict = "" if cost.megabytes < BAR else "above the bar"
        row = [
            step,
            f"{cost.megabytes:,.0f}",
            f"< {BAR} MB",
            verdict,
            f"{cost.seconds:,.2f}",
            f"{cost.queries:,}",
        ]
        rows.append(row)
    say(f"\n{machine}\n{pages * SEGMENTS_PER_PAGE:,} segments on {pages:,} pages\n\n{aligned(rows)}")
