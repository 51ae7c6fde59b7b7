"""When the original changes, its translation keeps what it shows until the new text is approved."""

import json

import pytest
from wagtail_localize.models import String, StringTranslation, TranslationContext

from posync.files.import_files import import_files
from posync.models import Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    current,
    edit,
    entry_of,
    fresh,
    mirrored,
    obsolete,
    revision_count,
    stream,
    target_of,
    translate,
    translate_all,
    visit,
)

pytestmark = pytest.mark.django_db

RICH = "<p>Help is free of charge.</p><p>Call us on weekdays.</p><p>We answer in five languages.</p>"
BLOCKS = [block("char", "First words", "first"), block("rich", "<p>Second words</p>", "second")]


@pytest.fixture
def live(make_page, bulgarian, catalog_root):
    """A page with texts of several kinds, live in both languages."""
    page = make_page(
        title="News", slug="news", intro="All our news", lead="Above", rich=RICH, body=stream(*BLOCKS)
    )
    submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return fresh(page)


CHANGES = [
    pytest.param({"title": "Latest news"}, id="title"),
    pytest.param({"lead": "Something new"}, id="plain text"),
    pytest.param({"rich": RICH.replace("weekdays", "Sundays")}, id="sentence of a rich text"),
    pytest.param({"rich": f"{RICH}<p>And one more.</p>"}, id="sentence added"),
    pytest.param({"body": stream(*BLOCKS, block("char", "Third words", "third"))}, id="block added"),
    pytest.param({"body": stream(block("char", "Other words", "first"), BLOCKS[1])}, id="block changed"),
    pytest.param({"body": stream(BLOCKS[1], block("char", "Quite new", "new"))}, id="block replaced"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_old_translation_stays_until_the_new_one_is_approved(
    change, live, bulgarian, catalog_root, client
):
    before = visit(client, target_of(live, bulgarian))
    revisions = revision_count(target_of(live, bulgarian))
    edit(live, **change)
    sync()
    sync()
    assert visit(client, target_of(live, bulgarian)) == before
    assert revision_count(target_of(live, bulgarian)) == revisions
    translate_all(catalog_root)
    sync()
    after = visit(client, target_of(live, bulgarian))
    assert after != before
    assert all(mirrored(word) in after for value in change.values() for word in new_words(value, live))


def new_words(value, page):
    """The words of a change that the page did not have."""
    old = json.dumps([page.title, page.intro, page.lead, page.rich, list(page.body.raw_data)])
    return {
        word
        for word in ("Latest", "Something", "Sundays", "more", "Third", "Other", "Quite")
        if word in value and word not in old
    }


def test_a_block_deleted_goes_from_the_translation_at_the_next_sync(live, bulgarian):
    edit(live, body=stream(BLOCKS[1]))
    assert sync().pages.published == 1
    assert [child.block_type for child in target_of(live, bulgarian).body] == ["rich"]


def test_blocks_in_another_order_need_no_translator(live, bulgarian):
    edit(live, body=stream(*reversed(BLOCKS)))
    assert sync().pages.published == 1
    assert [child.block_type for child in target_of(live, bulgarian).body] == ["rich", "char"]


def test_a_block_made_again_keeps_its_approved_translation(live, bulgarian, news_po):
    edit(live, body=stream(block("char", "First words", "copy"), BLOCKS[1]))
    result = sync()
    assert result.pages.published == 1
    assert target_of(live, bulgarian).body[0].value == mirrored("First words")
    entry = entry_of(news_po, "First words")
    assert (entry.msgstr, entry.fuzzy) == (mirrored("First words"), False)
    assert not obsolete(news_po)


def test_a_text_moved_to_another_field_keeps_its_approved_translation(live, bulgarian):
    edit(live, intro="Above", lead="")
    assert sync().pages.published == 1
    target = target_of(live, bulgarian)
    assert (target.intro, target.lead) == (mirrored("Above"), "")


def test_a_draft_moves_with_its_text_and_stays_a_draft(live, bulgarian, news_po):
    translate(news_po, {"First words": "Чернова"}, fuzzy=True, comment="Sure?")
    sync()
    edit(live, body=stream(block("char", "First words", "copy"), BLOCKS[1]))
    sync()
    entry = entry_of(news_po, "First words")
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == ("Чернова", True, "Sure?")
    assert target_of(live, bulgarian).body[0].value == mirrored("First words")


def test_the_file_shows_what_changed(live, news_po):
    edit(live, rich=RICH.replace("five", "six"))
    sync()
    entry = entry_of(news_po, "We answer in six languages.")
    assert entry.fuzzy
    assert entry.previous_msgid == "We answer in five languages."
    assert entry.msgstr == mirrored("We answer in five languages.")
    assert "Changed: We answer in [-five-]{+six+} languages." in entry.comment.split("\n")
    assert [other.msgid for other in current(news_po) if other.fuzzy] == [entry.msgid]


def test_a_text_changed_twice_shows_the_source_that_its_translation_belongs_to(live, news_po):
    edit(live, intro="All the news")
    sync()
    edit(live, intro="All the good news")
    sync()
    entry = entry_of(news_po, "All the good news")
    assert (entry.msgstr, entry.previous_msgid) == (mirrored("All our news"), "All our news")


def test_work_on_the_old_text_goes_to_the_text_that_replaced_it(live, bulgarian, news_po):
    translate(news_po, {"All our news": "Превод на стария текст"})
    edit(live, intro="All the news")
    sync()
    entry = entry_of(news_po, "All the news")
    assert (entry.msgstr, entry.fuzzy) == ("Превод на стария текст", True)
    assert target_of(live, bulgarian).intro == mirrored("All our news")


def test_a_change_taken_back_brings_the_old_translation_back(live, bulgarian, news_po):
    edit(live, intro="All the news")
    sync()
    edit(live, intro="All our news")
    result = sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == (mirrored("All our news"), False)
    assert result.pages.failed == 0
    assert target_of(live, bulgarian).intro == mirrored("All our news")


def test_a_text_that_nobody_replaced_becomes_obsolete_and_returns_when_it_does(live, bulgarian, news_po):
    edit(live, rich=RICH.replace("<p>Call us on weekdays.</p>", ""))
    sync()
    assert [entry.msgid for entry in obsolete(news_po)] == ["Call us on weekdays."]
    assert mirrored("Call us") not in target_of(live, bulgarian).rich
    edit(live, rich=RICH)
    assert sync().pages.published == 1
    assert not obsolete(news_po)
    assert mirrored("Call us on weekdays.") in target_of(live, bulgarian).rich


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        pytest.param("intro", "", id="CharField"),
        pytest.param("lead", "", id="TextField"),
        pytest.param("rich", "", id="RichTextField"),
        pytest.param("body", "[]", id="StreamField"),
    ],
)
def test_a_field_emptied_is_emptied_in_the_translation(field, empty, live, bulgarian):
    edit(live, **{field: empty})
    assert sync().pages.published == 1
    assert not getattr(target_of(live, bulgarian), field)


def test_an_edit_that_changes_no_text_publishes_what_it_changes(live, bulgarian, news_po):
    before = news_po.read_bytes()
    edit(live, kind="b", date="2026-03-03")
    assert sync().pages.published == 1
    target = target_of(live, bulgarian)
    assert (target.kind, str(target.date)) == ("b", "2026-03-03")
    assert news_po.read_bytes() == before


def test_a_publication_without_a_change_makes_no_second_revision(live, bulgarian):
    before = target_of(live, bulgarian)
    edit(live)
    result = sync()
    after = target_of(live, bulgarian)
    assert result.pages.published == 0
    assert revision_count(after) == revision_count(before)
    assert after.last_published_at == before.last_published_at


def test_a_source_that_cannot_be_taken_apart_is_reported_and_others_go_on(
    live, make_page, bulgarian, catalog_root
):
    other = make_page(title="Jobs", slug="jobs")
    submit(other, [bulgarian])
    sync()
    edit(live, rich='<p>Some <b class="odd">words</b> here</p>')
    edit(other, title="Vacancies")
    result = sync()
    assert [issue.code for issue in result.issues if issue.severity == "error"] == ["source-markup"]
    assert result.exit_code == 1
    assert [entry.msgid for entry in current(catalog_root / "bg/content/jobs.po")] == ["Vacancies"]
    assert mirrored("Help is free") in target_of(live, bulgarian).rich


def test_a_text_moved_and_mended_comes_back_as_it_was_mended(live, bulgarian, catalog_root):
    path = catalog_root / "bg/content/news.po"
    before = target_of(live, bulgarian).intro
    edit(live, title="All our news", intro="Something else here")
    sync()
    translate(path, {"All our news": "По-добре", "Something else here": "Нещо друго"})
    sync()
    edit(live, title="News of today", intro="All our news")
    sync()
    translate(path, {"News of today": "Новини днес"})
    sync()
    assert target_of(live, bulgarian).intro == "По-добре"
    assert Change.objects.filter(path="intro", before=before, after="По-добре").exists()


def test_a_text_that_an_editor_was_first_to_translate_in_its_new_place_stays(live, bulgarian, catalog_root):
    edit(live, intro="Something else here", lead="All our news")
    StringTranslation.objects.create(
        translation_of=String.objects.get(data="All our news"),
        context=TranslationContext.objects.get(object_id=live.translation_key, path="lead"),
        locale=bulgarian,
        data="На редактора",
    )
    sync()
    translate(catalog_root / "bg/content/news.po", {"Something else here": "Нещо друго"})
    sync()
    assert target_of(live, bulgarian).lead == "На редактора"


def test_work_on_a_source_that_is_gone_is_offered_when_it_comes_back(live, bulgarian, catalog_root, tmp_path):
    path = catalog_root / "bg/content/news.po"
    mailed = tmp_path / "mailed.po"
    mailed.write_bytes(path.read_bytes())
    translate(mailed, {"All our news": "По пощата"})
    before = target_of(live, bulgarian).intro
    edit(live, intro="Quite other words")
    sync()
    translate(path, {"Quite other words": "Съвсем други думи"})
    sync()
    import_files([mailed])
    sync()
    edit(live, intro="All our news")
    sync()
    offered = entry_of(path, "All our news")
    assert (offered.msgstr, offered.fuzzy) == ("По пощата", True)
    assert f"In use: {before}" in offered.comment
