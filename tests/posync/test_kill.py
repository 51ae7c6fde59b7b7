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
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from posync import exporting, files, importing
from posync.models import Catalog
from posync.submitting import submit
from posync.syncing import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate

REPOSITORY = Path(__file__).parents[2]
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
    from posync.submitting import submit
    from posync.syncing import sync
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

RUN = 'call_command("sync_po", "--verbosity", "0")'

START = """
    import os, sys
    from pathlib import Path
    import django
    django.setup()
    from django.core.management import call_command
"""


class Site:
    """A site of its own: a database in a file, and a folder of catalogs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "locale"
        self.database = folder / "db.sqlite3"

    def start(self, script: str) -> subprocess.Popen[bytes]:
        """Begin a script in a process of its own. It prints a line when Django is ready."""
        ready = 'print("ready", flush=True)'
        program = "\n".join([textwrap.dedent(START), ready, textwrap.dedent(script)])
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.posync.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "POSYNC_ROOT": str(self.root),
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "site")]),
        }
        process = subprocess.Popen(
            [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def run(self, script: str) -> int:
        """Run a script to its end, and return its exit code."""
        process = self.start(script)
        _out, err = process.communicate()
        assert process.returncode in (0, 1), err.decode()
        return process.returncode

    def copy(self, folder: Path) -> "Site":
        shutil.copytree(self.folder, folder)
        return Site(folder)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
        }

    def rows(self) -> dict[str, list[str]]:
        """What the tables of the pipeline and of its pages hold, without ids and times."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            return {name: sorted(map(repr, database.execute(query))) for name, query in CONTENT.items()}


#: By names instead of ids: those follow the order of writing, which a run that began twice has twice.
CONTENT = {
    "catalogs": """
        SELECT domain.name, base, file_digest, writing_digest, source_changed, needs_export, needs_publish
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
def site(tmp_path_factory) -> Site:
    """A dozen pages with changes pending in all directions."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.run(BUILD)
    return made


@pytest.fixture(scope="module")
def undisturbed(site, tmp_path_factory) -> tuple[Site, float, int]:
    """The same site after a run that nobody stopped, how long that took, and its exit code."""
    copy = site.copy(tmp_path_factory.mktemp("undisturbed") / "site")
    process = copy.start(RUN)
    started = time.monotonic()
    process.communicate()
    return copy, time.monotonic() - started, process.returncode


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_was_killed_is_finished_by_the_next(number, site, undisturbed, tmp_path):
    expected, duration, code = undisturbed
    killed = site.copy(tmp_path / "site")
    # Spread over the whole run, each at a moment of its own within its share.
    moment = (number + random.Random(number).random()) / KILLS * duration  # noqa: S311
    process = killed.start(RUN)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert killed.run(RUN) in (0, code)
    assert killed.files() == expected.files()
    assert killed.rows() == expected.rows()
