"""What comes in is hostile until checked: a damaged or oversized file is refused by name, and stops nothing else."""

import os
import time
from pathlib import Path

import pytest

from posync.core.po.limits import MAX_ENTRIES, MAX_ENTRY_LENGTH, MAX_FILE_BYTES, MAX_LINES
from posync.core.rules.validation import repair
from posync.exceptions import PosyncError
from posync.files.import_files import import_files
from posync.models import Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.core.rules.all_checks import check
from tests.posync.people import current, edit, entry_of, read, target_of, translate

pytestmark = pytest.mark.django_db

HEADER = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: bg\\n"\n'


@pytest.fixture
def jobs_po(make_page, bulgarian, catalog_root):
    """The file of a second page, with a good translation in it."""
    submit(make_page("en", title="Jobs", slug="jobs"), [bulgarian])
    sync()
    path = catalog_root / "bg/content/jobs.po"
    translate(path, {"Jobs": "Работа"})
    return path


def entry(number):
    return f'\nmsgctxt "news:title"\nmsgid "{number}"\nmsgstr ""\n'.encode()


def git_conflict(ours: bytes, theirs: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + ours + b"=======\n" + theirs + b">>>>>>> translators\n"


UNUSABLE = [
    pytest.param(
        HEADER
        + b'\nmsgctxt "news:title"\nmsgid "News"\n'
        + git_conflict(b'msgstr "\xd0\x90"\n', b'msgstr "B"\n'),
        ("conflict-markers", 8),
        id="Git's conflict",
    ),
    pytest.param(
        HEADER.replace(b"\n", b"\r\n") + git_conflict(entry(1), entry(2)).replace(b"\n", b"\r\n"),
        ("conflict-markers", 5),
        id="Git's conflict with the line ends of Windows",
    ),
    pytest.param(HEADER + b'\nmsgctxt "news:title"\nmsgid "Ne', ("truncated", 7), id="cut off in a text"),
    pytest.param(
        HEADER + b'\nmsgctxt "news:title"\nmsgid "News"\nmsgs', ("truncated", 8), id="cut off in a word"
    ),
    pytest.param(
        HEADER + b'\nmsgctxt "news:title"\nmsgid "News"\n',
        ("truncated", 7),
        id="cut off before the translation",
    ),
    pytest.param(HEADER + b'\nmsgctxt "news:title"\n', ("truncated", 6), id="cut off before the source"),
    pytest.param(
        HEADER + b'\nmsgctxt "news:title"\nmsgid "News"\nmsgstr \xd0\x9d\n', ("syntax", 8), id="no quotes"
    ),
    pytest.param(HEADER.replace(b": bg", b": de") + entry(1), ("wrong-language", 4), id="another language"),
    pytest.param(HEADER + b"#" * MAX_FILE_BYTES, ("too-large", 0), id="bytes"),
    pytest.param(HEADER + entry(1) * (MAX_ENTRIES + 1), ("too-large", 0), id="entries"),
    pytest.param(HEADER + b"# a\n" * MAX_LINES + entry(1), ("too-large", 0), id="lines"),
]


@pytest.mark.parametrize(("content", "place"), UNUSABLE)
def test_an_unusable_file_is_reported_with_its_line_left_alone_and_stops_no_other(
    content, place, submitted, news_po, jobs_po, run
):
    news_po.write_bytes(content)
    checked = run("check_po", "--json", news_po, jobs_po)
    outcome = run("sync_po", "--json")
    errors = [issue for issue in outcome.json["issues"] if issue["severity"] == "error"]
    assert [(issue["code"], issue["line"], issue["file"]) for issue in errors] == [
        (*place, "bg/content/news.po")
    ]
    assert checked.json["issues"] == errors
    assert (checked.code, checked.json["files"]["read"], checked.json["files"]["failed"]) == (1, 1, 1)
    assert (outcome.code, outcome.json["pages"]["published"]) == (1, 1)
    assert news_po.read_bytes() == content


def test_the_limits_leave_room_for_a_large_bundle(submitted, tmp_path):
    sync()
    bundle = tmp_path / "bundle.po"
    bundle.write_bytes(HEADER + b"".join(entry(number) for number in range(MAX_ENTRIES)))
    assert import_files([bundle]).files.failed == 0


def test_a_file_mended_by_a_person_comes_in(published, bulgarian, news_po):
    good = news_po.read_bytes()
    news_po.write_bytes(good + git_conflict(entry(1), entry(2)))
    sync()
    news_po.write_bytes(good)
    translate(news_po, {"News": "Вести"})
    assert sync().exit_code == 0
    assert target_of(published, bulgarian).title == "Вести"


@pytest.mark.parametrize("language", ["bg_BG", "bg-BG", "BG", "bg_bg"])
def test_a_region_makes_no_other_language(language, submitted, bulgarian, news_po):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    news_po.write_text(
        news_po.read_text("utf-8").replace("Language: bg\\n", f"Language: {language}\\n"), "utf-8"
    )
    assert sync().pages.published == 1
    assert read(news_po).metadata["Language"] == "bg"


def test_a_region_is_understood_outside_the_root_too(submitted, bulgarian, news_po, tmp_path):
    sync()
    translate(news_po, {"News": "Новини"})
    mailed = tmp_path / "mailed.po"
    mailed.write_text(news_po.read_text("utf-8").replace("Language: bg\\n", "Language: bg_BG\\n"), "utf-8")
    assert import_files([mailed]).entries.imported == 1


@pytest.mark.parametrize("content", [b"", b"\n\n", HEADER], ids=["nothing", "empty lines", "header alone"])
def test_an_emptied_file_is_reported_and_written_anew(content, published, news_po):
    before = news_po.read_bytes()
    news_po.write_bytes(content)
    result = sync()
    assert [issue.code for issue in result.issues if issue.severity == "warning"] == ["no-entries"]
    assert news_po.read_bytes() == before
    assert sync().files.written == 0


def test_entries_in_the_file_of_another_page_go_to_their_own(published, bulgarian, news_po, jobs_po):
    before = news_po.read_bytes()
    jobs_po.replace(news_po)
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.severity == "warning"]
    assert (issue.code, issue.file, issue.msgctxt) == ("another-page", "bg/content/news.po", "jobs:title")
    assert issue.line > 0
    assert "'jobs'" in issue.message
    assert entry_of(jobs_po, "Jobs").msgstr == "Работа"
    assert news_po.read_bytes() == before
    assert sync().files.written == 0


def test_entries_that_belong_nowhere_are_kept_when_their_file_is_written_without_them(published, news_po):
    before = news_po.read_bytes()
    news_po.write_bytes(before + '\nmsgctxt "gone:title"\nmsgid "Gone"\nmsgstr "Няма"\n'.encode())
    sync()
    assert news_po.read_bytes() == before
    kept = Change.objects.get(before="Няма")
    assert (kept.domain, kept.path, kept.msgid, kept.file) == ("gone", "title", "Gone", "bg/content/news.po")


def test_a_file_named_from_within_the_folder_is_known_for_the_pages_own(
    published, news_po, catalog_root, monkeypatch
):
    with news_po.open("a") as file:
        file.write('\nmsgctxt "gone:title"\nmsgid "Gone"\nmsgstr "Безценен труд"\n')
    monkeypatch.chdir(catalog_root / "bg")
    (issue,) = import_files([Path("content/news.po")]).issues
    assert (issue.file, issue.line) == ("bg/content/news.po", 29)
    assert "in the history" in issue.message
    sync()
    assert "Gone" not in news_po.read_text()
    assert Change.objects.filter(before="Безценен труд").exists()


def test_a_wrong_language_is_seen_from_within_the_folder_too(published, news_po, catalog_root, monkeypatch):
    news_po.write_text(news_po.read_text().replace("Language: bg", "Language: de"))
    monkeypatch.chdir(catalog_root)
    assert [issue.code for issue in import_files([Path("bg/content/news.po")]).issues] == ["wrong-language"]


def test_the_second_of_two_entries_is_reported_and_kept_in_the_history(published, news_po, run):
    with news_po.open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "news:title"\nmsgid "News"\nmsgstr "Вести"\n')
    checked = run("check_po", "--json", news_po).json["issues"]
    (issue,) = [issue for issue in sync().issues if issue.code == "duplicate"]
    assert [(found["code"], found["line"]) for found in checked] == [("duplicate", issue.line)]
    assert issue.line == len(news_po.read_text("utf-8").splitlines()) + 2
    assert Change.objects.get(before="Вести").msgid == "News"
    assert [e.msgstr for e in current(news_po)] == ["Новини", "Всички новини"]


def test_an_obsolete_entry_never_stands_for_the_one_in_use(published, bulgarian, news_po):
    translate(news_po, {"News": "Вести"})
    text = news_po.read_text("utf-8")
    head, rest = text.split("\n\n", 1)
    old = '#~ msgctxt "news:title"\n#~ msgid "News"\n#~ msgstr "Стар текст"'
    news_po.write_text(f"{head}\n\n{old}\n\n{rest}", "utf-8")
    sync()
    assert target_of(published, bulgarian).title == "Вести"
    assert Change.objects.filter(before="Стар текст").exists()


def test_an_entry_of_a_monstrous_length_is_refused_alone_and_kept(published, bulgarian, news_po, run):
    monster = "н" * (MAX_ENTRY_LENGTH + 1)
    translate(news_po, {"News": "Вести", "All our news": monster})
    line = next(n for n, row in enumerate(news_po.read_text("utf-8").splitlines(), 1) if "news:intro" in row)
    (checked,) = run("check_po", "--json", news_po).json["issues"]
    result = sync()
    (issue,) = result.issues[:1]
    assert (issue.code, checked["code"], issue.msgctxt) == ("too-long", "too-long", "news:intro")
    assert issue.line == checked["line"]
    assert 0 < line - issue.line < 4  # the entry begins with its comments
    assert (result.entries.imported, result.entries.blocked) == (1, 1)
    assert Change.objects.get(before=monster).path == "intro"
    assert entry_of(news_po, "All our news").msgstr == "Всички новини"


@pytest.mark.parametrize(
    "reference",
    ["&#0;", "&#7;", "&#x1b;", "&#X1B;", "&#127;", "&#x85;", "&#xD800;", "&#x110000;", "&#00000000007;"]
    + ["&#" + "9" * 5000 + ";"],
    ids=lambda reference: reference[:12],
)
def test_a_number_for_a_control_character_is_refused(reference):
    assert [problem.code for problem in check("a", f"б{reference}")] == ["control"]


@pytest.mark.parametrize("reference", ["&#160;", "&#x2014;", "&#9;", "&#10;", "&#0160;", "&#x1F600;"])
def test_a_number_for_a_character_passes(reference):
    assert check("a", f"б{reference}") == []


@pytest.mark.parametrize(
    "piece", ["<a", "</a", "<a x ", '<a id="', "<!--", "<?", "<![", "&#", "<b>", "{a", "%(a", "a@a.", "<a '>"]
)
def test_no_text_within_the_limit_holds_up_the_checks(piece):
    monster = (piece * MAX_ENTRY_LENGTH)[:MAX_ENTRY_LENGTH]
    started = time.process_time()
    check("a", repair("a", monster))
    few = piece * 45
    check("a", few + "x " * ((MAX_ENTRY_LENGTH - len(few)) // 2))
    assert time.process_time() - started < 10


@pytest.mark.skipif(os.name != "posix", reason="pipes in folders are POSIX's")
def test_a_pipe_among_the_files_is_not_waited_for(published, news_po):
    os.mkfifo(news_po.with_name("pipe.po"))
    translate(news_po, {"News": "Вести"})
    assert sync().pages.published == 1


def test_a_link_that_leads_nowhere_is_reported(published, news_po):
    news_po.with_name("link.po").symlink_to(news_po.with_name("nothing.po"))
    assert [(issue.code, issue.file) for issue in sync().issues] == [("unreadable", "bg/content/link.po")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_place_of_a_file_or_of_the_mark_is_not_waited_for(published, news_po, catalog_root):
    edit(published, intro="Other news")
    news_po.unlink()
    os.mkfifo(news_po)
    (issue,) = [issue for issue in sync().issues if issue.code == "unwritable"]
    assert "no regular file" in issue.message
    mark = catalog_root / ".posync/site.json"
    mark.unlink()
    os.mkfifo(mark)
    with pytest.raises(PosyncError, match=r"site\.json, cannot be read: it is no regular file"):
        sync()
