"""posync's tests over Python and Django: on the built project, not on the source tree."""

import re
import subprocess

import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
DJANGOS = re.findall(r"Framework :: Django :: (\d\.\d)", "\n".join(PROJECT["project"]["classifiers"]))
#: The oldest Python of a Django with a choice of its own.
FIRST_PYTHON = {"6.0": "3.12", "6.1": "3.12"}

nox.options.default_venv_backend = "uv"
nox.options.reuse_venv = "yes"


def runs(python: str) -> bool:
    """Whether this machine has the interpreter: a shim in its place is none."""
    try:
        done = subprocess.run([f"python{python}", "--version"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


PAIRS = [
    (python, django)
    for python in PYTHONS
    for django in DJANGOS
    if PYTHONS.index(python) >= PYTHONS.index(FIRST_PYTHON.get(django, PYTHONS[0]))
]
OLDEST = PAIRS[0]
NEWEST = next((pair for pair in reversed(PAIRS) if runs(pair[0])), PAIRS[-1])


def tags(pair: tuple[str, str]) -> list[str]:
    return [name for name, named in (("oldest", OLDEST), ("newest", NEWEST)) if pair == named]


@nox.session
@nox.parametrize("python,django", [nox.param(*pair, tags=tags(pair)) for pair in PAIRS])
def tests(session: nox.Session, django: str) -> None:
    """Test posync on one Django."""
    # The oldest pair takes the oldest releases allowed by pyproject.toml: its lower bounds are promises, too.
    resolution = "lowest-direct" if (session.python, django) == OLDEST else "highest"
    session.install(
        f"--resolution={resolution}",
        "--reinstall-package=posync",
        "--requirement=pyproject.toml",
        ".",
        f"django~={django}.0",
        *nox.project.dependency_groups(PROJECT, "test"),
        "pip>=24",  # installs the plug-in of the tests
    )
    session.run("python", "-m", "django", "--version")
    session.run(
        "python", "-m", "pytest", "--override-ini=pythonpath=.", "--ds=tests.posync.settings", "tests/posync",
        "--numprocesses=auto", *session.posargs,
    )  # fmt: skip
