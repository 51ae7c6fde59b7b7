"""Crash-safe: whatever stops a run, and wherever, the next one finishes the work as if nothing had been."""

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import OperationalError, connection

from posync.files import atomic_replacement
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate

REPOSITORY = Path(__file__).parents[3]
PAGES = 12
KILLS = 15

#: What is the same in two runs but for the moment they ran at, and for what depends on how often a run began.
VOLATILE = (
    "created_at",
    "updated_at",
    "last_updated_at",
    "last_published_at",
    "first_published_at",
    "timestamp",
)

BUILD = f"""
    from wagtail.models import Locale, Page, Site
    from posync.sources.submit import submit
    from posync.sync import sync
    from tests.posync.people import edit, translate, translate_all, type_in_admin
    from tests.testapp.models import EveryPage
    call_command("migrate", verbosity=0)
    english = Locale.objects.get_or_create(language_code="en")[0]
    bulgarian = Locale.objects.get_or_create(language_code="bg")[0]
    Page.objects.filter(depth__gt=1).delete()
    home = Page.get_first_root_node().add_child(instance=EveryPage(title="Home", slug="home", locale=english))
    translated = home.copy_for_translation(bulgarian)
    translated.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(hostname="example.org", root_page=home, is_default_site=True)
    pages = []
    for number in range({PAGES}):
        page = EveryPage(
            title=f"Page {{number}}", slug=f"page-{{number}}", locale=english, intro=f"Introduction {{number}}",
            rich="".join(f"<p>Sentence {{sentence}} of page {{number}}.</p>" for sentence in range(4)),
        )
        home.add_child(instance=page)
        page.save_revision().publish()
        pages.append(page)
    for page in pages[:-2]:
        submit(page, [bulgarian])
    sync()
    root = Path(os.environ["POSYNC_ROOT"])
    translate_all(root)
    sync()
    for number, page in enumerate(pages[:-2]):
        file = root / f"bg/content/page-{{number}}.po"
        if number % 3 == 0:
            edit(page, intro=f"Another introduction {{number}}")
        if number % 3 == 1:
            translate(file, {{f"Introduction {{number}}": f"Ново въведение {{number}}"}}, comment="Ново")
            translate(file, {{f"Sentence 1 of page {{number}}.": "Чернова"}}, fuzzy=True)
        if number % 3 == 2:
            type_in_admin(page, bulgarian, "title", f"Наименование {{number}}")
        if number % 5 == 4:
            translate(file, {{f"Page {{number}}": f"От файла {{number}}"}})
    for page in pages[-2:]:
        submit(page, [bulgarian])
"""

#: In small batches, so that there are more moments between two transactions.
RUN = """
    load.BATCH_SIZE = importing.BATCH_SIZE = 3
    call_command("sync_po", "--verbosity", "0")
"""

#: Starts Django once; each script then runs in a fork of it, which may be killed.
NURSERY = """
import os, sys, traceback
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from posync.catalogs import load
from posync.files import import_files as importing
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    code = 0
    try:
        exec(eval(line), globals())
    except SystemExit as stopped:
        code = stopped.code
    except BaseException:
        traceback.print_exc()
        code = 3
    os._exit(code)
"""


class Site:
    """A site of its own: a database in a file, a folder of catalogs, and processes at work on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "locale"
        self.database = folder / "db.sqlite3"
        folder.mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.posync.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "POSYNC_ROOT": str(self.root),
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "site")]),
        }
        self.nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def _answer(self) -> str:
        return self.nursery.stdout.readline().strip()

    def run(self, script: str, kill_after: float | None = None) -> int:
        """Run a script, to its end or for some seconds. Returns its exit code; a signal's number is negative."""
        self.nursery.stdin.write(f"{textwrap.dedent(script)!r}\n")
        self.nursery.stdin.flush()
        child = int(self._answer())
        if kill_after is not None:
            time.sleep(kill_after)
            # One that has ended in the meantime is not gone: its number is taken back with its exit code only.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self._answer())

    def close(self) -> None:
        self.nursery.communicate()

    def save(self, folder: Path) -> None:
        shutil.copytree(self.folder, folder)

    def restore(self, folder: Path) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            # The mark counts the runs, too, that were killed.
            if path.is_file() and ".posync" not in path.parts
        }

    def rows(self) -> dict[str, list[str]]:
        """What the tables of the pipeline and of its pages hold, without ids and times."""
        with closing(sqlite3.connect(self.database)) as database:
            return {name: sorted(map(repr, database.execute(query))) for name, query in CONTENT.items()}


#: By names instead of ids: those follow the order of writing, which a run that began twice has twice.
CONTENT = {
    "catalogs": """
        SELECT domain.name, base, file_digest, writing_digest, source_changed, needs_export, needs_publish,
            texts_left, waiting_for
        FROM posync_catalog AS catalog JOIN posync_textdomain AS domain ON domain.id = catalog.domain_id""",
    "drafts": """
        SELECT domain.name, path, msgid, text, previous_msgid, approved
        FROM posync_draft AS draft JOIN posync_catalog AS catalog ON catalog.id = draft.catalog_id
        JOIN posync_textdomain AS domain ON domain.id = catalog.domain_id""",
    "changes": 'SELECT domain, language, path, msgid, kind, "before", "after", file, tool FROM posync_change',
    "conflicts": """
        SELECT path, msgid, base_text, file_text, database_text, file, resolved_at FROM posync_conflict""",
    "translations": """
        SELECT context.path, string.data, translation.data, has_error, tool_name
        FROM wagtail_localize_stringtranslation AS translation
        JOIN wagtail_localize_string AS string ON string.id = translation.translation_of_id
        JOIN wagtail_localize_translationcontext AS context ON context.id = translation.context_id""",
    "segments": """
        SELECT context.path, string.data, segment."order" FROM wagtail_localize_stringsegment AS segment
        JOIN wagtail_localize_string AS string ON string.id = segment.string_id
        JOIN wagtail_localize_translationcontext AS context ON context.id = segment.context_id""",
    "pages": """
        SELECT title, slug, url_path, live, has_unpublished_changes, intro, rich,
            (SELECT COUNT(*) FROM wagtailcore_revision WHERE object_id = CAST(page.id AS TEXT))
        FROM wagtailcore_page AS page JOIN testapp_everypage AS specific ON specific.page_ptr_id = page.id""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    """A dozen pages with changes pending in all directions."""
    made = Site(tmp_path_factory.mktemp("kill") / "site")
    assert made.run(BUILD) == 0
    yield made
    made.close()


class Undisturbed(NamedTuple):
    """What a run that nobody stopped leaves behind, and how long it takes."""

    before: Path
    code: int
    seconds: float
    files: dict[str, bytes]
    rows: dict[str, list[str]]


@pytest.fixture(scope="module")
def undisturbed(site, tmp_path_factory) -> Undisturbed:
    before = tmp_path_factory.mktemp("before") / "site"
    site.save(before)
    started = time.monotonic()
    code = site.run(RUN)
    return Undisturbed(before, code, time.monotonic() - started, site.files(), site.rows())


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_was_killed_is_finished_by_the_next(number, site, undisturbed):
    # Spread over the whole run, each at a moment of its own within its share.
    moment = (number + random.Random(number).random()) / KILLS * undisturbed.seconds  # noqa: S311
    site.restore(undisturbed.before)
    while site.run(RUN, kill_after=moment) != -signal.SIGKILL:
        moment *= 0.9  # it was faster this time
        site.restore(undisturbed.before)
    assert site.run(RUN) in (0, undisturbed.code)
    assert site.files() == undisturbed.files
    assert site.rows() == undisturbed.rows
    assert site.run(RUN) == 0
    assert site.files() == undisturbed.files


# What stops a run without killing it


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_folder_that_cannot_be_written_is_reported_and_the_next_sync_goes_on(
    call, number, published, make_page, bulgarian, news_po, catalog_root, run, monkeypatch
):
    submit(make_page("en", parent=published, title="Child", slug="child"), [bulgarian])
    edit(published, intro="All of our news")
    before = news_po.read_bytes()
    with monkeypatch.context() as broken:
        for owner, name in FAILING[call]:
            broken.setattr(owner, name, failing(number))
        outcome = run("sync_po", "--json")
    assert outcome.code == 1
    errors = [issue for issue in outcome.json["issues"] if issue["severity"] == "error"]
    assert {issue["code"] for issue in errors} == {"unwritable"}
    assert "bg/content/news/child.po" in {issue["file"] for issue in errors}
    assert all(os.strerror(number) in issue["message"] for issue in errors)
    assert news_po.read_bytes() == before
    assert not list(catalog_root.rglob("*.tmp"))
    outcome = run("sync_po", "--json")
    assert (outcome.code, {issue["severity"] for issue in outcome.json["issues"]}) == (0, {"info"})
    assert entry_of(news_po, "All of our news").msgstr == "Всички новини"
    assert (catalog_root / "bg/content/news/child.po").exists()
    assert sync().files.written == 0


#: What an export does to files, in place of which a test says that it cannot be done.
FAILING = {"fsync": [(atomic_replacement.os, "fsync")], "replace": [(Path, "replace"), (os, "link")]}


def failing(number):
    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.django_db
def test_a_root_that_cannot_be_made_stops_the_run_and_says_so(published, run, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", failing(errno.EROFS))
    outcome = run("sync_po")
    assert outcome.code == 2
    assert os.strerror(errno.EROFS) in outcome.err


@pytest.mark.django_db
def test_a_translation_typed_while_files_cannot_be_written_is_not_lost(
    published, bulgarian, news_po, monkeypatch
):
    edit(published, intro="All of our news")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", failing(errno.ENOSPC))
        sync()
    translate(news_po, {"News": "Вести"})
    assert sync().exit_code == 0
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert entry_of(news_po, "All of our news").fuzzy


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", range(0, 120, 12))
def test_a_database_that_goes_away_is_reported_and_the_next_sync_goes_on(
    statement, published, bulgarian, news_po, run
):
    """At the n-th statement of the run, and at all that follow."""
    edit(published, intro="All of our news")
    translate(news_po, {"News": "Вести"})
    gone = GoneAway(statement)
    with connection.execute_wrapper(gone):
        outcome = run("sync_po", "--json")
    if gone.count > statement:
        assert outcome.code in (1, 2)
        assert "went away" in outcome.out + outcome.err
    assert run("sync_po").code == 0
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert entry_of(news_po, "All of our news").fuzzy
    before = snapshot(news_po.parent)
    assert run("sync_po").code == 0
    assert snapshot(news_po.parent) == before
    translate(news_po, {"All of our news": "Всичките ни новини"})
    assert run("sync_po").code == 0
    assert target_of(published, bulgarian).title == "Вести"


class GoneAway:
    """Refuses a connection's statements from the n-th on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count > self.number:
            raise OperationalError("The database went away.")
        return execute(sql, params, many, context)
