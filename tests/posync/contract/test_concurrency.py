"""Two at once: runs never interleave, and an editor at work during a run loses nothing."""

import json
import os
import stat
import subprocess
import sys
import threading
from contextlib import nullcontext
from glob import glob
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import String, StringTranslation, TranslationContext

from posync.exceptions import PosyncError
from posync.files import export_files, import_files
from posync.files.export_files import export
from posync.files.folder_lock import catalog_root_lock
from posync.models import Catalog, CatalogQuerySet, Change, Conflict, Draft
from posync.publishing import publish as publishing_run
from posync.publishing.action import PublishTranslation
from posync.sources import refresh_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, read, target_of, translate, translate_all, type_in_admin

REPOSITORY = Path(__file__).parents[3]
ROUNDS = 6

postgresql_only = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"],
    reason="SQLite has one writer at a time; set DATABASE_URL to a PostgreSQL server",
)


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["sync_po", "import_po", "export_po"])
def test_the_second_comer_is_told_and_writes_nothing(command, published, news_po, run):
    translate(news_po, {"News": "Вести"})
    before = news_po.read_bytes()
    with catalog_root_lock():
        outcome = run(command)
    assert outcome.code == 2
    assert "Another posync command is at work" in outcome.err
    assert news_po.read_bytes() == before
    assert not StringTranslation.objects.filter(data="Вести").exists()
    assert run("sync_po").code == 0


HOLD = """
import sys
import django
django.setup()
from posync.files.folder_lock import catalog_root_lock
with catalog_root_lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(catalog_root):
    """A process that holds the lock on this test's folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.posync.settings",
        "POSYNC_ROOT": str(catalog_root),
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "site")]),
    }
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_process_that_is_killed_lets_go_of_the_folder(holder):
    with pytest.raises(PosyncError, match="Another posync command is at work"), catalog_root_lock():
        pass
    holder.kill()
    holder.wait()
    with catalog_root_lock():
        pass


def test_the_folder_is_held_under_any_of_its_names(holder, catalog_root, tmp_path, settings):
    another_name = tmp_path / "another-name"
    another_name.symlink_to(catalog_root)
    settings.POSYNC = {"ROOT": another_name}
    with pytest.raises(PosyncError, match=f"at work on {another_name}"), catalog_root_lock():
        pass


def test_git_and_gettext_see_nothing_of_the_lock(catalog_root):
    catalog_root.mkdir()
    subprocess.run(["git", "init", "--quiet", catalog_root], check=True)
    with catalog_root_lock():
        held = git_status(catalog_root)
    assert (held, git_status(catalog_root)) == ("", "")
    assert not list(catalog_root.rglob("*.po"))
    assert glob(f"{catalog_root}/*") == []  # where makemessages and compilemessages look for languages


def git_status(folder):
    command = ["git", "-C", folder, "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_whoever_may_write_into_the_folder_may_take_its_lock(catalog_root):
    catalog_root.mkdir()
    catalog_root.chmod(0o775)
    mask = os.umask(0o077)
    try:
        with catalog_root_lock():
            pass
    finally:
        os.umask(mask)
    (lock,) = (path for path in catalog_root.rglob("lock") if path.is_file())
    assert stat.S_IMODE(lock.stat().st_mode) == 0o664


@pytest.mark.django_db
def test_a_file_saved_while_others_are_written_is_left_for_the_next_sync(published, news_po, monkeypatch):
    edit(published, intro="All of our news")
    announce = export_files._announce

    def save_at_the_last_moment(rendered):
        announce(rendered)
        translate(news_po, {"News": "Вести"})

    with monkeypatch.context() as late:
        late.setattr(export_files, "_announce", save_at_the_last_moment)
        result = export()
    assert [issue.code for issue in result.issues] == ["not-imported"]
    sync()
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert entry_of(news_po, "All of our news").fuzzy


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("module", "step"),
    [
        (import_files, "load_catalogs"),
        (publishing_run, "load_catalogs"),
        (export_files, "_announce"),
        (export_files, "settle"),
    ],
    ids=["before the merge", "before publishing", "before the files", "after the files"],
)
def test_an_edit_in_the_middle_of_a_run_is_kept_and_comes_out_next(
    module, step, published, bulgarian, news_po, monkeypatch
):
    translate(news_po, {"All our news": "Всичките ни новини"})
    original = getattr(module, step)

    def edit_first(*args, **kwargs):
        late.undo()
        type_in_admin(published, bulgarian, "title", "Вести")
        return original(*args, **kwargs)

    late = pytest.MonkeyPatch()
    late.setattr(module, step, edit_first)
    sync()
    sync()
    assert entry_of(news_po, "News").msgstr == "Вести"
    target = target_of(published, bulgarian)
    assert (target.title, target.intro) == ("Вести", "Всичките ни новини")
    assert sync().files.written == 0


SYNC = """
import os, sys
import django
django.setup()
from django.core.management import call_command
from posync import sync as syncing
if "wait" in sys.argv:
    publish = syncing.publish
    def publish_when_told(*args, **kwargs):
        print("at work", flush=True)
        sys.stdin.readline()
        return publish(*args, **kwargs)
    syncing.publish = publish_when_told
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "sync_po", "--json"])
"""


@pytest.fixture
def start(catalog_root):
    """Begin a sync in a process of its own, on this test's database and files."""

    def begin(*arguments):
        database = connection.settings_dict
        host, port = database["HOST"] or "", database["PORT"] or ""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.posync.settings",
            "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}",
            "POSYNC_ROOT": str(catalog_root),
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "site")]),
        }
        return subprocess.Popen(
            [sys.executable, "-c", SYNC, *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_of_two_processes_the_second_stops_at_once_and_the_first_finishes(
    published, bulgarian, news_po, start
):
    translate(news_po, {"News": "Вести"})
    first = start("wait")
    line = first.stdout.readline()
    assert line == "at work\n", first.stderr.read()
    second = start()
    out, err = second.communicate()
    assert (second.returncode, out) == (2, "")
    assert "Another posync command is at work" in err
    out, err = first.communicate("go on\n")
    assert first.returncode == 0, err
    assert json.loads(out)["pages"]["published"] == 1
    assert target_of(published, bulgarian).title == "Вести"


class Worker(threading.Thread):
    """Somebody at work in a connection of their own, again and again, until the syncs are over."""

    def __init__(self, work):
        super().__init__()
        self.work = work
        self.stopped = threading.Event()
        self.error = None
        self.rounds = 0

    def run(self):
        try:
            while not self.stopped.is_set():
                self.work(self.rounds)
                self.rounds += 1
        except Exception as error:  # noqa: BLE001 - to be shown by the test
            self.error = error
        finally:
            connections.close_all()


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("atomic", [False, True], ids=["autocommit", "in a transaction"])
def test_editors_at_work_during_syncs_lose_nothing(atomic, make_page, bulgarian, catalog_root):
    pages = [
        make_page("en", title=f"Page {n}", slug=f"page-{n}", intro=f"Text {n}", lead=f"Lead {n}")
        for n in range(4)
    ]
    for page in pages:
        submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    typed = []

    def type_titles(number):
        text = f"Админ {number}"
        try:
            with transaction.atomic() if atomic else nullcontext():
                type_in_admin(pages[number % 4], bulgarian, "title", text)
        except IntegrityError:
            return  # the run was first with this text's row: the editor is told, and tries again
        typed.append(text)

    def publish_pages(number):
        edit(pages[number % 4], lead=f"Lead {number % 7} {number % 4}")

    workers = [Worker(type_titles), Worker(publish_pages)]
    for worker in workers:
        worker.start()
    try:
        for number in range(ROUNDS):
            for n in range(4):
                path = catalog_root / f"bg/content/page-{n}.po"
                texts = {f"Page {n}": f"Файл {number}.{n}", f"Text {n}": f"Текст {number}.{n}"}
                translate(path, texts)
                typed += texts.values()
            result = sync()
            assert not [issue for issue in result.issues if issue.severity == "error"], result.issues
    finally:
        for worker in workers:
            worker.stopped.set()
        for worker in workers:
            worker.join()
    assert [worker.error for worker in workers] == [None, None]
    assert all(worker.rounds > 3 for worker in workers)
    sync()
    sync()
    assert set(typed) - everything_kept(catalog_root) == set()
    assert sync().files.written == 0
    for n, page in enumerate(pages):
        title = StringTranslation.objects.get(
            context__object_id=page.translation_key, context__path="title", locale=bulgarian
        ).data
        entry = entry_of(catalog_root / f"bg/content/page-{n}.po", f"Page {n}")
        assert entry.fuzzy or entry.msgstr == title


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_an_editor_and_a_refresh_do_not_wait_for_each_other(make_page, bulgarian, news_po, monkeypatch):
    """Both write the translation of a text that has moved: the editor's transaction was first."""
    page = make_page("en", title="News", slug="news", intro="All our news", lead="About us")
    submit(page, [bulgarian])
    sync()
    translate(news_po, {"All our news": "Всичките ни новини", "About us": "За нас"})
    sync()
    page = edit(page, intro="Other news", lead="All our news")
    catalogs_are_locked = threading.Event()
    take_segments = refresh_sources.refresh_segments

    def say_and_take_segments(instances):
        catalogs_are_locked.set()
        return take_segments(instances)

    refresh = Worker(lambda _number: (refresh_sources.refresh_changed_sources(), refresh.stopped.set()))
    mark_changed = CatalogQuerySet.mark_changed

    def mark_changed_late(catalogs):
        if threading.current_thread() is not refresh:
            refresh.start()
            catalogs_are_locked.wait(timeout=1)
        return mark_changed(catalogs)

    monkeypatch.setattr(refresh_sources, "refresh_segments", say_and_take_segments)
    monkeypatch.setattr(CatalogQuerySet, "mark_changed", mark_changed_late)
    with transaction.atomic():
        StringTranslation.objects.create(
            translation_of=String.objects.get(data="All our news"),
            context=TranslationContext.objects.get(object_id=page.translation_key, path="lead"),
            locale=bulgarian,
            data="Нашите новини",
        )
    refresh.join()
    assert refresh.error is None
    monkeypatch.undo()
    sync()
    assert entry_of(news_po, "All our news").msgstr == "Нашите новини"


@pytest.mark.django_db
def test_a_draft_kept_by_another_while_files_are_written_is_no_error(
    published, bulgarian, news_po, monkeypatch
):
    translation = StringTranslation.objects.get(translation_of__data="All our news")
    translation.delete()
    announce = export_files._announce

    def another(rendered):
        announce(rendered)
        catalog = rendered[0].catalog
        Draft.of(catalog, ("intro", "All our news"), "Чужда чернова").save()
        Catalog.objects.filter(pk=catalog.pk).mark_changed()

    edit(published, title="Our news")
    monkeypatch.setattr(export_files, "_announce", another)
    sync()
    monkeypatch.undo()
    sync()
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Чужда чернова", True)


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_whoever_publishes_in_a_transaction_locks_as_an_editors_save_does(published, django_user_model):
    """The page, then the catalog: in the other order, the two would wait for each other."""
    admin = django_user_model.objects.create_superuser("admin")
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        PublishTranslation(Catalog.objects.get(), admin).execute()
    locking = [
        query["sql"]
        for query in queries
        if "FOR UPDATE" in query["sql"] or query["sql"].startswith('UPDATE "posync_catalog"')
    ]
    assert 'FROM "wagtailcore_page"' in locking[0]


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("waiting", [False, True], ids=["nothing waits", "a change waits"])
def test_a_refresh_misses_no_publication_that_is_not_committed_yet(waiting, make_page, bulgarian, news_po):
    page = make_page("en", title="News", slug="news", intro="All our news")
    submit(page, [bulgarian])
    sync()
    if waiting:
        edit(page, intro="Changed before")
    published = threading.Event()

    def publish(_number):
        with transaction.atomic():
            edit(page, intro="Changed in a transaction")
            published.set()
            editor.stopped.wait(timeout=1)
        editor.stopped.set()

    editor = Worker(publish)
    editor.start()
    published.wait()
    sync()
    editor.join()
    assert editor.error is None
    sync()
    assert entry_of(news_po, "Changed in a transaction") is not None


def everything_kept(root):
    """Every text that can still be found: in use, drafts, conflicts, the history, the files."""
    found = set()
    for model, names in (
        (StringTranslation, ["data"]),
        (Draft, ["text"]),
        (Conflict, ["file_text", "database_text"]),
        (Change, ["before", "after"]),
    ):
        for row in model.objects.values_list(*names):
            found |= set(row)
    return found | {entry.msgstr for path in root.rglob("*.po") for entry in read(path)}
