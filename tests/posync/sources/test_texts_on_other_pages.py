"""A text cut from one page and pasted into another takes with it what was done on it."""

import shutil
from pathlib import Path

import pytest

from posync.files.import_files import import_files
from posync.history.resolve_conflicts import Choice, resolve
from posync.models import Change, Conflict, Draft
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, obsolete, read, snapshot, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

TEXT = "All our news"


def paste(published, other, field="lead"):
    edit(published, intro="")
    edit(other, **{field: TEXT})


@pytest.mark.parametrize("field", ["lead", "intro"], ids=["over another text", "into an empty field"])
@pytest.mark.parametrize("refresh", [False, True], ids=["at the sync", "at publication"])
def test_unsynced_work_counts_on_the_page_that_has_the_text_now(
    field, refresh, published, other, bulgarian, news_po, other_po
):
    translate(news_po, {TEXT: "Наши новини"})
    paste(published, other, field)
    if refresh:
        refresh_changed_sources()
    result = sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy, result.exit_code) == ("Наши новини", False, 0)
    assert getattr(target_of(other, bulgarian), field) == "Наши новини"
    before = news_po.read_bytes(), other_po.read_bytes()
    assert sync().files.written == 0
    assert (news_po.read_bytes(), other_po.read_bytes()) == before


def test_an_unsynced_first_translation_counts_there(published, other, bulgarian, news_po, other_po):
    edit(published, rich="<p>A new sentence</p>")
    sync()
    translate(news_po, {"A new sentence": "Ново изречение"})
    edit(published, rich="")
    edit(other, rich="<p>A new sentence</p>")
    sync()
    assert target_of(other, bulgarian).rich == "<p>Ново изречение</p>"


def test_unsynced_doubts_count_there(published, other, news_po, other_po):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    paste(published, other)
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Може би", True)


def test_a_mailed_file_counts_there(published, other, bulgarian, news_po, other_po, tmp_path):
    mailed = shutil.copy(news_po, tmp_path / "mailed.po")
    translate(mailed, {TEXT: "По пощата"})
    paste(published, other)
    sync()
    import_files([mailed])
    sync()
    assert target_of(other, bulgarian).lead == "По пощата"
    assert import_files([mailed]).entries.imported == 0


def test_a_copy_in_the_folder_counts_there_once(published, other, bulgarian, news_po, other_po):
    copy = Path(shutil.copy(news_po, news_po.with_name("news (copy).po")))
    translate(copy, {TEXT: "От копието"})
    paste(published, other)
    sync()
    assert target_of(other, bulgarian).lead == "От копието"
    changes = Change.objects.count()
    sync()
    assert Change.objects.count() == changes
    translate(other_po, {TEXT: "Най-ново"})
    sync()
    sync()
    assert target_of(other, bulgarian).lead == "Най-ново"
    assert "От копието" not in {entry.msgstr for entry in obsolete(news_po)}


@pytest.mark.parametrize("refresh", [False, True], ids=["at the sync", "at publication"])
def test_a_draft_goes_with_its_text(refresh, published, other, bulgarian, news_po, other_po):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    paste(published, other)
    if refresh:
        refresh_changed_sources()
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Може би", True)
    assert "In use: Всички новини" in found.comment
    assert target_of(other, bulgarian).lead == "Стари думи"
    assert Draft.objects.filter(text="Може би").count() == 1


def test_a_draft_alone_goes_with_its_text(published, other, news_po, other_po):
    edit(published, rich="<p>A new sentence</p>")
    sync()
    translate(news_po, {"A new sentence": "Може би"}, fuzzy=True)
    sync()
    edit(published, rich="")
    edit(other, rich="<p>A new sentence</p>")
    sync()
    found = entry_of(other_po, "A new sentence")
    assert (found.msgstr, found.fuzzy) == ("Може би", True)


def test_a_conflict_goes_with_its_text(published, other, bulgarian, news_po, other_po):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    paste(published, other)
    sync()
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.catalog.domain.name, conflict.path) == ("archive", "lead")
    assert target_of(other, bulgarian).lead == "Стари думи"
    assert resolve([conflict.pk], Choice.FILE).issues == ()
    sync()
    assert target_of(other, bulgarian).lead == "От файла"


def test_work_on_a_text_that_leaves_does_not_change_the_same_words_on_another_page(
    published, other, bulgarian, news_po, other_po
):
    edit(other, intro=TEXT)
    sync()
    translate(other_po, {TEXT: "Другаде"})
    sync()
    translate(news_po, {TEXT: "Наши новини"})
    edit(published, intro="")
    sync()
    assert target_of(other, bulgarian).intro == "Другаде"
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Наши новини"]


def test_a_draft_comes_back_with_its_text(published, other, news_po, other_po):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    paste(published, other)
    sync()
    edit(other, lead="Old words")
    edit(published, intro=TEXT)
    sync()
    found = entry_of(news_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Може би", True)
    assert Draft.objects.filter(text="Може би").count() == 1


def test_a_conflict_comes_back_with_its_text(published, other, bulgarian, news_po):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    paste(published, other)
    sync()
    edit(other, lead="Old words")
    edit(published, intro=TEXT)
    sync()
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.catalog.domain.name, conflict.path) == ("news", "intro")
    found = entry_of(news_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("От файла", True)


def test_a_text_that_went_over_two_pages_has_what_was_made_of_it_last(
    published, other, make_page, bulgarian, news_po, other_po, catalog_root
):
    third = make_page(title="Third", slug="third")
    submit(third, [bulgarian])
    sync()
    paste(published, other)
    sync()
    translate(other_po, {TEXT: "Второ"})
    sync()
    edit(other, lead="")
    edit(third, lead=TEXT)
    sync()
    translate(catalog_root / "bg/content/third.po", {TEXT: "Трето", "Third": "Трета"})
    sync()
    edit(third, lead="")
    edit(published, intro=TEXT)
    sync()
    assert target_of(published, bulgarian).intro == "Трето"


def test_unsynced_work_goes_with_its_text_and_not_to_what_stands_in_its_place(
    published, other, bulgarian, news_po, other_po
):
    edit(other, lead=TEXT)
    edit(published, intro="News")
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    found = entry_of(other_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("Може би", True)


def test_a_copy_of_a_file_whose_work_went_to_another_page_brings_nothing_new(
    published, other, news_po, other_po, catalog_root
):
    edit(published, title="Our news", lead="A second text")
    sync()
    translate(news_po, {TEXT: "Наши новини", "A second text": "Втори текст", "Our news": "Нашите"})
    edit(published, intro="")
    edit(other, lead=TEXT)
    sync()
    shutil.copy(news_po, news_po.with_name("news (copy).po"))
    edit(published, lead="", intro="A second text")
    sync()
    settled = snapshot(catalog_root)
    sync()
    assert snapshot(catalog_root) == settled


@pytest.mark.parametrize("when", ["before it is cut", "when it is cut", "later"])
def test_a_copy_with_an_untouched_offer_brings_nothing_to_the_text_elsewhere(
    when, published, other, other_po, catalog_root
):
    edit(other, lead="Old words of news")
    sync()
    assert entry_of(other_po, "Old words of news").fuzzy
    shutil.copy(other_po, other_po.with_name("archive (copy).po"))
    if when == "before it is cut":
        sync()
    edit(other, lead="")
    if when == "later":
        sync()
    edit(published, intro="Old words of news")
    sync()
    settled = snapshot(catalog_root)
    sync()
    assert snapshot(catalog_root) == settled


@pytest.mark.parametrize("left_fuzzy", [True, False])
def test_of_two_first_translations_that_of_the_place_left_to_the_text_counts(
    left_fuzzy, published, other, bulgarian, news_po, other_po
):
    edit(published, intro="Fresh words")
    sync()
    edit(other, lead="Fresh words")
    sync()
    translate(news_po, {"Fresh words": "Там"}, fuzzy=left_fuzzy)
    translate(other_po, {"Fresh words": "Тук"})
    edit(published, intro="")
    result = sync()
    found = entry_of(other_po, "Fresh words")
    assert (found.msgstr, found.fuzzy) == ("Тук", False)
    assert not Conflict.objects.exists()
    assert Change.objects.filter(msgid="Fresh words", before="Там").exists()
    assert "older-text" in [issue.code for issue in result.issues]


def test_within_one_page_too(published, bulgarian, news_po):
    edit(published, intro="Fresh words")
    sync()
    edit(published, lead="Fresh words")
    sync()
    po = read(news_po)
    for entry, text in zip([one for one in po if one.msgid == "Fresh words"], ["Там", "Тук"], strict=True):
        entry.msgstr, entry.flags, entry.previous_msgid = text, [], None
    po.save()
    edit(published, intro="")
    sync()
    found = entry_of(news_po, "Fresh words")
    assert (found.msgstr, found.fuzzy) == ("Тук", False)
    assert not Conflict.objects.exists()


def test_a_comment_that_comes_along_takes_no_comment_from_the_file_there(published, other, news_po, other_po):
    edit(published, intro="")
    edit(other, lead=TEXT)
    for path, msgid, text in ((news_po, TEXT, "С текста"), (other_po, "Archive", "На място")):
        po = read(path)
        entry = po.find(msgid, by="msgid")
        entry.msgstr, entry.tcomment = f"{entry.msgstr}!", text
        po.save()
    sync()
    assert entry_of(other_po, TEXT).tcomment == "С текста"
    assert entry_of(other_po, "Archive").tcomment == "На място"


@pytest.mark.parametrize("draft", ["Мои думи", ""], ids=["a draft", "an offer"])
def test_a_copy_with_an_offer_that_went_on_brings_nothing_to_the_same_text_elsewhere(
    draft, published, other, news_po, other_po, catalog_root
):
    edit(published, intro="All of our news")
    edit(other, lead="All of our news")
    sync()
    if draft:
        translate(other_po, {"All of our news": draft}, fuzzy=True)
        sync()
    shutil.copy(news_po, news_po.with_name("news (copy).po"))
    sync()
    edit(published, intro="Quite another sentence")
    sync()
    settled = snapshot(catalog_root)
    sync()
    assert snapshot(catalog_root) == settled
    assert entry_of(other_po, "All of our news").msgstr == (draft or "Стари думи")


def comment_on(path, msgid, text="Бележка"):
    po = read(path)
    po.find(msgid, by="msgid").tcomment = text
    po.save()


@pytest.mark.parametrize("synced", [True, False])
def test_a_comment_stays_where_another_text_takes_the_place_of_its_own(synced, published, other, other_po):
    comment_on(other_po, "Old words")
    if synced:
        sync()
    paste(published, other)
    sync()
    assert [entry.tcomment for entry in obsolete(other_po) if entry.msgid == "Old words"] == ["Бележка"]
    edit(other, lead="Old words")
    sync()
    assert entry_of(other_po, "Old words").tcomment == "Бележка"


@pytest.mark.parametrize("fields", [{"lead": ""}, {"lead": "Words"}, {"lead": "A question!"}])
def test_a_comment_on_a_text_without_a_translation_is_kept_in_the_history(fields, published, other, other_po):
    edit(other, lead="A question")
    sync()
    po = read(other_po)
    entry = po.find("A question", by="msgid")
    entry.msgstr, entry.flags, entry.previous_msgid, entry.tcomment = "", [], None, "Какво значи?"
    po.save()
    sync()
    edit(other, **fields)
    sync()
    in_history = Change.objects.filter(kind=Change.Kind.COMMENT, before="Какво значи?").exists()
    assert in_history or "Какво значи?" in other_po.read_text()


def test_a_comment_on_a_text_without_a_translation_moves_with_it_within_its_page(published, news_po):
    edit(published, lead="Something new")
    sync()
    comment_on(news_po, "Something new")
    sync()
    edit(published, lead="", rich="<p>Something new</p>")
    sync()
    assert entry_of(news_po, "Something new").tcomment == "Бележка"
