"""A translation with texts left to approve costs a sync nothing, and goes out as soon as it is complete."""

import polib
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from posync.core.results import PageCounts
from posync.files.import_files import import_files
from posync.history.resolve_conflicts import Choice, resolve
from posync.history.undo_run import undo
from posync.models import Catalog, Run
from posync.publishing.publish import publish
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, fresh, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def half(submitted, news_po):
    """The page of `submitted`: its title is approved and its introduction is not, and a sync has seen that."""
    sync()
    translate(news_po, {"News": "Новини"})
    assert sync().pages.waiting == 1
    assert not Catalog.objects.filter(needs_publish=True).exists()
    return fresh(submitted)


@pytest.fixture
def admin(client):
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    return client


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


# What it costs


def test_a_sync_takes_as_many_queries_for_many_incomplete_pages_as_for_one(
    make_page, bulgarian, catalog_root
):
    def submit_pages(numbers):
        for number in numbers:
            page = make_page(title=f"News {number}", slug=f"news-{number}", intro="Left")
            submit(page, [bulgarian])
            sync()
            translate(catalog_root / f"bg/content/news-{number}.po", {f"News {number}": f"Новини {number}"})
        sync()

    def sync_and_count():
        with CaptureQueriesContext(connection) as captured:
            result = sync()
        return len(captured), result.pages.waiting

    submit_pages(range(1))
    queries, waiting = sync_and_count()
    assert waiting == 1
    submit_pages(range(1, 9))
    assert sync_and_count() == (queries, 9)


def test_every_sync_says_which_pages_wait_and_for_how_many_texts(half, writes, run):
    with writes() as found:
        result = sync()
    assert found.statements == []
    (issue,) = result.issues
    assert (issue.code, issue.file) == ("incomplete", "bg/content/news.po")
    assert issue.message == "Texts not approved yet: 1."
    assert publish(dry_run=True).pages == PageCounts(waiting=1)
    (row,) = run("po_status", "--json").json["rows"]
    assert (row["state"], row["translated"], row["segments"]) == ("in progress", 1, 2)


def test_only_the_pages_and_languages_asked_for_are_counted(half, make_page, bulgarian):
    other = make_page(title="Jobs", slug="jobs")
    submit(other, [bulgarian])
    assert sync().pages.waiting == 2
    assert publish(page_ids=[other.pk]).pages.waiting == 1
    assert publish(["bg"]).pages.waiting == 2
    assert publish(["en"]).pages.waiting == 0


def test_a_translation_that_is_stopped_waits_for_nothing(half):
    translation = translation_of(half)
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    assert sync().pages.waiting == 0


# Ways to complete it


def in_its_file(page, locale, news_po, admin):
    translate(news_po, {"All our news": "Всичко"})


def in_a_bundle(page, locale, news_po, admin):
    bundle = polib.POFile()
    bundle.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "bg"}
    bundle.append(polib.POEntry(msgctxt="news:intro", msgid="All our news", msgstr="Всичко"))
    path = news_po.parents[3] / "bundle.po"
    bundle.save(str(path))
    import_files([path])


def by_hand(page, locale, news_po, admin):
    type_in_admin(page, locale, "intro", "Всичко")


def in_the_editor(page, locale, news_po, admin):
    url = reverse("posync_edit_catalog", args=[translation_of(page).catalog.pk])
    (row,) = [row for row in admin.get(url).context["rows"] if row.entry.path == "intro"]
    data = {f"text-{row.key}": "Всичко", f"step-{row.key}": "done", f"seen-{row.key}": row.seen}
    assert admin.post(url, data).status_code == 302


def by_wagtail_localizes_own_import(page, locale, news_po, admin):
    po = translation_of(page).export_po()
    for entry in po:
        if entry.msgid == "All our news":
            entry.msgstr = "Всичко"
    translation_of(page).import_po(po)


def by_taking_the_text_out_of_the_original(page, locale, news_po, admin):
    edit(page, intro="")


def by_stopping_and_starting(page, locale, news_po, admin):
    translation = translation_of(page)
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    by_hand(page, locale, news_po, admin)
    assert sync().pages == PageCounts()
    translation.enabled = True
    translation.save(update_fields=["enabled"])


def by_beginning_again(page, locale, news_po, admin):
    source = translation_of(page).source
    by_hand(page, locale, news_po, admin)
    translation_of(page).delete()
    Translation.objects.create(source=source, target_locale=locale)


@pytest.mark.parametrize(
    "complete",
    [
        in_its_file,
        in_a_bundle,
        by_hand,
        in_the_editor,
        by_wagtail_localizes_own_import,
        by_taking_the_text_out_of_the_original,
        by_stopping_and_starting,
        by_beginning_again,
    ],
)
def test_it_goes_out_as_soon_as_it_is_complete(complete, half, bulgarian, news_po, admin):
    complete(half, bulgarian, news_po, admin)
    assert sync().pages == PageCounts(published=1)
    assert target_of(half, bulgarian).live
    assert sync().pages == PageCounts()


def test_it_goes_out_when_a_conflict_is_resolved(published, bulgarian, news_po):
    StringTranslation.objects.get(data="Всички новини").delete()
    translate(news_po, {"All our news": "Нов превод"})
    result = sync()
    assert (result.entries.conflicts, result.pages.waiting) == (1, 1)
    resolve((), Choice.FILE)
    assert sync().pages == PageCounts(published=1)
    assert target_of(published, bulgarian).intro == "Нов превод"


def test_it_goes_out_when_the_run_that_made_it_incomplete_is_undone(submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всичко"})
    import_files()
    translate(news_po, {"All our news": "Може би"}, fuzzy=True)
    assert sync().pages.waiting == 1
    undo(Run.objects.first().pk)
    assert sync().pages == PageCounts(published=1)
    assert target_of(submitted, bulgarian).intro == "Всичко"


def test_it_goes_out_when_a_refused_text_of_the_admin_is_mended(published, bulgarian):
    refused = StringTranslation.objects.get(data="Всички новини")
    refused.has_error = True
    refused.save()
    assert sync().pages.waiting == 1
    refused.data, refused.has_error = "Всичко", False
    refused.save()
    assert sync().pages == PageCounts(published=1)
    assert target_of(published, bulgarian).intro == "Всичко"
