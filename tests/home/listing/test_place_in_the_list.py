"""The switcher keeps the place: the same filters, the same page of a list, and the same paragraph of a text."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from home.blocks.body import BodyBlock
from home.listing.pagination import ITEMS_PER_PAGE
from home.models import NewsIndexPage, NewsPage
from home.routing.query import canonical_query, is_filtered


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def switcher(response):
    return {link["hreflang"]: link["href"] for link in soup(response).select(".languages a")}


def add_news(index, count):
    for day in range(count):
        index.add_child(instance=NewsPage(title=f"N {day}", lead="…", date=datetime.date(2026, 1, 1 + day)))


@pytest.fixture
def filterable(monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "query_parameters", ("theme", "year", "page"))


class TestPageOfAList:
    def test_it_is_kept(self, client, site):
        add_news(site.index, ITEMS_PER_PAGE)
        add_news(site.en_index, ITEMS_PER_PAGE)
        expected = {"bg": f"{site.index.url}?page=2", "en": f"{site.en_index.url}?page=2"}
        assert switcher(client.get(expected["bg"])) == expected
        assert switcher(client.get(expected["en"])) == expected

    def test_a_shorter_list_shows_its_last_page(self, client, site):
        add_news(site.index, ITEMS_PER_PAGE * 2)
        add_news(site.en_index, ITEMS_PER_PAGE)
        links = switcher(client.get(f"{site.index.url}?page=3"))
        assert links == {"bg": f"{site.index.url}?page=3", "en": f"{site.en_index.url}?page=2"}
        assert client.get(links["en"]).status_code == 200

    def test_a_list_of_one_page_shows_that(self, client, site):
        add_news(site.index, ITEMS_PER_PAGE)
        assert switcher(client.get(f"{site.index.url}?page=2"))["en"] == site.en_index.url

    def test_the_first_has_one_address(self, client, site):
        assert switcher(client.get(f"{site.index.url}?page=1")) == {
            "bg": site.index.url,
            "en": site.en_index.url,
        }

    def test_it_costs_as_much_for_many_items_as_for_few(self, client, site):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{site.index.url}?page=2")
            return len(captured)

        add_news(site.index, ITEMS_PER_PAGE)
        queries()  # what is cached from the first request on
        few = queries()
        add_news(site.index, ITEMS_PER_PAGE * 2)
        add_news(site.en_index, ITEMS_PER_PAGE)
        assert queries() == few <= 30


class TestFilters:
    @pytest.mark.parametrize(("start", "end"), [("index", "en_index"), ("en_index", "index")])
    def test_they_are_kept_and_nothing_else_is(self, client, site, filterable, start, end):
        start, end = getattr(site, start), getattr(site, end)
        links = switcher(client.get(f"{start.url}?utm_source=x&year=2026&theme=protection&theme=data"))
        assert links[end.locale.language_code] == f"{end.url}?theme=protection&theme=data&year=2026"

    @pytest.mark.parametrize("index", ["index", "en_index"])
    def test_they_are_kept_from_page_to_page(self, client, site, filterable, index):
        index = getattr(site, index)
        add_news(index, ITEMS_PER_PAGE * 2)
        page = soup(client.get(f"{index.url}?utm_source=x&year=2026&page=2"))
        assert page.select_one('.pagination a[rel="prev"]')["href"] == f"{index.url}?year=2026"
        assert page.select_one('.pagination a[rel="next"]')["href"] == f"{index.url}?year=2026&page=3"

    def test_a_page_without_lists_carries_none(self, client, site):
        assert switcher(client.get(f"{site.story.url}?page=2&theme=data"))["en"] == site.en_story.url

    def test_markup_in_them_stays_text(self, client, site, filterable):
        links = switcher(client.get(site.index.url, {"theme": '"><script>'}))
        assert links["en"] == f"{site.en_index.url}?theme=%22%3E%3Cscript%3E"

    def test_a_page_number_is_no_filter(self, rf, site, filterable):
        assert not is_filtered(canonical_query(rf.get("/?page=2"), site.index))
        assert is_filtered(canonical_query(rf.get("/?page=2&year=2026"), site.index))
        assert canonical_query(None, site.index) == QueryDict()


class TestParagraph:
    def test_every_block_has_the_same_anchor_in_both_languages(self, client, site, image):
        site.story.body = [
            (name, block.get_preview_value()) for name, block in BodyBlock().child_blocks.items()
        ]
        site.story.save()
        site.en_story.body = site.story.body
        site.en_story.save()
        # The preview of a block that refers to people or pages is empty here, where there are none.
        expected = [f"block-{block.id}" for block in site.story.body if block.render().strip()]
        assert len(expected) > 10
        for story in (site.story, site.en_story):
            page = soup(client.get(story.url))
            assert [part["id"] for part in page.select('main [id^="block-"]')] == expected

    def test_a_block_that_is_previewed_has_none(self):
        block = BodyBlock().child_blocks["paragraph"]
        assert "id=" not in block.render(block.get_preview_value())
