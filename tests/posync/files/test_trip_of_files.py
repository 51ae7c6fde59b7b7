"""A text all the way: written in Wagtail, out to a PO file, translated, back in, live."""

import pytest

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import current, edit, mirrored, target_of, translate, translate_all, visit

pytestmark = pytest.mark.django_db


def test_a_text_goes_out_and_comes_back_as_a_live_page(submitted, bulgarian, news_po, client):
    sync()
    assert [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in current(news_po)] == [
        ("news:title", "News", ""),
        ("news:intro", "All our news", ""),
    ]
    assert target_of(submitted, bulgarian) is None
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    result = sync()
    assert result.pages.published == 1, result
    target = target_of(submitted, bulgarian)
    assert (target.title, target.intro, target.live) == ("Новини", "Всички новини", True)
    assert "Всички новини" in visit(client, target)


def test_a_text_written_in_bulgarian_goes_the_other_way(make_page, english, catalog_root, client):
    page = make_page("bg", title="Събития", slug="sabitiya", intro="Тази седмица")
    submit(page, [english])
    sync()
    path = catalog_root / "en/content/sabitiya.po"
    assert [entry.msgctxt for entry in current(path)] == ["sabitiya:title", "sabitiya:intro"]
    translate(path, {"Събития": "Events", "Тази седмица": "This week"})
    sync()
    target = target_of(page, english)
    assert (target.title, target.slug, target.locale) == ("Events", "events", english)
    assert "This week" in visit(client, target)


def test_both_directions_go_in_one_sync(make_page, english, bulgarian, catalog_root):
    from_english = make_page("en", title="Jobs", slug="jobs")
    from_bulgarian = make_page("bg", title="Събития", slug="sabitiya")
    submit(from_english, [bulgarian])
    submit(from_bulgarian, [english])
    sync()
    translate_all(catalog_root, "bg")
    translate_all(catalog_root, "en")
    assert sync().pages.published == 2
    assert target_of(from_english, bulgarian).title == mirrored("Jobs")
    assert target_of(from_bulgarian, english).title == mirrored("Събития")


def test_a_page_may_stand_below_a_page_written_in_the_other_language(
    published, make_page, english, bulgarian, catalog_root
):
    translated_parent = target_of(published, bulgarian)
    page = make_page("bg", parent=translated_parent, title="Новина", slug="novina")
    submit(page, [english])
    sync()
    translate_all(catalog_root, "en")
    sync()
    assert target_of(page, english).get_parent().pk == published.pk


def test_one_page_goes_into_several_languages_from_files_of_one_name(
    make_page, bulgarian, homes, catalog_root
):
    german = type(bulgarian).objects.get_or_create(language_code="de")[0]
    page = make_page("en", title="Jobs", slug="jobs")
    submit(page, [bulgarian, german])
    submit(homes["en"], [german])
    sync()
    assert sorted(path.relative_to(catalog_root).as_posix() for path in catalog_root.rglob("*.po")) == [
        "bg/content/jobs.po",
        "de/content/home.po",
        "de/content/jobs.po",
    ]
    translate(catalog_root / "de/content/jobs.po", {"Jobs": "Stellen"})
    translate(catalog_root / "de/content/home.po", {"Home": "Startseite"})
    sync()
    assert target_of(page, german).title == "Stellen"
    assert target_of(page, bulgarian) is None


def test_a_changed_sentence_comes_out_fuzzy_and_the_old_page_stays(published, bulgarian, news_po):
    edit(published, intro="All of our news")
    sync()
    target = target_of(published, bulgarian)
    assert target.intro == "Всички новини"
    entry = current(news_po)[1]
    assert (entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, entry.previous_msgid) == (
        "news:intro",
        "All of our news",
        "Всички новини",
        True,
        "All our news",
    )
    translate(news_po, {"All of our news": "Всичките ни новини"})
    sync()
    changed = target_of(published, bulgarian)
    assert changed.intro == "Всичките ни новини"
    assert changed.url == target.url
