"""Documents: links lead somewhere, commands exist, and every page of posync's documentation is listed."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
POSYNC = ROOT / "docs" / "posync"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "site" / "posync" / "README.md"])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
#: Of the worker, an app of production alone.
PRODUCTION_ONLY = {"db_worker", "prune_db_task_results"}
KINDS = ("tutorial", "howto", "reference", "explanation")

_FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
_COMMAND = re.compile(r"manage\.py ([a-z_]+)([^`|&;\n]*)")
#: Anything but what is inside quotes may be an option.
_QUOTED = re.compile(r"\"[^\"]*\"?|'[^']*'?")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def anchors(path: Path) -> set[str]:
    """Of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> list[str]:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    broken = []
    for link, anchor in _LINK.findall(text):
        target = path.parent / link if link else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(f"{link}#{anchor}" if anchor else link)
    return broken


def unknown_options(text: str) -> list[str]:
    """Commands that do not exist, and options that their command does not have."""
    unknown = []
    for name, arguments in _COMMAND.findall(text):
        if name in PRODUCTION_ONLY:
            continue
        if name not in get_commands():
            unknown.append(name)
            continue
        app = get_commands()[name]
        parser = load_command_class(app, name).create_parser("manage.py", name)
        options = _OPTION.findall(_QUOTED.sub("", arguments))
        unknown += [f"{name} {option}" for option in options if option not in parser._option_string_actions]
    return unknown


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_links_lead_to_files_and_headings(path):
    assert broken_links(path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_commands_have_the_options_shown(path):
    assert unknown_options(path.read_text(encoding="utf-8")) == []


def test_a_broken_link_and_a_wrong_option_are_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title\n[a](#a-title) [b](#other) [c](gone.md)\n", encoding="utf-8")
    assert broken_links(page) == ["#other", "gone.md"]
    assert unknown_options("`manage.py sync_po --json --fast` `manage.py sink_po`") == [
        "sync_po --fast",
        "sink_po",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_each_kind_is_listed(kind):
    listed = (POSYNC / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(POSYNC).as_posix() for path in (POSYNC / kind).glob("*.md")]
    assert pages
    assert [page for page in pages if f"({page})" not in listed] == []


def test_there_are_four_kinds_of_documentation():
    assert sorted(path.name for path in POSYNC.iterdir() if path.is_dir()) == sorted(KINDS)


@pytest.mark.parametrize("path", sorted((POSYNC / "howto").glob("*.md")), ids=lambda path: path.stem)
def test_a_how_to_says_its_goal_and_what_can_go_wrong(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n**Goal:** ") == 1
    assert "\n## What can go wrong\n" in text
