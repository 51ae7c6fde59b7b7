"""A folder of catalogs is one site's, and its files may be newer than the database."""

import json
import shutil
import subprocess
import uuid
from contextlib import contextmanager

import pytest
from django.db import transaction
from wagtail_localize.models import StringTranslation

from posync.files.export_files import export
from posync.files.import_files import import_files
from posync.files.mark_root import look_at_mark
from posync.history.resolve_conflicts import Choice, resolve
from posync.models import Change, Conflict, Draft, RootMark
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import (
    edit,
    entry_of,
    fresh,
    obsolete,
    read,
    snapshot,
    target_of,
    translate,
    type_in_admin,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark(catalog_root):
    return catalog_root / ".posync/site.json"


def codes(result):
    return [issue.code for issue in result.issues if issue.severity != "info"]


# Whose folder it is


def test_the_first_export_marks_the_folder_and_a_quiet_sync_leaves_the_mark_alone(
    submitted, mark, news_po, writes
):
    import_files()
    assert not mark.exists()
    sync()
    before = mark.read_bytes(), mark.stat().st_mtime_ns
    with writes() as found:
        sync()
    assert found.statements == []
    assert (mark.read_bytes(), mark.stat().st_mtime_ns) == before
    assert json.loads(before[0]) == {
        "database": str(RootMark.objects.get().database),
        "site": "",
        "exports": 1,
    }


def test_a_site_with_nothing_to_translate_marks_no_folder(homes, catalog_root):
    sync()
    assert not (catalog_root / ".posync/site.json").exists()


def test_git_does_not_see_the_mark(published, catalog_root, mark):
    def git(*arguments):
        done = subprocess.run(
            ["git", *arguments], cwd=catalog_root, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    git("init", "--quiet")
    git("add", "--all")
    assert mark.exists()
    assert git("ls-files") == ["bg/content/news.po"]


COMMANDS = [
    ("sync_po",),
    ("sync_po", "--dry-run"),
    ("import_po",),
    ("import_po", "--dry-run"),
    ("export_po",),
    ("export_po", "--dry-run"),
    ("check_po",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("other", ["another database", "a copy of this database", "a new database"])
def test_a_folder_of_another_site_is_neither_read_nor_written(
    other, command, published, bulgarian, news_po, catalog_root, mark, settings, run
):
    translate(news_po, {"News": "Вести"})
    edit(published, intro="All of our news")
    if other == "another database":
        RootMark.objects.update(database=uuid.uuid4())
    elif other == "a new database":
        RootMark.objects.all().delete()
    else:
        settings.POSYNC = {**settings.POSYNC, "SITE_ID": "staging"}
    before = snapshot(catalog_root), mark.read_bytes()
    outcome = run(*command)
    assert outcome.code == 2
    for told in (str(catalog_root), "sync_po --adopt-root", "POSYNC['ROOT']"):
        assert told in outcome.err
    assert (snapshot(catalog_root), mark.read_bytes()) == before
    assert not Change.objects.filter(after="Вести").exists()


def test_a_folder_that_is_taken_over_is_read_before_it_is_written(
    published, bulgarian, news_po, settings, run, mark
):
    translate(news_po, {"News": "Вести"})
    edit(published, intro="All of our news")
    settings.POSYNC = {**settings.POSYNC, "SITE_ID": "production"}
    assert run("sync_po", "--adopt-root", "--dry-run").code == 0
    assert run("sync_po").code == 2
    assert run("sync_po", "--adopt-root").code == 0
    assert json.loads(mark.read_bytes())["site"] == "production"
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert run("sync_po").code == 0
    settings.POSYNC = {**settings.POSYNC, "SITE_ID": ""}
    assert run("sync_po").code == 2


def test_a_file_by_name_can_be_checked_in_any_folder(published, news_po, settings, run):
    settings.POSYNC = {**settings.POSYNC, "SITE_ID": "staging"}
    assert run("check_po", news_po).code == 0


def test_a_clone_of_the_catalogs_has_no_mark_and_asks_nothing(published, catalog_root, settings, tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(catalog_root / "bg", clone / "bg")
    settings.POSYNC = {**settings.POSYNC, "ROOT": clone, "SITE_ID": "staging"}
    edit(published, intro="All of our news")
    assert sync().files.written == 1
    assert json.loads((clone / ".posync/site.json").read_bytes())["site"] == "staging"


def test_a_new_database_takes_files_without_a_mark(published, catalog_root, news_po, mark):
    translate(news_po, {"News": "Вести"})
    shutil.rmtree(mark.parent)
    RootMark.objects.all().delete()
    assert sync().entries.imported == 1


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"{}", b"[" * 100_000),
        *(
            b'{"database": 1, "site": "", "exports": ' + number + b"}"
            for number in (b"null", b"1e999", b"1" * 31)
        ),
    ],
)
def test_a_broken_mark_is_named_with_its_remedy(content, published, mark, run):
    mark.write_bytes(content)
    outcome = run("sync_po")
    assert outcome.code == 2
    assert str(mark) in outcome.err
    assert "Remove it" in outcome.err
    assert run("sync_po", "--adopt-root").code == 0


def test_a_mark_behind_a_link_is_not_written_through(submitted, catalog_root, tmp_path, run):
    (tmp_path / "outside").mkdir()
    catalog_root.mkdir()
    (catalog_root / ".posync").symlink_to(tmp_path / "outside")
    assert run("sync_po").code == 2
    assert list((tmp_path / "outside").iterdir()) == []


# A database of another day than the files


@contextmanager
def later_state_of_the_database():
    """What happens here is in no backup: afterwards the database is as it was, and the files are not."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def texts_kept():
    found = set(Draft.objects.values_list("text", flat=True))
    for texts in Change.objects.values_list("before", "after"):
        found.update(texts)
    return found


def test_a_database_from_a_backup_takes_what_files_have_from_since_and_says_so(
    published, bulgarian, news_po, catalog_root
):
    with later_state_of_the_database():
        translate(news_po, {"News": "Вести"})
        sync()
        type_in_admin(published, bulgarian, "intro", "От админа")
        sync()
    files = snapshot(catalog_root)
    result = sync()
    assert codes(result) == ["older-database"]
    assert result.exit_code == 0
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "От админа")
    assert snapshot(catalog_root) == files
    assert codes(sync()) == []


def test_it_says_so_once_also_where_there_is_nothing_to_merge(published, news_po, writes):
    with later_state_of_the_database():
        edit(published, intro="All of our news")
        sync()
        edit(published, intro="All our news")
        sync()
    assert codes(sync()) == ["older-database"]
    with writes() as found:
        assert codes(sync()) == []
    assert found.statements == []


def test_work_on_a_source_of_after_the_backup_waits_for_it(published, bulgarian, news_po):
    with later_state_of_the_database():
        edit(published, intro="All of our news")
        sync()
        translate(news_po, {"All of our news": "Всичките ни новини"}, comment="Питах.")
        sync()
    assert codes(sync()) == ["older-database", "unknown-entry"]
    assert target_of(published, bulgarian).intro == "Всички новини"
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"
    assert "Всичките ни новини" in {entry.msgstr for entry in obsolete(news_po)}
    assert codes(sync()) == []
    edit(published, intro="All of our news")
    sync()
    assert entry_of(news_po, "All of our news").msgstr == "Всичките ни новини"
    assert entry_of(news_po, "All of our news").tcomment == "Питах."


def test_a_page_of_after_the_backup_finds_its_file_when_it_is_made_again(
    published, make_page, bulgarian, catalog_root
):
    def make():
        page = make_page("en", title="Jobs", slug="jobs")
        submit(page, [bulgarian])
        return page

    jobs_po = catalog_root / "bg/content/jobs.po"
    with later_state_of_the_database():
        make()
        sync()
        translate(jobs_po, {"Jobs": "Работа"})
        sync()
    before = jobs_po.read_bytes()
    assert codes(sync()) == ["older-database", "unknown-page"]
    assert jobs_po.read_bytes() == before
    page = make()
    assert codes(export()) == ["not-imported"]
    sync()
    assert target_of(page, bulgarian).title == "Работа"


def test_a_draft_of_before_the_backup_meets_its_end_of_after_it_and_a_conflict_is_chosen_again(
    published, bulgarian, news_po
):
    translate(news_po, {"All our news": "Чернова", "News": "Чернова"}, fuzzy=True)
    sync()
    translate(news_po, {"News": "От файла"})
    type_in_admin(published, bulgarian, "title", "От админа")
    sync()
    assert Conflict.objects.filter(resolved_at=None).count() == 1
    with later_state_of_the_database():
        translate(news_po, {"All our news": "Готово", "News": "Избрано"})
        sync()
    assert codes(sync()) == ["older-database", "conflict"]
    conflict = Conflict.objects.get(resolved_at=None)
    assert (conflict.file_text, conflict.database_text) == ("Избрано", "От админа")
    resolve([conflict.pk], Choice.FILE)
    sync()
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Избрано", "Готово")
    assert {"Чернова", "От файла", "От админа"} <= texts_kept()


def test_what_is_typed_in_the_admin_after_the_restoring_is_not_turned_back(published, bulgarian, news_po):
    with later_state_of_the_database():
        translate(news_po, {"News": "Вести"})
        sync()
    type_in_admin(published, bulgarian, "title", "Новият текст")
    assert codes(sync()) == ["older-database", "conflict"]
    assert StringTranslation.objects.get(translation_of__data="News", locale=bulgarian).data == "Новият текст"
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert entry_of(news_po, "News").fuzzy


def test_a_restored_database_in_the_midst_of_an_export_is_no_older_one(published, news_po, monkeypatch):
    """Killed between the count in the database and the mark, the folder is behind; nobody is to be told."""
    edit(published, intro="All of our news")
    RootMark.objects.update(exports=17)
    assert codes(sync()) == []
    assert look_at_mark().issues == ()
    assert fresh(published).intro in {entry.msgid for entry in read(news_po)}
