"""Output to a reader free to leave early, as `head` does."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from django.core.management.base import BaseCommand, OutputWrapper


class PipedOutput(OutputWrapper):
    """A command's stream. Once its reader has left, all further output goes nowhere, and the command ends as ever."""

    def write(  # type: ignore[override]  # as Django has it
        self, msg: str = "", style_func: Callable[[str], str] | None = None, ending: str | None = None
    ) -> None:
        with self._reader_may_leave():
            super().write(msg, style_func, ending)

    def flush(self) -> None:
        with self._reader_may_leave():
            super().flush()

    @contextmanager
    def _reader_may_leave(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            # Python flushes the rest when it exits, and would complain then.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


class PipedCommand(BaseCommand):
    """Goes on when its output's reader leaves: only the output ends."""

    def __init__(
        self, stdout: TextIO | None = None, stderr: TextIO | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(stdout, stderr, *args, **kwargs)
        self.stdout = PipedOutput(stdout or sys.stdout)
        self.stderr = PipedOutput(stderr or sys.stderr)
        self.stderr.style_func = self.style.ERROR

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        finally:
            self.stdout.flush()
