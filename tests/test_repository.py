"""Promises of the repository, which no tool would notice being broken."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
POSYNC = ROOT / "site" / "posync"
LOCK_FILES = ["requirements.txt", "requirements-dev.txt"]
CATALOGS = sorted(
    [
        *ROOT.glob("locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("locale/*/content/**/*.po"),
        *POSYNC.glob("locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("home/demo/**/*.po"),
    ]
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def project_metadata() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="session")
def msgfmt() -> str:
    program = shutil.which("msgfmt")
    if program is None:
        missing = "GNU gettext is missing; on Debian: sudo apt install gettext"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return program


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_folder_named_like_a_standard_module_is_no_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize("path", ["site/posync/apps.py", "site/static/a.css", "locale/bg/content/home.po"])
def test_git_ignores_no_source(path):
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    ignored = subprocess.run(["git", "check-ignore", "--no-index", "--quiet", path], cwd=ROOT, check=False)
    assert ignored.returncode == 1


@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_file_names_no_index_host_or_path(name):
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==|    --hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line
        assert " @ " not in line


def test_both_lock_files_pin_the_same_versions():
    site, dev = (
        dict(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
        for name in LOCK_FILES
    )
    assert site.items() <= dev.items()


def test_every_declared_dependency_is_locked():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = set(
        re.findall(r"^([a-z0-9-]+)", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"), re.M)
    )
    groups = pyproject["dependency-groups"]
    declared = [*pyproject["project"]["dependencies"], *groups["site"], *groups["dev"]]
    names = {re.split(r"[\[<>=~! ]", line)[0] for line in declared if isinstance(line, str)}
    assert names <= locked


def test_the_newest_version_of_posync_has_its_changes_told():
    version = project_metadata()["version"]
    headings = re.findall(
        r"^## \[(\S+)\] - (?:unreleased|\d{4}-\d\d-\d\d)$",
        (POSYNC / "CHANGELOG.md").read_text(encoding="utf-8"),
        re.M,
    )
    assert headings[0] == version


def test_classifiers_security_policy_and_readme_name_the_same_versions():
    classifiers = project_metadata()["classifiers"]
    djangos = [
        name.rpartition(" ")[2]
        for name in classifiers
        if re.fullmatch(r"Framework :: Django :: [\d.]+", name)
    ]
    pythons = [
        name.rpartition(" ")[2]
        for name in classifiers
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", name)
    ]
    assert project_metadata()["requires-python"] == f">={pythons[0]}"
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"| {', '.join(djangos)} | {pythons[0]} to {pythons[-1]} | yes |" in policy
    readme = " ".join((POSYNC / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"Django {', '.join(djangos[:-1])} and {djangos[-1]}, Python {pythons[0]} to {pythons[-1]}." in readme
    )


@pytest.mark.parametrize("path", CATALOGS, ids=relative)
def test_gnu_gettext_accepts_the_catalog(path, msgfmt):
    checked = subprocess.run(
        [msgfmt, "--check", f"--output-file={os.devnull}", path], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_pyproject_is_the_only_configuration_of_tools():
    others = [
        ".coveragerc", ".flake8", ".isort.cfg", ".mypy.ini", ".ruff.toml", "MANIFEST.in", "mypy.ini",
        "pytest.ini", "ruff.toml", "setup.cfg", "setup.py", "tox.ini",
    ]  # fmt: skip
    assert [name for name in others if (ROOT / name).exists()] == []
