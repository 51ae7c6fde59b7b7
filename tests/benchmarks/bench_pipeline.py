"""Every step of the pipeline beside wagtail-localize's own calls, on two copies of the same site.

PAGES (500) is the size of the site, PEER_PAGES (50) how many of them wagtail-localize's calls are measured on: they take
each page by itself, so the rest is scaled. Whether a bar is reached is printed; a wrong result fails.
"""

from statistics import median
from typing import Any

import pytest

from tests.benchmarks.content import SEGMENTS_PER_PAGE
from tests.benchmarks.measuring import Cost
from tests.benchmarks.sides import Side, migrate, started
from tests.benchmarks.table import Row, table

#: How often a sync of nothing is repeated: it is over before a clock can be trusted.
QUIET_SYNCS = 3
#: The seconds that it may take, for up to 2,000 pages.
QUIET_LIMIT = 1
#: The seconds that the records of 1,000 pages' texts may take.
RECORDS_LIMIT = 5


class Comparison:
    """Both sides, step by step in the order of a text's life. Each step checks that both did the same."""

    def __init__(self, peer: Side, ours: Side, roots: dict[str, str], pages: int, sample: int, say) -> None:
        self.peer = peer
        self.ours = ours
        self.roots = roots
        self.pages = pages
        self.sample = sample
        self.say = say
        self.rows: list[Row] = []

    def submit(self) -> None:
        peer = self._peer("submit", sample=self.sample)
        ours, outcome = self.ours.measure("ours.submit")
        assert not outcome["issues"], outcome["issues"]
        assert self.ours.ask("facts.totals")["translations"] == self.pages
        self._same("facts.segments", sample=self.sample)
        self._add("submit all pages", peer, ours, bar=8)

    def export(self) -> None:
        peer = self._peer("export", root=self.roots["peer"])
        ours, outcome = self.ours.measure("ours.export")
        assert not outcome["issues"], outcome["issues"]
        assert outcome["files"]["written"] == self.pages
        self._same_files()
        self._add("export everything", peer, ours, bar=5)

    def import_all(self) -> None:
        self.peer.ask("translators.translate", folder=self.roots["peer"])
        assert self.ours.ask("translators.translate", folder=self.roots["ours"]) == self.pages
        peer = self._peer("import_all", root=self.roots["peer"])
        ours, outcome = self.ours.measure("ours.import_all")
        assert not outcome["issues"], outcome["issues"]
        assert outcome["entries"]["imported"] == self.pages * SEGMENTS_PER_PAGE
        assert self.ours.ask("facts.totals")["texts"] == self.pages * SEGMENTS_PER_PAGE
        self._same("facts.translations", sample=self.sample)
        self._add("import everything translated", peer, ours, bar=20)

    def publish_first(self) -> None:
        peer = self._peer("publish")
        ours = self._publish()
        assert self.ours.ask("facts.totals")["live targets"] == self.pages
        self._same("facts.targets", sample=self.sample)
        self._add("publish all targets for the first time", peer, ours, bar=2)

    def sync_nothing(self) -> None:
        self._settle()
        before = self.ours.ask("translators.state", folder=self.roots["ours"])
        self.peer_round = self._peer("export", root=self.roots["peer"]) + self._peer(
            "import_all", root=self.roots["peer"]
        )
        quiet = []
        for _ in range(QUIET_SYNCS):
            cost, outcome = self.ours.measure("ours.sync")
            assert not outcome["issues"], outcome["issues"]
            assert outcome["files"]["read"] == outcome["files"]["written"] == 0, outcome["files"]
            assert outcome["pages"] == {"published": 0, "waiting": 0, "failed": 0}
            assert cost.writes == 0
            quiet.append(cost)
        assert self.ours.ask("translators.state", folder=self.roots["ours"]) == before
        self.quiet = next(cost for cost in quiet if cost.seconds == median(c.seconds for c in quiet))
        self._add("sync, nothing changed", self.peer_round, self.quiet, bar=200, limit=QUIET_LIMIT)

    def sync_one(self) -> None:
        """One page for the price of its own publication, then another by a sync."""
        titles = list(self.ours.ask("facts.targets", sample=2))
        for note, title in enumerate(titles):
            files = self.peer.ask(
                "translators.revise", folder=self.roots["peer"], note=str(note), title=title
            )
            assert len(files) == 1
        peer_import = self._peer("import_all", root=self.roots["peer"])
        assert peer_import.published == 0
        peer_publish, _ = self.peer.measure("peer.publish", limit=2)

        (file,) = self.ours.ask("translators.revise", folder=self.roots["ours"], note="0", title=titles[0])
        self.ours.measure("ours.import_one", file=file)
        own, outcome = self.ours.measure("ours.publish_one", title=titles[0])
        assert outcome["pages"] == {"published": 1, "waiting": 0, "failed": 0}, outcome
        self._settle()
        self.ours.ask("translators.revise", folder=self.roots["ours"], note="1", title=titles[1])
        ours, outcome = self.ours.measure("ours.sync")
        assert not outcome["issues"], outcome["issues"]
        assert outcome["files"]["read"] == outcome["pages"]["published"] == ours.published == 1, outcome
        self._same("facts.targets", sample=2)
        self._add(
            "sync, one page changed",
            self.peer_round + peer_publish.scaled(1 / 2),
            ours,
            limit=1.5 * self.quiet.seconds + own.seconds,
        )

    def publish_again(self) -> None:
        self._settle()
        for side, root in ((self.peer, "peer"), (self.ours, "ours")):
            side.ask("translators.revise", folder=self.roots[root], note="all")
        self.peer.measure("peer.import_all", root=self.roots["peer"])
        _, outcome = self.ours.measure("ours.import_all")
        assert outcome["entries"]["imported"] == 2 * self.pages, outcome
        peer = self._peer("publish")
        ours = self._publish()
        self._same("facts.targets", sample=self.sample)
        self._add("publish all existing targets after a change", peer, ours, bar=5)

    def tell_records(self) -> None:
        """wagtail-localize keeps none to compare with."""
        cost, outcome = self.ours.measure("ours.provenance")
        assert outcome["records"] == self.pages * SEGMENTS_PER_PAGE
        limit = RECORDS_LIMIT * self.pages / 1000
        bar = "" if cost.seconds <= limit else ", below the bar"
        self.say(
            f"  records of all texts: {cost.seconds:.2f} s, at most {limit:.2f}{bar}; {cost.queries} queries, {cost.megabytes:.0f} MB"
        )

    def _publish(self) -> Cost:
        cost, outcome = self.ours.measure("ours.publish")
        assert not outcome["issues"], outcome["issues"]
        assert outcome["pages"] == {"published": self.pages, "waiting": 0, "failed": 0}
        assert cost.published == self.pages
        return cost

    def _peer(self, step: str, **arguments: Any) -> Cost:
        """What the step costs for all pages, by what it costs for the sample."""
        cost, _ = self.peer.measure(f"peer.{step}", **arguments)
        return cost.scaled(self.pages / self.sample)

    def _settle(self) -> None:
        """Write out what the last step left to write."""
        _, outcome = self.ours.measure("ours.sync")
        assert not outcome["issues"], outcome["issues"]

    def _same(self, fact: str, **arguments: Any) -> None:
        peer, ours = self.peer.ask(fact, **arguments), self.ours.ask(fact, **arguments)
        assert len(peer) == arguments["sample"]
        for title, expected in peer.items():
            assert ours.get(title) == expected, f"{fact} of “{title}”"

    def _same_files(self) -> None:
        peer = self.peer.ask("translators.contents", folder=self.roots["peer"])
        ours = self.ours.ask("translators.contents", folder=self.roots["ours"])
        assert len(peer) == self.sample
        for title, expected in peer.items():
            assert ours.get(title) == expected, f"the file of “{title}”"

    def _add(self, step: str, peer: Cost, ours: Cost, **bars: float) -> None:
        self.rows.append(Row(step, peer, ours, **bars))
        self.say(f"  {step}: {peer.seconds:.2f} s and {ours.seconds:.2f} s")


@pytest.fixture
def comparison(databases, tmp_path, number, say):
    pages = number("PAGES", 500)
    sample = min(number("PEER_PAGES", 50), pages)
    roots = {name: tmp_path / name for name in ("world", "peer", "ours")}
    say(f"\nBuilding {pages} pages of {SEGMENTS_PER_PAGE} segments.")
    databases.create("world")
    migrate("wagtail-localize", databases.url("world"), roots["world"])
    with started("wagtail-localize", databases.url("world"), roots["world"]) as world:
        assert world.ask("world.build_world", pages=pages) == {"pages": pages}
    for name in ("peer", "posync"):
        databases.copy("world", name)
    migrate("posync", databases.url("posync"), roots["ours"])
    with (
        started("wagtail-localize", databases.url("peer"), roots["peer"]) as peer,
        started("posync", databases.url("posync"), roots["ours"]) as ours,
    ):
        names = {name: str(root) for name, root in roots.items()}
        yield Comparison(peer, ours, names, pages, sample, say)


def test_pipeline_beside_wagtail_localize(comparison, say):
    machine = comparison.ours.ask("machine.describe")
    comparison.submit()
    comparison.export()
    comparison.import_all()
    comparison.publish_first()
    comparison.sync_nothing()
    comparison.sync_one()
    comparison.publish_again()
    comparison.tell_records()
    heading = f"{comparison.pages} pages of {SEGMENTS_PER_PAGE} segments; wagtail-localize measured on {comparison.sample} of them"
    say(f"\n{machine}\n{heading}{' and scaled' * (comparison.sample < comparison.pages)}\n")
    say(table(comparison.rows))
