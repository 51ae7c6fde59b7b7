"""An entry is found by its msgctxt alone, whatever a tool did to the file around it."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from posync.files.import_files import import_files
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import current, edit, mirrored, read, target_of, translate, translate_all

pytestmark = pytest.mark.django_db

TEXTS = {
    "News": "Новини",
    "All our news": "Всички новини",
    "A longer text. " * 9 + "End.": "Край " * 40 + ".",
}


@pytest.fixture
def page(make_page, bulgarian):
    """A page with a text long enough to be wrapped."""
    page = make_page(title="News", slug="news", intro="All our news", lead="A longer text. " * 9 + "End.")
    submit(page, [bulgarian])
    sync()
    return page


def tool(*command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is missing; on Debian: sudo apt install gettext")
    subprocess.run(command, check=True, capture_output=True)


def move_elsewhere(path, tmp_path):
    other = tmp_path / "inbox" / "final (2).po"
    other.parent.mkdir()
    shutil.move(path, other)
    return other


def drop_header(path, tmp_path):
    po = polib.pofile(str(path), wrapwidth=0)
    path.write_text("\n".join(str(entry) for entry in po), "utf-8")
    return path


def rewrite_header(path, tmp_path):
    po = polib.pofile(str(path), wrapwidth=0)
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "bg", "X-Generator": "A tool 1.0"}
    po.header = "Made by a tool"
    po.save()
    return path


def shuffle(path, tmp_path):
    po = polib.pofile(str(path), wrapwidth=0)
    po.reverse()
    po.save()
    return path


def drop_comments(path, tmp_path):
    tool("msgattrib", "--no-location", "--no-wrap", "--clear-previous", "-o", str(path), str(path))
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        entry.comment = entry.tcomment = ""
    po.save()
    return path


def rewrap(path, tmp_path):
    tool("msgcat", "--width=40", "-o", str(path), str(path))
    assert max(map(len, path.read_text("utf-8").splitlines())) < 120
    return path


def sort_by_text(path, tmp_path):
    tool("msgcat", "--sort-output", "-o", str(path), str(path))
    return path


def merge_with_template(path, tmp_path):
    template = tmp_path / "template.pot"
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        entry.msgstr = ""
    po.save(str(template))
    tool("msgmerge", "--previous", "-o", str(path), str(path), str(template))
    return path


def save_by_polib(path, tmp_path):
    polib.pofile(str(path), wrapwidth=78).save()
    return path


def dos_line_ends(path, tmp_path):
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return path


def windows_1251(path, tmp_path):
    text = path.read_text("utf-8").replace("charset=UTF-8", "charset=windows-1251").replace("›", ">")
    path.write_bytes(text.encode("windows-1251"))
    return path


def byte_order_mark(path, tmp_path):
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    return path


@pytest.mark.parametrize(
    "change",
    [
        move_elsewhere,
        drop_header,
        rewrite_header,
        shuffle,
        drop_comments,
        rewrap,
        sort_by_text,
        merge_with_template,
        save_by_polib,
        dos_line_ends,
        windows_1251,
        byte_order_mark,
    ],
)
def test_every_entry_finds_its_place_and_the_file_becomes_itself_again(
    change, page, bulgarian, news_po, tmp_path, catalog_root
):
    translate(news_po, TEXTS)
    expected = news_po.read_bytes()
    changed = change(news_po, tmp_path)
    result = import_files([changed])
    assert (result.entries.imported, result.issues) == (3, ())
    assert sync().pages.published == 1
    target = target_of(page, bulgarian)
    assert (target.title, target.intro, target.lead) == tuple(TEXTS.values())
    assert [(e.msgctxt, e.msgid, e.msgstr, e.comment) for e in current(news_po)] == [
        (e.msgctxt, e.msgid, e.msgstr, e.comment) for e in polib.pofile(expected.decode(), wrapwidth=0)
    ]
    assert b"\r" not in news_po.read_bytes()
    assert sync().files.written == 0


def test_entries_of_several_pages_and_both_directions_in_one_file(
    page, make_page, bulgarian, english, catalog_root, tmp_path
):
    jobs = make_page(title="Jobs", slug="jobs")
    events = make_page("bg", title="Събития", slug="sabitiya")
    submit(jobs, [bulgarian])
    submit(events, [english])
    sync()
    translate_all(catalog_root)
    translate_all(catalog_root, "en")
    bundle = polib.POFile(wrapwidth=78)
    for path in sorted(catalog_root.rglob("*.po")):
        bundle.extend(read(path))
        path.unlink()
    bundle.save(str(tmp_path / "bundle.po"))
    result = import_files([tmp_path / "bundle.po"])
    assert (result.entries.imported, result.issues) == (5, ())
    assert sync().pages.published == 3
    assert target_of(jobs, bulgarian).title == mirrored("Jobs")
    assert target_of(events, english).title == mirrored("Събития")


def test_a_file_in_a_wrong_folder_is_refused_and_says_so(page, news_po, catalog_root):
    translate(news_po, TEXTS)
    wrong = catalog_root / "en/content/news.po"
    wrong.parent.mkdir(parents=True)
    shutil.move(news_po, wrong)
    result = sync()
    assert [issue.code for issue in result.issues if issue.severity == "error"] == ["wrong-language"]
    assert result.exit_code == 1


def test_a_file_under_another_name_in_the_right_folder_is_found_by_itself(page, bulgarian, news_po):
    translate(news_po, TEXTS)
    news_po.rename(news_po.with_name("renamed.po"))
    assert sync().pages.published == 1
    assert target_of(page, bulgarian).title == "Новини"


def test_entries_that_belong_nowhere_are_reported_and_the_others_come_in(page, bulgarian, news_po):
    translate(news_po, TEXTS)
    with news_po.open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "gone:title"\nmsgid "Gone"\nmsgstr "Няма"\n')
        file.write('\nmsgid "No context"\nmsgstr "Без"\n')
    result = sync()
    assert (result.entries.imported, result.entries.unknown, result.exit_code) == (3, 2, 1)
    found = {issue.code for issue in result.issues if issue.severity != "info"}
    assert found == {"unknown-page", "no-msgctxt", "not-imported"}
    assert target_of(page, bulgarian).title == "Новини"


def test_an_entry_twice_in_a_file_counts_once_and_is_reported(page, bulgarian, news_po):
    translate(news_po, TEXTS)
    with news_po.open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "news:title"\nmsgid "News"\nmsgstr "Вести"\n')
    result = sync()
    assert [issue.code for issue in result.issues if issue.severity == "warning"] == ["duplicate"]
    assert target_of(page, bulgarian).title == "Новини"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'msgid "never closed\n', id="syntax"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", id="picture"),
        pytest.param(
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "\xff"\nmsgstr ""\n',
            id="bytes",
        ),
    ],
)
def test_a_broken_file_is_reported_left_alone_and_stops_no_other(
    content, page, make_page, bulgarian, news_po, catalog_root, run
):
    jobs = make_page(title="Jobs", slug="jobs")
    submit(jobs, [bulgarian])
    sync()
    translate(catalog_root / "bg/content/jobs.po", {"Jobs": "Работа"})
    news_po.write_bytes(content)
    outcome = run("sync_po", "--json")
    assert (outcome.code, outcome.json["pages"]["published"]) == (1, 1)
    assert [issue["file"] for issue in outcome.json["issues"] if issue["severity"] == "error"] == [
        "bg/content/news.po"
    ]
    assert target_of(jobs, bulgarian).title == "Работа"
    assert news_po.read_bytes() == content


def test_an_old_copy_of_a_file_finds_the_text_that_replaced_its_own(page, bulgarian, news_po, tmp_path: Path):
    mailed = tmp_path / "mailed.po"
    shutil.copy(news_po, mailed)
    translate(news_po, TEXTS)
    sync()
    edit(page, intro="All of our news")
    sync()
    translate(mailed, {"All our news": "Всичките новини"})
    import_files([mailed])
    sync()
    entry = current(news_po)[1]
    assert (entry.msgid, entry.msgstr, entry.fuzzy) == ("All of our news", "Всичките новини", True)
    assert target_of(page, bulgarian).intro == "Всички новини"
