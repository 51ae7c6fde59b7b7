"""What an undone run leaves behind, and what undoing costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from posync.exceptions import PosyncError
from posync.files.import_files import import_files
from posync.history.resolve_conflicts import Choice, resolve
from posync.history.undo_run import undo
from posync.models import Conflict, Draft, Run
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    block,
    edit,
    entry_of,
    read,
    stream,
    target_of,
    translate,
    type_in_admin,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(make_page, bulgarian):
    def make(sentences):
        rich = "".join(f"<p>Sentence {number} of many.</p>" for number in range(sentences))
        submit(make_page(title=f"News {sentences}", slug=f"news-{sentences}", rich=rich), [bulgarian])
        sync()

    return make


def queries_of_undoing():
    with CaptureQueriesContext(connection) as captured:
        undo(Run.objects.latest("pk").pk)
    return len(captured)


def test_first_translations_are_withdrawn_by_as_many_queries_for_fifty_texts_as_for_five(
    page_of, catalog_root
):
    def undone(sentences):
        page_of(sentences)
        path = catalog_root / f"bg/content/news-{sentences}.po"
        translate(path, {entry.msgid: f"Текст {number}" for number, entry in enumerate(read(path))})
        sync()
        found = queries_of_undoing()
        assert not StringTranslation.objects.exclude(context__path="slug").exists()
        return found

    undone(3)  # fills the caches of content types
    assert undone(5) == undone(50)


def test_drafts_come_back_by_as_many_queries_for_fifty_texts_as_for_five(page_of, catalog_root):
    def undone(sentences):
        page_of(sentences)
        (path,) = catalog_root.glob(f"bg/content/news-{sentences}.po")
        for text in ("Чернова", "По-добра чернова"):
            po = read(path)
            for number, entry in enumerate(po):
                entry.msgstr, entry.flags = f"{text} {number}", ["fuzzy"]
            po.save()
            sync()
        found = queries_of_undoing()
        texts = set(
            Draft.objects.filter(catalog__domain__name=f"news-{sentences}").values_list("text", flat=True)
        )
        assert texts == {f"Чернова {number}" for number in range(sentences + 1)}
        return found

    undone(3)
    assert undone(5) == undone(50)


def undo_the_last():
    return undo(Run.objects.latest("pk").pk)


def in_use(msgid="All our news"):
    return StringTranslation.objects.get(translation_of__data=msgid).data


def test_a_confirmed_draft_is_a_draft_again(published, news_po):
    translate(news_po, {"All our news": "Предложение"}, fuzzy=True)
    sync()
    translate(news_po, {"All our news": "Предложение"})
    sync()
    undo_the_last()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy, in_use()) == ("Предложение", True, "Всички новини")


def test_an_open_conflict_follows_its_draft(published, bulgarian, news_po, tmp_path):
    mailed = tmp_path / "news.po"
    mailed.write_bytes(news_po.read_bytes())
    translate(mailed, {"All our news": "От писмото"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    translate(news_po, {"All our news": "От файла"})
    sync()
    import_files([mailed])
    undo_the_last()
    resolve([], Choice.FILE)
    assert in_use() == "От файла"


@pytest.mark.parametrize("choice", [Choice.FILE, Choice.DATABASE])
def test_a_choice_undone_and_taken_again_leaves_no_conflict(choice, published, bulgarian, news_po):
    type_in_admin(published, bulgarian, "intro", "От админа")
    translate(news_po, {"All our news": "От файла"})
    sync()
    resolve([], choice)
    chosen = in_use()
    undo_the_last()
    assert Conflict.objects.filter(resolved_at=None).count() == 1
    undo_the_last()
    assert not Conflict.objects.filter(resolved_at=None).exists()
    assert (in_use(), Draft.objects.count()) == (chosen, 0)


def test_the_run_of_a_stopped_translation_waits_for_its_start(published, news_po):
    translate(news_po, {"All our news": "Грешка"})
    sync()
    run = Run.objects.latest("pk")
    Translation.objects.update(enabled=False)
    sync()
    with pytest.raises(PosyncError, match=r"Stopped: news \(bg\)"):
        undo(run.pk)
    Translation.objects.update(enabled=True)
    sync()
    undo(run.pk)
    assert in_use() == "Всички новини"


def test_a_stopped_translation_without_its_original_stops_no_undoing(published, news_po):
    translate(news_po, {"All our news": "Грешка"})
    sync()
    run = Run.objects.latest("pk")
    Translation.objects.update(enabled=False)
    published.delete()
    assert [issue.code for issue in undo(run.pk).issues] == ["not-translated"]


def test_a_dispute_stays_where_the_text_in_use_is_undone(published, bulgarian, news_po, tmp_path):
    mailed = tmp_path / "mailed.po"
    mailed.write_bytes(news_po.read_bytes())
    translate(mailed, {"All our news": "По пощата"})
    translate(news_po, {"All our news": "От файла"})
    import_files([mailed])
    approving = Run.objects.latest("pk")
    assert import_files().entries.conflicts == 1
    undo(approving.pk)
    sync()
    conflict = Conflict.objects.get()
    assert (conflict.resolved_at, conflict.database_text) == (None, "Всички новини")
    shown = entry_of(news_po, "All our news")
    assert (shown.msgstr, shown.fuzzy) == ("От файла", True)
    assert "In use: Всички новини" in shown.comment
    translate(news_po, {"All our news": "От файла"})
    sync()
    conflict.refresh_from_db()
    assert conflict.resolution == "От файла"
    assert target_of(published, bulgarian).intro == "От файла"


def test_a_draft_brought_back_names_the_source_that_it_was_typed_for(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    edit(published, intro="All our great news")
    sync()
    translate(news_po, {"All our great news": "Великите"})
    sync()
    undo(Run.objects.latest("pk").pk)
    sync()
    offered = entry_of(news_po, "All our great news")
    assert (offered.msgstr, offered.previous_msgid) == ("От файла", "All our news")


def imported(news_po, text, **flags):
    """The run of an import of a translation of the introduction."""
    translate(news_po, {"All our news": text}, **flags)
    sync()
    return Run.objects.filter(kind=Run.Kind.IMPORT).latest("pk")


def test_a_text_moved_since_is_undone_where_it_stands_now(published, bulgarian, news_po):
    run = imported(news_po, "Наши новини")
    edit(published, intro="", lead="All our news")
    sync()
    result = undo(run.pk)
    assert (result.entries.imported, result.issues) == (1, ())
    sync()
    assert target_of(published, bulgarian).lead == "Всички новини"
    edit(published, intro="All our news", lead="")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_draft_moved_since_is_undone_where_it_stands_now(published, news_po):
    run = imported(news_po, "Може би", fuzzy=True)
    edit(published, intro="", lead="All our news")
    sync()
    assert undo(run.pk).issues == ()
    sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy) == ("Всички новини", False)


def test_a_text_reworded_since_is_undone_with_the_offer_made_from_it(published, bulgarian, news_po):
    run = imported(news_po, "Наши новини")
    edit(published, intro="All of our news")
    sync()
    assert undo(run.pk).issues == ()
    sync()
    offered = entry_of(news_po, "All of our news")
    assert (offered.msgstr, offered.fuzzy, offered.previous_msgid) == ("Всички новини", True, "All our news")
    edit(published, intro="All our news")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_text_gone_since_comes_back_as_it_was_before_the_run(published, bulgarian, news_po):
    run = imported(news_po, "Наши новини")
    edit(published, intro="")
    sync()
    result = undo(run.pk)
    assert (result.entries.imported, result.issues) == (1, ())
    edit(published, intro="All our news")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_run_is_not_used_up_by_an_undoing_that_finds_nothing(published, bulgarian, news_po):
    run = imported(news_po, "Наши новини")
    type_in_admin(published, bulgarian, "intro", "От редактора")
    result = undo(run.pk)
    assert (result.entries.imported, [issue.code for issue in result.issues]) == (0, ["changed-since"])
    type_in_admin(published, bulgarian, "intro", "Наши новини")
    assert undo(run.pk).entries.imported == 1


def test_a_dry_run_says_what_the_undoing_then_does(published, bulgarian, news_po):
    run = imported(news_po, "Наши новини")
    type_in_admin(published, bulgarian, "intro", "От редактора")
    before = StringTranslation.objects.count(), Run.objects.count()
    foreseen = undo(run.pk, dry_run=True)
    assert (StringTranslation.objects.count(), Run.objects.count()) == before
    assert foreseen == undo(run.pk)


def test_a_text_on_another_page_since_is_undone_there(published, make_page, bulgarian, news_po, catalog_root):
    other = make_page(title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/archive.po", {"Archive": "Архив"})
    sync()
    run = imported(news_po, "Наши новини")
    edit(published, intro="")
    edit(other, lead="All our news")
    sync()
    assert target_of(other, bulgarian).lead == "Наши новини"
    assert undo(run.pk).issues == ()
    sync()
    assert target_of(other, bulgarian).lead == "Всички новини"


@pytest.mark.parametrize("between", [True, False])
def test_an_undone_first_translation_comes_back_with_no_text_that_moves(
    between, submitted, bulgarian, news_po
):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Грешка"})
    sync()
    run = Run.objects.latest("pk")
    edit(submitted, intro="", lead="All our news")
    sync()
    undo(run.pk)
    if between:
        sync()
    edit(submitted, intro="All our news", lead="")
    sync()
    assert not StringTranslation.objects.filter(data="Грешка").exists()


def test_an_undone_undoing_brings_a_reworded_text_back(published, bulgarian, news_po):
    run = Run.objects.latest("pk")
    edit(published, intro="All of our news")
    sync()
    undo(run.pk)
    sync()
    assert undo(Run.objects.filter(kind=Run.Kind.UNDO).latest("pk").pk).issues == ()
    edit(published, intro="All our news")
    sync()
    found = entry_of(news_po, "All our news")
    assert (found.msgstr, found.fuzzy) == ("Всички новини", False)


@pytest.mark.parametrize("swapped", [True, False])
def test_an_undone_text_comes_back_from_no_copy(swapped, published, bulgarian, news_po):
    run = Run.objects.latest("pk")
    news_po.with_name("old.po").write_bytes(news_po.read_bytes())
    sync()
    edit(
        published,
        **({"title": "All our news", "intro": "News"} if swapped else {"intro": "", "lead": "All our news"}),
    )
    refresh_changed_sources()
    undo(run.pk)
    sync()
    sync()
    assert not StringTranslation.objects.filter(data="Всички новини").exists()
    assert entry_of(news_po, "All our news").fuzzy or not entry_of(news_po, "All our news").msgstr


def test_a_choice_undone_is_a_conflict_where_its_text_stands_now(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    resolve([Conflict.objects.get().pk], Choice.FILE)
    run = Run.objects.get(kind=Run.Kind.RESOLVE)
    edit(published, intro="", lead="All our news")
    sync()
    assert undo(run.pk).issues == ()
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.path, conflict.file_text) == ("lead", "От файла")
    assert Draft.objects.get().path == "lead"
    sync()
    assert "In use: От админа" in entry_of(news_po, "All our news").comment


@pytest.mark.parametrize("gone", [False, True], ids=["moved", "gone"])
def test_texts_that_left_their_places_are_undone_by_as_many_queries_for_fifty_as_for_five(
    gone, make_page, bulgarian, catalog_root
):
    def undone(sentences):
        rich = "".join(f"<p>Sentence {number} of many.</p>" for number in range(sentences))
        page = make_page(title=f"News {sentences}", slug=f"news-{sentences}", rich=rich)
        submit(page, [bulgarian])
        sync()
        path = catalog_root / f"bg/content/news-{sentences}.po"
        translate(path, {entry.msgid: f"Текст {number}" for number, entry in enumerate(read(path))})
        sync()
        edit(page, rich="", body="[]" if gone else stream(block("rich", rich, f"b{sentences}")))
        refresh_changed_sources()
        found = queries_of_undoing()
        assert not StringTranslation.objects.exclude(context__path="slug").exists()
        return found

    undone(3)  # fills the caches of content types
    assert undone(5) == undone(50)
