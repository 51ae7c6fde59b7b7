"""What a visitor chose by hand is remembered, and decides at the bare address alone."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser, bilingual_site, live_server):
    context = browser.new_context(base_url=live_server.url, locale="bg-BG")
    yield context.new_page()
    context.close()


def test_a_click_on_a_language_is_remembered(visitor):
    visitor.goto("/bg/")
    assert visitor.context.cookies() == []
    visitor.click('.languages a[hreflang="en"]')
    visitor.wait_for_url("**/en/")
    (cookie,) = visitor.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["sameSite"]) == ("django_language", "en", "Lax")
    visitor.goto("/")
    assert visitor.url.endswith("/en/")
    visitor.goto("/bg/")
    assert visitor.locator("html").get_attribute("lang") == "bg"


def test_without_javascript_the_links_work_all_the_same(browser, bilingual_site, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(bilingual_site.story["bg"].url)
    with visitor.expect_navigation():
        visitor.click('.languages a[hreflang="en"]')
    assert visitor.url.endswith(bilingual_site.story["en"].url)
    context.close()
