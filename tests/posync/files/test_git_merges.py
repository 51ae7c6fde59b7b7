"""What Git makes of a file that the site changed on one branch and a translator on another.

Git knows lines, not entries: where it joins two branches by itself, no text may come out approved beside a source that nobody
translated it for. `HISTORIES` is the table in `docs/posync/explanation/git-merges.md`.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from posync.core.po.codec import read_po
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, edit, stream, translate, type_in_admin

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("git") is None, reason="Git is missing; on Debian: sudo apt install git"),
]

PAGE = Path(__file__).parents[3] / "docs/posync/explanation/git-merges.md"

INTRO = "All our news"
#: As a word processor breaks lines.
LEAD = "We meet on Monday.\u2028Bring your papers.\u2028Tea is free."
RICH = ("Call us today.", "Write to us.", "Visit us.")
TRANSLATED = {
    "News": "Новини",
    INTRO: "Всички новини",
    LEAD: "Срещаме се в понеделник.\u2028Носете документи.\u2028Чаят е безплатен.",
    RICH[0]: "Обадете се днес.",
    RICH[1]: "Пишете ни.",
    RICH[2]: "Елате при нас.",
    "Read on": "Прочетете още",
    "Ask us": "Попитайте ни",
}


class Outcome(StrEnum):
    CONFLICT = "conflict"
    CLEAN = "joined"
    #: Joined to an approval that neither branch has: of a text that was written for this very source.
    DRAFT_APPROVED = "joined, and approves a draft"


class Site(NamedTuple):
    """The page of a history, with the file of its translation."""

    page: Page
    po: Path

    def publish(self, **fields: object) -> None:
        edit(self.page, **fields)

    def publish_paragraphs(self, *paragraphs: str) -> None:
        self.publish(rich="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


Act = Callable[[Site], None]


class Translator:
    """Acts in a text editor, where no other line than the one meant is touched."""

    @staticmethod
    def _saved(site: Site, msgid: str, change: Callable[[list[str], int], None]) -> None:
        rows = site.po.read_text("utf-8").split("\n")
        change(rows, rows.index(f'msgid "{polib.escape(msgid)}"'))
        site.po.write_text("\n".join(rows), "utf-8")

    @classmethod
    def types(cls, msgid: str, msgstr: str) -> Act:
        """Another text; a flag stays."""

        def change(rows: list[str], number: int) -> None:
            rows[number + 1] = f'msgstr "{polib.escape(msgstr)}"'

        return lambda site: cls._saved(site, msgid, change)

    @classmethod
    def confirms(cls, msgid: str, *, as_editors_do: bool = False) -> Act:
        """Takes the flag away; PO editors take the previous source away with it."""

        def change(rows: list[str], number: int) -> None:
            flag = max(n for n in range(number) if rows[n] == "#, fuzzy")
            kept = [row for row in rows[flag + 1 : number] if not (as_editors_do and row.startswith("#|"))]
            rows[flag:number] = kept

        return lambda site: cls._saved(site, msgid, change)

    @classmethod
    def doubts(cls, msgid: str) -> Act:
        """Sets the flag."""

        def change(rows: list[str], number: int) -> None:
            rows.insert(number - 1, "#, fuzzy")

        return lambda site: cls._saved(site, msgid, change)

    @classmethod
    def remarks(cls, msgid: str) -> Act:
        def change(rows: list[str], number: int) -> None:
            rows.insert(max(n for n in range(number) if not rows[n]) + 1, "# Дали?")

        return lambda site: cls._saved(site, msgid, change)


def both(*acts: Act) -> Act:
    def act(site: Site) -> None:
        for each in acts:
            each(site)

    return act


def publishes(**fields: object) -> Act:
    return lambda site: site.publish(**fields)


def paragraphs(*texts: str) -> Act:
    return lambda site: site.publish_paragraphs(*texts)


def types_in_admin(path: str, text: str) -> Act:
    def act(site: Site) -> None:
        bulgarian = site.page.locale.__class__.objects.get(language_code="bg")
        type_in_admin(site.page, bulgarian, path, text)

    return act


def nothing(site: Site) -> None:
    pass


def translated(site: Site) -> None:
    translate(site.po, TRANSLATED)


def outdated(site: Site) -> None:
    """All is translated, and two sources were changed since: the file has their old translations as fuzzy."""
    translated(site)
    sync()
    site.publish(intro="All of our news", lead=LEAD.replace("Tea", "Coffee"))


def doubted(*msgids: str) -> Act:
    def act(site: Site) -> None:
        translated(site)
        sync()
        for msgid in msgids:
            Translator.doubts(msgid)(site)

    return act


def refused(site: Site) -> None:
    """A check took the translation for broken, and the file has it back as fuzzy."""
    translate(site.po, {**TRANSLATED, INTRO: "Всички <b>новини"})


@dataclass(frozen=True)
class History:
    """Two branches from the same file: in words for the documentation, and as acts."""

    before: str
    base: Act
    ours: str
    on_ours: Act
    theirs: str
    on_theirs: Act
    outcome: Outcome

    @property
    def id(self) -> str:
        return f"{self.before}: {self.ours} | {self.theirs}"

    @property
    def row(self) -> str:
        return f"| {self.before} | {self.ours} | {self.theirs} | {self.outcome} |"


MORE_NEWS = publishes(intro="All the news of ours")
NEW_LEAD = publishes(lead=LEAD.replace("Monday", "Tuesday"))
LEAD_NOW = LEAD.replace("Tea", "Coffee")
BUTTONS = (block("text", "Read on", "first"), block("text", "Ask us", "second"))
TWINS = (BUTTONS[0], block("text", "Read on", "twin"))

HISTORIES = [
    History(
        *("translated", translated),
        *("source changed", MORE_NEWS),
        *("translation changed", Translator.types(INTRO, "Новините ни")),
        Outcome.CONFLICT,
    ),
    History(
        *("not translated", nothing),
        *("source changed", MORE_NEWS),
        *("translated", Translator.types(INTRO, "Новините ни")),
        Outcome.CONFLICT,
    ),
    History(
        *("translated, of several lines", translated),
        *("first line of the source changed", NEW_LEAD),
        *("translation changed", Translator.types(LEAD, "Елате!\u2028Чаят е безплатен.")),
        Outcome.CONFLICT,
    ),
    History(
        *("not translated, of several lines", nothing),
        *("first line of the source changed", NEW_LEAD),
        *("translated", Translator.types(LEAD, TRANSLATED[LEAD])),
        Outcome.CONFLICT,
    ),
    *(
        History(
            *("fuzzy after a change of the source", outdated),
            *("source changed again", MORE_NEWS),
            *(how, Translator.confirms("All of our news", as_editors_do=as_editors_do)),
            Outcome.CONFLICT,
        )
        for how, as_editors_do in (("flag taken away", False), ("flag and previous source taken away", True))
    ),
    History(
        *("fuzzy after a change of the source", outdated),
        *("source changed back", publishes(intro=INTRO)),
        *("flag taken away", Translator.confirms("All of our news")),
        Outcome.CONFLICT,
    ),
    History(
        *("fuzzy after a change of the source", outdated),
        *("source changed again", MORE_NEWS),
        *("translation changed", Translator.types("All of our news", "Всичките ни новини")),
        Outcome.CONFLICT,
    ),
    History(
        *("fuzzy, of several lines", outdated),
        *("a line break added to the source", publishes(lead=LEAD_NOW.replace("\u2028", "\u2028" * 2, 1))),
        *("flag taken away", Translator.confirms(LEAD_NOW)),
        Outcome.CONFLICT,
    ),
    History(
        *("fuzzy, of several lines", outdated),
        *("line breaks of the source became spaces", publishes(lead=LEAD_NOW.replace("\u2028", " "))),
        *("flag taken away", Translator.confirms(LEAD_NOW)),
        Outcome.CONFLICT,
    ),
    History(
        *("doubted by a translator", doubted(INTRO)),
        *("source changed", MORE_NEWS),
        *("flag taken away", Translator.confirms(INTRO)),
        Outcome.CONFLICT,
    ),
    History(
        *("refused by a check", refused),
        *("source changed", MORE_NEWS),
        *("flag taken away", Translator.confirms(INTRO)),
        Outcome.CONFLICT,
    ),
    History(
        *("two paragraphs doubted", doubted(*RICH[:2])),
        *("first paragraph deleted", paragraphs(*RICH[1:])),
        *("first flag taken away", Translator.confirms(RICH[0])),
        Outcome.CONFLICT,
    ),
    History(
        *("two paragraphs doubted", doubted(*RICH[:2])),
        *("paragraphs put in another order", paragraphs(RICH[1], RICH[2], RICH[0])),
        *("first flag taken away", Translator.confirms(RICH[0])),
        Outcome.CONFLICT,
    ),
    History(
        *("translated", translated),
        *("entry deleted", paragraphs(RICH[0], RICH[2])),
        *("its translation changed", Translator.types(RICH[1], "Драснете два реда.")),
        Outcome.CONFLICT,
    ),
    History(
        *("not translated", nothing),
        *("entry deleted", paragraphs(RICH[0], RICH[2])),
        *("translated", Translator.types(RICH[1], TRANSLATED[RICH[1]])),
        Outcome.CONFLICT,
    ),
    History(
        *("not translated", nothing),
        *("entry deleted", paragraphs(RICH[0], RICH[2])),
        *("the entry below it translated", Translator.types(RICH[2], TRANSLATED[RICH[2]])),
        Outcome.CLEAN,
    ),
    History(
        *("not translated", nothing),
        *("entry moved to the end", publishes(body=stream(BUTTONS[1], BUTTONS[0]))),
        *("translated", Translator.types("Read on", TRANSLATED["Read on"])),
        Outcome.CONFLICT,
    ),
    History(
        *("not translated", nothing),
        *("entry added", paragraphs(RICH[0], "Come in.", *RICH[1:])),
        *("the entries beside it translated", both(*(Translator.types(t, TRANSLATED[t]) for t in RICH[:2]))),
        Outcome.CLEAN,
    ),
    History(
        *("not translated", nothing),
        *(
            "block made again, with the same text",
            publishes(body=stream(block("text", "Read on", "new"), BUTTONS[1])),
        ),
        *("translated", Translator.types("Read on", TRANSLATED["Read on"])),
        Outcome.CLEAN,
    ),
    History(
        *("the same text at two places, not translated", publishes(body=stream(*TWINS))),
        *("the two change places", publishes(body=stream(*reversed(TWINS)))),
        *("the first translated", Translator.types("Read on", TRANSLATED["Read on"])),
        Outcome.CLEAN,
    ),
    History(
        *("translated", translated),
        *("source changed", MORE_NEWS),
        *("the entry above translated otherwise", Translator.types("News", "Вести")),
        Outcome.CLEAN,
    ),
    History(
        *("fuzzy after a change of the source", outdated),
        *("source changed again", MORE_NEWS),
        *("flag of the entry below taken away", Translator.confirms(LEAD_NOW)),
        Outcome.CLEAN,
    ),
    History(
        *("translated", translated),
        *("source changed", MORE_NEWS),
        *("comment written", Translator.remarks(INTRO)),
        Outcome.CLEAN,
    ),
    History(
        *("fuzzy after a change of the source", outdated),
        *("address of the page changed", publishes(slug="all-news")),
        *("flag taken away", Translator.confirms("All of our news")),
        Outcome.CLEAN,
    ),
    History(
        *("translated", translated),
        *("translation changed in the admin", types_in_admin("intro", "Новини от нас")),
        *("translation changed", Translator.types(INTRO, "Новините ни")),
        Outcome.CONFLICT,
    ),
    History(
        *("translated", translated),
        *("another translator changed it", Translator.types(INTRO, "Новини от нас")),
        *("translation changed", Translator.types(INTRO, "Новините ни")),
        Outcome.CONFLICT,
    ),
    History(
        *("translated", translated),
        *("another translator changed it", Translator.types(INTRO, "Новините ни")),
        *("changed in the same way", Translator.types(INTRO, "Новините ни")),
        Outcome.CLEAN,
    ),
    History(
        *("translated", translated),
        *("another translator doubted it", Translator.doubts(INTRO)),
        *("translation changed", Translator.types(INTRO, "Новините ни")),
        Outcome.CLEAN,
    ),
    History(
        *("fuzzy after a change of the source", outdated),
        *(
            "another translator changed it, and left the flag",
            Translator.types("All of our news", "Новините ни"),
        ),
        *("flag taken away", Translator.confirms("All of our news")),
        Outcome.CONFLICT,
    ),
]


class Repository:
    """A Git repository around a folder of files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=merged")
        self.commit("base")
        self.git("checkout", "--quiet", "-b", "site")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        identity = ("-c", "user.name=Site", "-c", "user.email=site@example.org", "-c", "core.autocrlf=false")
        command = ["git", "-C", str(self.folder), *identity, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def commit(self, subject: str) -> None:
        self.git("add", "--all")
        done = self.git("commit", "--quiet", "--message", subject)
        assert done.returncode == 0, f"{subject}: nothing was changed. {done.stdout}{done.stderr}"

    def merge(self, branch: str, algorithm: str) -> bool:
        """Whether Git joins the branch by itself; what another algorithm made of it is taken back first."""
        self.git("checkout", "--quiet", "--force", "-B", "merged", "site")
        done = self.git("merge", "--quiet", "--no-edit", "-X", f"diff-algorithm={algorithm}", branch)
        assert done.returncode in (0, 1), done.stderr
        return done.returncode == 0


@pytest.fixture
def site(make_page, bulgarian, news_po, settings) -> Site:
    settings.POSYNC = {**settings.POSYNC, "LINK_BASE_URL": "https://example.org"}
    rich = "".join(f"<p>{text}</p>" for text in RICH)
    page = make_page(
        "en", title="News", slug="news", intro=INTRO, lead=LEAD, rich=rich, body=stream(*BUTTONS)
    )
    submit(page, [bulgarian])
    sync()
    return Site(page, news_po)


def approved_in_database() -> set[tuple[str, str]]:
    """What visitors may see, with what it translates."""
    rows = StringTranslation.objects.filter(has_error=False)
    return set(rows.values_list("translation_of__data", "data"))


def in_file(path: Path, *, fuzzy: bool) -> set[tuple[str, str]]:
    """The texts that the file has as approved, or as fuzzy, with their sources."""
    entries = read_po(path.read_bytes()).entries
    return {(entry.msgid, entry.msgstr) for entry in entries if entry.msgstr and entry.fuzzy is fuzzy}


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.id)
def test_git_asks_or_joins_to_nothing_that_nobody_meant(history, site, catalog_root):
    history.base(site)
    sync()
    known = in_file(site.po, fuzzy=True)
    repository = Repository(catalog_root)
    repository.git("checkout", "--quiet", "-b", "translator")
    history.on_theirs(site)
    meant, typed = in_file(site.po, fuzzy=False), in_file(site.po, fuzzy=True)
    repository.commit(history.theirs)
    repository.git("checkout", "--quiet", "site")
    history.on_ours(site)
    typed |= in_file(site.po, fuzzy=True)
    sync()
    repository.commit(history.ours)
    meant |= approved_in_database()

    joined = {algorithm: repository.merge("translator", algorithm) for algorithm in ("myers", "histogram")}

    assert set(joined.values()) == {history.outcome is not Outcome.CONFLICT}, repository.git("diff").stdout
    result = sync()
    if history.outcome is Outcome.CONFLICT:
        assert "conflict-markers" in [issue.code for issue in result.issues]
        return
    assert not [issue for issue in result.issues if issue.severity == "error"]
    unmeant = approved_in_database() - meant
    if history.outcome is Outcome.DRAFT_APPROVED:
        assert unmeant
        assert unmeant <= typed - known
    else:
        assert not unmeant
    assert sync().files.written == 0


def test_the_documentation_has_the_table():
    head = "| the entry was | on the site's branch | on the translator's branch | Git |\n|---|---|---|---|"
    table = "\n".join([head, *(history.row for history in HISTORIES)])
    assert table in PAGE.read_text("utf-8"), f"Put this table into {PAGE.name}:\n\n{table}"
