"""Which language an address is in, and how visitors get from one to the other."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from home.i18n.switcher import language_links
from home.models import SectionPage
from home.seo.alternates import language_alternates


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def switcher(response):
    """{language: href} of the language switcher."""
    return {link["hreflang"]: link["href"] for link in soup(response).select(".languages a")}


def alternates(response):
    return {link["hreflang"]: link["href"] for link in soup(response).select("link[hreflang]")}


@pytest.mark.parametrize(("path", "language"), [("/bg/", "bg"), ("/en/", "en")])
def test_a_page_declares_its_language(client, site, path, language):
    response = client.get(path)
    assert soup(response).html["lang"] == language
    assert response["Content-Language"] == language


@pytest.mark.parametrize("headers", [{"Accept-Language": "bg"}, {"Cookie": "django_language=bg"}])
def test_nothing_but_the_address_decides_the_language(client, site, headers):
    response = client.get(site.en_story.url, headers=headers)
    assert soup(response).html["lang"] == "en"
    assert "Accept-Language" not in response.get("Vary", "")


def test_the_switcher_leads_to_the_same_page(client, site):
    expected = {"bg": site.story.url, "en": site.en_story.url}
    assert switcher(client.get(site.story.url)) == expected
    assert switcher(client.get(site.en_story.url)) == expected


def test_the_switcher_names_each_language_in_itself(client, site):
    links = soup(client.get(site.story.url)).select(".languages a")
    assert [(link.text.strip(), link["lang"]) for link in links] == [("Български", "bg"), ("English", "en")]
    assert [link.get("aria-current") is not None for link in links] == [True, False]


def test_the_switcher_leads_to_an_explanation_where_there_is_no_translation(client, site):
    assert switcher(client.get(site.theme.url)) == {
        "bg": site.theme.url,
        "en": f"/en/untranslated/{site.theme.pk}/",
    }


def test_a_translation_in_draft_does_not_count(client, site):
    site.en_story.unpublish()
    response = client.get(site.story.url)
    assert switcher(response)["en"] == f"/en/untranslated/{site.story.pk}/"
    assert set(alternates(response)) == {"bg", "x-default"}


def test_a_private_translation_is_not_named_to_everybody(client, site):
    site.en_story.view_restrictions.create(restriction_type="login")
    response = client.get(site.story.url)
    explanation = f"/en/untranslated/{site.story.pk}/"
    assert switcher(response) == {"bg": site.story.url, "en": explanation}
    assert alternates(response).keys() == {"bg", "x-default"}
    assert client.get(explanation).status_code == 200


def test_whoever_may_read_a_private_page_is_led_to_its_translation(admin_client, site):
    for story in (site.story, site.en_story):
        story.view_restrictions.create(restriction_type="login")
    expected = {"bg": site.story.url, "en": site.en_story.url}
    assert switcher(admin_client.get(site.story.url)) == expected
    assert switcher(admin_client.get(site.en_story.url)) == expected


def test_the_switcher_on_an_error_page_leads_to_the_front_pages(client, site):
    assert switcher(client.get("/en/nothing/")) == {"bg": "/bg/", "en": "/en/"}


def test_alternates_are_absolute_and_the_default_is_bulgarian(client, site):
    for page in (site.story, site.en_story):
        assert alternates(client.get(page.url)) == {
            "bg": site.story.full_url,
            "en": site.en_story.full_url,
            "x-default": site.story.full_url,
        }


def test_a_page_in_one_language_is_its_own_default(client, en_home):
    page = en_home.add_child(instance=SectionPage(title="Data"))
    assert alternates(client.get(page.url)) == {"en": page.full_url, "x-default": page.full_url}


def test_the_switcher_costs_one_query(site, rf, django_assert_num_queries):
    request = rf.get("/")
    site.story.get_url(request)
    story = type(site.story).objects.get(pk=site.story.pk)
    with django_assert_num_queries(1), translation.override("bg"):
        language_links(request, story)
        language_alternates(request, story)


class TestChoiceAtTheBareAddress:
    @pytest.mark.parametrize(
        ("headers", "target"),
        [
            ({}, "/bg/"),
            ({"Accept-Language": "en-GB,en;q=0.9,bg;q=0.5"}, "/en/"),
            ({"Accept-Language": "bg-BG,bg;q=0.9,en;q=0.5"}, "/bg/"),
            ({"Accept-Language": "de"}, "/bg/"),
            ({"Accept-Language": "bg", "Cookie": "django_language=en"}, "/en/"),
            ({"Accept-Language": "en", "Cookie": "django_language=nonsense"}, "/en/"),
        ],
    )
    def test_the_cookie_comes_before_the_browser(self, client, site, headers, target):
        response = client.get("/", headers=headers)
        assert response.status_code == 302
        assert response["Location"] == target

    def test_the_answer_is_kept_by_no_cache(self, client, site):
        response = client.get("/")
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
        assert "no-store" in response["Cache-Control"]

    def test_a_language_whose_front_page_is_not_live_is_not_offered(self, client, site):
        site.en_home.unpublish()
        assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/bg/"

    def test_the_choice_sets_no_cookie_by_itself(self, client, site):
        assert settings.LANGUAGE_COOKIE_NAME not in client.get("/").cookies


class TestFrontPageThatIsNotLive:
    """Wagtail would serve the Bulgarian front page under /en/, and lose every English page below."""

    def test_its_address_is_not_found(self, client, site):
        site.en_home.unpublish()
        response = client.get("/en/")
        assert response.status_code == 404
        assert soup(response).html["lang"] == "en"

    @pytest.mark.parametrize(
        ("home", "other", "text"),
        [
            ("en_home", "bg_home", "Go to the home page (Български)"),
            ("bg_home", "en_home", "Към началната страница (English)"),
        ],
    )
    def test_the_notice_there_leads_to_one_that_is(self, client, site, home, other, text):
        home, other = getattr(site, home), getattr(site, other)
        home.unpublish()
        response = client.get(home.url)
        assert response.status_code == 404
        (link,) = soup(response).select("main a")
        assert (link["href"], link["hreflang"]) == (other.url, other.locale.language_code)
        assert " ".join(link.text.split()) == text
        assert other.hero_title not in response.content.decode()

    def test_where_none_is_live_the_notice_leads_nowhere(self, client, site):
        site.bg_home.unpublish()
        site.en_home.unpublish()
        assert soup(client.get("/nothing/")).select("main a") == []

    def test_an_untranslated_page_leads_to_one_that_is(self, client, site):
        site.en_section.unpublish()
        site.en_home.unpublish()
        page = soup(client.get(f"/en/untranslated/{site.theme.pk}/"))
        assert page.select_one('main .notice__onward a[href="/bg/"][hreflang="bg"]')

    @pytest.mark.parametrize(
        ("home", "other", "story"), [("en_home", "bg_home", "en_story"), ("bg_home", "en_home", "story")]
    )
    def test_the_name_at_the_top_leads_to_one_that_is(self, client, site, home, other, story):
        home, other, story = (getattr(site, name) for name in (home, other, story))
        assert soup(client.get(story.url)).select_one("a.wordmark")["href"] == home.url
        home.unpublish()
        for path in (story.url, home.url):
            assert soup(client.get(path)).select_one("a.wordmark")["href"] == other.url

    def test_the_pages_below_stay_where_they_are(self, client, site):
        site.en_home.unpublish()
        response = client.get(site.en_story.url)
        assert response.status_code == 200
        assert soup(response).h1.text.strip() == "Meeting in Harmanli"

    def test_a_language_without_a_front_page_is_not_found(self, client, site):
        site.en_home.delete()
        assert client.get("/en/").status_code == 404
        assert client.get("/en/our-work/").status_code == 404


class TestUntranslatedPage:
    @staticmethod
    def url(page, language):
        with translation.override(language):
            return reverse("untranslated_page", args=[page.pk])

    def test_it_speaks_the_language_asked_for(self, client, site):
        response = client.get(self.url(site.theme, "en"))
        assert response.status_code == 200
        assert soup(response).html["lang"] == "en"
        assert "This page has not been translated yet" in soup(response).h1.text

        english_only = site.en_section.add_child(instance=SectionPage(title="Protection"))
        response = client.get(self.url(english_only, "bg"))
        assert soup(response).html["lang"] == "bg"
        assert "Тази страница още не е преведена" in soup(response).h1.text

    def test_it_offers_the_original_and_says_its_language(self, client, site):
        original = soup(client.get(self.url(site.theme, "en"))).select_one(f'main a[href="{site.theme.url}"]')
        assert original["hreflang"] == "bg"
        assert original["lang"] == "bg"
        assert "Закрила" in original.text

    def test_it_offers_the_nearest_page_that_is_translated(self, client, site):
        page = soup(client.get(self.url(site.theme, "en")))
        assert page.select_one(f'main a[href="{site.en_section.url}"]')

        site.en_section.unpublish()
        page = soup(client.get(self.url(site.theme, "en")))
        assert page.select_one('main a[href="/en/"]')

    def test_it_leads_to_the_translation_once_there_is_one(self, client, site):
        assert client.get(self.url(site.story, "en"))["Location"] == site.en_story.url
        assert client.get(self.url(site.story, "bg"))["Location"] == site.story.url

    def test_search_engines_leave_it_out(self, client, site):
        response = client.get(self.url(site.theme, "en"))
        assert response["X-Robots-Tag"] == "noindex"
        assert soup(response).select_one('meta[name="robots"][content="noindex"]')
        assert not alternates(response)

    def test_the_switcher_leads_back_to_the_original(self, client, site):
        assert switcher(client.get(self.url(site.theme, "en"))) == {
            "bg": site.theme.url,
            "en": self.url(site.theme, "en"),
        }

    def test_drafts_are_not_told_of(self, client, site):
        site.theme.unpublish()
        assert client.get(self.url(site.theme, "en")).status_code == 404

    def test_private_pages_are_not_told_of(self, client, site):
        site.section.view_restrictions.create(restriction_type="login")
        assert client.get(self.url(site.theme, "en")).status_code == 404

    def test_neither_are_pages_that_do_not_exist(self, client, site):
        root = site.bg_home.get_parent()
        assert client.get(self.url(root, "en")).status_code == 404
        assert client.get("/en/untranslated/999999/").status_code == 404


class TestNotFound:
    @pytest.mark.parametrize(
        ("path", "language", "heading"),
        [
            ("/bg/nishto/", "bg", "Тази страница не съществува"),
            ("/en/nothing/", "en", "This page does not exist"),
        ],
    )
    def test_it_speaks_the_language_of_the_address(self, client, site, path, language, heading):
        response = client.get(path)
        assert response.status_code == 404
        assert soup(response).html["lang"] == language
        assert response["Content-Language"] == language
        assert [part["lang"] for part in soup(response).select("main section")] == [language]
        assert soup(response).h1.text.strip() == heading

    def test_it_leads_to_the_front_page_and_the_search_of_each_language(self, client, site):
        def ways_on(path):
            return [link["href"] for link in soup(client.get(path)).select("main a")]

        bulgarian, english = ["/bg/", "/bg/tarsene/"], ["/en/", "/en/search/"]
        assert ways_on("/bg/nishto/") == bulgarian
        assert ways_on("/en/nothing/") == english
        assert ways_on("/nothing/") == [*bulgarian, *english]

    @pytest.mark.parametrize("headers", [{}, {"Accept-Language": "en"}, {"Cookie": "django_language=en"}])
    def test_without_a_language_it_speaks_both_and_guesses_none(self, client, site, headers):
        response = client.get("/nothing/", headers=headers)
        assert response.status_code == 404
        parts = {
            part["lang"]: part.select_one("h1, h2").text.strip()
            for part in soup(response).select("main section")
        }
        assert parts == {"bg": "Тази страница не съществува", "en": "This page does not exist"}

    def test_an_address_of_the_other_language_is_not_translated_along(self, client, site):
        assert client.get("/en/nashata-rabota/").status_code == 404


def test_the_error_page_speaks_both_languages_without_the_database(client, settings, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("home.i18n.language_choice.LanguageChoiceView.get", broken)
    response = client.get("/")
    assert response.status_code == 500
    page = soup(response)
    assert page.html["lang"] == "bg"
    assert page.select_one('[lang="en"]')
    assert page.select('a[href="/bg/"]')
    assert page.select('a[href="/en/"]')
    assert len(page.select("h1")) == 1


@pytest.mark.parametrize(
    ("language", "heading"), [("bg", "Нещо при нас се обърка"), ("en", "Something went wrong on our side")]
)
def test_the_error_page_speaks_the_language_of_the_address(client, monkeypatch, language, heading):
    """Nothing here may use the database: pytest-django would not let it."""
    client.raise_request_exception = False
    monkeypatch.setattr("wagtail.views.Page.route_for_request", broken)
    response = client.get(f"/{language}/anything/")
    assert response.status_code == 500
    assert response["Content-Language"] == language
    page = soup(response)
    assert page.html["lang"] == language
    assert [part["lang"] for part in page.select("main section")] == [language]
    assert page.h1.text.strip() == heading
    assert [link["href"] for link in page.select("a")] == [f"/{language}/"]


def test_the_error_page_needs_to_be_told_nothing():
    assert BeautifulSoup(render_to_string("500.html"), "html.parser").select(
        'section[lang="bg"] ~ section[lang="en"]'
    )


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


def test_the_admin_keeps_each_editors_language(client, admin_user, site):
    client.force_login(admin_user)
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    assert soup(client.get("/cms/")).html["lang"] == "en"
    UserProfile.objects.update(preferred_language="bg")
    assert soup(client.get("/cms/")).html["lang"] == "bg"


def test_every_language_of_the_site_has_its_front_page(site):
    assert {code for code, _name in settings.LANGUAGES} == set(
        Locale.objects.values_list("language_code", flat=True)
    )
