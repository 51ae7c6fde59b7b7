"""Translators' comments are theirs: kept through every file that they come in."""

import shutil

import pytest

from posync.files.import_files import import_files
from posync.history.undo_run import undo
from posync.models import Change
from posync.sync import sync
from tests.posync.people import edit, entry_of, read, translate
from tests.testapp.models import EveryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(submitted, news_po, tmp_path):
    """A copy of the page's file, sent by mail."""
    sync()
    return shutil.copy(news_po, tmp_path / "mailed.po")


def comment(path, text, msgid="All our news"):
    po = read(path)
    for entry in po:
        if entry.msgid == msgid:
            entry.tcomment = text
    po.save()


def test_a_comment_in_a_mailed_file_stands_in_the_next_file(mailed, news_po):
    comment(mailed, "Дали е така?")
    import_files([mailed])
    sync()
    assert entry_of(news_po, "All our news").tcomment == "Дали е така?"


def test_comments_of_two_translators_stand_one_below_the_other(mailed, news_po):
    comment(news_po, "Иван: да\nВижте речника")
    sync()
    comment(mailed, "Мария: не\nВижте речника")
    import_files([mailed])
    sync()
    assert entry_of(news_po, "All our news").tcomment == "Иван: да\nВижте речника\nМария: не"


def test_an_older_comment_does_not_come_back_with_an_old_copy(mailed, news_po):
    comment(news_po, "Питам")
    sync()
    shutil.copy(news_po, mailed)
    comment(news_po, "Попитах")
    sync()
    import_files([mailed])
    sync()
    assert entry_of(news_po, "All our news").tcomment == "Попитах"
    change = Change.objects.get(kind=Change.Kind.COMMENT)
    assert (change.before, change.after) == ("Питам", "Попитах")


def test_the_same_file_again_changes_nothing(mailed, news_po, writes):
    comment(mailed, "Дали е така?")
    import_files([mailed])
    sync()
    before = news_po.read_bytes()
    import_files([mailed])
    sync()
    assert news_po.read_bytes() == before


def test_a_comment_that_gives_way_to_a_file_not_imported_yet_is_in_the_history(mailed, news_po):
    comment(mailed, "По пощата")
    comment(news_po, "В папката")
    import_files([mailed])
    sync()
    assert entry_of(news_po, "All our news").tcomment == "В папката"
    assert Change.objects.filter(kind=Change.Kind.COMMENT, before="По пощата", after="В папката").exists()


def test_comments_stay_when_their_run_is_undone(mailed, news_po):
    comment(mailed, "Дали е така?")
    po = read(mailed)
    for entry in po:
        entry.msgstr = "Всички новини" if entry.msgid == "All our news" else ""
    po.save()
    import_files([mailed])
    undo(Change.objects.filter(kind=Change.Kind.COMMENT).get().run_id)
    sync()
    entry = entry_of(news_po, "All our news")
    assert entry.tcomment == "Дали е така?"
    assert Change.objects.filter(kind=Change.Kind.APPROVED, before="Всички новини", after="").exists()


@pytest.mark.parametrize("text", ["", "Всички новини"])
def test_a_copy_in_the_folder_tells_only_once_of_a_text_that_is_gone(submitted, news_po, writes, text):
    sync()
    copy = shutil.copy(news_po, news_po.with_name("news (copy).po"))
    comment(copy, "Дали е така?")
    translate(copy, {"All our news": text})
    edit(submitted, intro="")
    sync()
    with writes() as found:
        sync()
    assert found.statements == []
    assert Change.objects.get(kind=Change.Kind.COMMENT).before == "Дали е така?"


def test_a_copy_in_the_folder_with_one_of_two_comments_changes_nothing(submitted, news_po, writes):
    sync()
    comment(news_po, "Иван: да\nМария: не")
    sync()
    comment(shutil.copy(news_po, news_po.with_name("news (copy).po")), "Мария: не")
    sync()
    with writes() as found:
        sync()
    assert found.statements == []


def test_a_comment_that_its_file_loses_with_the_source_is_noted_at_the_first_sync(submitted, news_po, writes):
    sync()
    comment(news_po, "Дали е така?")
    sync()
    shutil.copy(news_po, news_po.with_name("news (copy).po"))
    edit(submitted, intro="Quite other words")
    sync()
    with writes() as found:
        sync()
    assert found.statements == []


@pytest.mark.parametrize("text", ["", "Всички новини"])
def test_a_copy_tells_no_second_time_of_a_comment_that_went_along_to_a_changed_text(
    submitted, news_po, writes, text
):
    sync()
    for path in (news_po, shutil.copy(news_po, news_po.with_name("news (copy).po"))):
        comment(path, "Мария: не")
        translate(path, {"News": "Новини", "All our news": text})
    comment(news_po, "Иван: да\nМария: не")
    # By a migration, of which a publication tells: after the import.
    EveryPage.objects.filter(pk=submitted.pk).update(intro="All our good news")
    sync()
    with writes() as found:
        sync()
    assert found.statements == []


def test_a_comment_stays_on_an_entry_that_was_emptied(published, news_po):
    po = read(news_po)
    entry = po.find("All our news", by="msgid")
    entry.msgstr, entry.tcomment = "", "Какво значи?"
    po.save()
    sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.tcomment) == ("Всички новини", "Какво значи?")
