"""The feeds of each language, as a feed reader reads them."""

import datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.feeds import ITEMS_IN_A_FEED
from home.models import NewsPage

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response, ElementTree.fromstring(response.content)  # noqa: S314 - the site wrote it


def rss(client, language):
    response, feed = read(client, f"/{language}/feeds/news.rss")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = feed.find("channel")
    return SimpleNamespace(
        channel=channel,
        items=[{part.tag: part.text for part in item} for item in channel.findall("item")],
    )


def add_news(index, count):
    return [
        index.add_child(
            instance=NewsPage(
                title=f"N {day}",
                lead="…",
                date=datetime.date(2026, 1, 1) + datetime.timedelta(day),
                locale=index.locale,
            )
        )
        for day in range(count)
    ]


@pytest.mark.parametrize(
    ("language", "title", "story", "lead"),
    [
        ("bg", "Новини – МОМ България", "story", "Кратко."),
        ("en", "News – IOM Bulgaria", "en_story", "Short."),
    ],
)
def test_each_language_has_its_own_news(client, site, language, title, story, lead):
    story = getattr(site, story)
    feed = rss(client, language)
    assert feed.channel.findtext("title") == title
    assert feed.channel.findtext("language") == language
    assert feed.channel.findtext("link") == story.get_parent().full_url
    (item,) = feed.items
    assert (item["title"], item["description"], item["link"]) == (story.title, lead, story.full_url)
    assert item["pubDate"] == "Tue, 03 Mar 2026 00:00:00 +0200"


@pytest.mark.parametrize(("language", "story"), [("bg", "story"), ("en", "en_story")])
def test_atom_says_the_same(client, site, language, story):
    story = getattr(site, story)
    response, feed = read(client, f"/{language}/feeds/news.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.get(XML_LANG) == language
    assert (
        feed.find(f"{ATOM}link[@rel='self']").get("href")
        == f"http://localhost:8000/{language}/feeds/news.atom"
    )
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == story.title
    assert entry.find(f"{ATOM}link").get("href") == story.full_url
    assert feed.find(f"{ATOM}author") is not None


def test_the_versions_of_an_item_are_told_apart_and_outlive_a_new_address(client, site):
    (bulgarian,), (english,) = rss(client, "bg").items, rss(client, "en").items
    assert bulgarian["guid"] != english["guid"]
    site.story.slug = "another"
    site.story.save()
    (moved,) = rss(client, "bg").items
    assert moved["guid"] == bulgarian["guid"]
    assert moved["link"] != bulgarian["link"]


def test_drafts_and_private_news_are_left_out(client, site):
    draft, private = add_news(site.index, 2)
    draft.unpublish()
    private.view_restrictions.create(restriction_type="login")
    assert [item["title"] for item in rss(client, "bg").items] == ["Среща в Харманли"]


def test_the_newest_come_first_and_the_oldest_not_at_all(client, site):
    add_news(site.en_index, ITEMS_IN_A_FEED + 5)
    titles = [item["title"] for item in rss(client, "en").items]
    assert titles[:2] == ["Meeting in Harmanli", "N 24"]
    assert len(titles) == ITEMS_IN_A_FEED


def test_markup_in_a_title_stays_text(client, site):
    site.story.title = "Дом & <b>път</b>"
    site.story.save()
    assert rss(client, "bg").items[0]["title"] == "Дом & <b>път</b>"


@pytest.mark.parametrize(
    ("language", "title"), [("bg", "Новини – МОМ България"), ("en", "News – IOM Bulgaria")]
)
def test_a_language_without_news_has_an_empty_feed(client, bg_home, en_home, language, title):
    feed = rss(client, language)
    assert feed.items == []
    assert feed.channel.findtext("title") == title
    assert feed.channel.findtext("link") == f"http://localhost:8000/{language}/"


@pytest.mark.parametrize(
    ("language", "title"), [("bg", "Новини – МОМ България"), ("en", "News – IOM Bulgaria")]
)
def test_every_page_leads_to_the_feeds_of_its_language(client, site, language, title):
    page = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
    links = page.select('link[rel="alternate"][type]')
    assert [(link["type"], link["href"]) for link in links] == [
        (f"application/{extension}+xml", f"/{language}/feeds/{kind}.{extension}")
        for kind in ("news", "events", "publications")
        for extension in ("rss", "atom")
    ]
    assert all(link["title"].startswith(title) for link in links[:2])


@pytest.mark.parametrize(
    ("language", "kind", "title", "item", "words"),
    [
        ("bg", "events", "Събития – МОМ България", "Заключителна среща", "3 март 2026 г. в 10:00"),
        ("en", "events", "Events – IOM Bulgaria", "Final meeting", "3 March 2026"),
        ("bg", "publications", "Публикации – МОМ България", "Наръчник за работа", "Как се започва работа"),
        ("en", "publications", "Publications – IOM Bulgaria", "A guide to work", "How to start working"),
    ],
)
def test_events_and_publications_have_feeds_too(client, kinds, language, kind, title, item, words):
    for extension in ("rss", "atom"):
        response, feed = read(client, f"/{language}/feeds/{kind}.{extension}")
        assert response.status_code == 200
        said = response.content.decode()
        assert title in said
        assert item in said
        assert words in said


def test_it_costs_as_much_for_many_items_as_for_few(client, site):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/bg/feeds/news.rss")
        return len(captured)

    queries()  # the site's roots are cached from the first request on
    few = queries()
    add_news(site.index, ITEMS_IN_A_FEED)
    assert queries() == few <= 5
