"""Addresses that once worked lead on, each in its own language; addresses that never did lead nowhere."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Site

from home.models import SectionPage

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def changing_slugs(django_capture_on_commit_callbacks):
    """Wagtail makes its redirects once a change is committed."""

    def change(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()

    return change


@pytest.mark.parametrize(("start", "below"), [("section", "theme"), ("en_index", "en_story")])
def test_an_old_address_leads_to_the_new_one_in_its_language(client, site, changing_slugs, start, below):
    page, child = getattr(site, start), getattr(site, below)
    old, old_child = page.url, child.url
    changing_slugs(page, "moved")
    child.refresh_from_db()
    language = page.locale.language_code
    assert page.url == f"/{language}/moved/"
    for address, target in ((old, page.url), (old_child, child.url)):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, target)
    assert set(Redirect.objects.values_list("redirect_page__locale__language_code", flat=True)) == {language}


def test_a_page_that_moves_is_found_again(client, site, django_capture_on_commit_callbacks):
    old = site.theme.url
    with django_capture_on_commit_callbacks(execute=True):
        site.theme.move(site.bg_home, "last-child")
    site.theme.refresh_from_db()
    assert client.get(old)["Location"] == site.theme.url


@pytest.mark.parametrize(("source", "language"), [("theme", "en"), ("english_only", "bg")])
def test_the_first_publication_of_a_translation_makes_no_redirect(site, changing_slugs, source, language):
    english_only = site.en_section.add_child(
        instance=SectionPage(title="Data", locale=Locale.objects.get(language_code="en"))
    )
    page = english_only if source == "english_only" else site.theme
    translation = page.copy_for_translation(Locale.objects.get(language_code=language))
    changing_slugs(translation, "another-slug")
    assert translation.live
    assert not Redirect.objects.exists()


def test_a_draft_that_moves_makes_none_either(site, django_capture_on_commit_callbacks):
    draft = site.section.add_child(instance=SectionPage(title="Чернова", live=False))
    with django_capture_on_commit_callbacks(execute=True):
        draft.move(site.bg_home, "last-child")
    assert not Redirect.objects.exists()


def test_live_pages_below_a_page_that_never_was_do_move(client, site, changing_slugs):
    draft = site.bg_home.add_child(instance=SectionPage(title="Чернова", slug="draft", live=False))
    child = draft.add_child(instance=SectionPage(title="Жива", slug="child"))
    old = child.url
    changing_slugs(draft, "published")
    child.refresh_from_db()
    assert client.get(old)["Location"] == child.url
    assert not Redirect.objects.filter(old_path="/bg/draft").exists()


def test_a_page_that_was_live_once_still_leads_on(client, site, changing_slugs):
    site.theme.save_revision().publish()
    site.theme.refresh_from_db()
    old = site.theme.url
    site.theme.unpublish()
    changing_slugs(site.theme, "live-again")
    assert client.get(old)["Location"] == site.theme.url


def test_an_address_that_is_taken_back_leads_to_itself_no_more(client, site, changing_slugs):
    """Unpublished, the page would send its visitors from the address to the same address for ever."""
    old = site.theme.url
    changing_slugs(site.theme, "elsewhere")
    elsewhere = site.theme.url
    changing_slugs(site.theme, old.rstrip("/").rpartition("/")[2])
    assert client.get(elsewhere)["Location"] == old
    site.theme.unpublish()
    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    ("path", "page"), [("/node/12", "story"), ("/en/node/12", "en_story"), ("/новини", "index")]
)
def test_addresses_of_the_old_site_lead_to_the_page_in_the_language_that_was_chosen(client, site, path, page):
    target = getattr(site, page)
    Redirect.objects.create(old_path=path, redirect_page=target, site=Site.objects.get())
    response = client.get(path, headers={"Accept-Language": "de"})
    assert (response.status_code, response["Location"]) == (301, target.url)
