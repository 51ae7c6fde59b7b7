"""The two sides of the comparison, as the benchmark talks to them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Cost

CHECKOUT = Path(__file__).resolve().parents[2]


class Side:
    """A process that has one side's settings and database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, call: str, **arguments: Any) -> Any:
        """The outcome of a function of this package: ask("facts.totals")."""
        return self._answer(call, arguments, measured=False)["outcome"]

    def measure(self, call: str, **arguments: Any) -> tuple[Cost, Any]:
        """The cost and the outcome of a step."""
        answer = self._answer(call, arguments, measured=True)
        return Cost(**answer["cost"]), answer["outcome"]

    def _answer(self, call: str, arguments: dict[str, Any], *, measured: bool) -> dict[str, Any]:
        request = {"call": call, "measured": measured, "arguments": arguments}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"failed": call}
        assert "failed" not in answer, f"{answer['failed']} failed; its traceback stands above"
        return answer


@contextmanager
def started(side: str, database_url: str, root: Path) -> Iterator[Side]:
    """A side at work: "posync", or "wagtail-localize" alone. `root` is its folder of PO files."""
    root.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.worker"],
        cwd=CHECKOUT,
        env=_environment(side, database_url, root),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Side(process)
        finally:
            process.stdin.close()


def migrate(side: str, database_url: str, root: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        cwd=CHECKOUT,
        env=_environment(side, database_url, root),
        check=True,
    )


def _environment(side: str, database_url: str, root: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "site")]),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "BENCH_SIDE": side,
        "DATABASE_URL": database_url,
        "POSYNC_ROOT": str(root),
    }
