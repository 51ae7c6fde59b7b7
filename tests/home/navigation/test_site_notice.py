"""The notice at the top of every page."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from home.models import SiteNotice


def notice_on(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser").select_one(".site-notice")


@pytest.fixture
def notice(site):
    return SiteNotice.objects.create(
        title="Офисът е затворен",
        text="<p>Обадете се <b>утре</b>.</p>",
        level="warning",
        locale=site.bg_home.locale,
    )


@pytest.fixture
def en_notice(notice):
    copy = notice.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.title, copy.text, copy.live = "The office is closed", "<p>Call <b>tomorrow</b>.</p>", True
    copy.save()
    return copy


@pytest.mark.parametrize("path", ["/bg/", "/en/"])
def test_there_is_none_unless_there_is_something_to_say(client, site, path):
    assert notice_on(client, path) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [("/bg/", ["Внимание", "Офисът е затворен"]), ("/en/", ["Warning", "The office is closed"])],
)
def test_it_stands_on_every_page_in_the_language_of_the_visit(client, en_notice, path, words):
    shown = notice_on(client, path)
    assert all(word in shown.text for word in words)
    assert not shown.select("[lang]")
    assert notice_on(client, path + "nowhere/")


def test_untranslated_it_is_marked_with_its_language(client, notice):
    shown = notice_on(client, "/en/")
    content = shown.select_one("[lang=bg]")
    assert "Офисът е затворен" in content.text
    assert shown["aria-label"] == "Notice"
    assert content.select_one("[lang=en]").text.strip() == "Warning:"


def test_a_notice_taken_back_is_gone(client, notice):
    notice.unpublish()
    assert notice_on(client, "/bg/") is None


@pytest.mark.parametrize(("language", "title"), [("bg", "Офисът"), ("en", "The office")])
def test_it_can_be_previewed(en_notice, notice, language, title):
    shown = {"bg": notice, "en": en_notice}[language]
    SiteNotice.objects.update(live=False)
    assert title in shown.make_preview_request().content.decode()
