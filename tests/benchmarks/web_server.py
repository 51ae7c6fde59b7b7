"""gunicorn in a process of its own, and visitors who ask it as fast as it answers."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

CHECKOUT = Path(__file__).resolve().parent.parent.parent
WORKERS = 2
VISITORS = 8
_PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes


@dataclass(frozen=True)
class WebServer:
    port: int

    def get(self, path: str) -> Answer:
        with socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE) as connection:
            connection.sendall(_request(path))
            received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        head, _, body = received.partition(b"\r\n\r\n")
        return Answer(int(head.split(b" ", 2)[1]), head.decode("latin-1"), body)

    def requests_per_second(self, path: str, seconds: float) -> float:
        """How often the same answer comes, to visitors who each open a connection for each request."""
        expected = self.get(path)
        counts = [0] * VISITORS
        wrong = []
        begun = monotonic()

        def visit(number: int) -> None:
            while monotonic() - begun < seconds:
                answer = self.get(path)
                if (answer.status, answer.body) != (expected.status, expected.body):
                    wrong.append(answer)
                counts[number] += 1

        visitors = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        assert expected.status == 200, expected.head
        assert not wrong, wrong[0].head
        return sum(counts) / (monotonic() - begun)


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n".encode()


@contextmanager
def gunicorn(environment: dict[str, str], *options: str) -> Iterator[WebServer]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", f"{CHECKOUT}/site,{CHECKOUT}"]
    command += ["--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    command += options
    process = subprocess.Popen([*command, "config.wsgi"], cwd=CHECKOUT, env=environment)
    try:
        server = WebServer(port)
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(server: WebServer, process: subprocess.Popen) -> None:
    until = monotonic() + _PATIENCE
    while True:
        assert process.poll() is None, "gunicorn has ended"
        try:
            server.get("/constant/")
        except OSError:
            assert monotonic() < until, "gunicorn does not answer"
            sleep(0.1)
        else:
            return
