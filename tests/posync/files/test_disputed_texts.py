"""An open conflict belongs to entry and text: the same delivery once more, however named, is no news."""

import shutil

import polib
import pytest
from wagtail_localize.models import StringTranslation

from posync.files.import_files import import_files
from posync.models import Change, Conflict
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import entry_of, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(published, bulgarian, news_po, tmp_path):
    """A translator's file with another text than the one typed in the admin meanwhile."""
    file = tmp_path / "delivery.po"
    shutil.copy(news_po, file)
    translate(file, {"All our news": "От преводача"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    return file


def in_use():
    return StringTranslation.objects.get(translation_of__data="All our news").data


def by_mail_under_another_name(delivery, news_po):
    other = delivery.with_name("delivery (1).po")
    shutil.copy(delivery, other)
    import_files([other])


def by_mail_under_another_path(delivery, news_po):
    folder = delivery.parent / "inbox" / "bg"
    folder.mkdir(parents=True)
    shutil.copy(delivery, folder / delivery.name)
    import_files([folder / ".." / "bg" / delivery.name])


def in_the_folder_beside_its_own(delivery, news_po):
    shutil.copy(delivery, news_po.with_name("news-from-agency.po"))


def in_its_own_place(delivery, news_po):
    shutil.copy(delivery, news_po)


@pytest.mark.parametrize(
    "again",
    [by_mail_under_another_name, by_mail_under_another_path, in_the_folder_beside_its_own, in_its_own_place],
)
@pytest.mark.parametrize("exported", [True, False], ids=["after an export", "before an export"])
def test_a_delivery_that_comes_again_does_not_win_the_conflict_it_opened(
    again, exported, delivery, published, bulgarian, news_po
):
    assert import_files([delivery]).entries.conflicts == 1
    if exported:
        sync()
    again(delivery, news_po)
    sync()
    sync()
    assert Conflict.objects.get().resolved_at is None
    assert in_use() == "От админа"
    assert target_of(published, bulgarian).intro == "Всички новини"
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("От преводача", True)


def test_a_conflict_is_settled_by_confirming_the_disputed_text_in_its_own_file(
    delivery, published, bulgarian, news_po
):
    import_files([delivery])
    sync()
    translate(news_po, {"All our news": "От преводача"})
    sync()
    assert Conflict.objects.get().resolution == "От преводача"
    assert target_of(published, bulgarian).intro == "От преводача"


def test_a_text_typed_in_a_file_that_has_not_seen_the_conflict_does_not_win_it(
    delivery, published, bulgarian, news_po
):
    import_files([delivery])
    translate(news_po, {"All our news": "Трети"})
    sync()
    conflict = Conflict.objects.get()
    assert (conflict.resolved_at, conflict.file_text, conflict.database_text) == (None, "Трети", "От админа")
    assert in_use() == "От админа"


def another_copy(file, text, name):
    other = file.with_name(name)
    shutil.copy(file, other)
    translate(other, {"All our news": text})
    return other


@pytest.mark.parametrize("exported", [True, False], ids=["after an export", "before an export"])
def test_a_third_text_in_a_copy_that_has_not_seen_the_conflict_does_not_win_it(
    exported, delivery, published, bulgarian, news_po
):
    import_files([delivery])
    if exported:
        sync()
    third = another_copy(delivery, "От друг преводач", "third.po")
    for name in ("news-third.po", "news-agency.po"):
        shutil.copy(third if "third" in name else delivery, news_po.with_name(name))
    for _ in range(3):
        sync()
        conflict = Conflict.objects.get()
        assert (conflict.resolved_at, conflict.file_text) == (None, "От друг преводач")
        assert in_use() == "От админа"
    assert Change.objects.filter(kind="draft", before="От преводача", after="От друг преводач").count() == 1


def test_a_mailed_copy_that_shows_the_conflict_settles_it(delivery, published, bulgarian, news_po):
    import_files([delivery])
    sync()
    import_files([another_copy(news_po, "Решено по пощата", "settled.po")])
    assert Conflict.objects.get().resolution == "Решено по пощата"
    assert in_use() == "Решено по пощата"


def test_a_text_not_chosen_comes_back_by_no_other_file(delivery, published, bulgarian, news_po):
    import_files([delivery])
    sync()
    type_in_admin(published, bulgarian, "intro", "Решено в админа")
    shutil.copy(delivery, news_po.with_name("news-from-agency.po"))
    for _ in range(2):
        assert "older-text" in {issue.code for issue in sync().issues}
        assert not Conflict.objects.filter(resolved_at=None).exists()
        assert target_of(published, bulgarian).intro == "Решено в админа"


def test_a_draft_typed_in_a_dispute_is_the_text_to_choose(delivery, news_po, run):
    import_files([delivery])
    sync()
    translate(news_po, {"All our news": "Чернова на друг"}, fuzzy=True)
    sync()
    conflict = Conflict.objects.get()
    assert (conflict.resolved_at, conflict.file_text) == (None, "Чернова на друг")
    run("resolve_po", str(conflict.pk), "--file")
    assert in_use() == "Чернова на друг"


def test_a_translation_cleared_before_the_export_is_no_dispute_after_it(published, bulgarian, news_po):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    type_in_admin(published, bulgarian, "intro", "")
    sync()
    translate(news_po, {"All our news": "Одобрено"})
    assert sync().entries.conflicts == 0
    assert in_use() == "Одобрено"


@pytest.fixture
def older(published, news_po):
    return news_po.read_bytes()


@pytest.mark.parametrize("in_the_admin", ["От админа", "Intro"])
@pytest.mark.parametrize("place", ["its own", "the mail"])
def test_a_third_text_of_before_the_dispute_does_not_win_it(
    older, in_the_admin, place, published, bulgarian, news_po, tmp_path
):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", in_the_admin)
    sync()
    third = tmp_path / "third.po"
    third.write_bytes(older)
    translate(third, {"All our news": "Трети"})
    if place == "its own":
        shutil.copy(third, news_po)
    else:
        import_files([third])
    sync()
    assert Conflict.objects.get().resolved_at is None
    assert in_use() == in_the_admin
    assert target_of(published, bulgarian).intro == "Всички новини"


@pytest.fixture
def long_dispute(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", lead="All our news")
    submit(page, [bulgarian])
    sync()
    file = catalog_root / "bg/content/news.po"
    translate(file, {"News": "Новини", "All our news": "Всички новини"})
    sync()
    translate(file, {"All our news": "От файла"})
    type_in_admin(page, bulgarian, "lead", "Дълъг текст от админа, " * 8 + "край")
    sync()
    return page


def confirmed(news_po, *, comments=True):
    """Without the flag, by a tool that wraps at 78 characters."""
    po = polib.pofile(str(news_po))
    for entry in po:
        entry.flags, entry.previous_msgid = [], None
        entry.comment = entry.comment if comments else ""
    po.save()


def test_a_tool_that_wraps_comments_settles_a_conflict(long_dispute, bulgarian, catalog_root):
    confirmed(catalog_root / "bg/content/news.po")
    sync()
    assert target_of(long_dispute, bulgarian).lead == "От файла"


def test_a_tool_that_drops_comments_is_told_why_it_settles_none(long_dispute, bulgarian, catalog_root):
    confirmed(catalog_root / "bg/content/news.po", comments=False)
    result = sync()
    assert [issue.msgctxt for issue in result.issues if issue.code == "conflict"] == ["news:lead"]
    assert Conflict.objects.get().resolved_at is None


def test_the_text_in_use_by_a_restored_backups_newer_file_is_kept(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    news_po.write_text(news_po.read_text().replace("In use: От админа", "In use: От другия ден"))
    sync()
    assert Change.objects.filter(before="От другия ден", path="intro").count() == 1
