"""Where new texts get translations from, and what a site's own source may do."""

import pytest
from django.db import connection
from wagtail_localize.models import StringTranslation

from posync import hooks
from posync.hooks import Suggestion
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of

pytestmark = pytest.mark.django_db

HERE = __name__


@pytest.fixture
def reuse_from(settings):
    def choose(*paths):
        settings.POSYNC = {**settings.POSYNC, "REUSE_SOURCES": paths}

    return choose


@pytest.fixture
def archive(make_page, bulgarian, catalog_root):
    """Submit a page with the introduction of the published one; gives the entry of that introduction, and the run."""

    def make():
        page = make_page("en", title="Archive", slug="archive", intro="All our news")
        submit(page, [bulgarian])
        result = sync()
        return entry_of(catalog_root / "bg/content/archive.po", "All our news"), result

    return make


def dictionary(entries):
    words = {"Archive": "Архив", "All our news": "От речника"}
    return [Suggestion(entry, words[entry.msgid], approved=True) for entry in entries if entry.msgid in words]


def guess(entries):
    return [Suggestion(entry, "Налучкано") for entry in entries]


def hostile(entries):
    return [Suggestion(entry, "<script>x()</script>", approved=True) for entry in entries]


def of_another_entry(entries):
    for entry in entries:
        yield Suggestion(
            hooks.EntryToFill(**{**fields_of(entry), "path": "elsewhere"}), "Другаде", approved=True
        )


def fields_of(entry):
    return {name: getattr(entry, name) for name in type(entry).__slots__}


def broken_query(entries):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    return []


def test_a_site_s_source_gives_an_approved_text(archive, reuse_from, published):
    reuse_from(f"{HERE}.dictionary")
    entry, _result = archive()
    assert (entry.msgstr, entry.fuzzy) == ("От речника", False)


def test_a_suggestion_is_a_draft_unless_it_says_otherwise(archive, reuse_from, published):
    reuse_from(f"{HERE}.guess")
    entry, _result = archive()
    assert (entry.msgstr, entry.fuzzy) == ("Налучкано", True)


def test_the_first_source_that_knows_a_text_gives_it(archive, reuse_from, published, catalog_root):
    reuse_from(f"{HERE}.dictionary", f"{HERE}.guess")
    entry, _result = archive()
    assert entry.msgstr == "От речника"


def test_no_source_brings_in_what_a_check_blocks(archive, reuse_from, published):
    reuse_from(f"{HERE}.hostile")
    entry, _result = archive()
    assert entry.fuzzy
    assert not StringTranslation.objects.filter(data__contains="script").exists()


def test_a_suggestion_for_what_was_not_asked_about_is_nothing(archive, reuse_from, published):
    reuse_from(f"{HERE}.of_another_entry")
    entry, _result = archive()
    assert entry.msgstr == ""


def test_a_site_takes_nothing_from_other_pages(archive, reuse_from, published):
    reuse_from()
    edit(published, intro="")
    entry, _result = archive()
    assert entry.msgstr == ""


def test_a_source_whose_query_fails_is_named_and_the_next_is_asked(published, reuse_from, news_po):
    reuse_from(f"{HERE}.broken_query", f"{HERE}.dictionary")
    edit(published, lead="Archive")
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{HERE}.broken_query failed" in issue.message
    assert entry_of(news_po, "Archive").msgstr == "Архив"


def number(entries):
    return [Suggestion(entries[0], 5, True)]


def word_for_approval(entries):
    return [Suggestion(entries[0], "Текст", "no")]


def with_a_nul(entries):
    return [Suggestion(entries[0], "x\x00y", True)]


def of_a_list(entries):
    return [Suggestion([1], "Текст", True)]


@pytest.mark.parametrize("name", ["number", "word_for_approval", "with_a_nul", "of_a_list"])
def test_a_suggestion_of_another_form_is_named_and_stops_nothing(name, published, reuse_from, news_po):
    reuse_from(f"{HERE}.{name}", f"{HERE}.dictionary")
    edit(published, lead="Archive")
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{HERE}.{name} failed" in issue.message
    assert entry_of(news_po, "Archive").msgstr == "Архив"
