"""Counts relatives in docstrings and comments: a sentence full of them circumscribes where the field has a noun.

`make prose` prints each room's figure, relatives per hundred words, and ends with 1 where the total is above the limit.
`python tests/prose.py FILE…` prints the lines that have one.
"""

import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("site/posync", "home")
LEFT_OUT = {"migrations", "demo"}
LIMIT = 2.0

_RELATIVE = re.compile(r"\b(?:that|which|what|whom)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PRAGMA = re.compile(r"#\s*(?:noqa|type:|ruff:|pragma).*")


@dataclass(frozen=True, slots=True)
class Measure:
    words: int = 0
    relatives: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.words + other.words, self.relatives + other.relatives)

    @property
    def rate(self) -> float:
        """Relatives per hundred words."""
        return 100 * self.relatives / self.words if self.words else 0.0


def measure(text: str) -> Measure:
    return Measure(len(_WORD.findall(text)), len(_RELATIVE.findall(text)))


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Every docstring and comment of a module, with its first line."""
    for node in ast.walk(ast.parse(source)):
        documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if documented and (text := ast.get_docstring(node, clean=False)) is not None:
            yield node.body[0].lineno, text
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], _PRAGMA.sub("", token.string)


def modules(root: Path = ROOT) -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((root / place).rglob("*.py")):
            if not LEFT_OUT & set(path.relative_to(root).parts):
                yield path


def room(path: Path) -> str:
    """The folder below the place, or the place itself."""
    parts = path.relative_to(ROOT).parts
    depth = 3 if parts[0] == "site" else 2
    return "/".join(parts[:depth]) if len(parts) > depth else "/".join(parts[: depth - 1])


def by_room(paths: Iterator[Path]) -> dict[str, Measure]:
    rooms: dict[str, Measure] = defaultdict(Measure)
    for path in paths:
        for _line, text in prose(path.read_text(encoding="utf-8")):
            rooms[room(path)] += measure(text)
    return dict(rooms)


def show_lines(path: Path) -> None:
    for first, text in prose(path.read_text(encoding="utf-8")):
        for number, line in enumerate(text.splitlines(), first):
            if _RELATIVE.search(line):
                sys.stdout.write(f"{path}:{number}: {line.strip()}\n")


def main(arguments: list[str]) -> int:
    if arguments:
        for argument in arguments:
            show_lines(Path(argument))
        return 0
    rooms = by_room(modules())
    for name, found in sorted(rooms.items(), key=lambda item: -item[1].rate):
        sys.stdout.write(f"{name:32}{found.words:7} words {found.relatives:5} relatives {found.rate:6.2f}\n")
    total = sum(rooms.values(), Measure())
    sys.stdout.write(
        f"{'total':32}{total.words:7} words {total.relatives:5} relatives {total.rate:6.2f}, limit {LIMIT}\n"
    )
    return 1 if total.rate > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
