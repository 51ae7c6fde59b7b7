"""Files that are no catalog's own, mailed or left behind: a copy of yesterday takes nothing back."""

import shutil
from pathlib import Path

import pytest
from wagtail_localize.models import StringTranslation

from posync.files.import_files import ImportOptions, import_files
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.sync import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(published, news_po):
    """A copy that somebody left beside the page's file."""
    return shutil.copy(news_po, news_po.with_name("news (copy).po"))


def codes(result):
    return [issue.code for issue in result.issues if issue.severity == "warning"]


def test_an_older_copy_does_not_take_back_what_an_editor_has_mended(copy, published, bulgarian, news_po):
    type_in_admin(published, bulgarian, "intro", "Поправено")
    sync()
    found = sync()
    assert codes(found) == ["older-text"]
    assert (found.issues[0].file, found.issues[0].line) == ("bg/content/news (copy).po", 22)
    assert target_of(published, bulgarian).intro == "Поправено"
    assert entry_of(news_po, "All our news").msgstr == "Поправено"


def test_what_is_new_in_an_older_copy_comes_in(copy, published, bulgarian):
    type_in_admin(published, bulgarian, "intro", "Поправено")
    sync()
    translate(copy, {"News": "Вести"})
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "Поправено")


@pytest.mark.parametrize("exported", [True, False])
def test_a_new_text_in_a_copy_replaces_one_of_the_admin_once_that_is_exported(
    published, bulgarian, news_po, tmp_path, exported
):
    mailed = Path(shutil.copy(news_po, tmp_path / "mailed.po"))
    translate(mailed, {"News": "Вести"})
    type_in_admin(published, bulgarian, "title", "Новините")
    if exported:
        sync()
    result = import_files([mailed])
    sync()
    assert result.entries.conflicts == (not exported)
    assert (target_of(published, bulgarian).title == "Вести") is exported
    assert Change.objects.filter(before="Новините", after="Вести").exists() is exported


def test_an_older_draft_does_not_take_back_a_newer_one(published, bulgarian, news_po, copy):
    translate(news_po, {"All our news": "Първа чернова"}, fuzzy=True)
    sync()
    shutil.copy(news_po, copy)
    translate(news_po, {"All our news": "Втора чернова"}, fuzzy=True)
    sync()
    sync()
    assert Draft.objects.get().text == "Втора чернова"


def test_a_draft_outlives_a_copy_of_what_was_approved_before_it(published, bulgarian, news_po, copy):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    sync()
    assert entry_of(news_po, "All our news").msgstr == "Чернова"


def test_what_was_approved_since_stays_approved(published, news_po, copy):
    translate(news_po, {"All our news": "Новото"}, fuzzy=True)
    sync()
    shutil.copy(news_po, copy)
    translate(news_po, {"All our news": "Новото"})
    sync()
    assert codes(sync()) == ["older-text"]
    assert not entry_of(news_po, "All our news").fuzzy


def test_the_pages_own_file_is_read_before_its_copies(published, bulgarian, news_po, copy):
    translate(news_po, {"All our news": "Във файла"})
    translate(copy, {"All our news": "В копието"})
    for _ in range(2):
        sync()
        (conflict,) = Conflict.objects.filter(resolved_at=None)
        assert (conflict.file_text, conflict.database_text) == ("В копието", "Във файла")
        assert target_of(published, bulgarian).intro == "Всички новини"  # until somebody chooses


def test_a_sloppy_copy_is_compared_as_it_was_approved(published, bulgarian, news_po, copy):
    translate(copy, {"All our news": " Право & ред "})
    sync()
    assert target_of(published, bulgarian).intro == "Право & ред"
    translate(news_po, {"All our news": "По-ново"})
    sync()
    for _ in range(2):
        assert codes(sync()) == ["older-text"]
        assert target_of(published, bulgarian).intro == "По-ново"


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_text_known_at_its_place_is_no_news_under_an_earlier_source(
    published, news_po, copy, writes, fuzzy
):
    translate(news_po, {"All our news": "Чернова"}, fuzzy=True)
    sync()
    translate(shutil.copy(news_po, copy), {"All our news": "Чернова"}, fuzzy=fuzzy)
    for text in ("Something else altogether", "And another thing", "The last one"):
        edit(published, intro=text)
        sync()
        with writes() as found:
            sync()
        assert found.statements == []
        assert [draft.msgid for draft in Draft.objects.filter(path="intro")] == [text]


def test_an_older_text_in_the_file_of_its_own_is_a_choice(copy, published, bulgarian, news_po):
    copy.unlink()
    type_in_admin(published, bulgarian, "intro", "Поправено")
    sync()
    translate(news_po, {"All our news": "Всички новини"}, comment="Така беше по-добре.")
    sync()
    assert target_of(published, bulgarian).intro == "Всички новини"


def test_a_cleared_translation_may_come_back_by_mail(copy, published, bulgarian, news_po, tmp_path):
    mailed = shutil.move(copy, tmp_path / "mailed.po")
    translate(news_po, {"All our news": ""})
    sync(options=ImportOptions(allow_clear=True))
    import_files([mailed])
    sync()
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"


def test_a_copy_left_behind_makes_no_runs_and_writes_nothing(copy, catalog_root, writes):
    sync()
    runs, files = Run.objects.count(), snapshot(catalog_root)
    with writes() as found:
        sync()
    assert (found.statements, Run.objects.count()) == ([], runs)
    assert snapshot(catalog_root) == files


def test_a_conflict_is_not_settled_by_the_copy_that_opened_it(copy, published, bulgarian, news_po):
    translate(copy, {"All our news": "От копието"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    assert sync().entries.conflicts == 1
    assert sync().entries.conflicts == 0
    assert Conflict.objects.get().resolved_at is None
    assert target_of(published, bulgarian).intro != "От копието"


def test_another_text_in_a_copy_takes_the_place_of_the_disputed_one(copy, published, bulgarian, news_po):
    translate(copy, {"All our news": "От копието"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    translate(copy, {"All our news": "Преработено"})
    sync()
    conflict = Conflict.objects.get()
    assert (conflict.resolved_at, conflict.file_text) == (None, "Преработено")
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Преработено", True)
    assert Change.objects.filter(before="От копието").exists()


def test_an_old_copy_brings_no_text_back_that_a_script_has_replaced(published, bulgarian, news_po):
    copy = news_po.parent / "old" / news_po.name
    copy.parent.mkdir()
    copy.write_bytes(news_po.read_bytes())
    sync()
    StringTranslation.objects.filter(data="Всички новини").update(data="От скрипта")
    Catalog.objects.mark_changed()
    for _ in range(2):
        sync()
        assert target_of(published, bulgarian).intro == "От скрипта"


def test_a_copy_of_a_translation_whose_source_was_reworded_is_no_news(copy, published, news_po):
    edit(published, intro="All of our news")
    sync()
    changes, before = Change.objects.count(), news_po.read_bytes()
    sync()
    assert (Change.objects.count(), news_po.read_bytes()) == (changes, before)


@pytest.mark.parametrize("place", ["copy", "own file"])
@pytest.mark.parametrize("spaced", ["All\u00a0our news", "All  our news"])
def test_a_translation_of_the_source_before_its_spaces_changed_confirms_nothing(
    spaced, place, published, bulgarian, news_po, catalog_root
):
    """It is the source that has changed, not a tool: a person is to look at the offer."""
    before = news_po.read_bytes()
    sync()
    if place == "copy":
        (catalog_root / "from-ana.po").write_bytes(before)
    edit(published, intro=spaced)
    sync()
    if place == "own file":
        news_po.write_bytes(before + b"\n# saved late\n")
    sync()
    settled = snapshot(catalog_root)
    assert entry_of(news_po, spaced).fuzzy
    assert sync().entries.imported == 0
    assert snapshot(catalog_root) == settled


def test_an_older_copy_does_not_take_back_a_draft_for_a_reworded_text_that_moved_on(
    copy, published, news_po, tmp_path
):
    mailed = Path(shutil.copy(news_po, tmp_path / "mailed.po"))
    translate(mailed, {"All our news": "Почти всички"})
    edit(published, intro="All of our news")
    sync()
    import_files([mailed])
    sync()
    edit(published, intro="", lead="All of our news")
    sync()
    sync()
    assert entry_of(news_po, "All of our news").msgstr == "Почти всички"
