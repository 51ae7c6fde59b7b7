"""A film from elsewhere asks nothing of its host before the visitor does."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser, live_server):
    """Opens an address and notes what is asked of other hosts, which nothing is let through to."""
    contexts = []

    def visit(path, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        asked = []

        def answer(route):
            if route.request.url.startswith(live_server.url):
                route.continue_()
            else:
                asked.append(route.request.url)
                route.fulfill(body="<title>A player</title>", content_type="text/html")

        context.route("**/*", answer)
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        return page, asked

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["bg", "en"])
def test_it_plays_on_the_page_after_a_click(bilingual_site, visit, language):
    page, asked = visit(bilingual_site.kinds["standard"][language].url)
    assert asked == []
    page.click(".block-embed .button")
    frame = page.wait_for_selector(".block-embed iframe")
    assert frame.get_attribute("src").startswith("https://player.vimeo.com/video/")
    assert frame.get_attribute("title") == page.get_attribute("[data-player]", "data-title")
    assert page.url.endswith(bilingual_site.kinds["standard"][language].url)
    assert asked


def test_without_a_script_its_own_page_opens(bilingual_site, visit):
    page, asked = visit(bilingual_site.kinds["standard"]["bg"].url, java_script_enabled=False)
    assert asked == []
    page.click(".block-embed .button")
    assert page.url.startswith("https://vimeo.com/")
