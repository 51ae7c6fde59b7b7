"""Resolves the members of registries, calls them, and tells receivers: no failure of theirs stops a run."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.signals import setting_changed
from django.db import transaction
from django.dispatch import Signal
from django.utils.module_loading import import_string

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity

logger = logging.getLogger(__name__)

#: A surrogate alone, as `json.loads` and `os.fsdecode` give it.
_HALF = re.compile("[\ud800-\udfff]")

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a registry."""

    #: The dotted path in the settings.
    path: str
    call: Callable[..., Any]
    #: Of posync itself: spared the savepoint and the look at each answer, felt with tens of thousands of entries.
    is_own: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """How a plug-in failed in a run."""

    #: The dotted path of the member or the receiver.
    path: str
    #: The first error, with its type.
    error: str
    #: How often it failed.
    count: int = 1

    @property
    def issue(self) -> Issue:
        times = "" if self.count == 1 else f", {self.count} times; the first"
        text = f"{self.path} failed{times}: {self.error.rstrip('.')}. The run went on without it; mend it, or take it out."
        return Issue(Severity.ERROR, IssueCode.PLUG_IN_FAILED, text)


_failures: ContextVar[dict[str, Failure] | None] = ContextVar("posync_failures", default=None)


def report_failures(step: Callable[Arguments, RunResult]) -> Callable[Arguments, RunResult]:
    """Add to a step's result an issue for each plug-in that failed in it. A step within another leaves that to it."""

    @wraps(step)
    def reporting(*args: Arguments.args, **kwargs: Arguments.kwargs) -> RunResult:
        if _failures.get() is not None:
            return step(*args, **kwargs)
        with _collected() as failures:
            result = step(*args, **kwargs)
        return result + RunResult(issues=tuple(failure.issue for failure in failures.values()))

    return reporting


@contextmanager
def _collected() -> Iterator[dict[str, Failure]]:
    failures: dict[str, Failure] = {}
    token = _failures.set(failures)
    try:
        yield failures
    finally:
        _failures.reset(token)


def note_failure(path: str, error: BaseException) -> None:
    """Note that a plug-in failed: for the run's result, and once in a run for the log."""
    failures = _failures.get()
    known = failures.get(path) if failures is not None else None
    if known is None:
        logger.error("%s failed", path, exc_info=error)
    if failures is not None:
        text = _HALF.sub(lambda found: ascii(found[0])[1:-1], f"{type(error).__name__}: {error}")
        new = Failure(path, text)
        failures[path] = replace(known, count=known.count + 1) if known else new


def members(paths: tuple[str, ...]) -> tuple[Member, ...]:
    """The members of a registry by their dotted paths, in order. Those that cannot be imported are noted and left out."""
    found, missing = _resolved(paths)
    for path, error in missing:
        note_failure(path, error)
    return found


@cache
def _resolved(paths: tuple[str, ...]) -> tuple[tuple[Member, ...], tuple[tuple[str, Exception], ...]]:
    found: list[Member] = []
    missing: list[tuple[str, Exception]] = []
    for path in paths:
        try:
            found.append(Member(path, import_callable(path), path.startswith("posync.")))
        except ImportError as error:
            missing.append((path, error))
    return tuple(found), tuple(missing)


def import_callable(path: str) -> Callable[..., Any]:
    """What a dotted path names. Raises ImportError where it is not there, or cannot be called."""
    try:
        found = import_string(path)
    except ImportError:
        raise
    except Exception as error:
        raise ImportError(f"{type(error).__name__}: {error}") from error
    if not callable(found):
        raise ImportError(f"{path} is not callable")
    called: Callable[..., Any] = found
    return called


def answers(asked: Iterable[Member], kind: type[Answer], argument: object) -> list[Answer]:
    """What members answer, of the kind it must be; of a failing one, what it answered before."""
    found: list[Answer] = []
    for member in asked:
        try:
            if member.is_own:
                found += member.call(argument)
                continue
            with _queries_of(member):
                given = member.call(argument)
                if given is None or isinstance(given, str):
                    raise TypeError(f"it returned {given!r:.60}, not an iterable of {kind.__name__}")
                for one in given:
                    if not isinstance(one, kind):
                        raise TypeError(f"it gave {one!r:.60}, not {kind.__name__}")
                    check_texts(one)
                    found.append(one)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - noted, with its traceback in the log
            note_failure(member.path, error)
    return found


def answer(member: Member, kind: type[Answer], argument: object) -> Answer | None:
    """The one thing that a member answers; None where it fails."""
    try:
        with _queries_of(member):
            given = member.call(argument)
        if not isinstance(given, kind):
            raise TypeError(f"it returned {given!r:.60}, not {kind.__name__}")
        check_texts(given)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - noted, with its traceback in the log
        note_failure(member.path, error)
        return None
    return given


def check_texts(given: Any) -> None:
    """Raise ValueError for a text with half a character, "\\ud800": neither a file nor a database takes it."""
    texts = [given] if isinstance(given, str) else [getattr(given, name) for name in _names(type(given))]
    for text in texts:
        if isinstance(text, str) and not text.isascii() and _HALF.search(text):
            raise ValueError(f"it gave {text!r:.60}, with half a character")


def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _queries_of(member: Member) -> AbstractContextManager[None]:
    if member.is_own or not transaction.get_connection().in_atomic_block:
        return nullcontext()
    return _savepoint()


@contextmanager
def _savepoint() -> Iterator[None]:
    """A savepoint before the first query: one that fails must not break the run's transaction."""
    opened: list[str] = []

    def open_first(execute: Callable[..., Any], *query: Any) -> Any:
        if not opened:
            opened.append("")  # the savepoint is a query itself
            opened[0] = transaction.savepoint()
        return execute(*query)

    try:
        with transaction.get_connection().execute_wrapper(open_first):
            yield
    except (Exception, SystemExit):
        if opened:
            transaction.savepoint_rollback(opened[0])
        raise
    if opened:
        transaction.savepoint_commit(opened[0])


def announce(signal: Signal, events: Callable[[], Iterable[object]]) -> None:
    """Send a signal for each event once the transaction is committed. Nothing is asked for where nobody listens."""
    if signal.has_listeners():
        transaction.on_commit(partial(_send, signal, tuple(events())), robust=True)


def _send(signal: Signal, events: Iterable[object]) -> None:
    for event in events:
        try:
            answered = signal.send_robust(sender=None, event=event)
        except SystemExit as error:  # of no receiver by name: Django stops with it
            note_failure(f"a receiver of {type(event).__name__}", error)
            continue
        for receiver, answer in answered:
            if isinstance(answer, Exception):
                note_failure(dotted_name(receiver), answer)


def dotted_name(receiver: Callable[..., Any]) -> str:
    """Where a receiver is defined, "shop.signals.index_product"; of an object that is called, where its class is."""
    named = receiver if hasattr(receiver, "__qualname__") else type(receiver)
    return f"{named.__module__}.{named.__qualname__}"


def _read_anew(**kwargs: Any) -> None:
    _resolved.cache_clear()


# Sent by Django's and pytest-django's tools for tests, which override settings.
setting_changed.connect(_read_anew, dispatch_uid="posync.plugins")
