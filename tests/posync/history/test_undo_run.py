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
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, read, target_of, translate, type_in_admin

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
