"""Links below the root: none leads a command out of it, and those within lead where they say."""

import os
from pathlib import Path

import pytest

from posync.files.export_files import export
from posync.files.import_files import import_files
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, snapshot, target_of, translate

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows"),
]


@pytest.fixture
def outside(tmp_path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


@pytest.fixture
def jobs_po(make_page, bulgarian, catalog_root) -> Path:
    """The file of a second page, with a good translation in it."""
    submit(make_page("en", title="Jobs", slug="jobs"), [bulgarian])
    sync()
    path = catalog_root / "bg/content/jobs.po"
    translate(path, {"Jobs": "Работа"})
    return path


def errors(result):
    return [(issue.code, issue.file) for issue in result.issues if issue.severity == "error"]


def test_a_file_behind_a_link_out_of_the_root_is_neither_read_nor_written_and_others_go_on(
    published, bulgarian, news_po, jobs_po, outside
):
    kept = news_po.rename(outside / "news.po")
    translate(kept, {"News": "Отвън"})
    news_po.symlink_to(kept)
    edit(published, intro="All of our news")
    before = kept.read_bytes()
    result = sync()
    assert set(errors(result)) == {("link-outside", "bg/content/news.po")}
    assert str(kept) in result.issues[0].message
    assert "POSYNC['ROOT']" in result.issues[0].message
    assert (target_of(published, bulgarian).title, kept.read_bytes()) == ("Новини", before)
    assert news_po.is_symlink()
    assert entry_of(jobs_po, "Jobs").msgstr == "Работа"
    assert result.entries.imported == 1


@pytest.mark.parametrize("place", ["bg", "bg/content", "bg/content/news"])
def test_a_folder_behind_a_link_out_of_the_root_is_neither_read_nor_written(
    place, published, make_page, bulgarian, catalog_root, outside
):
    submit(make_page("en", parent=published, title="Child", slug="child"), [bulgarian])
    sync()
    linked = catalog_root / place
    moved = linked.rename(outside / "moved")
    linked.symlink_to(moved)
    (child,) = moved.rglob("child.po")
    translate(child, {"Child": "Отвън"})
    edit(published, intro="All of our news")
    before = snapshot(outside)
    result = sync()
    assert "link-outside" in {issue.code for issue in result.issues}
    assert all(issue.file.startswith("bg") for issue in result.issues if issue.code == "link-outside")
    assert result.exit_code == 1
    assert result.entries.imported == 0
    assert snapshot(outside) == before
    child.unlink()
    sync()
    assert not child.exists()


def test_a_named_file_of_the_root_is_not_read_through_a_link_out_of_it(
    published, news_po, catalog_root, outside, run, monkeypatch
):
    kept = news_po.rename(outside / "news.po")
    translate(kept, {"News": "Отвън"})
    news_po.symlink_to(kept)
    monkeypatch.chdir(catalog_root)
    for name in (news_po, Path("bg/content/news.po"), Path("bg/../bg/content/news.po")):
        for result in (import_files([name]), export(paths=[name])):
            assert errors(result) == [("link-outside", "bg/content/news.po")], name
        assert run("check_po", name).code == 1


def test_links_within_the_root_are_followed_and_a_second_sync_is_quiet(
    published, make_page, bulgarian, catalog_root, news_po, writes
):
    child = make_page("en", parent=published, title="Child", slug="child")
    submit(child, [bulgarian])
    sync()
    shared = catalog_root / "shared"
    (catalog_root / "bg/content/news").rename(shared)
    (catalog_root / "bg/content/news").symlink_to(shared)
    news_po.rename(shared / "other.po")
    news_po.symlink_to(shared / "other.po")
    (shared / "around").symlink_to(catalog_root / "bg")
    translate(shared / "child.po", {"Child": "Дете"})
    translate(shared / "other.po", {"News": "Вести"})
    sync()
    assert target_of(published, bulgarian).title == "Вести"
    assert target_of(child, bulgarian).title == "Дете"
    before = snapshot(catalog_root)
    with writes() as found:
        result = sync()
    assert (found.statements, result.exit_code) == ([], 0)
    assert snapshot(catalog_root) == before


def test_the_root_itself_may_be_a_link(published, bulgarian, catalog_root, news_po, outside):
    moved = catalog_root.rename(outside / "locale")
    catalog_root.symlink_to(moved)
    translate(moved / "bg/content/news.po", {"News": "Вести"})
    assert sync().exit_code == 0
    assert target_of(published, bulgarian).title == "Вести"
    translate(news_po, {"News": "Новини"}, comment="Отново")
    assert import_files([moved / "bg/content/news.po"]).entries.imported == 1


def test_a_link_planted_under_the_name_of_a_temporary_file_is_not_written_through(
    published, news_po, outside
):
    victim = outside / "victim"
    victim.write_text("precious")
    victim.chmod(0o600)
    for name in (".news.po.tmp", ".news.po.before"):
        news_po.with_name(name).symlink_to(victim)
    edit(published, intro="All of our news")
    sync()
    sync()
    assert (victim.read_text(), victim.stat().st_mode & 0o777) == ("precious", 0o600)
    assert entry_of(news_po, "All of our news").fuzzy


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="may read everything")
def test_a_folder_that_may_not_be_read_is_reported(published, catalog_root):
    folder = catalog_root / "bg/content/closed"
    folder.mkdir(mode=0)
    try:
        assert errors(sync()) == [("unreadable", "bg/content/closed")]
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("name", "to"),
    [("loop.po", "loop.po"), ("loop", "loop"), ("long.po", "x" * 300), ("long", "x" * 300)],
)
def test_a_link_that_leads_round_or_nowhere_stops_no_other_file(name, to, published, bulgarian, news_po):
    news_po.with_name(name).symlink_to(to)
    translate(news_po, {"News": "Вести"})
    result = sync()
    assert errors(result) == [("unreadable", f"bg/content/{name}")]
    assert target_of(published, bulgarian).title == "Вести"


def test_a_language_folder_that_leads_nowhere_stops_no_other(published, bulgarian, news_po, catalog_root):
    (catalog_root / "de").mkdir()
    (catalog_root / "de/content").symlink_to("x" * 300)
    translate(news_po, {"News": "Вести"})
    result = sync()
    assert errors(result) == [("unreadable", "de/content")]
    assert target_of(published, bulgarian).title == "Вести"


def test_hidden_files_are_other_programs_own(published, news_po):
    news_po.with_name("._news.po").write_bytes(b"\x00\x05\x16\x07")
    news_po.with_name(".#news.po").symlink_to("editor@host.1:2")
    assert errors(sync()) == []


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_in_the_place_of_a_catalogs_own_is_reported(make, published, news_po):
    news_po.unlink()
    make(news_po)
    for _time in range(2):
        result = sync()
        assert [(issue.code, issue.file) for issue in result.issues] == [("unwritable", "bg/content/news.po")]
