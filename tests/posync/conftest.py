"""A small site in two languages, and a folder of catalogs of its own for each test."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, load_command_class
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Locale, Page, Site
from wagtail.users.models import UserProfile

from posync.models import TranslationRight
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import fresh, translate
from tests.posync.preparation import Preparation, TestPreparation
from tests.testapp.models import EveryPage


@pytest.fixture(autouse=True)
def catalog_root(settings, tmp_path) -> Path:
    """Where this test's catalogs lie."""
    root = tmp_path / "locale"
    settings.POSYNC = {"ROOT": root, "PROJECT": "Test site"}
    return root


@pytest.fixture(autouse=True)
def _template_string_if_invalid_marker() -> None:
    """pytest-django's own asks for monkeypatch in every test; no prepared state would be laid down any more."""


@pytest.fixture(scope="session")
def preparation(tmp_path_factory) -> Preparation:
    return Preparation(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def prepare(preparation, catalog_root, db, request) -> Iterator[TestPreparation]:
    """Do a step of a fixture's work, or lay down what it left the first time: prepare("jobs", make_jobs)."""
    with preparation.of_test(in_full="monkeypatch" in request.fixturenames) as test:
        yield test


@pytest.fixture
def english(prepare) -> Locale:
    prepare("english", lambda: Locale.objects.get_or_create(language_code="en"))
    return Locale.objects.get(language_code="en")


@pytest.fixture
def bulgarian(prepare) -> Locale:
    prepare("bulgarian", lambda: Locale.objects.get_or_create(language_code="bg"))
    return Locale.objects.get(language_code="bg")


@pytest.fixture
def homes(prepare, english, bulgarian) -> dict[str, Page]:
    """Both trees, each with its home page: /en/ and /bg/."""

    def make() -> None:
        Page.objects.filter(depth__gt=1).delete()
        Site.objects.all().delete()
        # In a database that is reused, a test with real transactions may have emptied every table.
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=english)
        home = root.add_child(instance=EveryPage(title="Home", slug="home", locale=english))
        translated = home.copy_for_translation(bulgarian)
        translated.title = "Начало"
        translated.save_revision().publish()
        Site.objects.create(hostname="example.org", root_page=home, is_default_site=True)

    prepare("homes", make)
    return {page.locale.language_code: page for page in EveryPage.objects.filter(depth=2)}


@pytest.fixture
def make_page(homes):
    """Make a live page under the home page of a language: make_page("en", title="News")."""

    def make(language="en", parent=None, **fields):
        fields.setdefault("title", "News")
        page = EveryPage(locale=homes[language].locale, **fields)
        (fresh(parent) if parent else fresh(homes[language])).add_child(instance=page)
        page.save_revision().publish()
        return EveryPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def submitted(prepare, make_page, bulgarian):
    """An English page with a title and an introduction, submitted for translation into Bulgarian."""
    prepare(
        "submitted",
        lambda: submit(make_page("en", title="News", slug="news", intro="All our news"), [bulgarian]),
    )
    return EveryPage.objects.get(locale__language_code="en", slug="news")


@pytest.fixture
def news_po(catalog_root) -> Path:
    """The file of the page of `submitted`."""
    return catalog_root / "bg/content/news.po"


@pytest.fixture
def published(prepare, submitted, news_po):
    """The page of `submitted`, translated and live in Bulgarian."""

    def translate_and_sync() -> None:
        sync()
        translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
        sync()

    prepare("published", translate_and_sync)
    return fresh(submitted)


@pytest.fixture
def enter(client, django_user_model):
    """Log in: with Wagtail's rights on all pages by their codenames, with rows of rights on translations, or with neither."""

    def enter(*rights: str, rows=(), language="en", is_superuser=False, name="somebody"):
        user = django_user_model.objects.create_user(name, password="secret", is_superuser=is_superuser)
        group = Group.objects.create(name=f"{name}'s")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for right in rights:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{right}_page"
            )
            GroupPagePermission.objects.create(
                group=group, page=Page.get_first_root_node(), permission=permission
            )
        for row in rows:
            TranslationRight.objects.create(group=group, **row)
        user.groups.add(group)
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)
        return client

    return enter


class Run(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)


@pytest.fixture
def run(capsys) -> Callable[..., Run]:
    """Run a command as a shell does: run("sync_po", "--json") gives its exit code and its output."""

    def run_command(name: str, *arguments: object, checked: bool = False) -> Run:
        command = load_command_class("posync", name)
        command._called_from_command_line = True
        code = 0
        try:
            options = vars(command.create_parser("manage.py", name).parse_args([str(a) for a in arguments]))
            options["skip_checks"] = not checked
            command.execute(*options.pop("args", ()), **options)
        except SystemExit as stopped:
            code = stopped.code
        except CommandError as error:
            code = error.returncode
            command.stderr.write(str(error))
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def writes():
    """The statements in the block that change rows: with writes() as found: …"""
    return WrittenRows


#: Django notes a statement that was run for many rows as "31 times: INSERT …".
_WRITING = re.compile(r"(?:\d+ times: )?(?:INSERT|UPDATE|DELETE)\b")


class WrittenRows(CaptureQueriesContext):
    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def statements(self) -> list[str]:
        return [query["sql"] for query in self.captured_queries if _WRITING.match(query["sql"])]
