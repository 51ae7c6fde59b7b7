"""Every file that leaves is valid, stable, and says whose it is."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from wagtail_localize.models import Translation

from posync.files.export_files import export
from posync.models import Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, edit, fresh, obsolete, read, snapshot, stream, translate, translate_all

pytestmark = pytest.mark.django_db

HOSTILE = [
    pytest.param('Quotes "double" and \\backslash', id="quotes"),
    pytest.param("Tab\there", id="tab"),
    pytest.param("Two\nlines", id="newline"),
    pytest.param("Windows\r\nlines", id="crlf"),
    pytest.param("One\u2028two\u2029three\x85four", id="line separators"),
    pytest.param("5\xa0000 people", id="nbsp"),
    pytest.param(" spaces around ", id="edge spaces"),
    pytest.param("R&D &amp; <b>", id="ampersands"),
    pytest.param("msgid looks like it", id="syntax"),
    pytest.param("#, fuzzy", id="flag"),
    pytest.param("100% of {people} %(name)s %s", id="formats"),
    pytest.param("Семейство 👨‍👩‍👧", id="emoji"),
    pytest.param("word " * 60, id="long"),
]


@pytest.fixture(scope="session")
def msgfmt():
    program = shutil.which("msgfmt")
    if program is None:
        missing = "GNU gettext is missing; on Debian: sudo apt install gettext"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return program


def assert_valid(msgfmt, root):
    files = sorted(root.rglob("*.po"))
    assert files
    for path in files:
        done = subprocess.run(
            [msgfmt, "--check", "--verbose", "--output-file", os.devnull, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "warning" not in done.stderr, done.stderr


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_goes_out_valid_and_comes_back_whole(text, make_page, bulgarian, catalog_root, msgfmt):
    page = make_page(title="News", slug="news", lead=text, body=stream(block("text", text, "text")))
    submit(page, [bulgarian])
    sync()
    assert_valid(msgfmt, catalog_root)
    path = catalog_root / "bg/content/news.po"
    po = read(path)
    for entry in po:
        entry.msgstr = entry.msgid  # a text may be the same in both languages
    po.save()
    assert sync().pages.published == 1
    assert_valid(msgfmt, catalog_root)
    target = page.get_translation(bulgarian)
    assert (target.lead, target.body[0].value) == (fresh(page).lead, fresh(page).body[0].value)


def test_files_with_drafts_and_obsolete_entries_are_valid(published, catalog_root, news_po, msgfmt):
    translate(news_po, {"News": "Чернова"}, fuzzy=True, comment="Is this right?")
    sync()
    edit(published, title="Completely different", intro="")
    sync()
    assert obsolete(news_po)
    assert_valid(msgfmt, catalog_root)


def test_an_export_repeated_is_identical_to_the_byte(published, catalog_root):
    before = {path: content for path, (content, _time) in snapshot(catalog_root).items()}
    for path in before:
        path.unlink()
    export()
    assert {path: content for path, (content, _time) in snapshot(catalog_root).items()} == before


def test_a_named_file_is_written_again_and_stays_the_same(published, catalog_root, news_po):
    before = snapshot(catalog_root)
    assert export(paths=[news_po]).files.unchanged == 1
    assert snapshot(catalog_root) == before


def test_a_file_that_somebody_deleted_comes_back_in_the_next_sync(published, news_po):
    before = news_po.read_bytes()
    news_po.unlink()
    assert sync().files.written == 1
    assert news_po.read_bytes() == before


def test_a_file_is_readable_by_those_who_may_read_its_folder(published, news_po):
    umask = os.umask(0)
    os.umask(umask)
    assert news_po.stat().st_mode & 0o777 == 0o666 & ~umask
    assert not [path for path in news_po.parent.iterdir() if path.suffix == ".tmp"]


def test_the_header_says_what_tools_ask_for_and_no_date_of_today(submitted, news_po, settings):
    settings.POSYNC = {**settings.POSYNC, "BUGS_TO": "editors@example.org"}
    Translation.objects.update(created_at=datetime(2026, 3, 3, 14, 5, tzinfo=UTC))
    export()
    assert dict(read(news_po).metadata) == {
        "Project-Id-Version": "Test site",
        "Report-Msgid-Bugs-To": "editors@example.org",
        "Language": "bg",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Source-Language": "en",
        "PO-Revision-Date": "2026-03-03 14:05+0000",
        "Last-Translator": "",
        "Language-Team": "Bulgarian",
    }


@pytest.mark.parametrize("names", [True, False])
def test_a_translators_header_comes_back_out_and_names_where_they_may(published, news_po, settings, names):
    settings.POSYNC = {**settings.POSYNC, "TRANSLATOR_NAMES": names}
    po = read(news_po)
    po.header = "Translators: Мария, 2026"
    po.metadata["Last-Translator"] = "Мария <maria@example.org>"
    po.metadata["X-Generator"] = "Poedit 3.4"
    po.metadata["PO-Revision-Date"] = "2026-03-03 10:00+0200"
    po.metadata["Project-Id-Version"] = "Changed by a tool"
    next(entry for entry in po if entry.msgid == "All our news").msgstr = "Наши новини"
    po.save()
    sync()
    after = read(news_po)
    assert after.header == "Translators: Мария, 2026"
    assert after.metadata["Last-Translator"] == ("Мария <maria@example.org>" if names else "")
    assert after.metadata.get("X-Generator") == ("Poedit 3.4" if names else None)
    # The history knows it in any case.
    assert Change.objects.get(after="Наши новини").tool == "Poedit 3.4"
    assert sync().files.written == 0
    assert after.metadata["PO-Revision-Date"] == "2026-03-03 10:00+0200"
    assert after.metadata["Project-Id-Version"] == "Test site"


def test_a_change_of_one_sentence_is_one_hunk(make_page, bulgarian, catalog_root):
    sentences = [f"Sentence number {number}." for number in range(9)]
    rich = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    page = make_page(title="News", slug="news", rich=rich)
    other = make_page(title="Jobs", slug="jobs")
    for each in (page, other):
        submit(each, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    path = catalog_root / "bg/content/news.po"
    before, before_all = path.read_text("utf-8").splitlines(), snapshot(catalog_root)
    edit(page, rich=rich.replace("number 4", "number four"))
    assert sync().files.written == 1
    after = path.read_text("utf-8").splitlines()
    first = next(n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
    grown = len(after) - len(before)
    last = next(n for n in range(1, len(before)) if before[-n] != after[-n])
    changed = after[first : len(after) - last + 1]
    assert grown == 3  # the change in words, the flag, the previous source
    assert [line for line in changed if line.startswith("msgid")] == ['msgid "Sentence number four."']
    after_all = snapshot(catalog_root)
    assert [name for name in after_all if after_all[name] != before_all[name]] == [path]


def test_a_file_changed_and_not_imported_is_not_overwritten(published, news_po, run):
    translate(news_po, {"News": "Вести"})
    before = news_po.read_bytes()
    edit(published, intro="All of our news")
    outcome = run("export_po", "--json")
    assert (outcome.code, outcome.json["files"]["failed"]) == (1, 1)
    assert [issue["code"] for issue in outcome.json["issues"]] == ["not-imported"]
    assert news_po.read_bytes() == before


def test_an_import_that_fails_has_a_code_of_its_own(published, news_po, monkeypatch):
    edit(published, intro="All of our news")
    translate(news_po, {"News": "Вести"})
    monkeypatch.setattr("posync.files.import_files.save_merges", Mock(side_effect=ValueError("broken")))
    result = sync()
    assert [issue.code for issue in result.issues if issue.severity == "error"] == ["import-failed"]
    assert [issue.code for issue in result.issues if issue.severity == "warning"] == ["not-imported"]


def test_a_folder_that_cannot_be_written_is_reported_and_others_go_out(make_page, bulgarian, catalog_root):
    for title in ("Jobs", "News"):
        parent = make_page(title=title, slug=title.lower())
        child = make_page(title="Child", slug="child", parent=parent)
        submit(child, [bulgarian])
    (catalog_root / "bg/content").mkdir(parents=True)
    (catalog_root / "bg/content/jobs").write_text("a file where a folder belongs")
    result = export()
    assert (result.files.written, result.files.failed, result.exit_code) == (1, 1, 1)
    assert [issue.file for issue in result.issues] == ["bg/content/jobs/child.po"]


def test_a_folder_named_like_a_file_stops_nothing(published, catalog_root, news_po):
    (catalog_root / "bg/content/folder.po").mkdir()
    translate(news_po, {"News": "Вести"})
    result = sync()
    assert (result.files.read, result.pages.published) == (1, 1)
