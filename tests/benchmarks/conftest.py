"""What the benchmarks have in common. The settings of the run that pytest makes ready here are not used: each side
has a process of its own, with its own settings and database.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.benchmarks.databases import PostgresDatabases, SqliteDatabases, temporary_databases


@pytest.fixture
def databases(tmp_path) -> Iterator[SqliteDatabases | PostgresDatabases]:
    with temporary_databases(tmp_path, ["world", "peer", "posync"]) as found:
        yield found


@pytest.fixture
def say(capsys) -> Callable[[str], None]:
    """Print at once, whatever pytest captures: a benchmark takes minutes."""

    def print_now(text: str) -> None:
        with capsys.disabled():
            print(text, flush=True)  # noqa: T201

    return print_now


@pytest.fixture
def number() -> Callable[[str, int], int]:
    """A number from the environment: PAGES, PEER_PAGES or SEGMENTS."""
    return lambda name, default: int(os.environ.get(name, "") or default)
