"""Files of every sort left in the folder: each is read at every sync, and changes something once."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.apps import apps

from posync.core.issue_codes import IssueCode
from posync.core.po.limits import MAX_ENTRY_LENGTH
from posync.core.results import Severity
from posync.models import Change
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: bg\\n"\n'


def entry(msgctxt: str, msgid: str, msgstr: str, flag: str = "", comment: str = "") -> str:
    head = f"# {comment}\n" if comment else ""
    head += f"#, {flag}\n" if flag else ""
    return f'\n{head}msgctxt "{msgctxt}"\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


def as_obsolete(text: str) -> str:
    """As obsolete entries."""
    return re.sub(r"(?m)^(?=msg|\")", "#~ ", text)


NEWS = entry("news:title", "News", "Вести")
MONSTER = "н" * (MAX_ENTRY_LENGTH + 1)
STRAY = {
    "duplicates": HEADER + NEWS + entry("news:title", "News", "Новинарство") * 2,
    "duplicates among the obsolete": HEADER + NEWS + as_obsolete(entry("news:title", "News", "Старо") * 2),
    "too long": HEADER + entry("news:title", "News", MONSTER),
    "a refused text": HEADER + entry("news:title", "News", "Вести<script>"),
    "a refused text twice": HEADER + entry("news:title", "News", "Вести<script>", "fuzzy") * 2,
    "an unknown page": HEADER + entry("gone:title", "Gone", "Няма"),
    "an unknown text": HEADER + entry("news:title", "Other news", "Други новини"),
    "an unknown text, obsolete": HEADER + as_obsolete(entry("news:title", "Other news", "Други новини")),
    "an unknown text, fuzzy": HEADER + entry("news:title", "Other news", "Други новини", "fuzzy", "Коментар"),
    "obsolete entries alone": HEADER + as_obsolete(NEWS),
    "no msgctxt": HEADER + NEWS.replace('msgctxt "news:title"\n', ""),
    "another language": HEADER.replace(": bg", ": de") + NEWS,
    "no language": HEADER.replace('"Language: bg\\n"\n', "") + NEWS,
    "a draft": HEADER + entry("news:title", "News", "Вести", "fuzzy", "Коментар"),
    "a comment": HEADER + entry("news:title", "News", "Новини", "", "Коментар"),
    "nothing": "",
    "a text and its draft": HEADER
    + entry("news:title", "News", "Вести", "fuzzy")
    + entry("news:intro", "All our news", "Вести"),
    "of two pages": HEADER + NEWS + entry("jobs:title", "Jobs", "Служби"),
    "white space": HEADER + entry("news:title", "News", "  "),
    "an old source": HEADER
    + entry("news:title", "News", "Вести", "fuzzy").replace("#, fuzzy\n", '#, fuzzy\n#| msgid "Old news"\n'),
}


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of posync's tables."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_app_config("posync").get_models()
    }


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def jobs_po(prepare, make_page, bulgarian, catalog_root) -> Path:
    path = catalog_root / "bg/content/jobs.po"

    def make() -> None:
        submit(make_page("en", title="Jobs", slug="jobs"), [bulgarian])
        sync()
        translate(path, {"Jobs": "Работа"})
        sync()

    prepare("jobs", make)
    return path


def assert_the_second_sync_is_quiet(root: Path) -> None:
    sync()
    found, written = rows(), files(root)
    for _time in range(2):
        sync()
        assert rows() == found
        assert files(root) == written


@pytest.mark.parametrize("place", ["bg/content/stray.po", "en/content/stray.po"])
@pytest.mark.parametrize("sort", STRAY)
def test_a_stray_file_changes_something_once(sort, place, published, jobs_po, catalog_root):
    path = catalog_root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(STRAY[sort], "utf-8")
    assert_the_second_sync_is_quiet(catalog_root)
    assert path.read_text("utf-8") == STRAY[sort]


@pytest.mark.parametrize("sort", STRAY)
def test_the_same_in_the_file_of_a_page_changes_something_once(
    sort, published, jobs_po, news_po, catalog_root
):
    for path in (news_po, jobs_po):
        path.write_text(STRAY[sort], "utf-8")
    assert_the_second_sync_is_quiet(catalog_root)


def test_stray_files_of_all_sorts_together_change_something_once(published, jobs_po, news_po, catalog_root):
    for number, text in enumerate(STRAY.values()):
        news_po.with_name(f"stray {number}.po").write_text(text, "utf-8")
    shutil.copy(news_po, news_po.with_name("a copy of another page's file.po"))
    shutil.copy(jobs_po, news_po.with_name("zz.po"))
    assert_the_second_sync_is_quiet(catalog_root)


@pytest.mark.parametrize("change", ["source", "admin", "file", "draft", "all"])
def test_copies_stay_quiet_while_people_go_on(change, published, bulgarian, news_po, catalog_root):
    for number, sort in enumerate(["a draft", "a comment", "duplicates", "an unknown text", "an old source"]):
        news_po.with_name(f"stray {number}.po").write_text(STRAY[sort], "utf-8")
    shutil.copy(news_po, news_po.with_name("copy.po"))
    sync()
    if change in ("source", "all"):
        edit(published, title="Other news")
    if change in ("file", "all"):
        translate(news_po, {"All our news": "Всички вести"})
    if change == "draft":
        translate(news_po, {"All our news": "Всички вести"}, fuzzy=True)
    if change in ("admin", "all"):
        type_in_admin(published, bulgarian, "intro", "От админа")
    assert_the_second_sync_is_quiet(catalog_root)


def test_a_refusal_is_kept_once_and_again_for_another_text(published, news_po):
    stray = news_po.with_name("stray.po")
    stray.write_text(STRAY["too long"], "utf-8")
    for _time in range(3):
        sync()
    assert Change.objects.filter(before=MONSTER).count() == 1
    stray.write_text(STRAY["too long"].replace(MONSTER, MONSTER + "!"), "utf-8")
    sync()
    assert Change.objects.filter(before__in=[MONSTER, MONSTER + "!"]).count() == 2


def test_a_file_whose_name_is_not_in_utf8_is_named_and_stops_no_other(published, news_po):
    name = os.fsencode(news_po.parent) + b"/\xff.po"
    shutil.copy(news_po, name)
    translate(news_po, {"News": "Вести"})
    result = sync()
    (issue,) = [one for one in result.issues if one.severity is Severity.ERROR]
    assert (issue.code, issue.file) == (IssueCode.UNREADABLE, "bg/content/\\xff.po")
    assert entry_of(news_po, "News").msgstr == "Вести"
    assert result.entries.imported == 1


def test_a_file_with_a_nul_character_is_refused_with_its_line(published, news_po):
    content = news_po.read_bytes().replace("Новини".encode(), "Но\0ви".encode())
    news_po.write_bytes(content)
    result = sync()
    (issue,) = [one for one in result.issues if one.code == IssueCode.SYNTAX]
    assert issue.line == content[: content.index(b"\0")].count(b"\n") + 1
    assert news_po.read_bytes() == content
