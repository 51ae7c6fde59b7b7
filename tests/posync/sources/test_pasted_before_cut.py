"""A text pasted into its new place first, and cut from the old one later, with a sync or a publication between."""

import pytest

from posync.models import Conflict, Draft
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT, TRANSLATION = "All our news", "Всички новини"


@pytest.fixture(params=["sync", "refresh"])
def between(request):
    return {"sync": sync, "refresh": refresh_changed_sources}[request.param]


@pytest.fixture
def settled(catalog_root):
    def settled():
        before = snapshot(catalog_root)
        sync()
        return snapshot(catalog_root) == before

    return settled


@pytest.mark.parametrize("field", ["lead", "intro"], ids=["over another text", "into an empty field"])
def test_its_translation_goes_with_it(field, between, published, other, bulgarian, other_po, settled):
    edit(other, **{field: TEXT})
    between()
    edit(published, intro="")
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == (TRANSLATION, False)
    assert getattr(target_of(other, bulgarian), field) == TRANSLATION
    assert settled()


def test_within_one_page_too(between, published, bulgarian, news_po, settled):
    edit(published, lead=TEXT)
    between()
    edit(published, intro="", lead=TEXT)
    sync()
    assert target_of(published, bulgarian).lead == TRANSLATION
    assert settled()


@pytest.mark.parametrize("doubt", ["Може би", TRANSLATION], ids=["another text", "the text in use"])
def test_its_draft_goes_with_it(doubt, between, published, other, bulgarian, news_po, other_po, settled):
    translate(news_po, {TEXT: doubt}, fuzzy=True)
    sync()
    edit(other, lead=TEXT)
    between()
    edit(published, intro="")
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == (doubt, True)
    assert target_of(other, bulgarian).lead == "Стари думи"
    assert settled()


def test_its_conflict_goes_with_it(between, published, other, bulgarian, news_po, other_po, settled):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    edit(other, lead=TEXT)
    between()
    edit(published, intro="")
    sync()
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.catalog.domain.name, conflict.path) == ("archive", "lead")
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("От файла", True)
    assert settled()


def test_work_in_the_file_of_the_old_page_counts(between, published, other, bulgarian, news_po, settled):
    edit(other, lead=TEXT)
    between()
    translate(news_po, {TEXT: "Наши новини"})
    edit(published, intro="")
    sync()
    assert target_of(other, bulgarian).lead == "Наши новини"
    assert settled()


def test_two_texts_that_change_pages_keep_their_translations(
    between, published, other, bulgarian, news_po, other_po, settled
):
    edit(published, intro="Old words")
    between()
    edit(other, lead=TEXT)
    sync()
    assert target_of(published, bulgarian).intro == "Стари думи"
    assert target_of(other, bulgarian).lead == TRANSLATION
    assert not entry_of(news_po, "Old words").fuzzy
    assert settled()


def test_a_text_back_on_its_page_has_the_later_translation_once_the_other_page_gives_it_up(
    published, other, bulgarian, other_po, settled
):
    edit(published, intro="")
    edit(other, lead=TEXT)
    sync()
    translate(other_po, {TEXT: "Наши новини"})
    sync()
    edit(published, intro=TEXT)
    sync()
    edit(other, lead="Old words")
    sync()
    assert target_of(published, bulgarian).intro == "Наши новини"
    assert settled()


@pytest.mark.parametrize("fuzzy", [False, True])
def test_what_was_typed_in_the_new_place_stays(fuzzy, published, other, news_po, other_po, settled):
    edit(other, lead=TEXT)
    sync()
    translate(other_po, {TEXT: "Тук"}, fuzzy=fuzzy)
    sync()
    edit(published, intro="")
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Тук", fuzzy)
    assert settled()


def test_an_offer_that_a_translator_has_worked_on_stays(published, other, other_po, settled):
    edit(other, lead="Old words of news")
    sync()
    assert entry_of(other_po, "Old words of news").fuzzy
    translate(other_po, {"Old words of news": "Почти готово"}, fuzzy=True)
    sync()
    edit(published, intro="Old words of news")
    sync()
    edit(published, intro="")
    sync()
    assert entry_of(other_po, "Old words of news").msgstr == "Почти готово"
    assert Draft.objects.get(path="lead").text == "Почти готово"


def test_one_refused_by_the_new_place_is_a_draft_there(published, other, bulgarian, news_po, other_po):
    long = "Дълъг превод " * 25
    edit(published, rich=f"<p>{TEXT} today</p>")
    sync()
    translate(news_po, {f"{TEXT} today": long})
    sync()
    edit(other, title=f"{TEXT} today")
    sync()
    edit(published, rich="")
    sync()
    found = entry_of(other_po, f"{TEXT} today")
    assert (found.msgstr, found.fuzzy) == (long.strip(), True)
    assert target_of(other, bulgarian).title == "Архив"


@pytest.mark.parametrize("cut", [False, True])
def test_an_older_translation_does_not_come_back_on_a_third_page(
    cut, between, published, other, make_page, bulgarian, other_po, catalog_root, settled
):
    third = make_page(title="Third", slug="third")
    submit(third, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/third.po", {"Third": "Трета"})
    edit(published, intro="")
    edit(other, lead=TEXT)
    sync()
    translate(other_po, {TEXT: "Наши новини"})
    sync()
    edit(third, lead=TEXT)
    between()
    if cut:
        edit(other, lead="Old words")
    sync()
    assert target_of(third, bulgarian).lead == ("Наши новини" if cut else "")
    assert settled()


def test_its_draft_goes_with_it_where_another_text_takes_its_place(
    between, published, other, news_po, other_po
):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    edit(other, lead=TEXT)
    between()
    edit(published, intro="Quite other words")
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Може би", True)


def test_a_copy_with_the_offer_of_before_does_not_bring_it_back(
    published, other, bulgarian, other_po, settled
):
    edit(other, lead=TEXT)
    sync()
    other_po.with_name("archive (copy).po").write_bytes(other_po.read_bytes())
    edit(published, intro="")
    sync()
    assert settled()
    assert target_of(other, bulgarian).lead == TRANSLATION


@pytest.mark.parametrize("doubt", ["Може би", TRANSLATION], ids=["another text", "the text in use"])
@pytest.mark.parametrize("pasted_first", [True, False])
def test_its_draft_goes_with_it_although_another_text_took_its_place(
    pasted_first, doubt, published, other, bulgarian, news_po, other_po, settled
):
    translate(news_po, {TEXT: doubt}, fuzzy=True)
    sync()
    if pasted_first:
        edit(other, lead=TEXT)
        sync()
    edit(published, intro="Quite another thing")
    sync()
    if not pasted_first:
        edit(other, lead=TEXT)
        sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == (doubt, True)
    assert settled()


def test_a_draft_given_up_for_another_translation_does_not_come_to_a_third_page(
    published, other, make_page, bulgarian, news_po, other_po, catalog_root, settled
):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    edit(published, intro="Quite another thing")
    sync()
    edit(other, lead=TEXT)
    sync()
    translate(other_po, {TEXT: "Наши новини"})
    sync()
    third = make_page(title="Third", slug="third")
    submit(third, [bulgarian])
    sync()
    edit(other, lead="Old words")
    edit(third, lead=TEXT)
    sync()
    found = entry_of(catalog_root / "bg/content/third.po", TEXT)
    assert (found.msgstr, found.fuzzy) == ("Наши новини", False)
    assert settled()
