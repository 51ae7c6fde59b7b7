"""The rooms of posync and of home, and which of them may import which. A failure names the import to move."""

import ast
import importlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
POSYNC = ROOT / "site" / "posync"
HOME = ROOT / "home"

# posync

#: Each room may import those named after it, and no room before it.
ROOMS = [
    ["management", "admin", "templatetags"],
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
POSYNC_MODULES = sorted(path for path in POSYNC.rglob("*.py") if "migrations" not in path.parts)


def none_of(sentences: Iterable[str]) -> None:
    """Fail with the sentences alone: a traceback would bury them."""
    if found := list(sentences):
        pytest.fail("\n".join(found), pytrace=False)


def roots_of(path: Path) -> set[str]:
    """The top-level names of a file's imports, but for relative ones."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def relative(path: Path) -> str:
    return path.relative_to(POSYNC).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The line of each import and the dotted names that it reaches for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, "." * node.level + str(node.module or "")
            elif node.module == "posync":
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
        if not root:
            yield f"{place} imports {name}; write the import from posync. in full."
        if room == "core" and root in FRAMEWORKS:
            yield f"{place} imports {name}; move what needs {root} out of core, to the room that calls this."
        if root != "posync" or not rest:
            continue
        target = rest[0]
        rules, of_the_format = (relative(path).startswith("core/rules/"), name.startswith("posync.core.po"))
        if rules and of_the_format:
            yield f"{place} imports {name}; pass what the rules need of an entry as an argument, or move the rest into core/po."
        elif target in ENTRANCES and room != "apps":
            yield f"{place} imports {name}, which Django alone calls; move the shared part into a room, or send a signal of hooks."
        elif room in COMMON and target not in {*COMMON, "db", "core"}:
            yield f"{place} imports {name}; move that part of {room} up into the room {target}."
        elif room in LEVELS and target in COMMON and room == "core":
            yield f"{place} imports {name}; pass what core needs of {target} as an argument."
        elif room in LEVELS and target in LEVELS and target != room and LEVELS[target] >= LEVELS[room]:
            yield f"{place} imports {name}; move what it needs from {target} down into {room} or below, or the caller up."


@pytest.mark.parametrize("path", POSYNC_MODULES, ids=relative)
def test_imports_go_one_way(path):
    none_of(wrong_imports(path))


@pytest.mark.parametrize(
    ("room", "statement", "remedy"),
    [
        ("core/rules/x.py", "from django.db import models", "move what needs django out of core"),
        ("core/rules/x.py", "from posync.conf import posync_settings", "as an argument"),
        ("core/rules/x.py", "from posync.core.po.entries import Entry", "what the rules need of an entry"),
        ("catalogs/x.py", "from posync.files.parse import read_file", "down into catalogs"),
        ("files/x.py", "from posync import sync", "down into files"),
        ("sources/x.py", "from posync.tasks import refresh_sources", "a signal of hooks"),
        ("progress.py", "from . import hooks", "from posync. in full"),
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
    rooms = {room_of(path) for path in POSYNC_MODULES if path.parent != POSYNC}
    known = {*LEVELS, *COMMON, *ENTRANCES, "__init__"}
    none_of(f"Name the new room {room} in ROOMS, at its level." for room in sorted(rooms - known))


def test_the_top_holds_what_django_wagtail_and_adopters_look_for():
    top = {path.stem for path in POSYNC.glob("*.py")}
    none_of(
        f"Move {name}.py into the room of its subject, and its imports with it."
        for name in sorted(top - AT_THE_TOP)
    )
    assert len(AT_THE_TOP - {"__init__"}) <= 12


def test_no_two_modules_of_posync_have_one_name():
    names = Counter(path.stem for path in POSYNC_MODULES if path.stem not in NAMES_GIVEN_BY_DJANGO)
    none_of(
        f"Rename all but one {name}.py by what it does, and move the imports to the new name."
        for name, count in names.items()
        if count > 1
    )


def test_posync_knows_nothing_of_the_site():
    none_of(
        f"Move what needs {root} out of site/posync/{relative(path)}."
        for path in POSYNC.rglob("*.py")
        for root in sorted({"config", "home"} & roots_of(path))
    )


# home

#: From the ground up: a room imports from lower levels alone, and from itself.
HOME_LEVELS = [
    {"routing", "page_cache", "forms", "fields", "renditions", "calendars"},
    {"i18n"},
    {"access", "navigation", "search", "listing", "blocks"},
    {"seo"},
    {"models"},
    {"feeds", "demo", "views"},
    {"management", "apps", "wagtail_hooks", "migrations", "templatetags"},
]
LEVEL_OF_HOME = {room: level for level, rooms in enumerate(HOME_LEVELS) for room in rooms}
#: Modules at the top, each looked for there by Django, Wagtail or a newcomer.
HOME_TOP = {"apps", "calendars", "feeds", "fields", "renditions", "views", "wagtail_hooks"}
#: Folders with names by the rules of Django, of template tags or of the demo; `views` is Django's word everywhere.
NAMED_BY_OTHERS = {"demo", "i18n/formats", "management", "migrations", "templatetags"}
HOME_MODULES = sorted(path for path in HOME.rglob("*.py") if path.name != "__init__.py")


def from_root(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def home_room_of(module: str) -> str:
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


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.py")), ids=from_root)
def test_imports_of_home_point_down_the_levels(path):
    own = home_room_of(dotted(path))
    none_of(
        f"Move the import of {module} out of {from_root(path)}: home.{own} stands on no higher level than home.{room}."
        for module in imports_of(path)
        if own and (room := home_room_of(module)) != own and LEVEL_OF_HOME[room] >= LEVEL_OF_HOME[own]
    )


def test_home_knows_nothing_of_the_pipeline():
    none_of(
        f"Move what needs {root} out of {from_root(path)}, into site/config."
        for path in HOME.rglob("*.py")
        for root in sorted({"config", "posync", "wagtail_localize"} & roots_of(path))
    )


def test_no_modules_of_home_import_each_other():
    graph = defaultdict(set)
    for path in sorted(HOME.rglob("*.py")):
        graph[dotted(path)] |= set(imports_of(path)) - {dotted(path)}
    cycle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle = error.args[1][::-1]
    none_of(f"Move the import of {cycle[-1]} out of {cycle[-2]}: {' → '.join(cycle)}." for _ in cycle[:1])


def test_the_top_of_home_holds_what_a_newcomer_looks_for_there():
    top = {path.stem for path in HOME.glob("*.py")} - {"__init__"}
    none_of(
        f"Move home/{name}.py into a room of home, and its imports with it."
        for name in sorted(top - HOME_TOP)
    )
    assert top == HOME_TOP


def test_every_room_of_home_has_a_level():
    rooms = {path.parent.name for path in HOME.glob("*/__init__.py")}
    none_of(f"Give the room {room} a level in HOME_LEVELS." for room in sorted(rooms - LEVEL_OF_HOME.keys()))


def test_no_two_modules_of_home_have_one_name():
    places = defaultdict(list)
    for path in HOME_MODULES:
        folder = path.parent.relative_to(HOME).as_posix()
        if not any(folder == other or folder.startswith(f"{other}/") for other in NAMED_BY_OTHERS):
            places[path.stem].append(from_root(path))
    none_of(
        f"Rename one of these, and move the imports to the new name: {', '.join(paths)}."
        for name, paths in places.items()
        if len(paths) > 1 and name != "views"
    )


def test_tests_stand_in_the_rooms_of_what_they_test():
    rooms = {path.name for path in HOME.iterdir() if (path / "__init__.py").exists()}
    folders = {path.parent.name for path in (ROOT / "tests" / "home").glob("*/test_*.py")}
    none_of(
        f"Move the tests out of tests/home/{name}: home has no such room." for name in sorted(folders - rooms)
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
