"""Many pages at once is a part that a site may take out, and one that says why it is not used."""

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db.models.signals import post_save

from posync.publishing.batching import SingleModel, single_models
from posync.sync import sync
from tests.posync.people import target_of, translate
from tests.testapp.models import EveryPage

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
REASON = (
    f"tests.testapp.models.EveryPage is published one page at a time: receiver {__name__}.index_page listens to "
    "post_save; name it in POSYNC['IGNORED_RECEIVERS'] if page_published tells it enough."
)


def index_page(**kwargs):
    """What a site of its own does at each save."""


@pytest.fixture
def listened_to():
    post_save.connect(index_page, sender=EveryPage)
    yield
    post_save.disconnect(index_page, sender=EveryPage)


@pytest.fixture
def ready(published, news_po):
    translate(news_po, {"News": "Новините"})
    return published


def told(result):
    return [issue for issue in result.issues if issue.code == "one-at-a-time"]


# Said aloud


def test_a_run_tells_of_each_model_once(ready, listened_to):
    result = sync()
    (issue,) = told(result)
    assert (issue.severity, issue.message) == ("info", REASON)
    assert result.exit_code == 0


@pytest.mark.parametrize(("verbosity", "times"), [(1, 0), (2, 1)])
def test_a_run_prints_it_at_verbosity_2(ready, listened_to, run, verbosity, times):
    assert run("sync_po", "--verbosity", verbosity).out.count(REASON) == times


def test_a_run_with_nothing_to_publish_says_nothing(published, listened_to):
    assert told(sync()) == []


def test_the_status_says_it_at_verbosity_2(published, listened_to):
    def printed(verbosity):
        out = StringIO()
        call_command("po_status", verbosity=verbosity, stdout=out)
        return out.getvalue()

    assert printed(2).count(REASON) == 1
    assert REASON not in printed(1)


def turned_off(settings):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": None}
    return "bulk publishing is turned off by BATCH_PUBLISHER"


def test_the_status_says_that_all_of_it_is_turned_off(published, listened_to, settings, run):
    why = f"tests.testapp.models.EveryPage is published one page at a time: {turned_off(settings)}."
    assert run("po_status", "--verbosity", "2").out.splitlines()[-1] == why
    assert why not in run("po_status").out


def test_the_status_says_that_its_publisher_cannot_be_used(published, settings, run):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": "shop.no.such"}
    assert (
        "one page at a time: the BATCH_PUBLISHER, shop.no.such, cannot be used."
        in run("po_status", "--verbosity", "2").out
    )


def test_the_status_has_the_reasons_in_json(published, listened_to, settings, run):
    (single,) = run("po_status", "--json").json["one_at_a_time"]
    assert single["model"] == "tests.testapp.models.EveryPage"
    assert [f"{single['model']} is published one page at a time: {why}." for why in single["reasons"]] == [
        REASON
    ]
    reason = turned_off(settings)
    assert run("po_status", "--json").json["one_at_a_time"] == [{**single, "reasons": [reason]}]


def test_the_status_in_json_has_no_reasons_where_pages_are_published_together(published, run):
    assert run("po_status", "--json").json["one_at_a_time"] == []


def test_no_system_check_speaks_of_models_where_all_of_it_is_turned_off(listened_to, settings):
    turned_off(settings)
    found = run_checks(tags=["posync"], include_deployment_checks=True)
    assert {check.id for check in found}.isdisjoint({"posync.W004", "posync.I001"})


def warnings():
    return [check for check in run_checks(tags=["posync"]) if check.id == "posync.W004"]


def test_a_system_check_warns_of_the_receiver(listened_to):
    (warning,) = warnings()
    assert warning.msg == REASON


def test_a_receiver_that_the_site_names_is_no_obstacle(ready, listened_to, settings):
    settings.POSYNC = {**settings.POSYNC, "IGNORED_RECEIVERS": [f"{__name__}.index_page"]}
    assert warnings() == []
    assert told(sync()) == []


def test_a_receiver_of_whatever_is_saved_is_told_once_for_a_model(db):
    post_save.connect(index_page)
    try:
        (single,) = single_models([EveryPage])
    finally:
        post_save.disconnect(index_page)
    assert str(single) == REASON


def test_all_reasons_are_told_together(listened_to, monkeypatch):
    monkeypatch.setattr(EveryPage, "save_revision", lambda self: None)
    monkeypatch.setattr(EveryPage, "node_order_by", ["title"])
    (single,) = single_models([EveryPage])
    assert [obstacle.text for obstacle in single.obstacles][:2] == [
        "it overrides save_revision()",
        "it keeps its pages in the order of title",
    ]
    assert len(single.obstacles) == 3
    (own,) = [
        check
        for check in run_checks(tags=["posync"], include_deployment_checks=True)
        if check.id == "posync.I001"
    ]
    assert own.msg == str(SingleModel(single.name, single.obstacles[:2]))


# Taken out


def test_a_site_turns_it_off_and_publishes_the_same(ready, bulgarian, settings, monkeypatch):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": None}
    monkeypatch.setattr("posync.publishing.batch.publish_batch.publish_batch", None)
    assert sync().pages.published == 1
    assert target_of(ready, bulgarian).title == "Новините"


@pytest.mark.parametrize("path", ["shop.no.such", "posync.hooks.CHECKS"])
def test_one_that_cannot_be_used_is_named_and_pages_go_one_at_a_time(ready, bulgarian, settings, path):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": path}
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{path} failed" in issue.message
    assert target_of(ready, bulgarian).title == "Новините"
    assert "posync.E008" in [check.id for check in run_checks(tags=["posync"])]


class Crashing:
    def publish(self, ready, gate, user):
        raise RuntimeError("out of order")

    def obstacles(self, model):
        raise RuntimeError("out of order")


class Answerless:
    def publish(self, ready, gate, user):
        return None

    def obstacles(self, model):
        return None


def never_made():
    raise RuntimeError("out of order")


@pytest.mark.parametrize("name", ["Crashing", "Answerless", "never_made"])
def test_one_that_fails_is_named_and_pages_go_one_at_a_time(ready, bulgarian, settings, name):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": f"{__name__}.{name}"}
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{__name__}.{name} failed" in issue.message
    assert target_of(ready, bulgarian).title == "Новините"


def test_nothing_else_imports_its_folder():
    posync = ROOT / "site/posync"
    found = [
        path.relative_to(posync).as_posix()
        for path in posync.rglob("*.py")
        if "posync.publishing.batch " in path.read_text("utf-8")
        or "from posync.publishing.batch." in path.read_text("utf-8")
    ]
    assert [name for name in found if not name.startswith("publishing/batch/")] == []


def test_posync_works_without_its_folder(tmp_path):
    shutil.copytree(
        ROOT / "site/posync", tmp_path / "posync", ignore=shutil.ignore_patterns("batch", "__pycache__")
    )
    assert not (tmp_path / "posync/publishing/batch").exists()
    tests = ["tests/posync/contract/test_contract.py", "tests/posync/test_system_checks.py"]
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("--ds", "tests.posync.settings", "-o", f"pythonpath={tmp_path} {ROOT}"),
            *(*tests, "-k", "not nothing_is_lost"),
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
