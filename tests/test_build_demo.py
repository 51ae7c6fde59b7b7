"""The demo as `make run` makes it: all of it in one go, in both languages, and no file of the checkout changed."""

import json
import re
import uuid
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from config.management.commands.build_demo import Command
from home.demo import library
from home.demo.content import ENTRIES, PAGES, SITE_CHROME
from home.models import Donor, Partner, Person, Region, SiteNotice, Theme
from home.routing.visibility import without_private
from home.search.queries import Query, search_url
from posync.models import RootMark

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

COMMITTED = Path(settings.BASE_DIR, "locale")
CYRILLIC = re.compile("[а-яА-Я]")
ADDRESS = "http://127.0.0.1:8001"
AT_LEAST = {
    "ContactPage": 1,
    "EventPage": 8,
    "EventsIndexPage": 1,
    "FormPage": 1,
    "NewsIndexPage": 1,
    "NewsPage": 26,
    "ProjectPage": 6,
    "ProjectsIndexPage": 1,
    "PublicationPage": 6,
    "PublicationsIndexPage": 1,
    "StandardPage": 3,
    "ThemePage": 7,
    "VacanciesIndexPage": 1,
    "VacancyPage": 5,
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for all tests here, with a new folder of catalogs, and taken back after the last of them."""
    root = tmp_path_factory.mktemp("demo")
    changed = override_settings(POSYNC={**settings.POSYNC, "ROOT": root}, MEDIA_ROOT=root / "media")
    everything = transaction.atomic()
    # As pytest-django's own around a test: what commits by itself may run within it.
    everything._from_testcase = True
    with changed, pytest.MonkeyPatch.context() as monkeypatch, django_db_blocker.unblock(), everything:
        monkeypatch.setattr(library, "PICTURE_SIZE", (64, 36))
        monkeypatch.setattr(library, "COVER_SIZE", (36, 64))
        output_of(Command(), address=ADDRESS)
        yield root
        transaction.set_rollback(True)


def output_of(command, **options) -> str:
    output = StringIO()
    call_command(command, stdout=output, stderr=output, **options)
    return output.getvalue()


def contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.glob("*/content/**/*.po")
    }


def live_pages():
    return Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path").specific()


def parsed(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def test_building_it_changes_no_catalog(demo):
    assert contents(demo) == contents(COMMITTED)


def test_its_translations_are_in_every_state(demo):
    rows = json.loads(output_of("po_status", json=True))["rows"]
    states = Counter(row["state"] for row in rows)
    assert set(states) == {"published", "outdated", "in progress", "untranslated"}
    assert states["published"] > 0.9 * len(rows)
    # Both home pages come from a migration, and so none of them is among the pages that the demo makes.
    assert len(rows) == len(PAGES) + len(ENTRIES) + len(SITE_CHROME) + 1


def test_building_it_again_changes_nothing(demo):
    entries = PageLogEntry.objects.count()

    printed = output_of(Command(), address=ADDRESS)

    assert f"{ADDRESS}/bg/" in printed
    assert f"{ADDRESS}/en/" in printed
    assert PageLogEntry.objects.count() == entries
    assert contents(demo) == contents(COMMITTED)


def test_another_database_takes_the_catalogs_over_without_a_question(demo):
    RootMark.objects.update(database=uuid.uuid4())
    assert f"{ADDRESS}/bg/" in output_of(Command(), address=ADDRESS)
    assert contents(demo) == contents(COMMITTED)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_it_has_pages_of_every_kind(demo, language):
    kinds = Counter(type(page).__name__ for page in live_pages() if page.locale.language_code == language)
    assert {kind: kinds[kind] for kind in AT_LEAST if kinds[kind] < AT_LEAST[kind]} == {}


def test_every_page_answers_in_its_language(demo, client):
    for page in live_pages():
        document = parsed(client, page.url)
        assert document.html["lang"] == page.locale.language_code, page.url
        assert document.h1, page.url


OTHER_READERS = [
    *("/sitemap.xml", "/robots.txt"),
    *(f"/{language}/feeds/{kind}.{form}" for language in ("bg", "en") for kind in ("news", "events", "publications")
      for form in ("rss", "atom")),
]  # fmt: skip


def in_turn() -> dict[str, list[Page]]:
    """Pages to be made private together: the rest names them as ever, as neighbours, in lists, and below one another."""
    pages = list(live_pages().filter(depth__gt=2))
    inner = [page for page in pages if page.get_children().live().exists()]
    leaves = [page for page in pages if page not in inner]
    return {
        "even leaves": leaves[::2],
        "odd leaves": leaves[1::2],
        "even sections": inner[::2],
        "odd sections": inner[1::2],
    }


#: What editors type themselves: menus, headings, and links within texts.
TYPED = "header, footer, form, title, h1, .site-notice, .block-call-to-action, .block-heading, .rich-text"


def named(content: bytes, pages: list[Page]) -> list[tuple[str, str]]:
    """The pages that an answer names or links to, each with the place, but for what editors typed themselves."""
    text = content.decode()
    likely = [page for page in pages if page.title in text or page.url in text]
    if not likely:
        return []
    soup = BeautifulSoup(content, "html.parser")
    for typed in soup.select(TYPED):
        typed.decompose()
    texts = [(" ".join(text.split()), text.parent) for text in soup.find_all(string=True)]
    links = [(link.get("href") or link.text, link) for link in soup.find_all(["a", "link", "loc"])]
    return [
        (page.title, str(place))
        for page in likely
        for found, place in (*texts, *links)
        if found == page.title or page.url in found
    ]


@pytest.mark.parametrize("which", ["even leaves", "odd leaves", "even sections", "odd sections"])
def test_a_private_page_is_named_on_no_public_one(demo, client, which):
    with transaction.atomic():
        for page in in_turn()[which]:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        public = list(without_private(live_pages()))
        titles = Counter(page.title for page in live_pages())
        private = [page for page in live_pages() if page not in public and titles[page.title] == 1]
        assert private
        assert public
        addresses = [*(page.url for page in public), *OTHER_READERS]
        addresses += [search_url(page.locale.language_code, Query.parse(page.title)) for page in private[:6]]
        found = {address: named(client.get(address).content, private) for address in addresses}
        transaction.set_rollback(True)
    assert {address: places for address, places in found.items() if places} == {}


def is_latin_word(word: str) -> bool:
    """No number and no address."""
    letters = word.strip(",.:;()„“")
    return len(letters) > 1 and letters.isascii() and letters.isalpha()


def language_of(text) -> str:
    return next(parent["lang"] for parent in text.parents if parent.get("lang"))


def wrongly_marked(document) -> list[str]:
    """The texts in another language than they say."""
    found = []
    for text in document.body.find_all(string=True):
        if text.parent.name in ("script", "style"):
            continue
        is_english = sum(map(is_latin_word, text.split())) > 2
        language = "bg" if CYRILLIC.search(text) else "en" if is_english else ""
        if language and language_of(text) != language:
            found.append(text.strip())
    return found


def test_no_text_stands_in_another_language_than_it_says(demo, client):
    found = {page.url: wrongly_marked(parsed(client, page.url)) for page in live_pages()}
    assert {url: texts for url, texts in found.items() if texts} == {}


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_has_no_translation_says_its_language_wherever_it_is_shown(demo, client, language):
    """Pages, and entries of all kinds, that exist in the other language alone."""
    with transaction.atomic():
        gone = [page for page in in_turn()["even leaves"] if page.locale.language_code == language]
        assert gone
        for page in gone:
            page.unpublish()
        for model in (Theme, Region, Donor, Partner, Person):
            for entry in model.objects.filter(locale__language_code=language):
                model.objects.filter(pk=entry.pk).update(translation_key=uuid.uuid4())  # nobody's version
        left = [page for page in live_pages() if page.locale.language_code == language]
        found = {page.url: wrongly_marked(parsed(client, page.url)) for page in left}
        transaction.set_rollback(True)
    assert {url: texts for url, texts in found.items() if texts} == {}


def test_every_page_is_what_an_editor_could_save(demo):
    for page in live_pages():
        page.full_clean()
        if body := getattr(page, "body", None):
            body.stream_block.clean(body)


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "bg",
            ["Кои сме ние", "Нашата работа", "Данни и ресурси", "Включете се", "Програма до 2030\u00a0г."],
        ),
        ("en", ["Who We Are", "Our Work", "Data and Resources", "Take Action", "2030 Agenda"]),
    ],
)
def test_the_main_menu_has_the_agreed_order(demo, client, language, titles):
    entries = parsed(client, f"/{language}/").select(".main-menu__item")
    assert [entry.select_one(".main-menu__link").text.strip() for entry in entries] == titles


@pytest.mark.parametrize(
    ("language", "title"), [("bg", "Демонстрационен сайт"), ("en", "A demonstration site")]
)
def test_every_page_says_that_it_is_a_demonstration(demo, client, language, title):
    assert SiteNotice.objects.get(locale__language_code=language).live
    notice = parsed(client, f"/{language}/").select_one(".site-notice__content")
    assert title in notice.text
    assert not notice.get("lang")


@pytest.mark.parametrize(
    ("language", "label", "title"),
    [("bg", "Достъпност", "Декларация за достъпност"), ("en", "Accessibility", "Accessibility Statement")],
)
def test_every_page_leads_to_the_accessibility_statement_and_this_to_the_contacts(
    demo, client, language, label, title
):
    footer = parsed(client, f"/{language}/").footer
    (link,) = [link for link in footer.select("a") if link.text.strip() == label]
    assert not link.get("lang")
    statement = parsed(client, link["href"])
    assert statement.html["lang"] == language
    assert statement.h1.text.strip() == title
    assert "WCAG 2.2" in statement.main.text
    contact = parsed(
        client, statement.select_one(".call-to-action a, .block-call a, .page-body .button")["href"]
    )
    assert "office@example.org" in contact.main.text
