"""A translator saves a file in the very moment in which an export replaces it: nothing of that is lost."""

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

from posync.files import atomic_replacement, displaced_files
from posync.files.atomic_replacement import displaced_file
from posync.files.export_files import export
from posync.files.import_files import import_files
from posync.models import Catalog, Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, read, snapshot, target_of, translate

pytestmark = pytest.mark.django_db


def save_in_place(path: Path, text: str = "Вести") -> None:
    """As most text editors do: the file is opened, emptied and written."""
    translate(path, {"News": text})


def save_by_renaming(path: Path, text: str = "Вести") -> None:
    """As Poedit and vim do: another file is written, and takes the name."""
    other = Path(shutil.copy(path, path.with_name("saving~")))
    translate(other, {"News": text})
    other.replace(path)


SAVES = pytest.mark.parametrize("save", [save_in_place, save_by_renaming])


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def due(published, news_po):
    """The page of `published`, whose file is to be written anew."""
    edit(published, intro="All of our news")
    return published


@pytest.fixture
def before_the_swap(monkeypatch):
    """Do something between the last look at a file and the moment in which it is replaced."""

    def act(function):
        swap = atomic_replacement.swap

        def late(one, other):
            monkeypatch.setattr(atomic_replacement, "swap", swap)
            function()
            swap(one, other)

        monkeypatch.setattr(atomic_replacement, "swap", late)

    return act


@pytest.fixture
def no_swap(monkeypatch):
    """A system, or a file system, on which files cannot be swapped."""

    def swap(one, other):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    for module in (atomic_replacement, displaced_files):
        monkeypatch.setattr(module, "swap", swap)


def assert_merged(page, bulgarian, news_po, text="Вести"):
    """Both changes are there: the translator's and the one of the source; and all is quiet afterwards."""
    assert sync().exit_code == 0
    assert entry_of(news_po, "News").msgstr == text
    assert entry_of(news_po, "All of our news").fuzzy
    before = snapshot(news_po.parent)
    assert sync().files.written == 0
    assert snapshot(news_po.parent) == before
    assert [path.name for path in news_po.parent.iterdir() if path.is_file()] == ["news.po"]
    translate(news_po, {"All of our news": "Всичките ни новини"})
    sync()
    assert target_of(page, bulgarian).title == text


@pytest.mark.skipif(sys.platform != "linux", reason="files are swapped on Linux alone")
@SAVES
def test_what_was_saved_between_the_look_and_the_replacement_stays_and_comes_in(
    save, due, bulgarian, news_po, before_the_swap
):
    before_the_swap(lambda: save(news_po))
    result = export()
    assert [(issue.code, issue.file) for issue in result.issues] == [("not-imported", "bg/content/news.po")]
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert_merged(due, bulgarian, news_po)


@pytest.mark.skipif(sys.platform != "linux", reason="whether a file is open is told on Linux alone")
@pytest.mark.parametrize("opened", ["before", "between"])
def test_what_is_written_later_through_an_open_handle_stays_and_comes_in(
    opened, due, bulgarian, news_po, before_the_swap, tmp_path
):
    saved = Path(shutil.copy(news_po, tmp_path / "saved.po"))
    save_in_place(saved)
    handles = []

    def open_file():
        handles.append(news_po.open("r+b"))

    open_file() if opened == "before" else before_the_swap(open_file)
    assert [issue.code for issue in export().issues] == ["not-imported"]
    with handles[0] as handle:
        handle.write(saved.read_bytes())
        handle.truncate()
    assert_merged(due, bulgarian, news_po)


def test_a_file_that_came_into_being_meanwhile_is_not_replaced(submitted, news_po, tmp_path, monkeypatch):
    sync()
    copy = Path(shutil.copy(news_po, tmp_path / "news.po"))
    save_in_place(copy)
    news_po.unlink()
    link = os.link

    def late(one, other):
        shutil.copy(copy, news_po)
        link(one, other)

    monkeypatch.setattr(os, "link", late)
    assert [issue.code for issue in export().issues] == ["not-imported"]
    monkeypatch.undo()
    assert sync().entries.imported == 1


def test_where_files_cannot_be_swapped_a_second_name_keeps_what_is_written_into_the_old_one(
    due, bulgarian, news_po, no_swap, monkeypatch
):
    replace = Path.replace

    def late(self, target):
        if self.name == ".news.po.tmp" and target == news_po:
            save_in_place(news_po)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", late)
    assert [issue.code for issue in export().issues] == ["not-imported"]
    monkeypatch.setattr(Path, "replace", replace)
    assert_merged(due, bulgarian, news_po)


def test_where_there_are_no_second_names_either_files_are_replaced_all_the_same(
    due, bulgarian, news_po, no_swap, make_page, monkeypatch, catalog_root
):
    def link(one, other):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    submit(make_page("en", parent=due, title="Child", slug="child"), [bulgarian])
    assert sync().files.written == 2
    assert entry_of(news_po, "All of our news").fuzzy
    assert not [path for path in catalog_root.rglob(".*") if path.suffix in (".tmp", ".before")]


class Steps:
    """Counts what is done to the names of a page's files; ends the process before or behind the n-th, where somebody saves."""

    def __init__(self, monkeypatch, number: int, save, *, behind: bool) -> None:
        self.left, self.save, self.behind = number, save, behind
        for owner, name in [
            (Path, "replace"),
            (Path, "unlink"),
            (os, "link"),
            (atomic_replacement, "swap"),
        ]:
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, function):
        def call(*args, **kwargs):
            self.left -= "news.po" in Path(args[0]).name
            if self.left or "news.po" not in Path(args[0]).name:
                return function(*args, **kwargs)
            if not self.behind:
                self.save()
                raise Killed
            function(*args, **kwargs)
            self.save()
            raise Killed

        return call


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("swaps", [True, False], ids=["swapped", "linked"])
@SAVES
def test_a_kill_between_two_steps_loses_nothing_that_was_saved_there(
    save, swaps, number, behind, due, bulgarian, news_po, monkeypatch, request
):
    if not swaps:
        request.getfixturevalue("no_swap")
    with monkeypatch.context() as killed:
        done = []

        def save_once():
            done.append(1)
            with killed.context() as undisturbed:
                undisturbed.setattr(Path, "replace", REPLACE)
                save(news_po)

        Steps(killed, number, save_once, behind=behind)
        try:
            sync()
        except Killed:
            pass
        else:
            save_once()  # fewer steps than that
    assert_merged(due, bulgarian, news_po)


REPLACE = Path.replace


@SAVES
def test_what_was_saved_before_and_after_the_replacement_comes_in_both(
    save, due, bulgarian, news_po, monkeypatch
):
    unlink = Path.unlink

    def killed(self, **kwargs):
        if self == displaced_file(news_po):
            raise Killed
        unlink(self, **kwargs)

    before = Path(shutil.copy(news_po, news_po.with_name("before")))
    save(before)
    monkeypatch.setattr(Path, "unlink", killed)
    with pytest.raises(Killed):
        export()
    monkeypatch.undo()
    before.replace(displaced_file(news_po))
    translate(news_po, {"All of our news": "Всичките ни новини"})
    assert sync().exit_code == 0
    target = target_of(due, bulgarian)
    assert (target.title, target.intro) == ("Вести", "Всичките ни новини")
    assert not displaced_file(news_po).exists()
    assert sync().files.written == 0


def test_a_displaced_file_is_taken_up_by_an_import_of_its_file_and_not_by_a_dry_run(published, news_po):
    shutil.copy(news_po, displaced_file(news_po))
    save_in_place(displaced_file(news_po))
    translate(news_po, {"All our news": "Всички вести"})
    result = import_files(dry_run=True)
    assert (result.entries.imported, displaced_file(news_po).exists()) == (2, True)
    assert [issue.code for issue in export(paths=[news_po]).issues] == ["not-imported"]
    assert import_files([news_po]).entries.imported == 2
    assert not displaced_file(news_po).exists()


def test_a_displaced_file_of_no_page_stays_and_is_reported(published, news_po):
    lost = displaced_file(news_po.with_name("gone.po"))
    lost.write_text(news_po.read_text("utf-8").replace("news:", "gone:"), "utf-8")
    for _time in range(2):
        assert [issue.code for issue in sync().issues if issue.severity == "warning"] == ["unknown-page"]
    assert lost.exists()


def test_a_displaced_file_comes_back_where_its_own_is_missing(published, news_po):
    save_in_place(news_po)
    news_po.rename(displaced_file(news_po))
    assert sync().entries.imported == 1
    assert entry_of(news_po, "News").msgstr == "Вести"


def test_a_displaced_file_that_is_cut_off_stays_and_stops_no_other(published, news_po):
    content = news_po.read_bytes()
    displaced_file(news_po).write_bytes(content[:-8])
    save_in_place(news_po)
    result = sync()
    assert [(issue.code, issue.file) for issue in result.issues if issue.severity == "error"] == [
        ("truncated", "bg/content/.news.po.before")
    ]
    assert result.entries.imported == 1
    assert displaced_file(news_po).exists()


def test_texts_that_belong_nowhere_are_kept_of_a_displaced_file(published, news_po):
    text = news_po.read_text("utf-8")
    displaced_file(news_po).write_text(
        text + '\nmsgctxt "gone:title"\nmsgid "Gone"\nmsgstr "Няма"\n', "utf-8"
    )
    save_in_place(news_po)
    sync()
    assert Change.objects.filter(before="Няма").exists()
    assert not displaced_file(news_po).exists()
    assert Catalog.objects.get().writing_digest == ""
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert "Gone" not in {entry.msgid for entry in read(news_po)}
