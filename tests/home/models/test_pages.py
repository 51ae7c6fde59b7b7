"""What visitors see on each kind of page, in both languages, and what it costs."""

import datetime
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Page

from home.listing.pagination import ITEMS_PER_PAGE
from home.models import EventPage, EventsIndexPage, HomePage, NewsIndexPage, NewsPage, SectionPage
from tests.home.conftest import translate


def main(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def texts(element, selector):
    return [" ".join(part.text.split()) for part in element.select(selector)]


def add_news(index, count):
    return [
        index.add_child(
            instance=NewsPage(title=f"{index.title} {day}", lead="…", date=datetime.date(2026, 1, 1 + day))
        )
        for day in range(count)
    ]


class TestHomePage:
    def test_it_opens_with_its_own_line(self, client, site):
        assert main(client.get("/bg/")).h1.text == "МОМ България"
        assert main(client.get("/en/")).h1.text == "IOM Bulgaria"

    def test_it_shows_the_three_latest_news_of_its_language(self, client, site):
        add_news(site.index, 4)
        assert texts(main(client.get("/bg/")), ".teaser__title") == [
            "Среща в Харманли",
            "Новини 3",
            "Новини 2",
        ]
        assert texts(main(client.get("/en/")), ".teaser__title") == ["Meeting in Harmanli"]

    def test_drafts_and_private_news_do_not_show(self, client, site):
        draft, private = add_news(site.index, 2)
        draft.unpublish()
        private.view_restrictions.create(restriction_type="login")
        assert texts(main(client.get("/bg/")), ".teaser__title") == ["Среща в Харманли"]

    def test_it_shows_the_next_three_events_of_its_language(self, client, site):
        index = site.bg_home.add_child(instance=EventsIndexPage(title="Събития"))
        events = [
            index.add_child(
                instance=EventPage(title=f"Събитие {days}", lead="…", start=timezone.now() + timedelta(days))
            )
            for days in (9, 3, -1, 6, 12)
        ]
        en_index = translate(index, "en", title="Events")
        translate(events[0], "en", title="Event")

        for language, titles, heading, all_events in [
            ("bg", ["Събитие 3", "Събитие 6", "Събитие 9"], "Предстоящи събития", index),
            ("en", ["Event"], "Upcoming events", en_index),
        ]:
            band = main(client.get(f"/{language}/")).select_one("[aria-labelledby=next-events]")
            assert band.h2.text == heading
            assert texts(band, ".teaser__title") == titles
            assert band.select_one(".onward")["href"] == all_events.url

    def test_dates_are_written_in_the_language_of_the_page(self, client, site):
        assert "3 март 2026 г." in main(client.get("/bg/")).text
        assert "3 March 2026" in main(client.get("/en/")).text

    def test_the_picture_has_the_pages_own_alternative_text(self, client, site, image):
        for home, alt in ((site.bg_home, "Път"), (site.en_home, "A road")):
            home.hero_image, home.hero_image_alt = image, alt
            home.save()
        assert main(client.get("/bg/")).img["alt"] == "Път"
        assert main(client.get("/en/")).img["alt"] == "A road"


class TestSectionPage:
    def test_it_lists_the_pages_below_it(self, client, site):
        page = main(client.get(site.section.url))
        assert page.h1.text == "Нашата работа"
        assert "С какво се занимаваме." in page.text
        assert texts(page, ".section-list__title") == ["Закрила"]
        assert "В този раздел" in page.text
        assert texts(main(client.get(site.en_section.url)), ".section-list__title") == []

    def test_unless_told_not_to(self, client, site):
        site.section.show_children = False
        site.section.save()
        assert texts(main(client.get(site.section.url)), ".section-list__title") == []

    def test_drafts_are_not_listed(self, client, site):
        site.theme.unpublish()
        assert texts(main(client.get(site.section.url)), ".section-list__title") == []


class TestNewsIndexPage:
    @pytest.mark.parametrize("page", ["", "?page=1"])
    def test_it_lists_twelve_a_page_newest_first(self, client, site, page):
        add_news(site.index, ITEMS_PER_PAGE)
        titles = texts(main(client.get(site.index.url + page)), ".teaser__title")
        assert titles == ["Среща в Харманли", *(f"Новини {day}" for day in range(11, 0, -1))]

    def test_the_rest_follows(self, client, site):
        add_news(site.index, ITEMS_PER_PAGE)
        assert texts(main(client.get(site.index.url + "?page=2")), ".teaser__title") == ["Новини 0"]

    @pytest.mark.parametrize("number", ["0", "3", "-1", "x"])
    def test_a_page_that_is_not_there_is_not_found(self, client, site, number):
        assert client.get(f"{site.index.url}?page={number}").status_code == 404

    @pytest.mark.parametrize(
        ("language", "sentence"), [("bg", "Тук още няма новини."), ("en", "There is no news here yet.")]
    )
    def test_it_says_so_when_there_is_nothing(self, client, site, language, sentence):
        Page.objects.type(NewsPage).update(live=False)
        index = {"bg": site.index, "en": site.en_index}[language]
        assert sentence in main(client.get(index.url)).text

    def test_a_language_has_one(self, site):
        assert not NewsIndexPage.can_create_at(site.bg_home)
        assert NewsIndexPage.can_create_at(HomePage(title="Another", path="00010009", depth=2))


class TestNewsPage:
    def test_it_tells_when_and_where(self, client, site):
        assert texts(main(client.get(site.story.url)), ".page-header__meta") == ["3 март 2026 г. Харманли"]
        assert texts(main(client.get(site.en_story.url)), ".page-header__meta") == ["3 March 2026 Harmanli"]

    def test_it_says_in_which_other_language_it_can_be_read(self, client, site):
        link = main(client.get(site.story.url)).select_one(".also-in a")
        assert (link["href"], link["hreflang"], link.text.strip()) == (site.en_story.url, "en", "English")
        site.en_story.unpublish()
        assert not main(client.get(site.story.url)).select(".also-in")

    def test_its_picture_has_alternative_text_caption_and_credit(self, client, site, image):
        site.story.image = image
        site.story.image_alt, site.story.image_caption, site.story.image_credit = "Път", "Пътят", "МОМ"
        site.story.save()
        figure = main(client.get(site.story.url)).figure
        assert figure.img["alt"] == "Път"
        assert "Пътят" in figure.figcaption.text
        assert "МОМ" in figure.figcaption.text

    def test_it_leads_to_the_news_before_and_after(self, client, site):
        older, middle, newer = add_news(site.index, 3)
        assert (middle.previous_news, middle.next_news) == (older, newer)
        assert older.previous_news is None
        assert newer.next_news == site.story
        page = BeautifulSoup(client.get(middle.url).content, "html.parser")
        assert page.select_one('a[rel="prev"]')["href"] == older.url
        assert page.select_one('a[rel="next"]')["href"] == newer.url

    def test_news_of_one_day_come_one_after_another(self, site):
        first, second = add_news(site.index, 2)
        second.date = first.date
        second.save()
        assert first.next_news == second
        assert second.previous_news == first

    def test_drafts_are_passed_over(self, site):
        older, draft, newer = add_news(site.index, 3)
        draft.unpublish()
        assert older.next_news == newer
        assert newer.previous_news == older

    @pytest.mark.parametrize("title", ["Нова новина", "A new story"])
    def test_it_can_be_previewed_before_it_is_first_saved(self, site, title):
        page = NewsPage(title=title, lead="…", slug="new", locale=site.index.locale)
        page._cached_parent_obj = site.index
        response = page.make_preview_request()
        assert response.status_code == 200
        assert title in response.content.decode()


def test_pages_stand_only_where_they_belong(site):
    assert SectionPage.can_create_at(site.bg_home)
    assert SectionPage.can_create_at(site.section)
    assert not SectionPage.can_create_at(site.index)
    assert NewsPage.can_create_at(site.index)
    assert not NewsPage.can_create_at(site.bg_home)
    assert not HomePage.can_create_at(site.bg_home)
