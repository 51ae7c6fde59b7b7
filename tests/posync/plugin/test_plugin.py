"""A plug-in written from the documentation alone works, installed as a package of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder where pip has put the package, without a network."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(
        HERE, folder / "source", ignore=shutil.ignore_patterns("*.py[co]", "__pycache__", "test_*")
    )
    target = folder / "installed"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"),
            *("--no-deps", "--no-build-isolation", "--target", target, source),
        ],
        check=True,
        capture_output=True,
    )
    return target


def test_the_plug_in_works_on_a_site(installed, tmp_path):
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("--ds", "tests.posync.plugin.settings", "-o", f"pythonpath={installed} {ROOT} {ROOT / 'site'}"),
            HERE / "on_the_site.py",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": "sqlite://:memory:",
            "SHOP_CONFLICTS": str(tmp_path / "conflicts.txt"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "4 passed" in finished.stdout
