from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Locale, Page, Site

from home.models import HomePage, SectionPage


@pytest.fixture
def home_pages_migration(db):
    """The migration's two functions, and the models as they were then.

    They are called as they are: SQLite cannot run a schema editor within the transaction of a test.
    """
    name = "0002_create_home_pages"
    apps = MigrationLoader(connection).project_state(("home", name)).apps
    module = import_module(f"home.migrations.{name}")
    yield SimpleNamespace(
        forwards=lambda: module.create_home_pages(apps, None),
        backwards=lambda: module.remove_home_pages(apps, None),
    )
    cache.clear()  # the addresses of the site's roots


def test_both_front_pages_are_live_translations_of_each_other(bg_home, en_home):
    assert bg_home.live
    assert en_home.live
    assert bg_home.translation_key == en_home.translation_key
    assert (bg_home.title, en_home.title) == ("МОМ България", "IOM Bulgaria")
    assert (bg_home.url, en_home.url) == ("/bg/", "/en/")


def test_the_tree_is_sound_and_has_no_welcome_page(db):
    assert not any(Page.find_problems())
    assert not Page.objects.filter(slug="home").exists()
    assert Page.objects.get(depth=1).numchild == 2


def test_the_site_starts_at_the_bulgarian_front_page(bg_home):
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page_id == bg_home.pk
    assert (site.hostname, site.port) == ("localhost", 8000)


def test_the_front_pages_can_be_taken_away_and_made_again(home_pages_migration, bg_home):
    bg_home.add_child(instance=SectionPage(title="Нашата работа"))

    home_pages_migration.backwards()
    assert list(Page.objects.values_list("slug", flat=True)) == ["root", "home"]
    assert Site.objects.get().root_page.slug == "home"
    assert not any(Page.find_problems())

    home_pages_migration.forwards()
    assert HomePage.objects.count() == 2
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"bg", "en"}
    assert Site.objects.get().root_page.slug == "bg"
    assert not any(Page.find_problems())
