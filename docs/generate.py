"""Writes the pages of docs/posync that are made from the code: `make reference`."""

import argparse
import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import BaseCommand, load_command_class

from posync import hooks
from posync.core.issue_codes import IssueCode
from posync.core.rules.table import IMPOSSIBLE, TABLE, VALUES, Pattern
from posync.plugins import import_callable

ROOT = Path(__file__).resolve().parent.parent
POSYNC = ROOT / "site" / "posync"
DOCUMENTS = ROOT / "docs" / "posync"
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


def settings() -> str:
    return page(
        "Settings",
        "One dict, `POSYNC`, in the settings of the site. Every key has a default; `manage.py check` refuses unknown ones, and values that do not fit.",
        table(
            ("key", "type", "default", "meaning"),
            (
                (code(each.name), code(each.kind), code(each.default), each.text)
                for each in attributes(POSYNC / "conf.py", "PosyncSettings")
            ),
        ),
    )


#: What Django gives every command, `--verbosity` and `--settings` among them.
DJANGO_OPTIONS = {action.dest for action in BaseCommand().create_parser("manage.py", "command")._actions}


def commands() -> str:
    names = sorted(path.stem for path in (POSYNC / "management" / "commands").glob("[!_]*.py"))
    return page(
        "Commands",
        "All take Django's own options as well. `--verbosity 2` also lists the pages published, and for what others wait; "
        "`--verbosity 0` prints problems alone. On a terminal a bar shows the progress.",
        "See [exit codes](exit-codes.md), [JSON output](json.md) and [issue codes](issue-codes.md).",
        *(command(name) for name in names),
    )


def command(name: str) -> str:
    parser = load_command_class("posync", name).create_parser("manage.py", name)
    actions = [action for action in parser._actions if action.dest not in DJANGO_OPTIONS]
    usage = " ".join(["manage.py", name, *arguments(parser, actions)])
    rows = ((code(long(action)), action.help or "") for action in actions)
    return f"## {name}\n\n{parser.description}\n\n```\n{usage}\n```\n\n{table(('argument', 'meaning'), rows)}"


def arguments(parser: argparse.ArgumentParser, actions: list[argparse.Action]) -> Iterator[str]:
    """The arguments as the usage shows them: options first, of those that exclude each other one choice."""
    choices = {
        id(action): group._group_actions
        for group in parser._mutually_exclusive_groups
        for action in group._group_actions
    }
    for action in sorted(actions, key=lambda each: not each.option_strings):
        among = choices.get(id(action), [action])
        if len(among) == 1:
            yield short(action)
        elif action is among[0]:
            yield f"[{' | '.join(map(long, among))}]"


def long(action: argparse.Action) -> str:
    """An argument as a person writes it: `--locale LANG`, `FILE…`."""
    word = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    many = "…" if action.nargs in ("*", "+") else ""
    return " ".join(filter(None, [*action.option_strings[-1:], word + many]))


def short(action: argparse.Action) -> str:
    """An argument in the usage: in brackets unless it is required."""
    repeats = " …" if isinstance(action, argparse._AppendAction) else ""
    return (
        long(action) + repeats if action.option_strings and action.required else f"[{long(action)}]{repeats}"
    )


def members(path: Path, class_name: str) -> Iterator[tuple[str, ...]]:
    return ((code(each.default.strip("'")), each.text) for each in attributes(path, class_name))


def exit_codes() -> str:
    return page(
        "Exit codes",
        table(("code", "meaning"), members(POSYNC / "core" / "results.py", "ExitCode")),
        "A scheduler may take 1 as a reason to read the output, and 2 as a reason to wake somebody.",
    )


def fields_table(path: Path, class_name: str) -> str:
    rows = ((code(each.name), code(each.kind), each.text) for each in attributes(path, class_name))
    return table(("key", "type", "meaning"), rows)


def json_output() -> str:
    results, status = POSYNC / "core" / "results.py", POSYNC / "reports" / "status.py"
    origins = POSYNC / "reports" / "origins.py"
    return page(
        "JSON output",
        "With `--json` a command prints one object on standard output. One that could not run (exit code 2) prints none; standard "
        "error says why.",
        "## All commands but po_status and provenance",
        table(
            ("key", "type", "meaning"),
            iter(
                [
                    ("`command`", "`str`", "The command's name."),
                    ("`dry_run`", "`bool`", "Whether nothing was written."),
                    ("`seconds`", "`float`", "The time it took."),
                    ("`files`", "`object`", "[Counts of files](#files)."),
                    ("`entries`", "`object`", "[Counts of entries](#entries)."),
                    ("`pages`", "`object`", "[Counts of pages and snippets](#pages)."),
                    ("`issues`", "`array`", "[Issues](#issues), in the order of the run."),
                ]
            ),
        ),
        "### files",
        fields_table(results, "FileCounts"),
        "### entries",
        fields_table(results, "EntryCounts"),
        "### pages",
        fields_table(results, "PageCounts"),
        "### issues",
        fields_table(results, "Issue"),
        "A severity is one of these:",
        table(("severity", "meaning"), members(results, "Severity")),
        "## po_status",
        table(
            ("key", "type", "meaning"),
            iter(
                [
                    ("`command`", "`str`", "`po_status`."),
                    ("`rows`", "`array`", "[A row](#rows) for each page or snippet in each language."),
                    (
                        "`one_at_a_time`",
                        "`array`",
                        "[The models](#one_at_a_time) of translated pages that are published one page at a time.",
                    ),
                ]
            ),
        ),
        "### rows",
        fields_table(status, "StatusRow"),
        "A state is one of these:",
        table(("state", "meaning"), members(status, "TranslationState")),
        "### one_at_a_time",
        table(
            ("key", "type", "meaning"),
            iter(
                [
                    ("`model`", "`str`", "The model, by dotted path."),
                    ("`reasons`", "`array`", "The reasons, in English; at least one."),
                ]
            ),
        ),
        "## provenance",
        table(
            ("key", "type", "meaning"),
            iter(
                [
                    ("`command`", "`str`", "`provenance`."),
                    ("`records`", "`array`", "[A record](#records) for each text of live translations."),
                ]
            ),
        ),
        "### records",
        fields_table(origins, "Record"),
        "### origin and approval",
        fields_table(origins, "Deed"),
        "An act is one of these:",
        table(("act", "meaning"), members(origins, "Act")),
    )


def issue_codes() -> str:
    return page(
        "Issue codes",
        "The `code` of an issue, in brackets at the end of its line and in [JSON](json.md). Checks of a site's own have "
        "codes of their own beside these.",
        table(
            ("code", "cause", "remedy"),
            ((code(each), each.cause, each.remedy) for each in sorted(IssueCode)),
        ),
    )


def facts_in_words(pattern: Pattern) -> str:
    """The facts that a row asks for; those that may be anything are left out."""
    words = []
    for name, allowed in pattern.asked.items():
        left_out = [value for value in VALUES[name] if value not in allowed]
        some = ", ".join(str(value).lower() for value in VALUES[name] if value in allowed)
        most = "not " + ", ".join(str(value).lower() for value in left_out)
        shortest = most if 0 < len(left_out) < len(allowed) else some
        words.append(f"{name.replace('_', ' ')}: {shortest}")
    return " · ".join(words)


def decision_table() -> str:
    facts, rules = POSYNC / "core" / "rules" / "facts.py", POSYNC / "core" / "rules" / "table.py"
    return page(
        "What becomes of an entry: the table",
        "An import decides each entry of a file by one table. Each possible combination of facts is answered by exactly "
        "one row; a test walks them all. A fact that a row does not name may be anything.",
        "## Rows",
        table(
            ("action", "reason", "facts"),
            ((row.decision.action, row.decision.reason, facts_in_words(row.pattern)) for row in TABLE),
        ),
        "## Actions",
        table(("action", "meaning"), enum_comments(rules, "Action")),
        "## Facts",
        table(
            ("fact", "values"),
            (
                (name.replace("_", " "), ", ".join(str(value).lower() for value in values))
                for name, values in VALUES.items()
            ),
        ),
        "`change` is the file's translation beside the base, `file is database` whether its text is the one in use, "
        "`database is base` whether nobody changed what is in use since the own file was written. Of an entry that moved, "
        "`database` and `draft` are those of its successor.",
        "### Files",
        table(("kind", "meaning"), enum_comments(facts, "FileKind")),
        "### Entries",
        table(("entry", "meaning"), enum_comments(facts, "EntryState")),
        "## Impossible combinations",
        table(
            ("why", "facts"),
            ((each.why, facts_in_words(each.pattern)) for each in IMPOSSIBLE),
        ),
    )


def enum_comments(path: Path, class_name: str) -> Iterator[tuple[str, str]]:
    """The members of an enum, each with the comment behind it."""
    source = path.read_text(encoding="utf-8")
    body = source.partition(f"class {class_name}(")[2].partition("\n\n\n")[0]
    for value, comment in re.findall(r'^    [A-Z_]+ = "([^"]+)"  # (.+)$', body, re.MULTILINE):
        yield value, comment[0].upper() + comment[1:]


def arrows(package: Path, prefix: str) -> dict[str, set[str]]:
    """The rooms of a package, each with the rooms that it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).with_suffix("").parts[0]
        if room in ("__init__", "migrations"):
            continue
        targets = found.setdefault(room, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == prefix:
                targets |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and str(node.module).startswith(f"{prefix}."):
                targets.add(str(node.module).split(".")[1])
        targets.discard(room)
    return {room: targets & found.keys() for room, targets in found.items()}


def drawing(package: Path, prefix: str) -> str:
    """The rooms and their arrows as a mermaid graph. Left out are arrows that a longer way says too."""
    rooms = arrows(package, prefix)

    def reached(room: str) -> set[str]:
        return rooms[room].union(*(reached(other) for other in rooms[room]))

    lines = ["```mermaid", "graph TD"]
    for room, targets in rooms.items():
        behind = set().union(*(reached(target) for target in targets))
        lines += [f"    {room} --> {target}" for target in sorted(targets - behind)] or [f"    {room}"]
    return "\n".join([*lines, "```"])


def architecture() -> str:
    return page(
        "Architecture",
        "Two products in one repository: the site (`home`, `site/config`, `site/templates`) and `posync` (`site/posync`), a "
        "reusable app. `config` imports both; `home` imports Wagtail alone, `posync` Wagtail and wagtail-localize. Within each, "
        "imports go one way, down these pictures; tests hold the order. Both are drawn from the imports.",
        "## posync",
        drawing(POSYNC, "posync"),
        table(("room", "what it is"), rooms_in_words(POSYNC)),
        "## home",
        drawing(ROOT / "home", "home"),
    )


def rooms_in_words(package: Path) -> Iterator[tuple[str, str]]:
    """The first lines of the rooms' docstrings."""
    for path in sorted([*package.glob("*/__init__.py"), *package.glob("*.py")]):
        words = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        name = path.parent.name if path.parent != package else path.stem
        if words and path != package / "__init__.py":
            yield f"`{name}`", words


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


#: Each page made from the code, by its path in docs/posync.
PAGES: dict[str, Callable[[], str]] = {
    "reference/settings.md": settings,
    "reference/commands.md": commands,
    "reference/exit-codes.md": exit_codes,
    "reference/json.md": json_output,
    "reference/issue-codes.md": issue_codes,
    "reference/hooks.md": hooks_page,
    "explanation/decision-table.md": decision_table,
    "../architecture.md": architecture,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    for name, text in PAGES.items():
        (DOCUMENTS / name).write_text(text(), encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
