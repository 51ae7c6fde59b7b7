"""What the head of a page tells search engines and sites that it is shared on, in the language of the page."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from PIL import Image

from home.listing.pagination import ITEMS_PER_PAGE
from home.models import NewsIndexPage, NewsPage
from home.seo.structured_data import as_script


def head(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


def open_graph(head):
    return {meta["property"]: meta["content"] for meta in head.select("meta[property]")}


def things(head):
    """{type: thing} of the page's JSON-LD."""
    (script,) = head.select('script[type="application/ld+json"]')
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def canonical(head):
    link = head.select_one('link[rel="canonical"]')
    return link and link["href"]


def is_indexed(head):
    return not head.select('meta[name="robots"][content="noindex"]')


class TestCanonical:
    @pytest.mark.parametrize("story", ["story", "en_story"])
    def test_it_is_the_page_without_what_others_append(self, client, site, story):
        page = getattr(site, story)
        assert canonical(head(client, f"{page.url}?utm_source=x&page=7")) == page.full_url

    @pytest.mark.parametrize("index", ["index", "en_index"])
    def test_each_page_of_a_list_is_its_own(self, client, site, index):
        index = getattr(site, index)
        for number in range(ITEMS_PER_PAGE):
            index.add_child(instance=NewsPage(title=f"N {number}", lead="…", locale=index.locale))
        second = head(client, f"{index.url}?page=2&utm_source=x")
        assert canonical(second) == f"{index.full_url}?page=2"
        assert is_indexed(second)
        assert not second.select("link[hreflang]")
        assert canonical(head(client, f"{index.url}?page=1")) == index.full_url

    @pytest.mark.parametrize("index", ["index", "en_index"])
    def test_a_filtered_list_is_not_indexed(self, client, site, monkeypatch, index):
        monkeypatch.setattr(NewsIndexPage, "query_parameters", ("theme", "page"))
        filtered = head(client, f"{getattr(site, index).url}?theme=protection")
        assert not is_indexed(filtered)
        assert canonical(filtered) is None
        assert not filtered.select("link[hreflang]")

    def test_error_and_untranslated_pages_have_none(self, client, site):
        untranslated = head(client, f"/en/untranslated/{site.theme.pk}/")
        assert canonical(untranslated) is None
        missing = BeautifulSoup(client.get("/en/nothing/").content, "html.parser").head
        assert canonical(missing) is None
        assert not missing.select("meta[property], script[type='application/ld+json']")


class TestOpenGraph:
    @pytest.mark.parametrize(
        ("story", "site_name", "description", "locale", "other"),
        [
            ("story", "МОМ България", "Кратко.", "bg_BG", "en_GB"),
            ("en_story", "IOM Bulgaria", "Short.", "en_GB", "bg_BG"),
        ],
    )
    def test_it_speaks_the_language_of_the_page(
        self, client, site, story, site_name, description, locale, other
    ):
        page = getattr(site, story)
        found = head(client, page.url)
        assert open_graph(found) == {
            "og:site_name": site_name,
            "og:type": "article",
            "og:url": page.full_url,
            "og:title": page.title,
            "og:description": description,
            "og:locale": locale,
            "og:locale:alternate": other,
            "og:image": "http://localhost:8000/static/img/shared.png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": site_name,
        }
        assert found.select_one('meta[name="description"]')["content"] == description
        assert found.select_one('meta[name="twitter:card"]')["content"] == "summary_large_image"

    @pytest.mark.parametrize(("home", "alt"), [("bg_home", "Път"), ("en_home", "A road")])
    def test_a_picture_comes_with_the_pages_own_text(self, client, site, image, home, alt):
        page = getattr(site, home)
        page.hero_image, page.hero_image_alt = image, alt
        page.save()
        found = head(client, page.url)
        data = open_graph(found)
        assert data["og:image"].startswith("http://localhost:8000/media/")
        assert data["og:image"].endswith(".jpg")
        assert data["og:image:alt"] == alt
        assert data["og:type"] == "website"
        assert found.select_one('meta[name="twitter:card"]')["content"] == "summary_large_image"

    def test_a_description_for_search_engines_comes_first(self, client, site):
        site.story.search_description = "За търсачките"
        site.story.save()
        assert open_graph(head(client, site.story.url))["og:description"] == "За търсачките"


class TestStructuredData:
    @pytest.mark.parametrize(
        ("language", "name", "parent"),
        [
            ("bg", "МОМ България", "Международна организация по миграция"),
            ("en", "IOM Bulgaria", "International Organization for Migration"),
        ],
    )
    def test_the_front_page_is_the_organisations_site(self, client, site, language, name, parent):
        found = things(head(client, f"/{language}/"))
        assert set(found) == {"Organization", "WebSite"}
        assert found["Organization"]["name"] == name
        assert found["Organization"]["parentOrganization"]["name"] == parent
        assert found["WebSite"]["inLanguage"] == language
        assert found["WebSite"]["url"] == f"http://localhost:8000/{language}/"
        assert found["WebSite"]["publisher"]["@id"] == found["Organization"]["@id"]

    @pytest.mark.parametrize(
        ("story", "other", "home"),
        [("story", "en_story", "МОМ България"), ("en_story", "story", "IOM Bulgaria")],
    )
    def test_a_news_item_is_an_article_with_its_place(self, client, site, image, story, other, home):
        page, other = getattr(site, story), getattr(site, other)
        page.image = image
        page.save_revision().publish()
        found = things(head(client, page.url))
        article = found["NewsArticle"]
        assert article["headline"] == page.title
        assert article["inLanguage"] == page.locale.language_code
        assert article["datePublished"] == "2026-03-03"
        assert article["dateModified"][-6:] in {"+02:00", "+03:00"}
        assert article["image"].startswith("http://localhost:8000/media/")
        assert article["workTranslation"] == [
            {
                "@type": "NewsArticle",
                "@id": f"{other.full_url}#article",
                "inLanguage": other.locale.language_code,
            }
        ]
        index = page.get_parent()
        assert [
            (crumb["position"], crumb["name"], crumb["item"])
            for crumb in found["BreadcrumbList"]["itemListElement"]
        ] == [
            (1, home, f"http://localhost:8000/{page.locale.language_code}/"),
            (2, index.title, index.full_url),
            (3, page.title, page.full_url),
        ]

    def test_no_text_can_end_the_script(self, client, site):
        site.story.title = "</script><script>alert(1)</script> & Ѝ"
        site.story.save()
        found = head(client, site.story.url)
        assert things(found)["NewsArticle"]["headline"] == site.story.title
        assert not [
            script for script in found.select("script") if "alert" in script.text and not script.get("type")
        ]
        assert "</script" not in as_script([{"name": "</script>"}])

    def test_a_page_of_a_plain_kind_tells_its_place_alone(self, client, site):
        assert set(things(head(client, site.theme.url))) == {"BreadcrumbList"}


def test_the_picture_of_pages_without_one_has_the_size_that_is_told():
    with Image.open(finders.find("img/shared.png")) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


class TestKindsOfContent:
    @pytest.mark.parametrize("language", ["bg", "en"])
    def test_an_event_tells_its_time_and_place(self, client, kinds, language):
        page = kinds.event[language]
        event = things(head(client, page.url))["Event"]
        assert event["name"] == page.title
        assert event["startDate"] == page.local_start.isoformat()
        assert event["startDate"][-6:] in {"+02:00", "+03:00"}
        assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
        assert event["location"][0]["name"] == page.venue
        assert event["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
        assert event["inLanguage"] == "bg"

    @pytest.mark.parametrize(("language", "other"), [("bg", "en"), ("en", "bg")])
    def test_a_publication_tells_its_files(self, client, kinds, language, other):
        page = kinds.publication[language]
        report = things(head(client, page.url))["Report"]
        assert (report["name"], report["isbn"]) == (page.title, "978-3-16-148410-0")
        assert [file["inLanguage"] for file in report["encoding"]] == [language, other]
        assert all(file["contentUrl"].startswith("http://localhost:8000/") for file in report["encoding"])
        assert report["workTranslation"][0]["inLanguage"] == other

    @pytest.mark.parametrize("language", ["bg", "en"])
    def test_a_vacancy_is_told_while_it_is_open(self, client, kinds, language):
        page = kinds.vacancy[language]
        posting = things(head(client, page.url))["JobPosting"]
        assert (posting["title"], posting["inLanguage"]) == (page.title, language)
        assert posting["jobLocation"]["address"]["addressLocality"] == page.place
        closing = page.deadline + datetime.timedelta(days=1)
        assert posting["validThrough"].startswith(f"{closing.isoformat()}T00:00:00")
        assert "JobPosting" not in things(head(client, kinds.closed_vacancy[language].url))
