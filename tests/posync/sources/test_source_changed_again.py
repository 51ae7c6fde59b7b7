"""A source that changes again before its translators have come to it: one draft a place, offered with the source it was written for."""

import pytest

from posync.files.export_files import export
from posync.history.undo_run import undo
from posync.models import Change, Draft, Run
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sync import sync
from tests.posync.people import edit, entry_of, obsolete, read, translate

pytestmark = pytest.mark.django_db

V1 = "All our news"
V2 = "All our news and stories"
V3 = "All our news, stories and events"
OTHER = "Wholly different words stand here"
THIRD = "A sentence akin to neither"


def source_becomes(page, text):
    edit(page, intro=text)
    sync()
    sync()


def offer(news_po, msgid):
    """What the file offers for a source: its text, its flag, and the source that it was written for."""
    entry = entry_of(news_po, msgid)
    return entry.msgstr, entry.fuzzy, entry.previous_msgid


def changed_line(news_po, msgid):
    lines = entry_of(news_po, msgid).comment.split("\n")
    return next((line for line in lines if line.startswith("Changed:")), "")


def one_text_at(news_po, path):
    return [entry.msgstr for entry in read(news_po) if entry.msgctxt.endswith(f":{path}")]


def test_a_translation_nobody_came_to_is_offered_for_the_newest_source(published, news_po):
    for text in (V2, V3):
        source_becomes(published, text)
    assert offer(news_po, V3) == ("Всички новини", True, V1)
    assert changed_line(news_po, V3).endswith("news{+, stories and events+}")
    assert obsolete(news_po) == []


@pytest.mark.parametrize(("second", "third"), [(V2, V3), (OTHER, THIRD), (V2, OTHER)])
def test_a_draft_is_offered_with_the_source_that_it_was_written_for(second, third, published, news_po):
    source_becomes(published, second)
    translate(news_po, {second: "Чернова за втория текст"}, fuzzy=True)
    sync()
    source_becomes(published, third)
    assert offer(news_po, third) == ("Чернова за втория текст", True, second)
    assert one_text_at(news_po, "intro") == ["Чернова за втория текст"]


def test_a_draft_of_the_newest_source_names_no_other(published, news_po):
    source_becomes(published, V2)
    translate(news_po, {V2: "Чернова за втория текст"}, fuzzy=True)
    sync()
    sync()
    assert offer(news_po, V2) == ("Чернова за втория текст", True, V2)
    assert changed_line(news_po, V2) == ""


def test_a_place_with_one_text_keeps_its_offer_whatever_the_likeness(published, news_po):
    for text in (OTHER, THIRD, "Quite another thing"):
        source_becomes(published, text)
    assert offer(news_po, "Quite another thing") == ("Всички новини", True, V1)
    assert one_text_at(news_po, "intro") == ["Всички новини"]


def test_an_approved_translation_is_offered_after_each_change(published, news_po):
    for text, translation in ((OTHER, "Съвсем други думи"), (THIRD, "Трето изречение")):
        source_becomes(published, text)
        translate(news_po, {text: translation})
        sync()
    source_becomes(published, V3)
    assert offer(news_po, V3) == ("Трето изречение", True, THIRD)
    assert one_text_at(news_po, "intro") == ["Трето изречение"]


def test_a_source_that_comes_back_has_its_translation_and_leaves_no_draft(published, news_po):
    source_becomes(published, V2)
    source_becomes(published, V1)
    assert offer(news_po, V1) == ("Всички новини", False, None)
    assert one_text_at(news_po, "intro") == ["Всички новини"]
    assert not Draft.objects.exists()


def test_a_draft_that_gives_way_is_in_the_history(published, news_po):
    source_becomes(published, V2)
    translate(news_po, {V2: "Чернова за втория текст"}, fuzzy=True)
    sync()
    source_becomes(published, V1)
    known = {text for texts in Change.objects.values_list("before", "after") for text in texts}
    assert "Чернова за втория текст" in known | {entry.msgstr for entry in read(news_po)}


def test_a_draft_follows_its_text_to_another_place_and_back(published, news_po):
    translate(news_po, {"News": "Чернова"}, fuzzy=True)
    sync()
    edit(published, title="Something else", intro="News")
    refresh_changed_sources()
    edit(published, title="News", intro="All our news")
    sync()
    (draft,) = Draft.objects.filter(text="Чернова")
    assert (draft.path, draft.msgid) == ("title", "News")
    assert offer(news_po, "News")[:2] == ("Чернова", True)


def test_a_draft_comes_back_with_the_text_that_it_was_typed_for(published, news_po):
    edit(published, intro="Every bit of news")
    sync()
    translate(news_po, {"Every bit of news": "Всяка новина"}, fuzzy=True)
    sync()
    edit(published, intro="All our news")
    sync()
    edit(published, intro="Every bit of news")
    sync()
    found = entry_of(news_po, "Every bit of news")
    assert (found.msgstr, found.fuzzy, found.previous_msgid) == ("Всяка новина", True, "Every bit of news")


def test_an_offer_that_comes_back_is_the_newest(published, news_po):
    edit(published, intro="Every bit of news")
    sync()
    edit(published, intro="All our news")
    sync()
    translate(news_po, {"All our news": "Наши новини"})
    sync()
    edit(published, intro="Every bit of news")
    sync()
    found = entry_of(news_po, "Every bit of news")
    assert (found.msgstr, found.previous_msgid) == ("Наши новини", "All our news")


def test_a_text_kept_by_the_file_alone_comes_back_with_its_source(published, news_po):
    run = Run.objects.latest("pk")
    edit(published, intro="")
    undo(run.pk)
    export()
    news_po.with_name("old.po").write_bytes(news_po.read_bytes())
    edit(published, intro="All our news")
    sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy) == ("Всички новини", True)
    changes = Change.objects.count()
    sync()
    assert Change.objects.count() == changes
