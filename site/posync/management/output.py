"""Options, output and exit codes of all posync commands."""

import json
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser, SystemCheckError
from django.db import OperationalError, ProgrammingError
from wagtail.models import Locale

from posync.core.results import ExitCode, Issue, RunResult, Severity
from posync.exceptions import PosyncError
from posync.files.import_files import ImportOptions
from posync.management.pipes import PipedCommand
from posync.progress import watched_by


def locale_option(code: str) -> Locale:
    """An argparse type: the code of one of the site's languages."""
    try:
        return Locale.objects.get(language_code=code)
    except Locale.DoesNotExist as error:
        known = ", ".join(Locale.objects.values_list("language_code", flat=True))
        raise ArgumentTypeError(f"there is no language {code!r} on this site; it has {known}") from error


def existing_path(text: str) -> Path:
    """An argparse type: an existing file or folder with a name of its own."""
    path = Path(text)
    try:
        exists = bool(text.strip() and path.resolve().name) and path.resolve().exists()
    except (OSError, RuntimeError, ValueError):  # a link to itself; a name too long, or with NUL in it
        exists = False
    if not exists:
        raise ArgumentTypeError(f"there is no file {text:.200}")
    return path


class ProgressBar:
    """One line of a terminal, drawn over and over. `write` puts text there without ending the line."""

    _WIDTH = 30

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._drawn = ""

    def draw(self, step: str, done: int, total: int) -> None:
        filled = self._WIDTH * done // total if total else 0
        bar = f"[{'#' * filled}{'.' * (self._WIDTH - filled)}] {done}/{total}" if total else str(done)
        line = f"{step:<8}{bar}"
        if line != self._drawn:
            self._write(f"\r{line.ljust(len(self._drawn))}")
            self._drawn = line

    def clear(self) -> None:
        if self._drawn:
            self._write(f"\r{' ' * len(self._drawn)}\r")
            self._drawn = ""


@contextmanager
def database_in_reach() -> Iterator[None]:
    """End a command with the exit code and a sentence, where the database cannot be used."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        text = f"The database cannot be used: {error}. Is it running, and is everything migrated?"
        raise CommandError(text, returncode=ExitCode.NOT_RUN) from error


class PosyncCommand(PipedCommand):
    """Runs one step and prints its result. Subclasses give `run` and their own arguments."""

    writes = True
    #: The least verbosity to print issues of severity INFO; a listing command prints them at 1.
    tells_from = 2
    #: The summary where there is nothing to sum up.
    nothing = "nothing to do"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of text.")
        if self.writes:
            parser.add_argument(
                "--dry-run",
                action="store_true",
                help="Say what would be done; write nothing, neither files nor database.",
            )

    def run(self, **options: Any) -> RunResult:
        """Do the step. May raise PosyncError."""
        raise NotImplementedError

    def check(self, *args: Any, **kwargs: Any) -> None:
        """Django ends with 1 for a wrong setting: the code of a run with issues to read, and none has run."""
        try:
            super().check(*args, **kwargs)
        except SystemCheckError as error:
            error.returncode = ExitCode.NOT_RUN
            raise

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        shown = not options["json"] and options["verbosity"] > 0
        try:
            with database_in_reach(), self._progress(shown=shown):
                result = self.run(**options)
        except (PosyncError, ImproperlyConfigured) as error:
            raise CommandError(str(error), returncode=ExitCode.NOT_RUN) from error
        seconds = time.monotonic() - started
        if options["json"]:
            self._print_json(result, seconds, dry_run=options.get("dry_run", False))
        else:
            self._print_text(
                result, seconds, verbosity=options["verbosity"], dry_run=options.get("dry_run", False)
            )
        if result.exit_code:
            sys.exit(result.exit_code)

    @contextmanager
    def _progress(self, *, shown: bool) -> Iterator[None]:
        """Draw a bar while the step runs, where a person looks at a terminal."""
        if not shown or not self.stderr.isatty():
            yield
            return
        bar = ProgressBar(lambda text: self.stderr.write(text, style_func=str, ending=""))
        try:
            with watched_by(bar.draw):
                yield
        finally:
            bar.clear()

    @property
    def name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def _print_json(self, result: RunResult, seconds: float, *, dry_run: bool) -> None:
        printed = {"command": self.name, "dry_run": dry_run, "seconds": round(seconds, 3), **result.as_dict()}
        self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2))

    def _print_text(self, result: RunResult, seconds: float, *, verbosity: int, dry_run: bool) -> None:
        for issue in result.issues:
            if issue.severity is not Severity.INFO or verbosity >= self.tells_from:
                self._print_issue(issue)
        if verbosity > 0:
            done = summary(result)
            if done or not result.issues:
                dry = "Would be: " if dry_run else ""
                self.stdout.write(f"{dry}{done or self.nothing}, in {seconds:.1f} s.")

    def _print_issue(self, issue: Issue) -> None:
        place = (
            f"{issue.file}:{issue.line}: "
            if issue.file and issue.line
            else f"{issue.file}: "
            if issue.file
            else ""
        )
        context = f" [{issue.msgctxt}]" if issue.msgctxt else ""
        style = {Severity.ERROR: self.style.ERROR, Severity.WARNING: self.style.WARNING}.get(
            issue.severity, str
        )
        out = self.stdout if issue.severity is Severity.INFO else self.stderr
        out.write(style(f"{place}{issue.severity}: {issue.message} ({issue.code}){context}"))


#: The names of counts that are plural nouns. The others are the same for one and for many.
SINGULAR = {"drafts": "draft", "conflicts": "conflict"}


def summary(result: RunResult) -> str:
    """A result in one line, without counts of zero; "" where all are."""
    parts = [
        f"{name} {', '.join(_counted(count, kind) for kind, count in counts.items() if count)}"
        for name, counts in result.as_dict().items()
        if name != "issues" and any(counts.values())
    ]
    return "; ".join(parts)


def _counted(number: int, kind: str) -> str:
    return f"{number} {SINGULAR.get(kind, kind) if number == 1 else kind}"


def add_locale_option(parser: CommandParser) -> None:
    parser.add_argument(
        "--locale",
        action="append",
        type=locale_option,
        default=[],
        metavar="LANG",
        help="Only this target language. Repeat it for more.",
    )


def row_id(text: str) -> int:
    """An argparse type: a primary key. Databases refuse longer numbers with errors of their own."""
    if not (text.isdecimal() and 0 < int(text[:30]) < 2**63):
        raise ArgumentTypeError(f"{text[:60]!r} is no id")
    return int(text)


def language_codes(options: dict[str, Any]) -> list[str]:
    """The languages asked for, as codes."""
    return [locale.language_code for locale in options["locale"]]


def add_import_options(parser: CommandParser) -> None:
    """Add the options of `ImportOptions`: a person's consent beforehand."""
    parser.add_argument(
        "--allow-clear",
        action="store_true",
        help="Clear a translation that was taken out of its file. Without it, the translation is kept and comes back.",
    )
    parser.add_argument(
        "--accept-older",
        action="store_true",
        help="Take a file that is an earlier version of itself, as after restoring a backup.",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="Take a language of which most translations in use change at once.",
    )


def import_options(options: dict[str, Any]) -> ImportOptions:
    """The consent given in a command's options."""
    return ImportOptions(
        allow_clear=options["allow_clear"],
        accept_older=options["accept_older"],
        accept_mass_change=options["yes"],
    )
