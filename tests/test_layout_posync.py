"""The rooms of posync, and which of them may import which."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

POSYNC = Path(__file__).resolve().parent.parent / "site" / "posync"
#: Each room may import those named after it, and no room before it.
ROOMS = [
    ["management", "admin"],
    ["sync"],
    ["reports"],
    ["publishing"],
    ["files"],
    ["sources"],
    ["history"],
    ["catalogs"],
    ["validators"],
    ["db"],
    ["core"],
]
LEVELS = {room: level for level, rooms in enumerate(reversed(ROOMS)) for room in rooms}
#: Open to every room; they themselves import db, core and one another.
COMMON = {"conf", "exceptions", "hooks", "models", "plugins", "progress"}
#: Called by Django and Wagtail alone.
ENTRANCES = {"apps", "checks", "signal_handlers", "tasks", "wagtail_hooks"}
AT_THE_TOP = {
    "__init__",
    "apps",
    "checks",
    "conf",
    "exceptions",
    "hooks",
    "plugins",
    "progress",
    "signal_handlers",
    "sync",
    "tasks",
    "wagtail_hooks",
}
#: Django looks for these by name.
NAMES_GIVEN_BY_DJANGO = {"__init__", "models", "views", "urls", "forms"}
FRAMEWORKS = {"django", "modelcluster", "wagtail", "wagtail_localize"}
MODULES = sorted(path for path in POSYNC.rglob("*.py") if "migrations" not in path.parts)


def relative(path: Path) -> str:
    return path.relative_to(POSYNC).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The line of each import and the dotted names that it reaches for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)}:{node.lineno}: write the import from posync. in full"
            if node.module == "posync":
                yield from ((node.lineno, f"posync.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def room_of(path: Path) -> str:
    return path.relative_to(POSYNC).with_suffix("").parts[0]


def wrong_imports(path: Path) -> Iterator[str]:
    room = room_of(path)
    for line, name in imports(path):
        root, *rest = name.split(".")
        place = f"{relative(path)}:{line}"
        if room in ("core",) and root in FRAMEWORKS:
            yield f"{place} imports {name}; move what needs {root} out of core, to the room that calls this."
        if root != "posync" or not rest:
            continue
        target = rest[0]
        if target in ENTRANCES and room != "apps":
            yield f"{place} imports {name}, which Django alone calls; move the shared part into a room, or send a signal of hooks."
        elif room in COMMON and target not in {*COMMON, "db", "core"}:
            yield f"{place} imports {name}; move that part of {room} up into the room {target}."
        elif room in LEVELS and target in COMMON and room == "core":
            yield f"{place} imports {name}; pass what core needs of {target} as an argument."
        elif room in LEVELS and target in LEVELS and target != room and LEVELS[target] >= LEVELS[room]:
            yield f"{place} imports {name}; move what it needs from {target} down into {room} or below, or the caller up."


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_imports_go_one_way(path):
    assert [*wrong_imports(path)] == []


@pytest.mark.parametrize(
    ("room", "statement", "remedy"),
    [
        ("core/rules/x.py", "from django.db import models", "move what needs django out of core"),
        ("core/rules/x.py", "from posync.conf import posync_settings", "as an argument"),
        ("catalogs/x.py", "from posync.files.parse import read_file", "down into catalogs"),
        ("files/x.py", "from posync import sync", "down into files"),
        ("sources/x.py", "from posync.tasks import refresh_sources", "a signal of hooks"),
        ("hooks.py", "from posync.catalogs.load import LoadedCatalog", "up into the room catalogs"),
    ],
)
def test_a_wrong_import_is_named_with_its_remedy(room, statement, remedy, tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.POSYNC", tmp_path)
    path = tmp_path / room
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(statement, encoding="utf-8")
    (wrong,) = wrong_imports(path)
    assert wrong.startswith(f"{room}:1 imports ")
    assert remedy in wrong


def test_every_room_has_its_place_in_the_order():
    rooms = {room_of(path) for path in MODULES}
    known = {*LEVELS, *COMMON, *ENTRANCES, "__init__"}
    assert rooms - known == set(), "name the new room in ROOMS, at its level"


def test_the_top_holds_what_django_wagtail_and_adopters_look_for():
    top = {path.stem for path in POSYNC.glob("*.py")}
    assert top - AT_THE_TOP == set(), "move these modules into the room of their subject"
    assert len(AT_THE_TOP - {"__init__"}) <= 12


def test_no_two_modules_have_one_name():
    names = Counter(path.stem for path in MODULES if path.stem not in NAMES_GIVEN_BY_DJANGO)
    assert [name for name, count in names.items() if count > 1] == [], "rename one of them by what it does"
