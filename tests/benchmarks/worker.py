"""One side of the comparison: a process that runs what it is asked, each time in a fork of its own.

So every step begins with the same memory and empty caches, as a command does. It reads a request a line from
standard input, {"call": "facts.totals", "measured": false, "arguments": {}}, and answers a line of JSON.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import django
from django.db import connection
from django.urls import get_resolver

from tests.benchmarks.measuring import measure

Call = Callable[..., Any]


def main() -> None:
    django.setup()
    # As the system checks do before each command.
    get_resolver().url_patterns  # noqa: B018
    # What Django says goes to the terminal; standard output carries answers alone.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        module, _, name = request["call"].rpartition(".")
        call = getattr(import_module(f"tests.benchmarks.{module}"), name)
        answer = _in_a_fork(call, request["arguments"], measured=request["measured"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _in_a_fork(call: Call, arguments: dict[str, Any], *, measured: bool) -> Any:
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, call, arguments, measured))
    process.start()
    sender.close()
    try:
        return receiver.recv()
    except EOFError:  # it failed, and has said why on standard error
        return {"failed": f"{call.__module__}.{call.__name__}"}
    finally:
        process.join()


def _run(sender: Connection, call: Call, arguments: dict[str, Any], measured: bool) -> None:
    try:
        if measured:
            cost, outcome = measure(call(**arguments))
            sender.send({"cost": asdict(cost), "outcome": outcome})
        else:
            sender.send({"outcome": call(**arguments)})
    finally:
        connection.close()  # a fork's end does not do it


if __name__ == "__main__":
    main()
