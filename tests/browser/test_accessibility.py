"""Every template, in both languages, on a phone and on a desk, by day and by night."""

import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
LANGUAGES = ["bg", "en"]
PHONE, DESK = 320, 1280


def paths(site, language):
    """An address of each template."""
    return {
        "home": site.home[language].url,
        "section": site.section[language].url,
        "news index": site.news_index[language].url,
        "news": site.story[language].url,
        **{name: versions[language].url for name, versions in site.kinds.items()},
        "form, sent": f"{site.kinds['form'][language].url}?sent",
        "list, nothing found": f"{site.kinds['projects_index'][language].url}?theme=nothing",
        "untranslated": f"/{language}/untranslated/{site.untranslated[language].pk}/",
        "search": {"bg": "/bg/tarsene/?q=новина", "en": "/en/search/?q=migrants"}[language],
        "not found": f"/{language}/nowhere/",
        "not found, no language": "/nowhere/",
    }


@pytest.fixture
def open_page(browser, live_server, bilingual_site):
    """Opens an address in a fresh window of the given kind, and closes all windows in the end."""
    contexts = []

    def open_page(path, *, width=DESK, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(bilingual_site, open_page, language, width):
    found = []
    for template, path in paths(bilingual_site, language).items():
        page = open_page(path, width=width, reduced_motion="reduce")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options=AXE_OPTIONS)
            if results.violations_count:
                found.append(f"{template}, {scheme}: {results.generate_report()}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(bilingual_site, open_page, language):
    for template, path in paths(bilingual_site, language).items():
        page = open_page(path)
        for width in (PHONE, 360, 768, 1024, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (template, width)


@pytest.mark.parametrize(("language", "script"), [("bg", "CYRILLIC"), ("en", "LATIN")])
def test_text_is_in_the_language_that_it_is_marked_with(bilingual_site, open_page, language, script):
    """A screen reader reads a text with the voice of its `lang`, and no checker hears that it is the wrong one."""
    for template in ("home", "section", "news index", "news"):
        page = open_page(paths(bilingual_site, language)[template])
        assert page.get_attribute("html", "lang") == language
        # Sample words such as IOM stand in both languages.
        letters = [letter for letter in page.inner_text("h1, h2, .teaser__title") if letter.isalpha()]
        of_script = [letter for letter in letters if unicodedata.name(letter).startswith(script)]
        assert len(of_script) > 0.9 * len(letters), (template, "".join(letters))


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_in_sight_on_a_phone_while_the_menu_is_closed(bilingual_site, open_page, language):
    page = open_page(bilingual_site.home[language].url, width=PHONE)
    assert page.locator(".languages").get_by_text("Български", exact=True).is_visible()
    assert page.locator(".languages").get_by_text("English", exact=True).is_visible()
    assert not page.locator(".main-menu").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_opens_without_a_script(bilingual_site, open_page, language):
    page = open_page(bilingual_site.home[language].url, width=PHONE, java_script_enabled=False)
    page.click(".menu-toggle > summary")
    page.click(".submenu > summary")
    assert page.locator(".submenu__link").first.is_visible()


def test_escape_closes_an_open_submenu_and_gives_the_focus_back(bilingual_site, open_page):
    page = open_page(bilingual_site.home["en"].url)
    page.click(".submenu > summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".submenu__link").first.is_visible()
    assert page.locator(".submenu > summary").first.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_tab_stop_leads_to_the_content(bilingual_site, open_page, language):
    page = open_page(bilingual_site.story[language].url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert re.search(r"#content$", page.url)
