"""A translation's address is made once, from its translated title, and stays."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail_localize.models import Translation

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, fresh, target_of, translate, translate_all, visit

pytestmark = pytest.mark.django_db


def test_the_slug_comes_from_the_translated_title(submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Events of today", "All our news": "Всички новини"})
    sync()
    assert target_of(submitted, bulgarian).slug == "events-of-today"


def test_a_title_that_makes_no_slug_leaves_the_originals(submitted, bulgarian, news_po, settings):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = False
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    assert sync().pages.published == 1
    assert target_of(submitted, bulgarian).slug == "news"


def test_the_slug_is_no_text_for_translators(submitted, news_po):
    sync()
    assert "news:slug" not in news_po.read_text("utf-8")


def test_two_pages_of_one_translated_title_have_two_addresses(make_page, bulgarian, catalog_root):
    pages = [make_page(title=title, slug=title.lower()) for title in ("Jobs", "Work")]
    for page in pages:
        submit(page, [bulgarian])
    sync()
    for page in pages:
        translate(catalog_root / f"bg/content/{page.slug}.po", {page.title: "Rabota"})
    sync()
    assert [target_of(page, bulgarian).slug for page in pages] == ["rabota", "rabota-2"]


def test_no_later_sync_changes_it(published, bulgarian, news_po):
    slug = target_of(published, bulgarian).slug
    translate(news_po, {"News": "Съвсем друго заглавие"})
    sync()
    edit(published, title="Another title", slug="another-title")
    sync()
    translate(news_po, {"Another title": "Друго заглавие"})
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.slug) == ("Друго заглавие", slug)


def test_an_editor_may_change_it_and_no_sync_takes_that_back(published, bulgarian, news_po):
    edit(target_of(published, bulgarian), slug="chosen-by-hand")
    translate(news_po, {"News": "Вести"})
    sync()
    assert target_of(published, bulgarian).slug == "chosen-by-hand"


def test_wagtail_localizes_own_publish_keeps_it(
    submitted, bulgarian, news_po, django_capture_on_commit_callbacks
):
    sync()
    translate(news_po, {"News": "Vesti", "All our news": "Всички новини"})
    sync()
    translate(news_po, {"News": "Novini"})
    sync()
    with django_capture_on_commit_callbacks(execute=True):
        Translation.save_target.__wrapped__(
            Translation.objects.get(source__object_id=submitted.translation_key)
        )
    target = target_of(submitted, bulgarian)
    assert (target.title, target.slug) == ("Novini", "vesti")


def test_a_page_renamed_keeps_its_file(published, catalog_root):
    edit(published, slug="renamed")
    sync()
    assert [path.name for path in catalog_root.rglob("*.po")] == ["news.po"]


def test_no_redirect_is_made_from_an_address_that_never_was(
    make_page, bulgarian, catalog_root, django_capture_on_commit_callbacks
):
    parent = make_page(title="Services", slug="services")
    child = make_page(title="Aid", slug="aid", parent=parent)
    for page in (parent, child):
        submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    with django_capture_on_commit_callbacks(execute=True):
        assert sync().pages.published == 2
    assert not list(Redirect.objects.values_list("old_path", "redirect_page__url_path"))


def test_drafts_below_a_page_follow_its_address(published, make_page, bulgarian, catalog_root, client):
    parent = make_page(title="Services", slug="services")
    child = make_page(title="Aid", slug="aid", parent=parent)
    parent.copy_for_translation(bulgarian)
    child.copy_for_translation(bulgarian)
    for page in (parent, child):
        submit(page, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/services.po", {"Services": "Uslugi"})
    sync()
    assert target_of(child, bulgarian).url_path.endswith("/uslugi/aid/")
    translate(catalog_root / "bg/content/services/aid.po", {"Aid": "Pomosht"})
    sync()
    assert target_of(child, bulgarian).url_path.endswith("/uslugi/pomosht/")
    assert "Pomosht" in visit(client, target_of(child, bulgarian))


def test_the_address_of_the_original_is_not_touched(published):
    assert fresh(published).slug == "news"
