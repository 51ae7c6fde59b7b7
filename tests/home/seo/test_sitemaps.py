"""The sitemap and robots.txt, which lead search engines to every page of both languages."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from home.models import NewsPage, SectionPage

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parsed(response):
    return ElementTree.fromstring(response.content).findall("s:url", NAMES)  # noqa: S314 - the site wrote it


def sitemap(client):
    """{address: {hreflang: address}}"""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    urls = parsed(response)
    listed = {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in urls
    }
    assert len(listed) == len(urls)
    return listed


def test_it_lists_both_trees(client, site):
    pages = [site.bg_home, site.section, site.theme, site.index, site.story]
    pages += [site.en_home, site.en_section, site.en_index, site.en_story]
    assert set(sitemap(client)) == {page.full_url for page in pages}


def test_each_version_names_all_of_them_itself_among_them(client, site):
    listed = sitemap(client)
    alternates = {
        "bg": site.story.full_url,
        "en": site.en_story.full_url,
        "x-default": site.story.full_url,
    }
    assert listed[site.story.full_url] == listed[site.en_story.full_url] == alternates


def test_a_page_in_one_language_is_its_own_default(client, site):
    english_only = site.en_home.add_child(
        instance=SectionPage(title="Data", locale=Locale.objects.get(language_code="en"))
    )
    listed = sitemap(client)
    for language, page in (("bg", site.theme), ("en", english_only)):
        assert listed[page.full_url] == {language: page.full_url, "x-default": page.full_url}


def test_drafts_private_pages_and_aliases_are_left_out(client, site):
    site.theme.unpublish()
    site.en_story.view_restrictions.create(restriction_type="login")
    alias = site.story.create_alias(parent=site.index, update_slug="alias")
    listed = sitemap(client)
    assert site.theme.full_url not in listed
    assert site.en_story.full_url not in listed
    assert alias.full_url not in listed
    assert set(listed[site.story.full_url]) == {"bg", "x-default"}


def test_pages_below_a_front_page_that_is_not_live_stay(client, site):
    site.en_home.unpublish()
    listed = sitemap(client)
    assert site.en_home.full_url not in listed
    assert site.en_story.full_url in listed


def test_every_address_in_it_is_there(client, site):
    for address in sitemap(client):
        assert client.get(address).status_code == 200


def test_it_says_when_a_page_changed(client, site):
    site.story.save_revision().publish()
    (url,) = [
        url
        for url in parsed(client.get("/sitemap.xml"))
        if url.findtext("s:loc", namespaces=NAMES) == site.story.full_url
    ]
    assert url.findtext("s:lastmod", namespaces=NAMES) == timezone.localdate().isoformat()


def test_it_costs_as_much_for_many_pages_as_for_few(client, site):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap.xml")
        return len(captured)

    queries()  # the site's roots are cached from the first request on
    few = queries()
    for number in range(30):
        news = NewsPage(title=f"Новина {number}", lead="…", date=datetime.date(2026, 1, 1))
        site.index.add_child(instance=news)
    assert queries() == few <= 10


@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "en"}])
def test_robots_are_told_of_the_sitemap_and_kept_out_of_the_admin(client, site, headers):
    response = client.get("/robots.txt", headers=headers)
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert "Disallow: /cms/" in lines
