"""The rooms of home: their names, the arrows between them, and no cycle."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "home"

#: From the ground up: a room imports from lower levels alone, and from itself.
LEVELS = [
    {"routing", "page_cache", "forms", "fields", "renditions", "calendars"},
    {"i18n"},
    {"navigation", "search", "listing", "blocks"},
    {"seo"},
    {"models"},
    {"feeds", "demo", "views"},
    {"management", "apps", "wagtail_hooks", "migrations", "templatetags"},
]
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
#: Modules at the top, each looked for there by Django, Wagtail or a newcomer.
TOP = {"apps", "calendars", "feeds", "fields", "renditions", "views", "wagtail_hooks"}
#: Folders with names by the rules of Django, of template tags or of the demo; `views` is Django's word everywhere.
NAMED_BY_OTHERS = {"demo", "i18n/formats", "management", "migrations", "templatetags"}
MODULES = sorted(path for path in HOME.rglob("*.py") if path.name != "__init__.py")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    return (*module.split("."), "")[1]


def imports_of(path: Path) -> Iterator[str]:
    """Yields the modules of home in a file's imports; a package's own `__init__` counts as what it imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("home."))
        elif isinstance(node, ast.ImportFrom) and node.level:
            package = ".".join(path.relative_to(ROOT).parent.parts)
            yield f"{package}.{node.module}"
        elif isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "home":
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                is_module = ROOT.joinpath(*module.split(".")).with_suffix(".py").exists()
                is_room = ROOT.joinpath(*module.split("."), "__init__.py").exists()
                yield module if is_module or is_room else str(node.module)


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.py")), ids=relative)
def test_imports_point_down_the_levels(path):
    own = room_of(dotted(path))
    if not own:
        return
    for module in imports_of(path):
        room = room_of(module)
        assert room == own or LEVEL_OF[room] < LEVEL_OF[own], (
            f"Move the import of {module} out of {relative(path)}: home.{own} stands on no higher level than home.{room}."
        )


def test_no_modules_import_each_other():
    graph = defaultdict(set)
    for path in sorted(HOME.rglob("*.py")):
        graph[dotted(path)] |= set(imports_of(path)) - {dotted(path)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        *_, last, first = reversed(error.args[1])
        pytest.fail(f"Move the import of {first} out of {last}: {' → '.join(reversed(error.args[1]))}.")


def test_the_top_holds_what_a_newcomer_looks_for_there():
    top = {path.stem for path in HOME.glob("*.py")} - {"__init__"}
    assert top == TOP, f"Move {', '.join(sorted(top ^ TOP))} into a room of home, and its imports with it."


def test_every_room_has_a_level():
    rooms = {path.parent.name for path in HOME.glob("*/__init__.py")}
    assert rooms <= LEVEL_OF.keys(), (
        f"Give {', '.join(sorted(rooms - LEVEL_OF.keys()))} a level in {__file__}."
    )


def test_no_two_modules_share_a_name():
    places = defaultdict(list)
    for path in MODULES:
        folder = path.parent.relative_to(HOME).as_posix()
        if not any(folder == other or folder.startswith(f"{other}/") for other in NAMED_BY_OTHERS):
            places[path.stem].append(relative(path))
    shared = {name: paths for name, paths in places.items() if len(paths) > 1 and name != "views"}
    assert shared == {}, f"Rename one of each, and move the imports to the new name: {shared}."


def test_tests_stand_in_the_rooms_of_what_they_test():
    rooms = {path.name for path in HOME.iterdir() if (path / "__init__.py").exists()}
    folders = {path.parent.name for path in (ROOT / "tests" / "home").glob("*/test_*.py")}
    assert folders <= rooms, (
        f"Move the tests, and their imports, out of {', '.join(sorted(folders - rooms))}."
    )


@pytest.mark.parametrize(
    ("module", "symbol"),
    [
        ("home.i18n.slugs", "make_slug"),
        ("home.i18n.switcher", "language_links"),
        ("home.i18n.untranslated_page", "UntranslatedPageView"),
        ("home.page_cache.freshness", "is_fresh"),
        ("home.routing.visibility", "without_private"),
        ("home.forms.guard", "RateLimit"),
        ("home.seo.sitemaps", "BilingualSitemap"),
        ("home.blocks.links", "LinkBlock"),
    ],
)
def test_a_newcomers_question_is_answered_by_a_folders_name(module, symbol):
    assert getattr(importlib.import_module(module), symbol).__module__ == module
