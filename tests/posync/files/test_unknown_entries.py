"""Entries that a page does not have: those of its own file stay there, those of others do not enter it."""

import shutil
from pathlib import Path

import polib
import pytest
from wagtail.models import Locale

from posync.core.po.codec import read_po
from posync.core.po.limits import MAX_ENTRIES
from posync.files.import_files import import_files
from posync.models import Change, Draft
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.files.test_stray_files import HEADER, STRAY, entry
from tests.posync.people import current, edit, entry_of, obsolete, read, target_of, translate

pytestmark = pytest.mark.django_db


def test_texts_of_others_that_a_page_does_not_have_never_enter_its_file(
    published, bulgarian, news_po, tmp_path
):
    before = news_po.read_bytes()
    mailed = tmp_path / "mailed.po"
    mailed.write_text(
        HEADER + "".join(entry(f"news:body.{n}", f"Text {n}", f"Текст {n}") for n in range(MAX_ENTRIES - 1)),
        "utf-8",
    )
    result = import_files([mailed])
    assert result.entries.unknown == MAX_ENTRIES - 1
    sync()
    assert news_po.read_bytes() == before
    assert Change.objects.filter(before="Текст 7", path="body.7", msgid="Text 7").count() == 1
    assert not Draft.objects.exists()
    translate(news_po, {"News": "Вести"})
    sync()
    assert target_of(published, bulgarian).title == "Вести"


def test_a_copy_with_work_on_a_text_that_the_page_had_is_kept_in_its_file(published, news_po, tmp_path):
    mailed = Path(shutil.copy(news_po, tmp_path / "mailed.po"))
    translate(mailed, {"All our news": "Всичко ново"})
    edit(published, intro="")
    sync()
    import_files([mailed])
    sync()
    assert [one.msgstr for one in obsolete(news_po)] == ["Всичко ново"]


def test_a_first_translation_that_comes_late_is_offered_for_the_text_of_now(submitted, news_po, tmp_path):
    sync()
    mailed = Path(shutil.copy(news_po, tmp_path / "mailed.po"))
    translate(mailed, {"All our news": "Всички новини"})
    edit(submitted, intro="All of our news, and more")
    sync()
    import_files([mailed])
    sync()
    offered = entry_of(news_po, "All of our news, and more")
    assert (offered.msgstr, offered.fuzzy, offered.previous_msgid) == ("Всички новини", True, "All our news")
    assert not obsolete(news_po)


def test_a_text_that_a_person_put_into_the_file_itself_stays_there_as_obsolete(published, news_po):
    with news_po.open("a", encoding="utf-8") as file:
        file.write(entry("news:body.1", "Text", "Текст"))
    sync()
    assert [one.msgstr for one in obsolete(news_po)] == ["Текст"]


def test_a_comment_on_a_text_that_the_page_does_not_have_is_kept_once(published, news_po):
    news_po.with_name("stray.po").write_text(STRAY["an unknown text, fuzzy"], "utf-8")
    for _time in range(3):
        sync()
    assert [change.kind for change in Change.objects.filter(before="Коментар")] == ["comment"]


def test_no_file_is_written_that_the_next_import_refuses(published, bulgarian, news_po):
    """As many texts as a file may have, of which the page has none: with its own there are too many."""
    news_po.write_text(
        HEADER + "".join(entry(f"news:body.{n}", f"Text {n}", f"Текст {n}") for n in range(MAX_ENTRIES)),
        "utf-8",
    )
    result = sync()
    assert "obsolete-dropped" in {issue.code for issue in result.issues}
    assert {one.msgid for one in current(news_po)} == {"News", "All our news"}
    assert len(read_po(news_po.read_bytes()).entries) <= MAX_ENTRIES
    assert Draft.objects.count() == MAX_ENTRIES
    before = news_po.read_bytes()
    assert sync().files.failed == 0
    assert news_po.read_bytes() == before
    translate(news_po, {"News": "Вести"})
    sync()
    assert target_of(published, bulgarian).title == "Вести"
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert read(news_po).metadata["Language"] == "bg"


def test_new_work_in_an_entry_that_a_tool_made_obsolete_is_told_and_kept(published, news_po):
    translate(news_po, {"All our news": "Нов превод"})
    po = read(news_po)
    for each in po:
        each.obsolete = each.msgid == "All our news"
    po.save()
    (issue,) = [issue for issue in sync().issues if issue.code == "set-aside"]
    assert (issue.severity, issue.msgctxt) == ("warning", "news:intro")
    assert Change.objects.filter(before="Нов превод").exists()
    assert sync().exit_code == 0


def test_an_obsolete_entry_without_context_goes_to_the_history(published, news_po):
    po = read(news_po)
    po.append(polib.POEntry(msgid="Gone long ago", msgstr="Отдавна", obsolete=True))
    po.save()
    sync()
    assert Change.objects.filter(before="Отдавна").exists()


def test_a_mailed_file_of_no_language_is_an_error_where_there_are_several(
    published, news_po, tmp_path, bulgarian
):
    german = Locale.objects.get_or_create(language_code="de")[0]
    submit(published, [german])
    sync()
    mailed = tmp_path / "news.po"
    translate(news_po, {"News": "Вести"})
    mailed.write_text(news_po.read_text().replace('"Language: bg\\n"\n', ""))
    result = import_files([mailed])
    assert [(issue.code, issue.severity) for issue in result.issues] == [("no-language", "error")]
    assert import_files([mailed], ["bg"]).entries.imported == 1
