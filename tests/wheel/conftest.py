import sys
from pathlib import Path

import pytest

from tests.installing import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def dist(tmp_path_factory) -> Path:
    """The sdist, and the wheel as built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(dist) -> Path:
    (path,) = dist.glob("posync-*.whl")
    return path
