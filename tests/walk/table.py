"""The table: each act, and below it what comes of it for whom."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache
from pathlib import Path

from filelock import FileLock

from tests.walk.people import ROLES
from tests.walk.walking import Outcome

TABLE = Path(__file__).with_name("table.txt")
_INDENT = "    "


@cache
def table() -> dict[str, list[str]]:
    """The lines of each act, in the order of the table."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith(_INDENT):
            lines.append(line.strip())
        elif line and not line.startswith("#"):
            lines = found[line] = []
    return found


def lines_of(outcomes: Mapping[str, Outcome]) -> list[str]:
    """A line for all roles that fare alike."""
    alike: dict[Outcome, list[str]] = {}
    for role in ROLES:
        if role in outcomes:
            alike.setdefault(outcomes[role], []).append(role)
    return [f"{', '.join(roles)} | {in_words(outcome)}" for outcome, roles in alike.items()]


def roles_in(line: str) -> list[str]:
    return line.partition(" | ")[0].split(", ")


def by_role(line: str) -> dict[str, str]:
    """A line of the table for each of its roles."""
    return dict.fromkeys(roles_in(line), line.partition(" | ")[2])


def has_effect(line: str) -> bool:
    """Whether strangers read anything else, or rows have changed."""
    return any(f" | {word} " in line for word in ("now", "then", "rows"))


def in_words(outcome: Outcome) -> str:
    answer, message, effect, later, rows = astuple(outcome)
    cells = [
        answer,
        f"“{message}”" if message else "",
        f"now {effect}" if effect else "",
        f"then {later}" if later else "",
        f"rows {rows}" if rows else "",
    ]
    return " | ".join(cell for cell in cells if cell)


def record(title: str, lines: Sequence[str]) -> None:
    """Write an act's lines in the place of those in the file."""
    with FileLock(Path(tempfile.gettempdir(), "walk-table.lock")):
        written, is_here = [], False
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            is_here = is_here and line.startswith(_INDENT)
            if not is_here:
                written.append(line)
            if line == title:
                is_here = True
                written += [f"{_INDENT}{one}" for one in lines]
        TABLE.write_text("\n".join(written) + "\n", encoding="utf-8")
