"""A small site in two languages, and a folder of catalogs of its own for each test."""

import uuid
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from posync.submitting import submit
from posync.syncing import sync
from tests.testapp.models import EveryPage


def block(kind, value, name):
    """A StreamField block whose id follows from its name."""
    return {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, name))}


@pytest.fixture(autouse=True)
def catalog_root(settings, tmp_path) -> Path:
    """Where this test's catalogs lie."""
    root = tmp_path / "locale"
    settings.POSYNC = {"ROOT": root, "PROJECT": "Test site"}
    return root


@pytest.fixture
def english(db) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def bulgarian(db) -> Locale:
    return Locale.objects.get_or_create(language_code="bg")[0]


@pytest.fixture
def homes(english, bulgarian) -> dict[str, Page]:
    """Both trees, each with its home page: /en/ and /bg/."""
    Page.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=EveryPage(title="Home", slug="home", locale=english))
    translated = home.copy_for_translation(bulgarian)
    translated.title = "Начало"
    translated.save_revision().publish()
    Site.objects.create(hostname="example.org", root_page=home, is_default_site=True)
    return {"en": home, "bg": Page.objects.get(pk=translated.pk).specific}


@pytest.fixture
def make_page(homes):
    """Make a live page under the home page of a language: make_page("en", title="News")."""

    def make(language="en", parent=None, **fields):
        fields.setdefault("title", "News")
        page = EveryPage(locale=homes[language].locale, **fields)
        (parent or homes[language]).add_child(instance=page)
        page.save_revision().publish()
        return EveryPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def submitted(make_page, bulgarian):
    """An English page with a title and an introduction, submitted for translation into Bulgarian."""
    page = make_page("en", title="News", slug="news", intro="All our news")
    submit(page, [bulgarian])
    return page


def translate(path: Path, translations: dict[str, str], *, fuzzy: bool = False) -> None:
    """Work as a translator: fill in the translations by source text and save."""
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        if entry.msgid in translations:
            entry.msgstr = translations[entry.msgid]
            entry.flags = ["fuzzy"] if fuzzy else []
            if not fuzzy:
                entry.previous_msgid = None
    po.save()


@pytest.fixture
def published(submitted, catalog_root):
    """The page of `submitted`, translated and live in Bulgarian."""
    sync()
    translate(catalog_root / "bg/content/news.po", {"News": "Новини", "All our news": "Всички новини"})
    sync()
    return submitted


@pytest.fixture
def run(capsys):
    """Run a command: run("sync_po", "--json") gives its exit code and its output."""

    def run_command(*arguments):
        try:
            call_command(*arguments)
            code = 0
        except SystemExit as stopped:
            code = stopped.code
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run_command
