"""A stranger's environment: without this session's settings, with its packages, and offline."""

import os
import subprocess
import sysconfig
from pathlib import Path

#: Of this session, and nobody else's business.
_OWN = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "POSYNC_ROOT", "PYTHONPATH", "VIRTUAL_ENV"}


def strangers_variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OWN}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a stranger and return its output; a failure shows it."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=strangers_variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def lend_packages(environment: Path) -> None:
    """Let a virtual environment import this session's packages, in place of a download."""
    scheme = {"base": str(environment), "platbase": str(environment)}
    site_packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
