"""Texts that stand on several pages, or moved from one to another."""

import pytest
from wagtail_localize.models import StringTranslation, Translation

from posync.models import Change, Draft
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, target_of, translate
from tests.testapp.models import EveryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_reuse(settings):
    def choose(how):
        settings.POSYNC = {**settings.POSYNC, "REUSE": how}

    return choose


def other_page(make_page, bulgarian):
    page = make_page("en", title="Archive", slug="archive", intro="All our news")
    submit(page, [bulgarian])
    sync()
    return page


def translations_of(msgid):
    return sorted(StringTranslation.objects.filter(translation_of__data=msgid).values_list("data", flat=True))


def test_a_text_of_another_page_is_offered_as_fuzzy(
    published, make_page, bulgarian, catalog_root, with_reuse
):
    with_reuse("fuzzy")
    other_page(make_page, bulgarian)
    entry = entry_of(catalog_root / "bg/content/archive.po", "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини", True)
    assert translations_of("All our news") == ["Всички новини"]


def test_a_text_of_another_page_is_taken_as_approved(
    published, make_page, bulgarian, catalog_root, with_reuse
):
    with_reuse("approved")
    other_page(make_page, bulgarian)
    entry = entry_of(catalog_root / "bg/content/archive.po", "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини", False)


def test_nothing_is_taken_from_another_page_unless_the_settings_say_so(
    published, make_page, bulgarian, catalog_root
):
    other_page(make_page, bulgarian)
    assert entry_of(catalog_root / "bg/content/archive.po", "All our news").msgstr == ""
    assert not Draft.objects.exists()


def test_a_text_that_moved_to_another_page_keeps_its_approved_translation(
    published, make_page, bulgarian, catalog_root
):
    other = make_page("en", title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    edit(published, intro="")
    edit(other, intro="All our news")
    sync()
    entry = entry_of(catalog_root / "bg/content/archive.po", "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини", False)


def test_a_text_of_a_page_that_was_merged_into_another_keeps_its_approved_translation(
    published, make_page, bulgarian, catalog_root
):
    other = make_page("en", title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    edit(other, intro="All our news")
    published.delete()
    sync()
    entry = entry_of(catalog_root / "bg/content/archive.po", "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини", False)


def test_a_page_that_was_deleted_and_made_again_keeps_its_translation(published, make_page, bulgarian):
    published.delete()
    again = make_page("en", title="News", slug="news", intro="All our news")
    submit(again, [bulgarian])
    sync()
    assert target_of(again, bulgarian).intro == "Всички новини"


def test_a_text_has_not_moved_from_a_page_whose_translation_was_stopped(
    published, make_page, bulgarian, catalog_root
):
    stopped = Translation.objects.get()
    stopped.enabled = False
    stopped.save()
    other_page(make_page, bulgarian)
    assert entry_of(catalog_root / "bg/content/archive.po", "All our news").msgstr == ""


@pytest.mark.parametrize("field", ["intro", "rich"])
def test_a_text_that_comes_back_from_another_page_has_what_was_made_of_it_there(
    field, published, make_page, bulgarian, catalog_root
):
    text = "All our news" if field == "intro" else "<p>All our news</p>"
    other = make_page("en", title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/archive.po", {"Archive": "Архив"})
    if field == "rich":
        edit(published, intro="", rich=text)
        sync()
    edit(published, **{field: ""})
    edit(other, **{field: text})
    sync()
    translate(catalog_root / "bg/content/archive.po", {"All our news": "Наши новини"})
    sync()
    edit(published, **{field: text})
    edit(other, **{field: ""})
    sync()
    assert getattr(target_of(published, bulgarian), field) == text.replace("All our news", "Наши новини")
    entry = entry_of(catalog_root / "bg/content/news.po", "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Наши новини", False)
    assert (
        Change.objects.filter(before="Всички новини", after="Наши новини", path__startswith=field).count()
        == 2
    )


def test_a_text_that_comes_back_is_not_taken_for_the_same_words_of_another_place(
    published, make_page, bulgarian, catalog_root, with_reuse
):
    other_page(make_page, bulgarian)
    translate(catalog_root / "bg/content/archive.po", {"Archive": "Архив", "All our news": "Другаде"})
    sync()
    edit(published, intro="")
    edit(EveryPage.objects.get(slug="archive", locale__language_code="en"), intro="")
    sync()
    edit(published, intro="All our news")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_text_that_comes_back_to_another_place_has_what_was_made_of_it_on_another_page(
    published, make_page, bulgarian, catalog_root
):
    other = make_page("en", title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    edit(published, intro="")
    edit(other, intro="All our news")
    sync()
    translate(catalog_root / "bg/content/archive.po", {"Archive": "Архив", "All our news": "Наши новини"})
    sync()
    edit(other, intro="")
    edit(published, rich="<p>All our news</p>")
    sync()
    assert target_of(published, bulgarian).rich == "<p>Наши новини</p>"


def test_texts_that_change_places_between_pages_keep_their_approved_translations(
    published, make_page, bulgarian, catalog_root
):
    other = make_page("en", title="Archive", slug="archive", intro="The winter report")
    submit(other, [bulgarian])
    sync()
    translate(
        catalog_root / "bg/content/archive.po", {"Archive": "Архив", "The winter report": "Зимен доклад"}
    )
    sync()
    edit(published, intro="The winter report")
    edit(other, intro="All our news")
    sync()
    assert target_of(published, bulgarian).intro == "Зимен доклад"
    assert target_of(other, bulgarian).intro == "Всички новини"
