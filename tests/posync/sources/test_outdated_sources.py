"""Content that a migration, SQL or a bulk update changes: no signal tells of it."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import TranslationSource

from posync.publishing.publish import publish
from posync.sources.outdated_sources import outdated
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    current,
    entry_of,
    fresh,
    mirrored,
    stream,
    target_of,
    translate,
    translate_all,
    type_in_admin,
)
from tests.testapp.models import EveryPage, Notice, Office, Topic

pytestmark = pytest.mark.django_db

KEPT, DROPPED = block("char", "First words", "first"), block("quote", "Second words", "second")


@pytest.fixture
def live(make_page, bulgarian, catalog_root):
    """A page with two blocks and a child, live in both languages."""
    page = make_page(title="News", slug="news", intro="All our news", body=stream(KEPT, DROPPED))
    page.offices.add(Office(name="Sofia", locale=page.locale))
    page.save_revision().publish()
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return fresh(page)


@pytest.fixture
def migrated():
    """Note that a migration of the test app was applied."""

    def apply(name="0002_drop_quotes"):
        MigrationRecorder(connection).record_applied("testapp", name)

    return apply


def drop_quotes():
    """A data migration: every quote goes, from sources and targets alike."""
    for page in EveryPage.objects.all():
        kept = [raw for raw in page.body.raw_data if raw["type"] != "quote"]
        EveryPage.objects.filter(pk=page.pk).update(body=stream(*kept))


def kinds(page):
    return [child.block_type for child in page.body]


@pytest.mark.parametrize("recorded", [True, False], ids=["migration", "SQL"])
def test_a_dropped_block_stays_away_when_another_text_is_corrected(
    live, bulgarian, news_po, migrated, recorded
):
    drop_quotes()
    if recorded:
        migrated()
    translate(news_po, {"News": "Нови новини"})
    result = sync()
    target = target_of(live, bulgarian)
    assert (target.title, kinds(target)) == ("Нови новини", ["char"])
    assert (result.pages.published, result.exit_code) == (1, 0)
    assert "Second words" not in [entry.msgid for entry in current(news_po)]


def test_a_dropped_block_stays_away_when_a_text_is_corrected_in_the_admin(live, bulgarian):
    drop_quotes()
    type_in_admin(live, bulgarian, "title", "Нови новини")
    publish(refresh=False)
    target = target_of(live, bulgarian)
    assert (target.title, kinds(target)) == ("Нови новини", ["char"])


def test_the_files_follow_a_migration_with_the_next_sync(live, news_po, migrated):
    drop_quotes()
    migrated()
    assert sync().exit_code == 0
    assert "Second words" not in [entry.msgid for entry in current(news_po)]


def test_a_text_changed_by_sql_keeps_the_old_page_until_it_is_approved(live, bulgarian, news_po):
    EveryPage.objects.filter(pk=live.pk).update(intro="All the news")
    translate(news_po, {"News": "Нови новини"})
    sync()
    target = target_of(live, bulgarian)
    assert (target.title, target.intro) == (mirrored("News"), mirrored("All our news"))
    entry = entry_of(news_po, "All the news")
    assert (entry.fuzzy, entry.previous_msgid) == (True, "All our news")
    translate(news_po, {"All the news": "Всички новини"})
    sync()
    target = target_of(live, bulgarian)
    assert (target.title, target.intro) == ("Нови новини", "Всички новини")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: EveryPage.objects.filter(pk=page.pk).update(lead="New"), id="update"),
        pytest.param(lambda page: EveryPage.objects.filter(pk=page.pk).update(kind="b"), id="synchronised"),
        pytest.param(lambda page: Office.objects.filter(page=page).update(name="Ruse"), id="child"),
        pytest.param(lambda page: Office.objects.filter(page=page).delete(), id="child deleted"),
    ],
)
def test_what_translations_take_over_makes_a_source_outdated(live, change):
    source = TranslationSource.objects.get()
    assert outdated([source]) == set()
    change(live)
    assert outdated([source]) == {source.pk}


def test_what_translations_leave_alone_makes_none_outdated(live, make_page):
    make_page(title="Below", parent=live)
    EveryPage.objects.filter(pk=live.pk).update(owner=None, locked=True, draft_title="x")
    assert outdated([TranslationSource.objects.get()]) == set()


def test_a_bulk_update_of_a_snippet_is_noticed_before_it_is_published(
    homes, english, bulgarian, catalog_root
):
    notice = Notice.objects.create(slug="one", text="Come in", locale=english)
    topic = Topic.objects.create(name="Help", locale=english)
    for each in (notice, topic):
        submit(each, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    Topic.objects.filter(pk=topic.pk).update(name="Free help")
    type_in_admin(topic, bulgarian, "name", "Помощ")
    sync()
    assert target_of(topic, bulgarian).name == mirrored("Help")
    translate_all(catalog_root)
    sync()
    assert target_of(topic, bulgarian).name == mirrored("Free help")


def test_a_source_that_cannot_be_taken_apart_is_reported_and_its_translation_waits(live, bulgarian, news_po):
    EveryPage.objects.filter(pk=live.pk).update(rich='<p>A <b class="big">bold</b> word</p>')
    translate(news_po, {"News": "Нови новини"})
    result = sync()
    assert [issue.code for issue in result.issues if issue.code == "source-markup"] == ["source-markup"]
    assert target_of(live, bulgarian).title == mirrored("News")
    EveryPage.objects.filter(pk=live.pk).update(rich="")
    assert sync().exit_code == 0
    assert target_of(live, bulgarian).title == "Нови новини"


def test_sources_are_compared_once_after_a_migration_that_left_them_alone(live, migrated, writes, news_po):
    before = news_po.read_bytes()
    migrated()
    sync()
    with writes() as found:
        sync()
    assert found.statements == []
    assert news_po.read_bytes() == before
    assert set(TranslationSource.objects.values_list("schema_version", flat=True)) == {"0002_drop_quotes"}


def test_a_migration_of_another_app_compares_nothing(live):
    MigrationRecorder(connection).record_applied("wagtailredirects", "9999_other")
    assert queries(refresh_changed_sources) == 2


def test_the_queries_do_not_grow_with_the_sources(live, make_page, bulgarian, migrated):
    one = queries(outdated, sources())
    for title in ("Jobs", "Events"):
        submit(make_page(title=title), [bulgarian])
    assert queries(outdated, sources()) == one
    assert queries(refresh_changed_sources) == 2
    migrated()
    # A batch: its ids, the same comparison, and the version.
    assert queries(refresh_changed_sources) == 2 + 1 + one + 1


def test_a_source_refreshed_in_vain_is_marked_no_more(live, migrated):
    drop_quotes()
    migrated()
    refresh_changed_sources()
    assert queries(refresh_changed_sources) == 2


def queries(function, *arguments):
    with CaptureQueriesContext(connection) as captured:
        function(*arguments)
    return len(captured)


def sources():
    return TranslationSource.objects.select_related("specific_content_type")
