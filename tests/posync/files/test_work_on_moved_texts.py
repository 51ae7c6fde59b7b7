"""Work on a text whose place or words an editor changes before the next sync goes to the text as it stands now."""

import shutil

import pytest

from posync.core.results import Severity
from posync.files.import_files import ImportOptions, import_files
from posync.models import Conflict
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sync import sync
from tests.posync.people import (
    block,
    edit,
    entry_of,
    obsolete,
    read,
    stream,
    target_of,
    translate,
    type_in_admin,
)

pytestmark = pytest.mark.django_db

WORDS = block("char", "Some words", "here")
OTHERS = block("char", "Other words", "there")


@pytest.fixture(params=[False, True], ids=["at the sync", "at publication"])
def refreshed(request):
    """Refreshes the sources before the next sync does, as a task does at a publication."""
    return refresh_changed_sources if request.param else lambda: None


def warnings(result) -> list[str]:
    """What a person is to look at; pages wait for drafts, and are reported published, besides."""
    return [issue.code for issue in result.issues if issue.severity is not Severity.INFO]


@pytest.mark.parametrize("place", ["lead", "block"])
@pytest.mark.parametrize("work", ["Наши новини", "Всички новини"], ids=["changed", "first"])
def test_work_on_a_text_follows_it_to_its_new_place(work, place, submitted, bulgarian, news_po, refreshed):
    sync()
    first = (
        {"News": "Новини"} if work == "Всички новини" else {"News": "Новини", "All our news": "Всички новини"}
    )
    translate(news_po, first)
    sync()
    translate(news_po, {"All our news": work})
    moved = (
        {"lead": "All our news"}
        if place == "lead"
        else {"body": stream(block("char", "All our news", "new"))}
    )
    edit(submitted, intro="", **moved)
    refreshed()
    result = sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy) == (work, False)
    assert (obsolete(news_po), warnings(result), result.entries.imported) == ([], [], 1)
    target = target_of(submitted, bulgarian)
    shown = target.lead if place == "lead" else target.body[0].value
    assert (target.intro, shown) == ("", work)


def test_work_on_two_texts_that_change_places_goes_with_them(published, bulgarian, news_po, refreshed):
    edit(published, lead="Above all")
    sync()
    translate(news_po, {"Above all": "Най-отгоре"})
    sync()
    translate(news_po, {"All our news": "Наши новини", "Above all": "Преди всичко"})
    edit(published, lead="All our news", intro="Above all")
    refreshed()
    result = sync()
    target = target_of(published, bulgarian)
    assert (target.lead, target.intro, warnings(result)) == ("Наши новини", "Преди всичко", [])
    edit(published, lead="All our news today")
    sync()
    offered = entry_of(news_po, "All our news today")
    assert (offered.msgstr, offered.fuzzy) == ("Наши новини", True)


def test_a_draft_typed_follows_its_text(published, bulgarian, news_po, refreshed):
    translate(news_po, {"All our news": "Може би така"}, fuzzy=True)
    edit(published, intro="", lead="All our news")
    refreshed()
    result = sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy, warnings(result)) == ("Може би така", True, [])
    assert target_of(published, bulgarian).intro == "Всички новини"  # as before: the page waits for the draft


def test_a_comment_on_a_text_follows_it(published, news_po, refreshed):
    translate(news_po, {"All our news": "Наши новини"}, comment="Sounds better")
    edit(published, intro="", lead="All our news")
    refreshed()
    sync()
    assert entry_of(news_po, "All our news").tcomment == "Sounds better"


def test_a_text_taken_out_of_the_file_comes_back_in_its_new_place(published, news_po, refreshed):
    translate(news_po, {"All our news": ""})
    edit(published, intro="", lead="All our news")
    refreshed()
    result = sync()
    assert warnings(result) == ["cleared"]
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"


def test_a_text_taken_out_of_the_file_is_cleared_in_its_new_place_if_agreed(published, news_po, refreshed):
    translate(news_po, {"All our news": ""})
    edit(published, intro="", lead="All our news")
    refreshed()
    assert warnings(sync(options=ImportOptions(allow_clear=True))) == []
    assert entry_of(news_po, "All our news").msgstr == ""


def test_a_text_changed_in_its_new_place_too_is_a_conflict(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От преводача"})
    edit(published, intro="", lead="All our news")
    refresh_changed_sources()
    type_in_admin(published, bulgarian, "lead", "От редактора")
    result = sync()
    assert warnings(result) == ["conflict"]
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.path, conflict.base_text) == ("lead", "Всички новини")
    assert (conflict.file_text, conflict.database_text) == ("От преводача", "От редактора")


def test_a_first_translation_of_a_text_reworded_meanwhile_is_offered_for_it(submitted, news_po, refreshed):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    edit(submitted, intro="Everything that happened to us")
    refreshed()
    result = sync()
    offered = entry_of(news_po, "Everything that happened to us")
    assert (offered.msgstr, offered.fuzzy, offered.previous_msgid) == ("Всички новини", True, "All our news")
    assert (obsolete(news_po), warnings(result)) == ([], [])


def test_a_block_made_again_elsewhere_keeps_the_work_on_its_text(published, bulgarian, news_po, refreshed):
    edit(published, body=stream(WORDS, OTHERS))
    sync()
    translate(news_po, {"Some words": "Няколко думи", "Other words": "Други думи"})
    edit(published, body=stream(block("char", "Other words", "new"), block("char", "Some words", "newer")))
    refreshed()
    result = sync()
    assert [one.value for one in target_of(published, bulgarian).body] == ["Други думи", "Няколко думи"]
    assert warnings(result) == []


def test_a_copy_from_before_the_move_is_taken_where_the_text_stands_now(
    published, bulgarian, news_po, tmp_path, refreshed
):
    mailed = tmp_path / "mailed.po"
    shutil.copy(news_po, mailed)
    translate(mailed, {"All our news": "По пощата"})
    edit(published, intro="", lead="All our news")
    refreshed()
    sync()
    result = import_files([mailed])
    assert (result.entries.imported, warnings(result)) == (1, [])
    sync()
    assert target_of(published, bulgarian).lead == "По пощата"
    again = import_files([mailed])
    assert (again.entries.imported, warnings(again)) == (0, [])
    translate(news_po, {"All our news": "Най-ново"})
    sync()
    late = import_files([mailed])
    assert (late.entries.imported, warnings(late)) == (0, ["older-text"])
    sync()
    assert target_of(published, bulgarian).lead == "Най-ново"


def test_a_copy_with_a_text_replaced_before_it_moved_is_older(published, bulgarian, news_po, tmp_path):
    mailed = tmp_path / "mailed.po"
    shutil.copy(news_po, mailed)
    translate(news_po, {"All our news": "Наши новини"})
    sync()
    edit(published, intro="", lead="All our news")
    sync()
    result = import_files([mailed])
    assert (result.entries.imported, warnings(result)) == (0, ["older-text"])
    sync()
    assert target_of(published, bulgarian).lead == "Наши новини"


def test_a_text_gone_from_the_page_is_kept_as_obsolete(published, news_po, refreshed):
    translate(news_po, {"All our news": "Наши новини"})
    edit(published, intro="")
    refreshed()
    result = sync()
    assert warnings(result) == ["unknown-entry"]
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Наши новини"]


def test_a_text_standing_twice_and_removed_once_leaves_the_other_alone(
    published, bulgarian, news_po, refreshed
):
    edit(published, lead="All our news")
    sync()
    po = read(news_po)
    for entry in po:
        if entry.msgctxt.endswith("lead"):
            entry.msgstr, entry.flags = "Само отгоре", []
    po.save()
    edit(published, lead="")
    refreshed()
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


@pytest.mark.parametrize("fuzzy", [False, True], ids=["approved", "fuzzy"])
def test_work_on_a_rewording_taken_back_is_kept_for_its_return(
    fuzzy, published, bulgarian, news_po, refreshed
):
    edit(published, intro="Every bit of news")
    sync()
    translate(news_po, {"Every bit of news": "Всяка новина"}, fuzzy=fuzzy)
    edit(published, intro="All our news")
    refreshed()
    result = sync()
    assert warnings(result) == ["unknown-entry"]
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Всяка новина"]
    assert target_of(published, bulgarian).intro == "Всички новини"
    edit(published, intro="Every bit of news")
    sync()
    assert entry_of(news_po, "Every bit of news").msgstr == "Всяка новина"


@pytest.fixture
def kept(published, news_po, tmp_path):
    """The page's own file as an open editor has it, from before a move already exported."""
    copy = tmp_path / "open.po"
    shutil.copy(news_po, copy)
    edit(published, intro="", lead="All our news")
    sync()
    return copy


def save_over(news_po, kept):
    news_po.write_bytes(kept.read_bytes())


@pytest.mark.parametrize("fuzzy", [False, True], ids=["approved", "fuzzy"])
def test_work_saved_from_before_a_move_counts_where_the_text_stands_now(
    fuzzy, kept, published, bulgarian, news_po
):
    translate(kept, {"All our news": "Късна работа"}, fuzzy=fuzzy)
    save_over(news_po, kept)
    assert warnings(sync()) == []
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy, obsolete(news_po)) == ("Късна работа", fuzzy, [])
    assert target_of(published, bulgarian).lead == ("Всички новини" if fuzzy else "Късна работа")


def test_what_was_replaced_since_does_not_come_back_with_work_saved_from_before_a_move(
    kept, published, bulgarian, news_po
):
    translate(news_po, {"All our news": "Най-ново"})
    sync()
    translate(kept, {"News": "Вести"})
    save_over(news_po, kept)
    assert warnings(sync()) == []
    target = target_of(published, bulgarian)
    assert (target.title, target.lead) == ("Вести", "Най-ново")
    assert entry_of(news_po, "All our news").msgstr == "Най-ново"


def test_work_saved_from_before_a_move_is_a_conflict_where_the_text_was_changed_since(
    kept, published, bulgarian, news_po
):
    type_in_admin(published, bulgarian, "lead", "От редактора")
    translate(kept, {"All our news": "Късна работа"})
    save_over(news_po, kept)
    assert warnings(sync()) == ["conflict"]
    assert Conflict.objects.get(resolved_at=None).path == "lead"
