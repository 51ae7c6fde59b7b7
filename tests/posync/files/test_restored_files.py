"""A file of its own that is an earlier version of itself was restored, not edited."""

import re

import pytest
from wagtail_localize.models import StringTranslation

from posync.files.import_files import ImportOptions, import_files
from posync.history.undo_run import undo
from posync.models import Conflict, Run
from posync.sync import sync
from tests.posync.people import entry_of, read, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def backup(published, news_po):
    """The file as it was before its translator corrected it."""
    before = news_po.read_bytes()
    translate(news_po, {"All our news": "Поправено"})
    sync()
    return before


def codes(result):
    return [issue.code for issue in result.issues]


def test_a_restored_file_turns_nothing_back(backup, published, bulgarian, news_po):
    newest = news_po.read_bytes()
    news_po.write_bytes(backup)
    result = sync()
    assert codes(result) == ["restored-file"]
    assert target_of(published, bulgarian).intro == "Поправено"
    assert news_po.read_bytes() == newest
    assert codes(sync()) == []


def test_a_restored_file_is_taken_where_that_is_asked_for(backup, published, bulgarian, news_po):
    news_po.write_bytes(backup)
    sync(options=ImportOptions(accept_older=True))
    assert target_of(published, bulgarian).intro == "Всички новини"
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"


def test_a_restored_file_is_named_in_a_dry_run_and_stays(backup, news_po):
    news_po.write_bytes(backup)
    assert codes(import_files(dry_run=True)) == ["restored-file"]
    assert news_po.read_bytes() == backup


def test_a_translator_s_version_that_was_rewritten_is_known_when_it_is_restored(
    published, bulgarian, news_po
):
    translate(news_po, {"All our news": "Поправено"})
    saved = news_po.read_bytes() + b'\n#~ msgid "Gone"\n#~ msgstr ""\n'
    news_po.write_bytes(saved)
    sync()
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    news_po.write_bytes(saved)
    assert codes(sync()) == ["restored-file"]
    assert target_of(published, bulgarian).intro == "От админа"


def test_an_older_text_in_a_file_otherwise_new_is_a_choice(backup, published, bulgarian, news_po):
    news_po.write_bytes(backup.replace("Новини".encode(), "Вести".encode()))
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "Всички новини")


def test_work_on_a_restored_file_does_not_come_in_unseen(backup, published, bulgarian, news_po):
    """Written anew at the next sync, so that nobody works on from the old one."""
    news_po.write_bytes(backup)
    sync()
    translate(news_po, {"News": "Вести"})
    sync()
    assert target_of(published, bulgarian).intro == "Поправено"


def test_line_ends_of_another_system_make_no_other_version(published, bulgarian, news_po):
    older = news_po.read_bytes()
    translate(news_po, {"All our news": "Версия 2"})
    sync()
    news_po.write_bytes(older.replace(b"\n", b"\r\n"))
    assert "restored-file" in {issue.code for issue in sync().issues}
    assert target_of(published, bulgarian).intro == "Версия 2"
    present = news_po.read_bytes()
    news_po.write_bytes(present.replace(b"\n", b"\r\n"))
    assert "restored-file" not in {issue.code for issue in sync().issues}
    assert news_po.read_bytes() == present


def flagged(news_po, *msgids):
    """Leave these entries fuzzy and no others, as `msgattrib --clear-previous` does: nothing else changes."""
    blocks = re.sub(r"#, fuzzy\n|#\| .*\n", "", news_po.read_text("utf-8")).split("\n\n")
    for number, block in enumerate(blocks):
        if any(f'\nmsgid "{msgid}"\n' in block for msgid in msgids):
            blocks[number] = block.replace("msgctxt", "#, fuzzy\nmsgctxt", 1)
    news_po.write_text("\n\n".join(blocks), "utf-8")


def test_a_text_put_in_doubt_and_found_good_is_no_restored_file(published, news_po):
    for doubted in (["News", "All our news"], ["All our news"], []):
        flagged(news_po, *doubted)
        assert "restored-file" not in codes(sync())
        assert [entry.msgid for entry in read(news_po) if entry.fuzzy] == doubted


def test_an_undone_text_can_be_confirmed_by_taking_its_flag_away(submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    sync()
    undo(Run.objects.latest("pk").pk)
    sync()
    assert entry_of(news_po, "All our news").fuzzy
    flagged(news_po)
    assert codes(sync()) == []
    assert StringTranslation.objects.filter(data="Всички новини").exists()


def test_an_earlier_version_settles_no_dispute(published, bulgarian, news_po):
    translate(news_po, {"All our news": "От файла"})
    saved = news_po.read_bytes()
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    assert entry_of(news_po, "All our news").fuzzy
    news_po.write_bytes(saved)
    sync()
    assert Conflict.objects.filter(resolved_at=None).exists()
    assert StringTranslation.objects.get(translation_of__data="All our news").data == "От админа"
