"""A publication marks its page for export by itself, whoever publishes; nothing else does."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from posync.models import Catalog, TextDomain
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    current,
    edit,
    entry_of,
    fresh,
    save_draft,
    target_of,
    translate,
    type_in_admin,
)
from tests.testapp.models import EveryPage, Notice, Office, Topic

pytestmark = pytest.mark.django_db


def marked():
    return list(Catalog.objects.filter(source_changed=True).values_list("domain__name", flat=True))


def publish_a_revision(page, client):
    save_draft(page, intro="Changed")
    fresh(page).get_latest_revision().publish()


def publish_by_schedule(page, client):
    page = fresh(page)
    page.intro = "Changed"
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", verbosity=0)


def publish_in_the_admin(page, client):
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(editor)
    form = {
        "title": page.title,
        "slug": page.slug,
        "intro": "Changed",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "yes",
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert response.status_code == 302, response.context["form"].errors


@pytest.mark.parametrize("publish", [publish_a_revision, publish_by_schedule, publish_in_the_admin])
def test_a_publication_brings_the_new_text_out_at_the_next_sync(publish, published, news_po, client):
    publish(published, client)
    assert fresh(published).intro == "Changed"
    assert marked() == ["news"]
    sync()
    assert "Changed" in [entry.msgid for entry in current(news_po)]
    assert marked() == []


def test_the_new_text_is_taken_when_the_editors_request_is_committed(
    published, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        edit(published, intro="All of our news")
    source = TranslationSource.objects.get(object_id=published.translation_key)
    assert "All of our news" in [segment.string.data for segment in source.stringsegment_set.all()]
    assert marked() == []


def test_a_draft_marks_nothing_and_does_not_go_out(published, news_po):
    before = news_po.read_bytes()
    save_draft(published, intro="Not ready")
    assert marked() == []
    sync()
    assert news_po.read_bytes() == before


def test_a_draft_does_not_go_out_with_its_submission(make_page, bulgarian, news_po):
    page = make_page(title="News", slug="news", intro="Public")
    submit(save_draft(page, intro="Not ready"), [bulgarian])
    sync()
    assert [entry.msgid for entry in current(news_po)] == ["News", "Public"]


def test_the_publication_of_a_translation_marks_nothing(published, bulgarian, news_po):
    edit(target_of(published, bulgarian), seo_title="Новини")
    assert marked() == []


def test_a_page_that_nobody_translates_marks_nothing(published, make_page):
    edit(make_page(title="Jobs"), intro="Changed")
    assert marked() == []


def test_an_alias_of_a_page_marks_nothing(published, homes):
    alias = published.create_alias(update_slug="copy")
    edit(published, intro="All of our news")
    assert fresh(alias).intro == "All of our news"
    assert marked() == ["news"]
    assert TextDomain.objects.count() == 1


def test_a_stopped_translation_takes_up_what_it_missed_when_it_starts_again(published, news_po):
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save()
    edit(published, intro="All of our news")
    sync()
    assert "All of our news" not in news_po.read_text("utf-8")
    translation.enabled = True
    translation.save()
    sync()
    assert entry_of(news_po, "All of our news").fuzzy


def test_sync_translated_pages_in_the_admin_brings_the_text_out(published, news_po):
    EveryPage.objects.filter(pk=published.pk).update(intro="All of our news")
    TranslationSource.objects.get().update_from_db()
    assert marked() == ["news"]
    sync()
    assert entry_of(news_po, "All of our news").fuzzy


def test_a_text_translated_in_the_admin_reaches_file_and_page_at_the_next_sync(submitted, bulgarian, news_po):
    sync()
    type_in_admin(submitted, bulgarian, "title", "Новини")
    type_in_admin(submitted, bulgarian, "intro", "Всичко")
    result = sync()
    assert (result.files.written, result.pages.published) == (1, 1)
    assert [entry.msgstr for entry in current(news_po)] == ["Новини", "Всичко"]
    assert target_of(submitted, bulgarian).title == "Новини"


def test_a_translation_submitted_in_the_admin_gets_a_file(make_page, bulgarian, news_po):
    page = make_page(title="News", slug="news")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=bulgarian)
    assert sync().files.written == 1
    assert news_po.exists()


def test_what_is_published_first_in_one_language_is_submitted_where_the_site_says_so(
    homes, bulgarian, settings, catalog_root, make_page, english
):
    settings.POSYNC = {**settings.POSYNC, "SUBMIT_ON_PUBLISH": True}
    page = make_page(title="Jobs", slug="jobs")
    make_page("bg", title="Събития", slug="sabitiya")
    Topic.objects.create(name="Integration", locale=english)
    Notice.objects.create(slug="holiday", text="Closed", locale=english).save_revision().publish()
    sync()
    names = {path.relative_to(catalog_root).as_posix() for path in catalog_root.rglob("*.po")}
    assert {"bg/content/jobs.po", "en/content/sabitiya.po", "bg/content/snippets/notice/holiday.po"} < names
    assert len([name for name in names if name.startswith("bg/content/snippets/topic/")]) == 1
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    sync()
    assert (
        Translation.objects.filter(source__object_id=page.translation_key).count()
        == Locale.objects.count() - 1
    )
    assert not (catalog_root / "en/content/jobs.po").exists()


def test_children_new_with_the_first_publication_are_submitted_once_each(
    homes, settings, news_po, bulgarian, english
):
    settings.POSYNC = {**settings.POSYNC, "SUBMIT_ON_PUBLISH": True}
    page = EveryPage(title="News", slug="news", locale=english, live=False)
    fresh(homes["en"]).add_child(instance=page)
    for name in ("Sofia", "Ruse"):
        page.offices.add(Office(name=name, locale=english))
    page.save_revision().publish()
    sync()
    translate(news_po, {"News": "Новини", "Sofia": "София", "Ruse": "Русе"})
    assert sync().pages.published == 1
    assert [office.name for office in target_of(page, bulgarian).offices.all()] == ["София", "Русе"]


def test_nothing_is_submitted_by_itself_elsewhere(make_page, english):
    make_page(title="Jobs")
    Topic.objects.create(name="Integration", locale=english)
    assert not Translation.objects.exists()


def test_a_page_that_exists_in_both_languages_is_not_submitted_by_itself(homes, settings):
    settings.POSYNC = {**settings.POSYNC, "SUBMIT_ON_PUBLISH": True}
    edit(homes["en"], intro="Welcome")
    assert not Translation.objects.exists()


def test_a_refresh_repeated_does_nothing(published, writes):
    edit(published, intro="All of our news")
    refresh_changed_sources()
    with writes() as found:
        refresh_changed_sources()
    assert found.statements == []
