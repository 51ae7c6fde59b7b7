"""Receivers hear of what a run did, after it is stored, and never of what it only might do."""

from contextlib import contextmanager
from dataclasses import FrozenInstanceError

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posync import hooks
from posync.files.import_files import import_files
from posync.hooks import TranslationPublished, TranslationWaiting
from posync.models import Catalog, Conflict, Run
from posync.publishing.publish import publish
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, target_of, translate, type_in_admin
from tests.testapp.models import Topic

pytestmark = pytest.mark.django_db

SIGNALS = (
    "entries_imported",
    "conflict_opened",
    "translation_waiting",
    "translation_published",
    "sync_finished",
)


@pytest.fixture
def hear(django_capture_on_commit_callbacks):
    """In the block, collect the events of signals by their names, as a committed run sends them."""

    @contextmanager
    def listening(*names, fail=False):
        heard = []

        def listener(signal, event, **kwargs):
            heard.append(event)
            if fail:
                raise RuntimeError("out of order")

        signals = [getattr(hooks, name) for name in names or SIGNALS]
        for signal in signals:
            signal.connect(listener)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                yield heard
        finally:
            for signal in signals:
                signal.disconnect(listener)

    return listening


def test_an_import_tells_of_what_it_approved(submitted, news_po, hear):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    with hear("entries_imported") as heard:
        sync()
    (event,) = heard
    assert event.run_id == Run.objects.get().pk
    assert [(entry.msgctxt, entry.msgid, entry.before, entry.text) for entry in event.entries] == [
        ("news:title", "News", "", "Новини"),
        ("news:intro", "All our news", "", "Всички новини"),
    ]
    entry = event.entries[0]
    assert (entry.catalog, entry.language, entry.file) == ("news", "bg", "bg/content/news.po")
    assert entry.catalog_id == Catalog.objects.get().pk
    with pytest.raises(FrozenInstanceError):
        entry.text = "Друго"


def test_a_draft_is_not_told_of_as_imported(submitted, news_po, hear):
    sync()
    translate(news_po, {"News": "Новини"}, fuzzy=True)
    with hear("entries_imported") as heard:
        sync()
    assert heard == []


def test_a_conflict_is_told_of_once(published, bulgarian, news_po, hear):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    with hear("conflict_opened") as heard:
        sync()
        translate(news_po, {"All our news": "Пак от файла"})
        sync()
    (event,) = heard
    assert event.conflict_id == Conflict.objects.get().pk
    assert event.msgctxt == "news:intro"
    assert (event.base_text, event.file_text, event.database_text) == (
        "Всички новини",
        "От файла",
        "От админа",
    )
    assert (event.catalog, event.language, event.file) == ("news", "bg", "bg/content/news.po")


def test_waiting_is_told_when_it_begins_and_when_its_reason_changes(
    make_page, submitted, bulgarian, news_po, catalog_root, hear
):
    child = make_page(parent=submitted, title="Child", slug="child")
    submit(child, [bulgarian])
    with hear("translation_waiting") as heard:
        sync()
        sync()
        translate(catalog_root / "bg/content/news/child.po", {"Child": "Дете"})
        sync()
        sync()
    assert [(event.catalog, event.previous_reason, event.reason) for event in heard] == [
        ("news", "", "incomplete"),
        ("news/child", "", "incomplete"),
        ("news/child", "incomplete", "parent"),
    ]
    assert (heard[0].title, heard[0].language, heard[0].texts_left) == ("News", "bg", 2)
    assert "News" in heard[2].message


def test_waiting_is_told_anew_after_a_publication(published, hear):
    with hear("translation_waiting") as heard:
        edit(published, intro="All of our news")
        sync()
    assert [(event.previous_reason, event.reason, event.texts_left) for event in heard] == [
        ("", "incomplete", 1)
    ]


def test_a_snippet_that_waits_is_told_of_once(topic_of_a_page, hear):
    with hear("translation_waiting") as heard:
        sync()
        sync()
    assert [event.reason for event in heard if event.catalog.startswith("snippets/")] == ["incomplete"]


@pytest.fixture
def topic_of_a_page(english, bulgarian):
    topic = Topic.objects.create(name="Integration", locale=english)
    submit(topic, [bulgarian])
    return topic


def test_a_publication_is_told_of_with_its_target(submitted, bulgarian, news_po, hear):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    with hear("translation_published") as heard:
        sync()
        target = target_of(submitted, bulgarian)
        translate(news_po, {"News": "Новините"})
        sync()
    common = {
        "catalog_id": Catalog.objects.get().pk,
        "catalog": "news",
        "language": "bg",
        "title": "News",
        "model": "testapp.everypage",
        "target_id": str(target.pk),
        "translation_key": submitted.translation_key,
    }
    assert heard == [
        TranslationPublished(**common, created=True),
        TranslationPublished(**common, created=False),
    ]


def test_one_page_at_a_time_tells_the_same(submitted, bulgarian, news_po, hear, settings):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": None}
    test_a_publication_is_told_of_with_its_target(submitted, bulgarian, news_po, hear)


def test_a_sync_tells_of_its_end_with_its_result(submitted, hear):
    with hear("sync_finished") as heard:
        result = sync(["bg"])
    (event,) = heard
    assert (event.result, event.languages) == (result, ("bg",))
    assert event.seconds > 0


def test_a_dry_run_tells_of_nothing(published, bulgarian, news_po, hear):
    translate(news_po, {"News": "Новините", "All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    with hear() as heard:
        import_files(dry_run=True)
        publish(dry_run=True)
        sync(dry_run=True)
    assert heard == []


def test_nothing_is_told_of_what_was_rolled_back(submitted, news_po, hear, monkeypatch):
    sync()
    translate(news_po, {"News": "Новини"})

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("posync.files.import_files.save_changes", fail)
    with hear("entries_imported") as heard:
        assert import_files().files.failed == 1
    assert heard == []


def test_a_quiet_sync_tells_of_its_end_alone(published, hear):
    sync()
    with hear() as heard:
        sync()
    assert [type(event).__name__ for event in heard] == ["SyncFinished"]


def test_a_receiver_that_fails_holds_up_no_other_and_no_run(submitted, bulgarian, news_po, hear):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    others = []

    def another(event, **kwargs):
        others.append(event)

    with hear("entries_imported", fail=True) as broken:
        hooks.entries_imported.connect(another)
        sync()
    hooks.entries_imported.disconnect(another)
    assert broken == others != []
    assert target_of(submitted, bulgarian).title == "Новини"


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_is_named_in_the_result(submitted, news_po):
    def crashing(event, **kwargs):
        raise RuntimeError("out of order")

    hooks.entries_imported.connect(crashing)
    try:
        sync()
        translate(news_po, {"News": "Новини"})
        result = sync()
    finally:
        hooks.entries_imported.disconnect(crashing)
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert "crashing failed: RuntimeError: out of order" in issue.message


def test_telling_takes_no_queries(
    make_page, bulgarian, catalog_root, hear, django_capture_on_commit_callbacks
):
    """Neither where somebody listens nor where nobody does."""

    def pages(numbers):
        for number in numbers:
            submit(make_page(title=f"Page {number}", slug=f"page-{number}"), [bulgarian])

    def count():
        with CaptureQueriesContext(connection) as captured:
            publish(refresh=False)
        return len(captured)

    pages(range(3))
    with django_capture_on_commit_callbacks(execute=True):
        unheard = count()
    Catalog.objects.update(needs_publish=True, texts_left=0, waiting_for="")
    with hear() as heard:
        assert count() == unheard
    assert len(heard) == 3
    assert all(isinstance(event, TranslationWaiting) for event in heard)
    assert Catalog.objects.first().waiting_for == "incomplete"
