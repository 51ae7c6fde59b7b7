"""A language whose translations in use would change all at once is held back, until somebody says that they should."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from posync.core.results import Severity
from posync.files import import_files as importing
from posync.files.import_files import ImportOptions
from posync.files.merge_catalog import CatalogMerge
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, read, target_of, translate

pytestmark = pytest.mark.django_db

PAGES = 4
RELEASED = ImportOptions(accept_mass_change=True)


@pytest.fixture
def translated(make_page, bulgarian, catalog_root, settings):
    """Pages with ten translations in use each, and a limit that a test can reach."""
    settings.POSYNC = {**settings.POSYNC, "MASS_CHANGE_MINIMUM": 5}
    german = Locale.objects.get_or_create(language_code="de")[0]
    pages = [
        make_page(
            title=f"Page {number}", slug=f"page-{number}", intro=f"Intro {number}", lead=f"Lead {number}"
        )
        for number in range(PAGES)
    ]
    for page in pages:
        submit(page, [bulgarian, german])
    sync()
    files = sorted((catalog_root / "bg/content").glob("page-*.po"))
    for file in files:
        translate(file, {entry.msgid: f"Превод: {entry.msgid}" for entry in read(file)})
    sync()
    return pages, files


def spoil(files, text="Повредено"):
    for file in files:
        translate(file, {entry.msgid: f"{text} {entry.msgid}" for entry in read(file)})


@pytest.mark.parametrize("batch_size", [50, 2], ids=["one batch", "several batches"])
def test_a_mass_change_is_held_back_and_said(translated, bulgarian, batch_size, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SIZE", batch_size)
    pages, files = translated
    spoil(files)
    before = [file.read_bytes() for file in files]
    edit(pages[0], intro="A new intro")
    for _ in range(2):
        result = sync()
        (issue,) = [issue for issue in result.issues if issue.code == "mass-change"]
        assert (issue.severity, result.exit_code) == (Severity.ERROR, 1)
        assert "bg" in issue.message
        assert "import_po --yes" in issue.message
    assert [file.read_bytes() for file in files] == before
    assert not StringTranslation.objects.filter(data__startswith="Повредено").exists()
    assert target_of(pages[1], bulgarian).intro == "Превод: Intro 1"


def test_other_languages_go_on(translated, catalog_root):
    _pages, files = translated
    spoil(files)
    german = catalog_root / "de/content/page-0.po"
    translate(german, {"Intro 0": "Einleitung"})
    result = sync()
    assert StringTranslation.objects.filter(data="Einleitung").exists()
    assert result.entries.imported == 1


@pytest.mark.parametrize("batch_size", [50, 2], ids=["one batch", "several batches"])
def test_a_mass_change_goes_through_when_it_is_meant(translated, bulgarian, batch_size, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SIZE", batch_size)
    pages, files = translated
    spoil(files, "Редактирано")
    assert sync(options=RELEASED).exit_code == 0
    assert [target_of(page, bulgarian).intro for page in pages] == [
        f"Редактирано Intro {number}" for number in range(PAGES)
    ]


def test_emptied_files_are_a_mass_change(translated):
    _pages, files = translated
    for file in files:
        translate(file, {entry.msgid: "" for entry in read(file)})
    assert "mass-change" in [issue.code for issue in sync(options=ImportOptions(allow_clear=True)).issues]


def test_work_on_some_texts_is_no_mass_change(translated, bulgarian):
    pages, files = translated
    translate(files[0], {"Intro 0": "Едно"})
    translate(files[1], {"Intro 1": "Две"})
    assert "mass-change" not in [issue.code for issue in sync().issues]
    assert target_of(pages[0], bulgarian).intro == "Едно"


def test_first_translations_do_not_count(translated, catalog_root):
    files = sorted((catalog_root / "de/content").glob("page-*.po"))
    for file in files:
        translate(file, {entry.msgid: f"Übersetzt {entry.msgid}" for entry in read(file)})
    result = sync()
    assert result.exit_code == 0
    assert result.entries.imported == 3 * PAGES


@pytest.mark.parametrize("batch_size", [50, 2], ids=["one batch", "several batches"])
def test_a_file_that_fails_lets_nothing_of_the_language_in(translated, batch_size, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SIZE", batch_size)
    _pages, files = translated
    spoil(files)
    fail_for(files[0].name, monkeypatch)
    for _ in range(2):
        codes = {issue.code for issue in sync().issues}
        assert "mass-change" in codes
        assert not StringTranslation.objects.filter(data__startswith="Повредено").exists()


@pytest.mark.parametrize("batch_size", [50, 2], ids=["one batch", "several batches"])
def test_a_file_that_fails_stops_no_other(translated, batch_size, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SIZE", batch_size)
    _pages, files = translated
    for file in files:
        number = file.stem[-1]
        translate(file, {f"Intro {number}": "Ново"})
    fail_for(files[0].name, monkeypatch)
    result = sync()
    assert [issue.file for issue in result.issues if issue.code == "import-failed"] == [
        f"bg/content/{files[0].name}"
    ]
    assert StringTranslation.objects.filter(data="Ново").count() == PAGES - 1


@pytest.mark.parametrize("batch_size", [50, 2], ids=["one batch", "several batches"])
def test_copies_of_a_delivery_count_once(translated, batch_size, monkeypatch, settings):
    monkeypatch.setattr(importing, "BATCH_SIZE", batch_size)
    settings.POSYNC = {**settings.POSYNC, "MASS_CHANGE_MINIMUM": 4}
    _pages, files = translated
    translate(files[0], {"Intro 0": "Ново", "Lead 0": "По-ново"})
    for name in ("a", "b"):
        files[0].with_name(f"{files[0].stem}-{name}.po").write_bytes(files[0].read_bytes())
    result = sync()
    assert "mass-change" not in {issue.code for issue in result.issues}
    assert result.entries.imported == 2


def fail_for(name, monkeypatch):
    add = CatalogMerge.add

    def failing(merge, entry):
        if merge.file.path.name == name:
            raise LookupError("out of order")
        add(merge, entry)

    monkeypatch.setattr(CatalogMerge, "add", failing)
