"""Writes docs/posync/reference from the code: `make reference`."""

import ast
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from posync import hooks
from posync.plugins import import_callable

ROOT = Path(__file__).resolve().parent.parent
POSYNC = ROOT / "site" / "posync"
REFERENCE = ROOT / "docs" / "posync" / "reference"
NOTICE = "<!-- Made from the code by `make reference`: change it there. -->"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A line of a class's body: a field, or a member of an enum."""

    name: str
    kind: str
    default: str
    text: str


def attributes(path: Path, class_name: str) -> Iterator[Attribute]:
    """The fields of a class, each with the `#:` comment above it."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef))
    (body,) = (node.body for node in found if node.name == class_name)
    for node in body:
        value = ast.unparse(node.value) if isinstance(node, ast.Assign | ast.AnnAssign) and node.value else ""
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield Attribute(node.target.id, ast.unparse(node.annotation), value, comment(lines, node.lineno))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield Attribute(node.targets[0].id, "", value, comment(lines, node.lineno))


def comment(lines: list[str], lineno: int) -> str:
    """The `#:` lines directly above a line."""
    above: list[str] = []
    for line in reversed(lines[: lineno - 1]):
        if not line.strip().startswith("#:"):
            break
        above.append(line.strip().removeprefix("#:").strip())
    return " ".join(reversed(above))


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    cells = [head, tuple("---" for _column in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells)


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", NOTICE, *parts]) + "\n"


def hooks_page() -> str:
    signals, registries = names_in_hooks(is_signal), names_in_hooks(is_registry)
    return page(
        "Signals and registries",
        "All sockets of posync are in one module, `posync.hooks`. How-tos: "
        "[add a check](../howto/add-a-check.md), [add lines for translators](../howto/add-lines-for-translators.md), "
        "[hear of conflicts](../howto/notify-on-conflicts.md).",
        "## Signals",
        "Sent after the transaction's commit, with `sender=None` and the event as `event`; never by a dry run, and never for "
        "what was rolled back. A receiver's exception stops nothing: the run reports it as `plug-in-failed`, with the "
        "receiver's dotted path. A receiver runs within the command, which holds the lock of the catalogs' folder: hand "
        "long work, and any further sync, to a task. Where nobody listens, nothing is prepared.",
        *(f"### {name}\n\n{text}" for name, text in signals),
        "## Events",
        *(fields_of(name, POSYNC / "hooks.py") for name in EVENTS),
        "## Registries",
        "Keys of `POSYNC`, with dotted paths. A list of a site's own replaces posync's; "
        '`[*hooks.CHECKS, "shop.checks.prices"]` adds to it. A member that cannot be imported is an error of '
        "`manage.py check` (posync.E008). One that fails in a run, by an exception or a wrong answer, is reported once as "
        "`plug-in-failed` with its dotted path, and the run goes on without that answer. An entry whose check failed passes "
        "where no other check blocks it: `check_po` names it once the check is mended. A query that fails is rolled back "
        "alone.",
        *(f"### {name}\n\n{text}\n\n{default(name)}" for name, text in registries),
        "## Signatures",
        *map(signature, PROTOCOLS),
        "## What goes in and out",
        fields_of("Problem", POSYNC / "core" / "rules" / "validation.py"),
        *(fields_of(name, POSYNC / "hooks.py") for name in ARGUMENTS),
    )


EVENTS = (
    *("EntriesImported", "ImportedEntry", "ConflictOpened", "TranslationWaiting", "TranslationPublished"),
    "SyncFinished",
)
PROTOCOLS = ("Check", "EntryComment", "ReuseSource", "CatalogName")
ARGUMENTS = ("EntryToCheck", "EntryToComment", "EntryToFill", "Suggestion")


def is_signal(name: str) -> bool:
    return isinstance(getattr(hooks, name), hooks.Signal)


def is_registry(name: str) -> bool:
    return name.isupper() and name != "TYPE_CHECKING"


def names_in_hooks(wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """The names in `posync.hooks`, in its order, each with the `#:` comment above it."""
    source = (POSYNC / "hooks.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    assigned = [
        (node.lineno, target.id)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and not target.id.startswith("__")
    ]
    return [(name, comment(lines, lineno)) for lineno, name in assigned if wanted(name)]


def default(name: str) -> str:
    """The default of a registry: its members, each with the first line of its docstring."""
    value = getattr(hooks, name)
    if name == "INLINE_TAGS":
        return f"Default: {', '.join(map(code, value))}."
    paths = value if isinstance(value, tuple) else (value,)
    return table(("default", "meaning"), ((code(path), summary(path)) for path in paths))


def summary(path: str) -> str:
    return prose((import_callable(path).__doc__ or "").partition("\n")[0])


def prose(text: str) -> str:
    """A text in which no tag is taken for one."""
    return text.replace("<", "\\<")


def signature(name: str) -> str:
    """A protocol as a function to be written, with its docstrings."""
    node = class_node(name)
    (call,) = (each for each in node.body if isinstance(each, ast.FunctionDef))
    (argument,) = call.args.posonlyargs[1:]
    text = f"def name({argument.arg}: {ast.unparse(argument.annotation)}) -> {ast.unparse(call.returns)}: ..."
    returns = f"Returns: {ast.get_docstring(call)}"
    return f"### {name}\n\n{ast.get_docstring(node)}\n\n```python\n{text}\n```\n\n{returns}"


def class_node(name: str) -> ast.ClassDef:
    tree = ast.parse((POSYNC / "hooks.py").read_text(encoding="utf-8"))
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return found


def fields_of(name: str, path: Path) -> str:
    """A dataclass: its docstring, and its fields."""
    text = getattr(hooks, name).__doc__
    rows = ((code(each.name), code(each.kind), prose(each.text)) for each in attributes(path, name))
    return f"### {name}\n\n{text}\n\n{table(('field', 'type', 'meaning'), rows)}"


#: Each file of the reference, and what it says.
PAGES: dict[str, Callable[[], str]] = {
    "hooks.md": hooks_page,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (REFERENCE / name).write_text(text(), encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
