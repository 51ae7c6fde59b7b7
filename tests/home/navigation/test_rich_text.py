"""Links to pages in the midst of a text, in both languages."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail.models import Site
from wagtail.rich_text import expand_db_html


@pytest.fixture(autouse=True)
def known_site_roots(site):
    Site.get_site_root_paths()
    yield
    Site.clear_site_root_paths_cache()


def link(page):
    return f'<a linktype="page" id="{page.pk}">there</a>'


def links(language, *pages):
    """The attributes of the links of a text, as a visitor of that language gets it."""
    with translation.override(language):
        html = expand_db_html(f"<p>{' and '.join(link(page) for page in pages)}</p>")
    return [found.attrs for found in BeautifulSoup(html, "html.parser").find_all("a")]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_they_lead_to_the_version_in_the_language_of_the_visit(site, language):
    expected = {"bg": site.story, "en": site.en_story}[language]
    assert links(language, site.story, site.en_story) == [{"href": expected.url}] * 2


def test_one_to_a_page_that_is_in_the_other_language_alone_says_which(site):
    assert links("en", site.theme) == [{"href": site.theme.url, "hreflang": "bg"}]
    assert links("bg", site.theme) == [{"href": site.theme.url}]


def test_one_to_a_page_that_only_its_translation_is_live_of_leads_there(site):
    site.story.unpublish()
    assert links("bg", site.story) == [{"href": site.en_story.url, "hreflang": "en"}]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_words_that_lead_to_nothing_live_are_no_link(site, language):
    site.theme.unpublish()
    assert links(language, site.theme) == [{}]
    with translation.override(language):
        for broken in ('id="987654"', 'id="x"', ""):
            assert expand_db_html(f'<a linktype="page" {broken}>there</a>') == "<a>there</a>"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_all_links_of_a_text_cost_one_query(site, language, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(links(language, site.story, site.theme, site.section, site.index)) == 4
