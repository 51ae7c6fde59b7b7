"""A site adds checks and lines of its own, takes posync's out, and is told where one of them fails."""

import pytest
from wagtail_localize.models import StringTranslation

from posync import hooks
from posync.core.results import Severity
from posync.files.check_files import check_files
from posync.history.resolve_conflicts import Choice, open_conflicts, resolve
from posync.hooks import Problem
from posync.sources.submit import submit_many
from posync.sync import sync
from tests.posync.people import current, entry_of, target_of, translate, type_in_admin

pytestmark = pytest.mark.django_db

HERE = __name__


@pytest.fixture
def configure(settings):
    def change(**values):
        settings.POSYNC = {**settings.POSYNC, **values}

    return change


# Plug-ins, good and bad


def no_exclamation(entry):
    if "!" in entry.msgstr:
        yield Problem("exclamation", "No exclamation marks.")


def no_dots(entry):
    if "." in entry.msgstr:
        yield Problem("dots", "A dot at the end is unusual here.", Severity.WARNING)


def what_it_saw(entry):
    seen.append(entry)
    return ()


seen = []


def crashing(entry):
    raise RuntimeError("out of order")


def crashing_after_an_error(entry):
    yield Problem("before", "Found before the crash.")
    raise RuntimeError("out of order")


def returning_nothing(entry):
    return None


def returning_a_string(entry):
    return "wrong"


def returning_tuples(entry):
    return [("code", "text")]


def hint(entry):
    yield f"{entry.field_path} into {entry.language}"
    yield f"{len(entry.msgid)} characters"


NOT_CALLABLE = 42
FAILING = [
    "crashing",
    "returning_nothing",
    "returning_a_string",
    "returning_tuples",
    "NOT_CALLABLE",
    "missing",
]


def issues_of(result, code):
    return [issue for issue in result.issues if issue.code == code]


# Checks


def test_an_error_of_a_site_s_check_blocks_the_translation_and_says_where(published, news_po, configure):
    configure(CHECKS=[*hooks.CHECKS, f"{HERE}.no_exclamation"])
    translate(news_po, {"All our news": "Всички новини!"})
    result = sync()
    (issue,) = issues_of(result, "exclamation")
    assert (issue.severity, issue.file, issue.msgctxt) == ("error", "bg/content/news.po", "news:intro")
    assert issue.line > 0
    assert (result.entries.blocked, result.exit_code) == (1, 1)
    entry = entry_of(news_po, "All our news")
    assert (entry.msgstr, entry.fuzzy) == ("Всички новини!", True)
    assert "Check: No exclamation marks." in entry.comment


def test_a_warning_is_told_and_blocks_nothing(published, bulgarian, news_po, configure):
    configure(CHECKS=[*hooks.CHECKS, f"{HERE}.no_dots"])
    translate(news_po, {"All our news": "Всички новини."})
    result = sync()
    (issue,) = issues_of(result, "dots")
    assert issue.severity == "warning"
    assert (result.entries.imported, result.entries.blocked, result.exit_code) == (1, 0, 0)
    assert target_of(published, bulgarian).intro == "Всички новини."


def test_a_check_sees_the_entry_its_languages_its_model_and_its_limit(published, news_po, configure):
    seen.clear()
    configure(CHECKS=[f"{HERE}.what_it_saw"])
    translate(news_po, {"News": "Новини днес"})
    sync()
    entry = seen[0]
    assert (entry.catalog, entry.source_language, entry.language) == ("news", "en", "bg")
    assert (entry.model, entry.path, entry.field_path) == (type(published), "title", "title")
    assert (entry.msgid, entry.msgstr, entry.max_length) == ("News", "Новини днес", 255)


def test_check_po_and_resolve_po_ask_the_same_checks(published, bulgarian, news_po, configure):
    translate(news_po, {"All our news": "От файла!"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    configure(CHECKS=[f"{HERE}.no_exclamation", f"{HERE}.no_dots"])
    conflict = open_conflicts().get()
    refused = resolve([conflict.pk], Choice.FILE)
    assert [issue.code for issue in refused.issues] == ["exclamation"]
    assert (refused.entries.imported, refused.entries.blocked) == (0, 1)
    taken = resolve([conflict.pk], Choice.TEXT, "Трето.")
    assert [issue.code for issue in taken.issues] == ["dots"]
    assert (taken.entries.imported, taken.entries.blocked) == (1, 0)
    sync()
    translate(news_po, {"All our news": "Отново!"})
    assert [issue.code for issue in check_files([news_po]).issues] == ["exclamation"]


def test_a_site_leaves_checks_out(submitted, bulgarian, news_po, configure):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Пишете на web@example.org"})
    configure(CHECKS=[name for name in hooks.CHECKS if not name.endswith("emails")])
    assert sync().pages.published == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<script>x()</script>", "markup"),
        ("javascript:alert(1)", "script"),
        ("<b>Нов</b> етикет", "tags"),
        ('<a id="a9">Нова</a> връзка', "links"),
        ('<b onclick="x()">Ново</b>', "markup"),
        ("Управляващ\x0bзнак", "control"),
    ],
)
def test_no_setting_turns_the_safety_checks_off(submitted, news_po, configure, text, code):
    configure(CHECKS=[], INLINE_TAGS=["script", "img", "sub"])
    sync()
    translate(news_po, {"All our news": text})
    assert code in [issue.code for issue in sync().issues]
    assert entry_of(news_po, "All our news").fuzzy


@pytest.mark.parametrize("name", FAILING)
def test_a_check_that_fails_is_named_once_and_stops_nothing(submitted, bulgarian, news_po, configure, name):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    configure(CHECKS=[f"{HERE}.{name}", *hooks.CHECKS])
    result = sync()
    (issue,) = issues_of(result, "plug-in-failed")
    assert (issue.severity, f"{HERE}.{name} failed" in issue.message) == ("error", True)
    assert result.exit_code == 1
    assert target_of(submitted, bulgarian).title == "Новини"


def test_a_check_that_fails_lets_nothing_through_that_another_blocks(submitted, news_po, configure):
    sync()
    configure(CHECKS=[f"{HERE}.crashing", f"{HERE}.no_exclamation"])
    translate(news_po, {"News": "<script>", "All our news": "Всички!"})
    assert sync().entries.blocked == 2


def test_what_a_check_found_before_it_failed_blocks(submitted, news_po, configure):
    sync()
    configure(CHECKS=[f"{HERE}.crashing_after_an_error"])
    translate(news_po, {"All our news": "Всички"})
    result = sync()
    assert result.entries.blocked == 1
    assert not StringTranslation.objects.filter(data="Всички").exists()


# Lines for translators


def test_a_site_adds_lines_for_translators_above_the_line_of_the_change(published, news_po, configure):
    configure(ENTRY_COMMENTS=[*hooks.ENTRY_COMMENTS, f"{HERE}.hint"])
    published.intro = "All of our news"
    published.save_revision().publish()
    sync()
    lines = entry_of(news_po, "All of our news").comment.splitlines()
    assert lines[-3:-1] == ["intro into bg", "15 characters"]
    assert lines[-1].startswith("Changed: ")


def test_a_site_leaves_lines_out(submitted, news_po, configure):
    configure(ENTRY_COMMENTS=["posync.files.comment_lines.limit"])
    sync()
    assert [entry.comment for entry in current(news_po)] == [
        "At most 255 characters.",
        "At most 80 characters.",
    ]


@pytest.mark.parametrize("name", FAILING)
def test_a_line_that_fails_is_named_once_and_the_file_is_written(submitted, news_po, configure, name):
    configure(ENTRY_COMMENTS=[f"{HERE}.{name}", "posync.files.comment_lines.place"])
    result = sync()
    (issue,) = issues_of(result, "plug-in-failed")
    assert f"{HERE}.{name} failed" in issue.message
    assert entry_of(news_po, "News").comment == "Every page › Title"


def test_a_second_sync_with_a_failing_plug_in_writes_nothing(submitted, news_po, configure, writes):
    configure(ENTRY_COMMENTS=[f"{HERE}.crashing"], CHECKS=[f"{HERE}.crashing"])
    sync()
    before = news_po.read_bytes()
    with writes() as found:
        sync()
    assert (found.statements, news_po.read_bytes()) == ([], before)


# Halves of characters


def half_a_line(entry):
    return ["\ud800"]


def half_a_message(entry):
    return [Problem("half", "\ud800")]


def half_a_code(entry):
    return [Problem("\udfff", "Half.")]


def half_a_suggestion(entries):
    return [hooks.Suggestion(entry, "Нов\ud800", approved=True) for entry in entries]


def half_a_name(instance):
    return "news\ud800"


@pytest.mark.parametrize(
    ("setting", "member"),
    [
        ("ENTRY_COMMENTS", "half_a_line"),
        ("CHECKS", "half_a_message"),
        ("CHECKS", "half_a_code"),
        ("REUSE_SOURCES", "half_a_suggestion"),
        ("CATALOG_NAME", "half_a_name"),
    ],
)
def test_half_a_character_is_a_failure_of_its_plug_in_and_stops_nothing(
    setting, member, submitted, make_page, bulgarian, news_po, catalog_root, configure
):
    sync()
    translate(news_po, {"News": "Новини", "All our news": "Всички новини"})
    path = f"{HERE}.{member}"
    configure(**{setting: path if setting == "CATALOG_NAME" else [path]})
    make_page("en", title="Jobs", slug="jobs")
    result = submit_many([bulgarian]) + sync()
    issues = issues_of(result, "plug-in-failed")
    assert issues
    assert all(f"{path} failed" in issue.message for issue in issues)
    assert "".join(issue.message for issue in result.issues).encode()
    assert target_of(submitted, bulgarian).title == "Новини"
    assert entry_of(catalog_root / "bg/content/jobs.po", "Jobs").msgstr == ""


def with_a_word_for_severity(entry):
    yield Problem("shop", "Blocked, it seems.", "error")


def leaving(entry):
    raise SystemExit(0)


@pytest.mark.parametrize("name", ["with_a_word_for_severity", "leaving"])
def test_a_check_that_only_seems_to_answer_is_named(name, configure, published, news_po):
    configure(CHECKS=[f"{HERE}.{name}"])
    translate(news_po, {"News": "Вести"})
    result = sync()
    (issue,) = [issue for issue in result.issues if issue.code == "plug-in-failed"]
    assert f"{HERE}.{name}" in issue.message
    assert result.exit_code == 1
