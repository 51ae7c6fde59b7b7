"""All that visitors do works with JavaScript off."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def window(browser, live_server, bilingual_site):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.asked_elsewhere = []

    def note(request):
        if not request.url.startswith((f"{live_server.url}/", "data:")):
            page.asked_elsewhere.append(request.url)

    page.on("request", note)
    yield page
    context.close()


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_visit_needs_no_script(bilingual_site, window, mailoutbox, language):
    site, other = bilingual_site, {"bg": "en", "en": "bg"}[language]

    # The menu of a phone, and of a desk
    window.set_viewport_size({"width": 360, "height": 800})
    window.goto(site.home[language].url)
    window.click(".menu-toggle > summary")
    window.click(".submenu > summary")
    assert window.locator(".submenu__link").first.is_visible()
    window.set_viewport_size({"width": 1280, "height": 800})
    window.goto(site.home[language].url)
    window.click(".submenu > summary")
    with window.expect_navigation():
        window.click(".submenu__link >> nth=0")
    assert window.locator("html").get_attribute("lang") == language

    # What folds
    window.goto(site.section[language].url)
    window.locator(".block-accordion details >> nth=0").locator("summary").click()
    assert window.locator(".block-accordion details >> nth=0").get_attribute("open") is not None

    # A filtered list, and the same one in the other language
    window.goto(site.kinds["projects_index"][language].url)
    window.select_option("#filter-theme", "protection")
    with window.expect_navigation():
        window.click(".filters [type=submit]")
    assert window.locator(".filters__count").is_visible()
    with window.expect_navigation():
        window.click(f".languages [hreflang={other}]")
    assert window.url.endswith(f"{site.kinds['projects_index'][other].url}?theme=protection")
    assert window.locator(".filters__count").is_visible()

    # The search
    window.goto(site.home[language].url)
    window.fill("#header-search", {"bg": "закрила", "en": "protection"}[language])
    with window.expect_navigation():
        window.press("#header-search", "Enter")
    assert window.locator(".search-result").count()

    # A form, first refused and then sent
    window.goto(site.kinds["form"][language].url)
    with window.expect_navigation():
        window.click(".form [type=submit]")
    assert window.locator(".form__error").first.is_visible()
    window.fill("#id_name", "Ана")
    window.fill("#id_email", "ana@example.org")
    window.check("#id_consent")
    with window.expect_navigation():
        window.click(".form [type=submit]")
    assert window.locator("h1").inner_text() == site.kinds["form"][language].thanks_title
    assert len(mailoutbox) == 1
    assert not window.asked_elsewhere
