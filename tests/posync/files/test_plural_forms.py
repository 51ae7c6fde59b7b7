"""Plural forms that a tool added: page text has none, so one form is used, and no other is lost."""

import pytest

from posync.models import Change
from posync.sync import sync
from tests.posync.people import entry_of, target_of

pytestmark = pytest.mark.django_db

SINGULAR = 'msgid "News"\nmsgstr "Новини"'
PLURAL = 'msgid "News"\nmsgid_plural "News"\nmsgstr[0] "Новина"\nmsgstr[1] "Вести"\nmsgstr[2] "Вестите"'


@pytest.fixture
def with_plurals(published, news_po):
    text = news_po.read_text("utf-8")
    assert SINGULAR in text
    return text.replace(SINGULAR, PLURAL).encode()


def kept() -> list[tuple[str, str, str, str]]:
    changes = Change.objects.filter(before__startswith="Вест").order_by("pk")
    return list(changes.values_list("domain", "path", "msgid", "before"))


WHAT_IS_KEPT = [("news", "title", "News", "Вести"), ("news", "title", "News", "Вестите")]


def test_the_first_form_is_used_and_the_others_are_kept_and_reported(
    with_plurals, published, bulgarian, news_po, run
):
    news_po.write_bytes(with_plurals)
    checked = run("check_po", "--json", news_po).json["issues"]
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.severity == "warning"]
    assert (issue.code, issue.file, issue.msgctxt) == ("plural-entry", "bg/content/news.po", "news:title")
    assert [(found["code"], found["line"]) for found in checked] == [("plural-entry", issue.line)]
    assert target_of(published, bulgarian).title == "Новина"
    assert entry_of(news_po, "News").msgstr == "Новина"
    assert kept() == WHAT_IS_KEPT
    assert sync().issues == ()


def test_a_copy_that_stays_in_the_folder_is_kept_once(with_plurals, news_po):
    news_po.with_name("copy.po").write_bytes(with_plurals)
    for _sync in range(3):
        sync()
    assert kept() == WHAT_IS_KEPT


def test_forms_of_a_page_that_is_not_known_are_kept_when_its_file_is_written_anew(with_plurals, news_po):
    unknown = PLURAL.replace("News", "Gone")
    news_po.write_text(news_po.read_text("utf-8") + f'\nmsgctxt "gone:title"\n{unknown}\n', "utf-8")
    sync()
    assert "gone" not in news_po.read_text("utf-8")
    assert kept() == [("gone", "title", "Gone", "Вести"), ("gone", "title", "Gone", "Вестите")]
