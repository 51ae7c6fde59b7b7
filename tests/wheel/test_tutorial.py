"""The tutorial, done line by line as a stranger would, with the wheel and without a network."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
import pytest

from tests.installing import lend_packages, strangers_variables

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = sorted((ROOT / "docs" / "posync" / "tutorial").glob("*.md"))
_BLOCK = re.compile(r"^```(?P<kind>\w+)(?P<rest>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True)
class Block:
    line: int
    kind: str
    rest: str
    text: str

    @property
    def file(self) -> str:
        """The file that the block is written to; "" for another block."""
        named = _TITLE.search(self.rest)
        return named[1] if named else ""


def blocks(page: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(page):
        line = page.count("\n", 0, found.start()) + 1
        yield Block(line, found["kind"], found["rest"].strip(), found["text"])


@dataclass
class Stranger:
    """Somebody at a terminal: in a folder, with an environment of their own once it is there."""

    folder: Path
    wheel: Path
    port: int
    output: str = ""
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home = self.folder

    def follow(self, block: Block) -> None:
        if block.kind == "po":
            self._translate(block)
        elif block.file:
            self._write(block)
        elif block.rest == "output":
            missing = [line for line in block.text.splitlines() if line.strip() not in self.output]
            assert missing == [], f"line {block.line}\n{self.output}"
        elif block.rest == "server":
            self._serve(block)
        else:
            self._type(block)

    def _variables(self) -> dict[str, str]:
        variables = strangers_variables()
        return {
            **variables,
            "PATH": f"{Path(sys.executable).parent}:{variables['PATH']}",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheel.parent),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def _command(self, block: Block) -> str:
        """The block as typed, at an address that is free."""
        address = f"127.0.0.1:{self.port}"
        text = block.text.replace("127.0.0.1:8000", address)
        return text.replace("manage.py runserver", f"manage.py runserver --noreload {address}")

    def _type(self, block: Block) -> None:
        environment = self.home / "env"
        activate = f". {environment}/bin/activate\n" if environment.exists() else ""
        script = f"set -eu\n{activate}{self._command(block)}\npwd > {self.home}/where\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self._variables(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        self.output = done.stdout + done.stderr
        assert done.returncode == 0, f"line {block.line}\n{block.text}\n{self.output}"
        self.folder = Path((self.home / "where").read_text(encoding="utf-8").strip())
        if not activate and environment.exists():
            lend_packages(environment)

    def _write(self, block: Block) -> None:
        path = self.folder / block.file
        assert path.parent.is_dir(), f"line {block.line}: no folder for {block.file}"
        before = path.read_text(encoding="utf-8") if "append" in block.rest else ""
        path.write_text(f"{before}\n{block.text}" if before else block.text, encoding="utf-8")

    def _translate(self, block: Block) -> None:
        """Put each msgstr in its place in the file, and take the flag away."""
        catalog = polib.pofile(str(self.folder / block.file))
        for given in polib.pofile(block.text):
            (entry,) = [entry for entry in catalog if entry.msgid == given.msgid and not entry.obsolete]
            entry.msgstr = given.msgstr
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        catalog.save()

    def _serve(self, block: Block) -> None:
        server = subprocess.Popen(
            [
                "bash",
                "-c",
                f"set -eu\n{self._command(block).replace('python manage.py', 'exec python manage.py')}",
            ],
            cwd=self.folder,
            env=self._variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.servers.append(server)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert server.poll() is None, f"line {block.line}: the server ended with {server.returncode}"
            time.sleep(0.2)
        pytest.fail(f"line {block.line}: no server answers after a minute")


@pytest.fixture
def stranger(tmp_path, wheel) -> Iterator[Stranger]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stranger = Stranger(tmp_path, wheel, port)
    yield stranger
    for server in stranger.servers:
        server.terminate()
        server.wait(timeout=20)


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_every_line_of_the_tutorial_does_what_it_says(path, stranger):
    if shutil.which("curl") is None:
        pytest.skip("curl is missing; apt-get install curl")
    for block in blocks(path.read_text(encoding="utf-8")):
        stranger.follow(block)


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_the_tutorial_promises_something_after_most_commands(path):
    kinds = [block.rest == "output" for block in blocks(path.read_text(encoding="utf-8"))]
    assert sum(kinds) >= 5


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_no_command_of_the_site_stands_in_a_sentence_where_nobody_runs_it(path):
    assert "manage.py" not in _BLOCK.sub("", path.read_text(encoding="utf-8"))


def test_a_promise_that_is_not_kept_fails(tmp_path):
    stranger = Stranger(tmp_path, tmp_path, 0, output="one\ntwo\n")
    stranger.follow(Block(1, "text", "output", "two\n"))
    with pytest.raises(AssertionError, match="line 7"):
        stranger.follow(Block(7, "text", "output", "one\nthree\n"))


def test_a_command_that_fails_names_its_line(tmp_path):
    stranger = Stranger(tmp_path, tmp_path, 0)
    with pytest.raises(AssertionError, match="line 3"):
        stranger.follow(Block(3, "sh", "", "false\ntrue\n"))
