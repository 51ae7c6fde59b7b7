"""What the plug-in does on a site. `test_plugin` installs it and runs this file in a process of its own."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.core.checks import run_checks

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import entry_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalog_root(settings, tmp_path):
    root = tmp_path / "locale"
    settings.POSYNC = {**settings.POSYNC, "ROOT": root}
    return root


@pytest.fixture
def priced(make_page, bulgarian, news_po):
    page = make_page("en", title="Shop", slug="news", intro="From 20 euro")
    submit(page, [bulgarian])
    sync()
    translate(news_po, {"Shop": "Магазин", "From 20 euro": "От 20 евро"})
    sync()
    return page


def test_it_is_installed_and_its_paths_are_good():
    app = apps.get_app_config("shop_translations")
    assert Path(app.path).parent.name == "installed"
    assert [check for check in run_checks(tags=["posync"]) if check.is_serious()] == []


def test_its_check_blocks_and_warns(priced, news_po):
    translate(news_po, {"From 20 euro": "От $ 30"})
    result = sync()
    assert [(issue.severity, issue.code) for issue in result.issues if issue.code.startswith("shop-")] == [
        ("error", "shop-number"),
        ("warning", "shop-dollars"),
    ]
    assert result.entries.blocked == 1
    assert "Check: The number 20 of the source is missing." in entry_of(news_po, "From 20 euro").comment


def test_its_line_stands_in_the_file(priced, news_po):
    assert "Shop: a title in bg has no full stop." in entry_of(news_po, "Shop").comment
    assert "Shop:" not in entry_of(news_po, "From 20 euro").comment


def test_its_receiver_writes_a_line_for_each_conflict(
    priced, bulgarian, news_po, django_capture_on_commit_callbacks
):
    translate(news_po, {"From 20 euro": "20 евро нагоре"})
    type_in_admin(priced, bulgarian, "intro", "Над 20 евро")
    with django_capture_on_commit_callbacks(execute=True):
        sync()
    (line,) = Path(site_settings.SHOP_CONFLICTS).read_text("utf-8").splitlines()
    assert line.endswith(" bg news:intro: 20 евро нагоре / Над 20 евро")
