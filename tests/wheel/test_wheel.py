"""What `python -m build` makes is posync alone, and all that another Wagtail site needs of it."""

import gettext
import io
import json
import os
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import polib
import pytest

from tests.installing import lend_packages, run

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]
POSYNC = ROOT / "site" / "posync"

SETTINGS = """
INSTALLED_APPS += ["articles", "posync", "wagtail_localize", "wagtail_localize.locales"]
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("bg", "Bulgarian")]
WAGTAIL_I18N_ENABLED = True
"""

MODELS = """
from wagtail.fields import RichTextField
from wagtail.models import Page


class ArticlePage(Page):
    body = RichTextField()
"""

PUBLISH_ARTICLE = """
from articles.models import ArticlePage
from home.models import HomePage
from wagtail.models import Locale

Locale.objects.create(language_code="bg")
article = ArticlePage(title="Opening hours", slug="hours", body="<p>We open at <b>nine</b>.</p>")
HomePage.objects.get().add_child(instance=article)
article.save_revision().publish()
"""

SHOW_TRANSLATION = """
import json
import posync
from articles.models import ArticlePage

article = ArticlePage.objects.get(locale__language_code="bg")
parent = article.get_parent()
print(json.dumps({
    "posync": posync.__file__, "live": article.live, "title": article.title, "body": article.body,
    "parent": parent.title, "parent_language": parent.locale.language_code,
}))
"""

BULGARIAN = {
    "Home": "Начало",
    "Opening hours": "Работно време",
    "We open at <b>nine</b>.": "Отваряме в <b>девет</b>.",
}


@pytest.fixture
def project(wheel, tmp_path) -> Path:
    """An empty Wagtail project whose environment has the wheel alone, and what the wheel itself asks for.

    That takes an index, so all but the wheel is borrowed from this session's environment outside a continuous build.
    """
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    if os.environ.get("CI"):
        run(*pip, "install", wheel, cwd=tmp_path)
        run(*pip, "check", cwd=tmp_path)
    else:
        lend_packages(environment)
        run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=tmp_path)

    folder = tmp_path / "project"
    folder.mkdir()
    start = "from wagtail.bin.wagtail import main; main()"
    run(python, "-c", start, "start", "mysite", ".", cwd=folder)
    with (folder / "mysite" / "settings" / "base.py").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    (folder / "articles").mkdir()
    (folder / "articles" / "__init__.py").touch()
    (folder / "articles" / "models.py").write_text(MODELS, encoding="utf-8")
    return folder


def manage(project: Path, *arguments: str) -> str:
    return run(project.parent / "environment" / "bin" / "python", "manage.py", *arguments, cwd=project)


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_posync_alone(wheel):
    folders = {name.split("/")[0] for name in names_in(wheel)}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"posync"}


def test_sdist_holds_the_changelog_of_posync_and_nothing_of_the_site(dist):
    (path,) = dist.glob("posync-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert "site/posync/CHANGELOG.md" in names
    assert {name for name in names if not name.startswith("site/posync/")} <= {
        ".gitignore",
        "LICENSE",
        "PKG-INFO",
        "hatch_build.py",
        "pyproject.toml",
        "site/posync",
    }


def test_wheel_holds_every_file_of_posync(wheel):
    expected = {
        f"posync/{path.relative_to(POSYNC).as_posix()}"
        for path in POSYNC.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".mo"}
    }
    assert expected <= names_in(wheel)
    assert "posync/py.typed" in expected
    assert any("/migrations/0001_" in name for name in expected)


def test_wheel_holds_every_catalog_compiled(wheel):
    catalogs = list(POSYNC.glob("locale/*/LC_MESSAGES/*.po"))
    assert catalogs
    with zipfile.ZipFile(wheel) as archive:
        for path in catalogs:
            name = f"posync/{path.relative_to(POSYNC).with_suffix('.mo').as_posix()}"
            translations = gettext.GNUTranslations(io.BytesIO(archive.read(name)))
            for entry in polib.pofile(str(path)).translated_entries():
                if entry.msgctxt or entry.msgid_plural:
                    continue
                assert translations.gettext(entry.msgid) == entry.msgstr


def test_a_checkout_installs_as_the_wheel_does(wheel, tmp_path):
    """As in the how-to, but for what the checkout is built with: that is this session's, in place of a download."""
    checkout = tmp_path / "checkout"
    shutil.copytree(
        POSYNC, checkout / "site" / "posync", ignore=shutil.ignore_patterns("__pycache__", "*.mo")
    )
    for name in ("pyproject.toml", "hatch_build.py", "LICENSE"):
        shutil.copy(ROOT / name, checkout)
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    pip = [sys.executable, "-m", "pip", "--python", environment / "bin" / "python"]
    lend_packages(environment)
    run(*pip, "install", "--no-index", "--no-deps", "--no-build-isolation", checkout, cwd=tmp_path)
    (installed,) = environment.glob("lib/python*/site-packages/posync")
    found = {path.relative_to(installed.parent).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert {name for name in names_in(wheel) if name.startswith("posync/")} <= found


def test_installed_wheel_carries_a_page_into_another_language(project):
    manage(project, "makemigrations", "articles")
    manage(project, "migrate", "--verbosity", "0")
    manage(project, "shell", "--no-imports", "--command", PUBLISH_ARTICLE)

    manage(project, "submit_translations", "--to", "bg", "--all")
    manage(project, "export_po")
    files = sorted(project.glob("**/bg/content/**/*.po"))
    assert len(files) == 2
    for path in files:
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = BULGARIAN[entry.msgid]
        catalog.save()
    manage(project, "sync_po")

    shown = json.loads(manage(project, "shell", "--no-imports", "--command", SHOW_TRANSLATION))
    assert Path(shown.pop("posync")).is_relative_to(project.parent / "environment")
    assert shown == {
        "live": True,
        "title": "Работно време",
        "body": "<p>Отваряме в <b>девет</b>.</p>",
        "parent": "Начало",
        "parent_language": "bg",
    }
    again = json.loads(manage(project, "sync_po", "--json"))
    assert again["files"]["written"] == 0
    assert again["pages"]["published"] == 0
