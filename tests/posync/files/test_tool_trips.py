"""A file goes from posync to a tool and back, and to the tool again: the trip comes to rest, and no comment grows."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_reads
from babel.messages.pofile import write_po as babel_writes

from posync.core.po.codec import read_po
from posync.models import Change, Draft
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.files.test_foreign_tools import tool, worked_on
from tests.posync.people import entry_of, read, target_of, translate

__all__ = ["worked_on"]

pytestmark = pytest.mark.django_db

Tool = Callable[[Path], object]

#: What the programs of translate-toolkit 3.20.4 make of `source.po`, which is what `worked_on` exports:
#:   po2csv source.po news.csv && csv2po -t source.po news.csv csv2po.po
#:   pot2po -t source.po news.pot pot2po.po      (news.pot is source.po without translations, comments and obsolete entries)
#:   po2xliff source.po news.xlf && xliff2po news.xlf xliff2po.po
MADE_BY_TRANSLATE_TOOLKIT = Path(__file__).parent / "translate_toolkit"


def babel(path: Path, width: int) -> None:
    catalog = babel_reads(io.BytesIO(path.read_bytes()))
    target = io.BytesIO()
    babel_writes(target, catalog, width=width, include_previous=True)
    path.write_bytes(target.getvalue())


def babel_unwrapped(path: Path) -> None:
    babel(path, 0)


def babel_wrapped(path: Path) -> None:
    babel(path, 30)


def msgcat_wrapped(path: Path) -> None:
    tool("msgcat", "--width=40", "-o", path, path)


def msgcat_escaped(path: Path) -> None:
    tool("msgcat", "--escape", "-o", path, path)


def msgattrib_previous_cleared(path: Path) -> None:
    tool("msgattrib", "--clear-previous", "-o", path, path)


def header_spelt_and_ordered_otherwise(path: Path) -> None:
    head, rest = path.read_text("utf-8").split("\n\n", 1)
    comment, msgid, msgstr, *fields = head.split("\n")
    small = [f'"{name.lower()}:{value}' for name, _, value in (row[1:].partition(":") for row in fields)]
    path.write_text("\n".join([comment, msgid, msgstr, *reversed(small)]) + f"\n\n{rest}", "utf-8")


def extracted_comments_as_the_translators(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("\n#. ", "\n# . "), "utf-8")


def header_of_a_template(path: Path) -> None:
    po = read(path)
    po.metadata |= {
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
    }
    po.save()


TOOLS = [
    babel_unwrapped,
    babel_wrapped,
    msgcat_wrapped,
    msgcat_escaped,
    msgattrib_previous_cleared,
    header_spelt_and_ordered_otherwise,
    extracted_comments_as_the_translators,
    header_of_a_template,
]


def known() -> set[tuple[str, ...]]:
    return set(Draft.objects.values_list("path", "msgid", "text", "previous_msgid"))


def entries_of(path: Path) -> list[object]:
    return [(e.msgctxt, e.msgid, e.msgstr, e.fuzzy, e.obsolete, e.previous_msgid, e.translator_comment, e.extracted_comments)
            for e in read_po(path.read_bytes()).entries]  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_the_trip_comes_to_rest_and_takes_nothing_along(tool, worked_on, news_po):
    entries, drafts, changes = entries_of(news_po), known(), Change.objects.count()
    head = read_po(news_po.read_bytes())
    tool(news_po)
    first = sync()
    after = news_po.read_bytes()
    tool(news_po)
    second = sync()
    assert news_po.read_bytes() == after
    assert entries_of(news_po) == entries
    assert read_po(after).header_comment == head.header_comment
    fields = read_po(after).header
    assert head.header.items() <= fields.items()
    assert len({name.lower() for name in fields}) == len(fields)
    assert (known(), Change.objects.count()) == (drafts, changes)
    for result in (first, second):
        assert (result.entries.imported, result.entries.conflicts, result.exit_code) == (0, 0, 0)
    assert sync().files.written == 0


def made_by_translate_toolkit(program: str) -> bytes:
    return (MADE_BY_TRANSLATE_TOOLKIT / f"{program}.po").read_bytes()


def test_the_files_that_translate_toolkit_was_given_are_those_of_today(worked_on, news_po):
    assert news_po.read_bytes() == made_by_translate_toolkit("source"), "make the files in that folder again"


@pytest.mark.parametrize(("program", "codes"), [("csv2po", set()), ("pot2po", set()), ("xliff2po", set())])
def test_the_trip_through_translate_toolkit_comes_to_rest(program, codes, worked_on, news_po):
    entries, drafts = entries_of(news_po), known()
    for _turn in range(2):
        news_po.write_bytes(made_by_translate_toolkit(program))
        result = sync()
        assert entries_of(news_po) == entries
        assert read_po(news_po.read_bytes()).header_comment == "Translators: Мария, 2026"
        assert known() == drafts
        assert {issue.code for issue in result.issues if issue.severity == "warning"} == codes
    assert sync().files.written == 0


def test_a_wrapped_comment_is_a_translators_own_and_grows_no_more(published, news_po):
    long = "This title is what the press office asked for in March, and the ministry wants it kept for good."
    po = read(news_po)
    po[0].tcomment = long
    po.save()
    sync()
    seen = []
    for _turn in range(3):
        babel(news_po, 76)
        sync()
        seen.append(read_po(news_po.read_bytes()).entries[0].translator_comment)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0].replace("\n", " ") == long


def test_a_source_with_a_separator_of_lines_comes_back_from_escapes(make_page, bulgarian, news_po):
    page = make_page("en", title="News", slug="news", intro="All\u2028our — news")
    submit(page, [bulgarian])
    sync()
    translate(news_po, {"News": "Новини", "All\u2028our — news": "Всички\u2028новини"})
    msgcat_escaped(news_po)
    assert rb"\342\200\250" in news_po.read_bytes()
    result = sync()
    assert (result.entries.imported, result.exit_code, result.pages.published) == (2, 0, 1)
    assert target_of(page, bulgarian).intro == "Всички\u2028новини"
    assert entry_of(news_po, "All\u2028our — news").msgstr == "Всички\u2028новини"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-u"])
def test_utf8_under_another_charset_is_refused_and_publishes_nothing(charset, published, bulgarian, news_po):
    translate(news_po, {"News": "Вести"})
    content = news_po.read_bytes().replace(b"charset=UTF-8", f"charset={charset}".encode())
    news_po.write_bytes(content)
    (issue,) = sync().issues
    assert (issue.code, issue.file, issue.line > 0) == ("syntax", "bg/content/news.po", True)
    assert f"says {charset}" in issue.message
    assert target_of(published, bulgarian).title == "Новини"
    assert news_po.read_bytes() == content


@pytest.mark.parametrize("charset", ["raw-unicode-escape", "UTF-7"])
def test_halves_of_characters_are_refused_as_a_wrong_charset(charset, published, news_po):
    content = news_po.read_text("utf-8").replace("charset=UTF-8", f"charset={charset}")
    half = "+2AA-" if charset == "UTF-7" else r"\ud800"
    news_po.write_bytes(content.replace("Новини", half).encode("ascii", "ignore"))
    assert [issue.code for issue in sync().issues] == ["syntax"]
