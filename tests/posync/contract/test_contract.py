"""The whole contract at once: whatever people do, in whatever order, and wherever the process is killed."""

import polib
import pytest
from wagtail_localize.models import StringTranslation

from posync.files.import_files import ImportOptions
from posync.hooks import BATCH_PUBLISHER
from posync.models import Catalog, Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.contract.run_contract import needs_programs, run_contract
from tests.posync.contract.world import World
from tests.posync.people import edit, entry_of, obsolete, read, translate, type_in_admin

pytestmark = pytest.mark.django_db


@needs_programs
@pytest.mark.parametrize(
    ("seed", "publisher"), [(1, BATCH_PUBLISHER), (2, None)], ids=["together", "one at a time"]
)
def test_nothing_is_lost_and_nothing_unapproved_is_seen(
    homes, catalog_root, tmp_path, settings, seed, publisher
):
    settings.POSYNC = {**settings.POSYNC, "BATCH_PUBLISHER": publisher}
    run_contract(World.begin(homes, catalog_root), catalog_root, tmp_path, seed)


# What the machine and its makers have found


def kept_in_history():
    return {text for texts in Change.objects.values_list("before", "after") for text in texts}


def test_of_two_entries_for_one_text_the_second_is_in_the_history(published, news_po):
    po = read(news_po)
    for text in ("Първи", "Втори"):
        po.append(polib.POEntry(msgctxt="news:intro", msgid="All our news", msgstr=text))
    po.remove(next(entry for entry in po if entry.msgstr == "Всички новини"))
    news_po.write_text(str(po))
    sync()
    assert entry_of(news_po, "All our news").msgstr == "Първи"
    assert "Втори" in kept_in_history()


def test_an_obsolete_entry_beside_a_current_one_for_the_same_text_is_in_the_history(published, news_po):
    po = read(news_po)
    po.append(polib.POEntry(msgctxt="news:intro", msgid="All our news", msgstr="Старо", obsolete=True))
    news_po.write_text(str(po))
    sync()
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"
    assert "Старо" in kept_in_history()


def test_entries_of_no_page_in_a_page_s_own_file_are_in_the_history(published, news_po):
    po = read(news_po)
    po.append(polib.POEntry(msgctxt="gone:title", msgid="Gone", msgstr="Отишло"))
    po.append(polib.POEntry(msgid="Nowhere", msgstr="Никъде"))
    po.append(polib.POEntry(msgctxt="news:intro", msgid="All our news", msgstr="Старо", obsolete=True))
    news_po.write_text(str(po))
    sync()
    sync()
    assert {"Отишло", "Никъде"} <= kept_in_history() | {entry.msgstr for entry in read(news_po)}


def test_a_file_of_no_page_is_left_alone_at_no_cost(published, catalog_root, writes):
    stray = catalog_root / "bg/content/stray.po"
    stray.write_text('msgctxt "stray:title"\nmsgid "Stray"\nmsgstr "Скитник"\n')
    before = stray.read_bytes()
    sync()
    with writes() as found:
        result = sync()
    assert [issue.code for issue in result.issues] == ["unknown-page"]
    assert found.statements == []
    assert stray.read_bytes() == before


def test_a_refused_text_of_the_admin_that_is_cleared_is_in_the_history(published, bulgarian, news_po):
    type_in_admin(published, bulgarian, "intro", "Отказано")
    StringTranslation.objects.filter(data="Отказано").update(has_error=True, field_error="No.")
    Catalog.objects.mark_changed()
    sync()
    translate(news_po, {"All our news": ""})
    sync(options=ImportOptions(allow_clear=True))
    assert "Отказано" in kept_in_history()


def test_a_first_text_of_the_admin_is_found_when_its_source_goes_before_the_next_sync(
    submitted, bulgarian, news_po
):
    sync()
    type_in_admin(submitted, bulgarian, "intro", "От админа")
    edit(submitted, intro="")
    sync()
    assert "От админа" in kept_in_history() | {entry.msgstr for entry in read(news_po)}


def test_old_work_on_a_text_does_not_replace_the_draft_of_the_text_that_followed_it(
    make_page, bulgarian, catalog_root
):
    page = make_page(title="News", slug="news", intro="All our news", lead="All our news")
    submit(page, [bulgarian])
    sync()
    news_po = catalog_root / "bg/content/news.po"
    po = read(news_po)
    for entry, text in zip(po, ("Новини", "Първи превод", "Втори превод"), strict=True):
        entry.msgstr = text
    po.save()
    sync()
    edit(page, intro="All the news", lead="")
    sync()
    translate(news_po, {"All the news": "Чернова"}, fuzzy=True)
    sync()
    entry = entry_of(news_po, "All the news")
    assert (entry.msgstr, entry.fuzzy) == ("Чернова", True)
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Втори превод"]
