"""The demo as `make run` makes it: all of it in one go, in both languages, and no file of the checkout changed."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.core.management import call_command
from wagtail.models import Page, PageLogEntry

from config.management.commands.build_demo import Command

pytestmark = pytest.mark.django_db

COMMITTED = Path(site_settings.BASE_DIR, "locale")


@pytest.fixture
def catalogues(settings, tmp_path) -> Path:
    """A copy of the content catalogues, for the demo to work on."""
    root = tmp_path / "locale"
    for content in COMMITTED.glob("*/content"):
        shutil.copytree(content, root / content.relative_to(COMMITTED))
    settings.POSYNC = {**settings.POSYNC, "ROOT": root}
    settings.MEDIA_ROOT = tmp_path / "media"
    return root


def output_of(command, **options) -> str:
    output = StringIO()
    call_command(command, stdout=output, stderr=output, **options)
    return output.getvalue()


def contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.glob("*/content/**/*.po")
    }


def test_the_demo_is_built_whole_once_and_changes_no_catalogue(catalogues, client):
    printed = output_of(Command(), address="http://127.0.0.1:8001")

    assert "http://127.0.0.1:8001/bg/" in printed
    assert contents(catalogues) == contents(COMMITTED)
    states = {row["state"] for row in json.loads(output_of("po_status", json=True))["rows"]}
    assert states == {"published", "outdated", "in progress", "untranslated"}
    for page in Page.objects.live().filter(depth__gt=1):
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert f'lang="{page.locale.language_code}"' in response.content.decode(), page.url

    entries = PageLogEntry.objects.count()
    output_of(Command(), address="http://127.0.0.1:8001")
    assert PageLogEntry.objects.count() == entries
    assert contents(catalogues) == contents(COMMITTED)


def test_every_page_leads_to_the_accessibility_statement(catalogues, client):
    output_of(Command(), address="http://127.0.0.1:8001")
    for language, label, title in [
        ("bg", "Достъпност", "Декларация за достъпност"),
        ("en", "Accessibility", "Accessibility Statement"),
    ]:
        footer = BeautifulSoup(client.get(f"/{language}/").content, "html.parser").footer
        (link,) = [link for link in footer.select("a") if link.text.strip() == label]
        assert not link.get("lang")
        statement = BeautifulSoup(client.get(link["href"]).content, "html.parser")
        assert statement.html["lang"] == language
        assert statement.h1.text.strip() == title
        assert "WCAG 2.2" in statement.main.text
