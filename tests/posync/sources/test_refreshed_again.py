"""Sources refreshed again before their files are written: what was done at the places in between goes on."""

import pytest

from posync.files.import_files import import_files
from posync.history.resolve_conflicts import Choice, resolve
from posync.history.undo_run import undo
from posync.models import Conflict, Run
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    block_id,
    edit,
    entry_of,
    obsolete,
    stream,
    target_of,
    translate,
    type_in_admin,
)

pytestmark = pytest.mark.django_db

TEXT = "All our news"


@pytest.fixture(params=["lead", "intro"], ids=["to a third place", "and back"])
def last(request):
    return request.param


def place(page, name):
    """Let the text of the introduction stand in a block, then in its last place; refresh, and export nothing."""
    fields = {"intro": "", "lead": "", "body": "[]"}
    fields[name] = stream(block("char", TEXT, "between")) if name == "body" else TEXT
    edit(page, **fields)
    refresh_changed_sources()


def shown(page, locale, name):
    return getattr(target_of(page, locale), name)


def test_a_text_typed_in_the_place_in_between_goes_on(last, published, bulgarian, news_po):
    place(published, "body")
    type_in_admin(published, bulgarian, f"body.{block_id('between')}", "От редактора")
    place(published, last)
    sync()
    assert shown(published, bulgarian, last) == "От редактора"
    found = entry_of(news_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("От редактора", False)


def test_a_draft_goes_on(last, published, bulgarian, news_po):
    translate(news_po, {TEXT: "Може би"}, fuzzy=True)
    sync()
    place(published, "body")
    place(published, last)
    sync()
    found = entry_of(news_po, TEXT)
    assert (found.msgstr, found.fuzzy, obsolete(news_po)) == ("Може би", True, [])


def test_a_conflict_goes_on(last, published, bulgarian, news_po):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    place(published, "body")
    place(published, last)
    sync()
    conflict = Conflict.objects.get(resolved_at=None)
    assert conflict.path == last
    assert (entry_of(news_po, TEXT).msgstr, entry_of(news_po, TEXT).fuzzy) == ("От файла", True)
    assert resolve([conflict.pk], Choice.FILE).issues == ()
    sync()
    assert shown(published, bulgarian, last) == "От файла"


def test_a_choice_goes_on(last, published, bulgarian, news_po):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    place(published, "body")
    resolve([Conflict.objects.get().pk], Choice.FILE)
    place(published, last)
    sync()
    assert shown(published, bulgarian, last) == "От файла"


@pytest.mark.parametrize("first", [False, True], ids=["changed", "first"])
def test_an_undoing_goes_on(first, last, submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Новини"} if first else {"News": "Новини", TEXT: "Всички новини"})
    sync()
    translate(news_po, {TEXT: "Наши новини"})
    sync()
    run = Run.objects.latest("pk")
    place(submitted, "body")
    assert undo(run.pk).entries.imported == 1
    place(submitted, last)
    sync()
    found = entry_of(news_po, TEXT)
    # Where there was none before, the text in the file stays on offer.
    assert (found.msgstr, found.fuzzy) == (("Наши новини", True) if first else ("Всички новини", False))


def test_work_imported_in_between_goes_on(last, published, bulgarian, news_po):
    place(published, "body")
    translate(news_po, {TEXT: "Наши новини"})
    import_files()
    place(published, last)
    sync()
    assert shown(published, bulgarian, last) == "Наши новини"
    assert not obsolete(news_po)


def test_a_text_changed_on_another_page_in_between_comes_back_as_changed(published, make_page, bulgarian):
    other = make_page(title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    edit(published, intro="")
    edit(other, lead=TEXT)
    refresh_changed_sources()
    type_in_admin(other, bulgarian, "lead", "От архива")
    edit(other, lead="")
    edit(published, intro=TEXT)
    sync()
    assert shown(published, bulgarian, "intro") == "От архива"


def test_an_approval_of_a_text_reworded_again_is_the_offer(published, bulgarian, news_po):
    edit(published, intro="All of our news")
    refresh_changed_sources()
    type_in_admin(published, bulgarian, "intro", "Всичко ново")
    edit(published, intro="All of our good news")
    sync()
    found = entry_of(news_po, "All of our good news")
    assert (found.msgstr, found.previous_msgid) == ("Всичко ново", "All of our news")


def test_a_translation_typed_before_the_first_file_follows_its_text(submitted, bulgarian, news_po):
    type_in_admin(submitted, bulgarian, "intro", "От редактора")
    edit(submitted, intro="", lead=TEXT)
    sync()
    found = entry_of(news_po, TEXT)
    assert (found.msgstr, found.fuzzy) == ("От редактора", False)
