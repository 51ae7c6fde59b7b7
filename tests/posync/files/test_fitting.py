"""What the next import would refuse is not written: the oldest obsolete entries give way, and a page is named."""

import pytest
from django.db.models import Q

from posync.core.po import limits
from posync.models import Change
from posync.sync import sync
from tests.posync.people import current, edit, obsolete, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


def rich(paragraphs):
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def test_obsolete_entries_give_way_the_oldest_first_and_stay_in_the_history(published, news_po, monkeypatch):
    paragraphs = ["Call us today.", "Write letters.", "Visit the office.", "Nothing else helps."]
    edit(published, rich=rich(paragraphs))
    sync()
    for number, text in enumerate(paragraphs):
        translate(news_po, {text: f"Превод {number}"}, comment=f"Бележка {number}")
    sync()
    monkeypatch.setattr(limits, "MAX_ENTRIES", 8)
    dropped = []
    for number in range(4):
        edit(published, rich=rich(paragraphs[number + 1 :]))
        dropped += [issue.severity for issue in sync().issues if issue.code == "obsolete-dropped"]
    assert dropped == ["info", "info"]
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Превод 3", "Превод 2"]
    for number in (0, 1):
        text = f"Превод {number}"
        assert Change.objects.filter(Q(before=text) | Q(after=text), path="rich").exists()
        assert Change.objects.filter(before=f"Бележка {number}", path="rich").exists()
    before = Change.objects.count()
    again = sync()
    assert (again.files.written, again.issues, Change.objects.count()) == (0, (), before)


def test_a_page_with_more_entries_than_a_file_may_have_is_named_and_stops_no_other(
    published, make_page, bulgarian, news_po, monkeypatch
):
    before = news_po.read_bytes()
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    edit(published, rich="<p>One.</p><p>Two.</p>")
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.severity == "error"]
    assert (issue.code, issue.file) == ("too-large", "bg/content/news.po")
    assert "'News'" in issue.message
    assert (result.files.failed, news_po.read_bytes()) == (1, before)


def test_a_text_that_is_too_long_for_an_entry_is_named_and_all_others_go_out(
    published, bulgarian, news_po, monkeypatch
):
    monkeypatch.setattr(limits, "MAX_ENTRY_LENGTH", 50)
    long = "A monstrous text. " * 9
    edit(published, lead=long, intro="All of our news")
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.severity == "error"]
    assert (issue.code, issue.file, issue.msgctxt) == ("too-long", "bg/content/news.po", "news:lead")
    assert "'News'" in issue.message
    assert [entry.msgid for entry in current(news_po)] == ["News", "All of our news"]
    type_in_admin(published, bulgarian, "lead", "Кратко.")
    translate(news_po, {"All of our news": "Всичките ни новини"})
    sync()
    assert target_of(published, bulgarian).lead == "Кратко."
