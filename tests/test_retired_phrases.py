"""Names and words given up (retired_phrases.txt) stay out of code, documents and interface strings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "retired_phrases.txt"
PLACES = (
    "*.*",
    "Makefile",
    ".ci/*",
    "docs/**/*",
    "home/**/*",
    "locale/*/LC_MESSAGES/*",
    "site/**/*",
    "tests/**/*",
)
ENDINGS = {"", ".css", ".html", ".js", ".md", ".po", ".py", ".sh", ".toml", ".txt", ".xml"}
#: Page content says what it likes, and other people's packages have the names they have.
LEFT_OUT = ("home/demo/", "requirements", "tests/retired_phrases.txt")


def phrases(lines: str) -> dict[str, str]:
    """What took its place, by each phrase."""
    return dict(line.split(" → ") for line in lines.splitlines() if line and not line.startswith("#"))


PHRASES = phrases(LIST.read_text(encoding="utf-8"))


def written_by_people() -> Iterator[Path]:
    for path in sorted({path for place in PLACES for path in ROOT.glob(place)}):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix in ENDINGS and not name.startswith(LEFT_OUT):
            yield path


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in written_by_people()}


def uses(texts: dict[str, str], phrase: str) -> list[str]:
    """Each place as file and line."""
    return [
        f"{name}:{number}"
        for name, text in texts.items()
        if phrase in text
        for number, line in enumerate(text.splitlines(), 1)
        if phrase in line
    ]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_retired_phrase_stays_away(phrase):
    assert uses(TEXTS, phrase) == [], f"write {PHRASES[phrase]!r} instead of {phrase!r}"


def test_code_documents_templates_and_interface_strings_are_searched():
    searched = {Path(name).suffix for name in TEXTS}
    assert {".py", ".md", ".html", ".po", ".css", ".js", ".toml"} <= searched
    assert {"Makefile", "site/posync/README.md", "tests/test_retired_phrases.py"} <= set(TEXTS)


def test_a_phrase_is_found_with_its_line():
    assert uses({"a.md": "one\ntwo old words\n", "b.py": "new = 1"}, "old words") == ["a.md:2"]
