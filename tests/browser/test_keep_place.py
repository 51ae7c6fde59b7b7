"""Whoever changes the language goes on reading where the other version was left."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser, bilingual_site, live_server):
    for story in bilingual_site.story.values():
        # As a translation has them: the blocks of the original, ids and all.
        story.body = bilingual_site.story["bg"].body
        story.save()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 600})
    yield context.new_page()
    context.close()


@pytest.fixture
def paragraph(bilingual_site):
    """A block well below the first screen."""
    return next(
        f"block-{block.id}" for block in bilingual_site.story["bg"].body if block.block_type == "key_figures"
    )


def scroll_to(visitor, anchor):
    visitor.evaluate("id => document.getElementById(id).scrollIntoView()", anchor)


@pytest.mark.parametrize(("language", "other"), [("bg", "en"), ("en", "bg")])
def test_from_the_link_beside_the_text(visitor, bilingual_site, paragraph, language, other):
    visitor.goto(bilingual_site.story[language].url)
    scroll_to(visitor, paragraph)
    visitor.click(".also-in a")
    visitor.wait_for_url(f"**{bilingual_site.story[other].url}#{paragraph}")
    assert visitor.evaluate("scrollY") > 0


def test_from_the_switcher_after_coming_back_up_for_it(visitor, bilingual_site, paragraph):
    visitor.goto(bilingual_site.story["bg"].url)
    scroll_to(visitor, paragraph)
    visitor.wait_for_timeout(900)
    visitor.evaluate("scrollTo(0, 0)")
    visitor.click('.languages a[hreflang="en"]')
    visitor.wait_for_url(f"**{bilingual_site.story['en'].url}#{paragraph}")


def test_from_the_beginning_to_the_beginning(visitor, bilingual_site):
    visitor.goto(bilingual_site.story["bg"].url)
    with visitor.expect_navigation():
        visitor.click('.languages a[hreflang="en"]')
    assert visitor.url.endswith(bilingual_site.story["en"].url)
