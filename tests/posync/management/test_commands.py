"""The commands: what they print, write, and return."""

import os
import sys
from dataclasses import asdict

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from posync.core.results import EntryCounts, FileCounts, PageCounts, RunResult
from posync.files.folder_lock import catalog_root_lock
from posync.management.output import SINGULAR, summary
from posync.models import Catalog
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    edit,
    snapshot,
    target_of,
    translate,
    translate_all,
    type_in_admin,
)
from tests.testapp.models import EveryPage, Notice, Topic

pytestmark = pytest.mark.django_db

WRITING = ["export_po", "import_po", "publish_po", "sync_po"]
POSYNC_COMMANDS = sorted(name for name, app in get_commands().items() if app == "posync")


def database():
    """Every row that the pipeline may write."""
    models = [
        *apps.get_app_config("posync").get_models(),
        *apps.get_app_config("wagtail_localize").get_models(),
    ]
    models += [*apps.get_app_config("testapp").get_models(), apps.get_model("wagtailcore.Revision")]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def work_to_do(published, make_page, bulgarian, news_po, catalog_root):
    """Something to refresh, to import, to publish and to export."""
    jobs = make_page(title="Jobs", slug="jobs")
    submit(jobs, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    type_in_admin(published, bulgarian, "title", "Вести")
    edit(published, intro="All of our news")
    submit(make_page(title="Law", slug="law"), [bulgarian])
    return jobs


@pytest.mark.parametrize("command", WRITING)
def test_a_dry_run_writes_nothing(command, work_to_do, catalog_root, run, writes):
    before = database(), snapshot(catalog_root)
    with writes() as found:
        outcome = run(command, "--dry-run", "--json")
    assert outcome.json["dry_run"] is True
    assert found.statements == []
    assert (database(), snapshot(catalog_root)) == before


def test_a_dry_run_says_what_would_be_done(work_to_do, run):
    printed = run("sync_po", "--dry-run", "--json").json
    assert printed["entries"]["imported"] == 1
    assert printed["files"]["read"] == 1
    assert printed["files"]["written"] >= 1
    assert run("import_po", "--dry-run").out.startswith("Would be: ")


def test_a_submission_may_be_tried_dry(make_page, run):
    page = make_page(title="Jobs")
    before = database()
    outcome = run("submit_translations", "--to", "bg", "--dry-run", "--json", page.pk)
    assert outcome.json["pages"]["waiting"] == 1
    assert database() == before


@pytest.mark.parametrize("command", [*WRITING, "check_po"])
def test_json_is_one_object_of_one_shape(command, work_to_do, run):
    outcome = run(command, "--json")
    printed = outcome.json
    assert list(printed) == ["command", "dry_run", "seconds", "files", "entries", "pages", "issues"]
    assert (printed["command"], printed["dry_run"]) == (command, False)
    assert printed["seconds"] >= 0
    assert set(printed["files"]) == {"read", "written", "unchanged", "failed"}
    assert set(printed["entries"]) == {"imported", "drafts", "unchanged", "blocked", "conflicts", "unknown"}
    assert set(printed["pages"]) == {"published", "waiting", "failed"}
    for issue in printed["issues"]:
        assert set(issue) == {"severity", "code", "message", "file", "line", "msgctxt"}


def test_text_is_one_line_and_issues_go_to_standard_error(published, news_po, run):
    translate(news_po, {"News": "Вести", "All our news": "н" * 81})
    outcome = run("sync_po")
    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == 1
    assert outcome.out.startswith(
        "files 1 read, 1 written; entries 1 imported, 1 blocked; pages 1 waiting, in "
    )
    assert "bg/content/news.po:" in outcome.err
    assert "[news:intro]" in outcome.err


@pytest.mark.parametrize(("number", "words"), [(1, "1 draft, 1 conflict"), (2, "2 drafts, 2 conflicts")])
def test_a_summary_counts_in_singular_and_plural(number, words):
    result = RunResult(entries=EntryCounts(drafts=number, conflicts=number))
    assert summary(result) == f"entries {words}"


def test_every_count_is_worded_for_one_and_for_many():
    """Participles and adjectives are the same for both; another noun is to be added to the singulars."""
    kinds = {name for counts in (FileCounts, EntryCounts, PageCounts) for name in asdict(counts())}
    assert {name for name in kinds if name.endswith("s")} == SINGULAR.keys()


def test_verbosity_tells_what_waits_and_silence_is_silent(published, news_po, run):
    translate(news_po, {"News": ""})
    edit(published, intro="All of our news")
    assert "not approved yet" in run("sync_po", "--verbosity", "2").out
    assert run("sync_po", "--verbosity", "0") == (0, "", "")


@pytest.mark.parametrize("command", [*WRITING, "po_status"])
def test_a_language_that_the_site_has_not_stops_the_run(command, homes, run):
    outcome = run(command, "--locale", "xx")
    assert outcome.code == 2
    assert "there is no language 'xx' on this site" in outcome.err


@pytest.mark.parametrize("command", ["import_po", "check_po"])
def test_a_file_that_does_not_exist_stops_the_run(command, homes, run, tmp_path):
    outcome = run(command, tmp_path / "none.po")
    assert outcome.code == 2
    assert "there is no file" in outcome.err


def test_a_user_who_does_not_exist_stops_the_run(homes, run, settings):
    settings.POSYNC = {**settings.POSYNC, "USER": "nobody"}
    outcome = run("publish_po")
    assert outcome.code == 2
    assert "'nobody'" in outcome.err


def test_nothing_to_do_is_done(homes, run):
    assert (run("sync_po").code, run("sync_po").out[:13]) == (0, "nothing to do")


# A reader that leaves


@pytest.fixture
def deserted(monkeypatch):
    """Make a stream of the process one whose reader has left: deserted("stdout")."""
    streams = []

    def desert(name):
        reading, writing = os.pipe()
        os.close(reading)
        # Python's standard error is written line by line.
        streams.append(os.fdopen(writing, "w", buffering=1 if name == "stderr" else -1, encoding="utf-8"))
        monkeypatch.setattr(sys, name, streams[-1])

    yield desert
    for stream in streams:
        stream.close()  # complains where something unwritten still heads for the reader


@pytest.mark.parametrize("name", ["stdout", "stderr"])
@pytest.mark.parametrize("command", POSYNC_COMMANDS)
def test_a_command_whose_reader_left_ends_as_ever(command, name, work_to_do, run, deserted):
    arguments = {
        "forget_person": ["1"],
        "provenance": [str(EveryPage.objects.filter(locale__language_code="en").last().pk)],
        "submit_translations": ["--all", "--to", "bg"],
    }.get(command, [])
    code = run(command, "--dry-run", *arguments).code if command in WRITING else 0
    deserted(name)
    assert run(command, *arguments).code == code


def test_work_is_done_and_an_exit_code_kept_where_the_reader_left(published, news_po, run, deserted):
    translate(news_po, {"News": "Вести", "All our news": "н" * 81})
    deserted("stdout")
    deserted("stderr")
    assert run("sync_po", "--verbosity", "2").code == 1
    assert StringTranslation.objects.filter(data="Вести").exists()


def test_an_error_whose_reader_left_keeps_its_exit_code(homes, run, deserted):
    deserted("stderr")
    assert run("sync_po", "--locale", "bg").code == 0
    with catalog_root_lock():
        assert run("sync_po").code == 2


# --locale


def test_publishing_a_page_that_is_not_there_is_an_error(submitted, run):
    outcome = run("publish_po", submitted.pk, 999999)
    assert outcome.code == 1
    assert "There is no page with the id 999999. (no-page)" in outcome.err
    assert run("publish_po", 999999, "--json").json["pages"] == {"published": 0, "waiting": 0, "failed": 0}


def test_a_run_for_one_language_leaves_the_others(make_page, bulgarian, catalog_root, run):
    german = type(bulgarian).objects.get_or_create(language_code="de")[0]
    page = make_page(title="Jobs", slug="jobs")
    submit(page, [bulgarian, german])
    assert run("export_po", "--locale", "de", "--json").json["files"]["written"] == 1
    assert not (catalog_root / "bg").exists()
    run("export_po")
    translate(catalog_root / "de/content/jobs.po", {"Jobs": "Stellen"})
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    assert run("import_po", "--locale", "de", "--json").json["entries"]["imported"] == 1
    assert run("sync_po", "--locale", "bg", "--json").json["pages"]["published"] == 1
    assert target_of(page, german) is None
    # There is no German home page yet.
    outcome = run("publish_po", "--locale", "de", "--verbosity", "2")
    assert "The page above it, “Home”, is not published in de yet." in outcome.out


def test_languages_are_named_one_by_one(submitted, news_po, run, bulgarian):
    # What follows a language belongs to the command: files, pages.
    outcome = run("export_po", "--locale", "bg", "--locale", "en", news_po, "--json")
    assert outcome.json["files"]["written"] == 1
    translate_all(news_po.parents[2])
    assert run("import_po", "--locale", "bg", news_po, "--json").json["entries"]["imported"] == 2
    assert run("publish_po", "--locale", "bg", submitted.pk, "--json").json["pages"]["published"] == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["import_po", "--locale", "bg", "en"], "there is no file en"),
        (["publish_po", "--locale", "bg", "en"], "argument PAGE_ID: 'en' is no id"),
        (["submit_translations", "--to", "bg", "en"], "argument PAGE_ID: 'en' is no id"),
        (["publish_po", "9" * 25], "is no id"),
        (["undo_po", "-3"], "-3"),
        (["import_po", ""], "there is no file"),
        (["import_po", "/"], "there is no file"),
        (["check_po", "x" * 5000], "there is no file"),
        (["sync_po", "--locale", "bg", "en"], "unrecognized arguments: en"),
        (["po_status", "--locale", "bg", "en"], "unrecognized arguments: en"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_an_argument_that_means_nothing_stops_the_run(arguments, error, homes, run):
    outcome = run(*arguments)
    assert outcome.code == 2
    assert error in outcome.err


# submit_translations


def test_named_pages_are_submitted(make_page, bulgarian, run, catalog_root):
    jobs, _other = make_page(title="Jobs", slug="jobs"), make_page(title="Law", slug="law")
    assert run("submit_translations", "--to", "bg", jobs.pk).code == 0
    run("export_po")
    assert [path.name for path in catalog_root.rglob("*.po")] == ["jobs.po"]
    assert target_of(jobs, bulgarian) is None


def test_everything_in_one_language_alone_is_submitted(make_page, english, bulgarian, run, catalog_root):
    make_page(title="Jobs", slug="jobs")
    make_page("bg", title="Събития", slug="sabitiya")
    Topic.objects.create(name="Integration", locale=english)
    Notice.objects.create(slug="holiday", text="Closed", locale=english, live=False)
    draft = make_page(title="Draft", slug="draft")
    draft.unpublish()
    assert run("submit_translations", "--all", "--to", "bg", "--to", "en").code == 0
    run("export_po")
    names = [path.relative_to(catalog_root).as_posix() for path in sorted(catalog_root.rglob("*.po"))]
    assert names == [
        "bg/content/jobs.po",
        f"bg/content/snippets/topic/{Topic.objects.get().pk}.po",
        "en/content/sabitiya.po",
    ]


def test_everything_from_one_language_is_submitted_with_what_exists_in_the_other(
    make_page, bulgarian, run, catalog_root
):
    make_page(title="Jobs", slug="jobs")
    make_page("bg", title="Събития", slug="sabitiya")
    run("submit_translations", "--all", "--from", "en", "--to", "bg")
    run("export_po")
    names = [path.relative_to(catalog_root).as_posix() for path in sorted(catalog_root.rglob("*.po"))]
    assert names == ["bg/content/home.po", "bg/content/jobs.po"]


def test_a_submission_repeated_submits_nothing(make_page, run, writes):
    make_page(title="Jobs")
    run("submit_translations", "--all", "--to", "bg")
    with writes() as found:
        assert run("submit_translations", "--all", "--to", "bg", "--json").json["pages"]["waiting"] == 0
    assert found.statements == []


def test_a_submission_says_that_a_translation_was_stopped_and_leaves_it_so(published, run):
    Translation.objects.update(enabled=False)
    code, _out, err = run("submit_translations", published.pk, "--to", "bg")
    assert (code, Translation.objects.get().enabled) == (0, False)
    assert "The translation of “News” into bg was stopped." in err
    assert run("submit_translations", "--all", "--to", "bg").err == ""


def test_what_cannot_be_submitted_is_reported_and_the_others_are(published, make_page, bulgarian, run):
    jobs = make_page(title="Jobs", slug="jobs")
    outcome = run(
        "submit_translations",
        "--to",
        "en",
        "--to",
        "bg",
        "--json",
        target_of(published, bulgarian).pk,
        999999,
        jobs.pk,
    )
    assert outcome.code == 1
    assert [issue["code"] for issue in outcome.json["issues"] if issue["severity"] == "error"] == [
        "is-translation",
        "no-page",
    ]
    assert Catalog.objects.filter(domain__name="jobs").exists()


@pytest.mark.parametrize(
    "arguments", [["--to", "bg"], ["--to", "bg", "--all", "1"], ["--all"], ["--to", "xx", "--all"]]
)
def test_a_submission_of_nothing_or_to_nowhere_stops(arguments, homes, run):
    assert run("submit_translations", *arguments).code == 2


def test_a_language_named_twice_is_submitted_once(make_page, run):
    make_page(title="Jobs", slug="jobs")
    outcome = run("submit_translations", "--all", "--to", "bg", "--to", "bg", "--json")
    assert outcome.json["pages"]["waiting"] == 1
    assert Catalog.objects.count() == 1


# import_po, export_po, publish_po, check_po


def test_files_are_imported_and_nothing_is_published(submitted, bulgarian, news_po, run):
    run("export_po")
    translate(news_po, {"News": "Новини", "All our news": "Всички"})
    outcome = run("import_po", "--json", news_po)
    assert (outcome.code, outcome.json["entries"]["imported"]) == (0, 2)
    assert target_of(submitted, bulgarian) is None
    assert run("publish_po", "--json").json["pages"]["published"] == 1


def test_a_folder_of_files_is_exported(make_page, bulgarian, catalog_root, run):
    parent = make_page(title="Services", slug="services")
    for page in (make_page(title="Aid", slug="aid", parent=parent), make_page(title="Jobs", slug="jobs")):
        submit(page, [bulgarian])
    outcome = run("export_po", "--json", catalog_root / "bg/content/services")
    assert outcome.json["files"]["written"] == 1
    assert (catalog_root / "bg/content/services/aid.po").exists()


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["", "dry run"])
def test_export_says_that_a_path_is_the_place_of_no_catalog(published, catalog_root, news_po, run, dry_run):
    news_po.unlink()
    outcome = run("export_po", *dry_run, "--json", catalog_root / "bg/content/gone.po", news_po)
    (issue,) = outcome.json["issues"]
    assert (issue["severity"], issue["code"], issue["file"]) == (
        "error",
        "unknown-path",
        "bg/content/gone.po",
    )
    assert outcome.code == 1
    assert outcome.json["files"]["written"] == 1
    assert run("export_po", "--json", "--locale", "en", "--", news_po).code == 1


def test_a_check_refuses_what_an_import_would_and_writes_nothing(
    published, news_po, catalog_root, run, writes
):
    assert run("check_po").code == 0
    translate(news_po, {"News": "Нов<b>ини", "All our news": "н" * 81})
    before = database(), snapshot(catalog_root)
    with writes() as found:
        outcome = run("check_po", "--json")
    assert outcome.code == 1
    assert outcome.json["entries"]["blocked"] == 2
    assert {(issue["code"], issue["msgctxt"]) for issue in outcome.json["issues"]} == {
        ("markup", "news:title"),
        ("length", "news:intro"),
    }
    assert found.statements == []
    assert (database(), snapshot(catalog_root)) == before


def test_a_check_of_one_file_looks_at_no_other(published, news_po, run, tmp_path):
    other = tmp_path / "other.po"
    other.write_bytes(news_po.read_bytes())
    news_po.write_text("broken")
    assert run("check_po", other).code == 0
    assert run("check_po", news_po).code == 1


# po_status


def states(run):
    return {row["name"]: row["state"] for row in run("po_status", "--json").json["rows"]}


def test_every_state_can_be_seen(submitted, bulgarian, news_po, run):
    sync()
    assert states(run) == {"news": "untranslated"}
    translate(news_po, {"News": "Новини"})
    sync()
    assert states(run) == {"news": "in progress"}
    translate(news_po, {"All our news": "Всички"})
    run("import_po")
    assert states(run) == {"news": "waiting"}
    run("publish_po")
    assert states(run) == {"news": "published"}
    edit(submitted, intro="All of our news")
    sync()
    assert states(run) == {"news": "outdated"}


def test_a_row_counts_what_is_left(published, run):
    edit(published, intro="All of our <news>", lead="Two words")
    sync()
    (row,) = run("po_status", "--json").json["rows"]
    assert row == {
        "name": "news",
        "title": "News",
        "source_language": "en",
        "language": "bg",
        "state": "outdated",
        "segments": 3,
        "translated": 1,
        "fuzzy": 1,
        "for_review": 0,
        "words_left": 6,
        "private_in": "",
    }


def test_the_table_has_a_row_per_page_and_language(published, make_page, english, run):
    submit(make_page("bg", title="Събития", slug="sabitiya"), [english])
    header, *rows = run("po_status").out.splitlines()
    assert header.split("  ")[0] == "name"
    assert [row.split()[:3] for row in rows] == [["news", "en", "bg"], ["sabitiya", "bg", "en"]]
    assert len(run("po_status", "--locale", "bg").out.splitlines()) == 2
    assert run("po_status").code == 0


def test_the_table_calls_texts_what_json_calls_segments(published, run):
    header, row = run("po_status").out.splitlines()
    assert header.split("  ")[-2:] == ["texts", "words left"]
    assert row.split()[-2:] == ["2", "0"]
    assert "segments" not in header


def test_a_name_in_the_table_is_the_name_of_the_file(make_page, bulgarian, run):
    submit(make_page("en", title="A", slug="a_b"), [bulgarian])
    header, row = run("po_status").out.splitlines()
    assert "source language" in header
    assert row.split()[0] == "a_b"


def test_the_status_of_many_pages_takes_as_many_queries_as_that_of_one(published, make_page, bulgarian, run):
    with CaptureQueriesContext(connection) as of_one:
        run("po_status")
    for number in range(5):
        submit(make_page("en", title=f"Page {number}", slug=f"page-{number}"), [bulgarian])
    with CaptureQueriesContext(connection) as of_six:
        assert len(run("po_status").out.splitlines()) == 7
    # The parents of those that are not live are asked for, and their translations.
    assert len(of_six) <= len(of_one) + 2


def test_a_wrong_setting_is_no_run(settings, run, published):
    settings.POSYNC = {**settings.POSYNC, "CHECKS": ["shop.checks.none"]}
    done = run("sync_po", checked=True)
    assert done.code == 2
    assert "shop.checks.none" in done.err
