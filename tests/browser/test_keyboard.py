"""The site for those who have a keyboard and nothing else."""

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ["bg", "en"]
PHONE = {"width": 320, "height": 800}
# What a keyboard can reach, in the order of the page; each has a number to know it by.
STOPS = """() => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
    element => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0
  );
  // Of a group of radio buttons one is a stop.
  const groups = new Set();
  return stops.filter(({ type, name }) => type !== "radio" || (!groups.has(name) && groups.add(name))).map(
    (element, number) => { element.dataset.stop = number; return element.outerHTML.slice(0, 120); }
  );
}"""
# Where the focus is, and whether somebody who looks at the screen can tell.
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  // A link that stands for a whole card marks the card.
  const card = element.closest("article, li");
  const marked = [element, ...(card ? [card] : [])].filter(each => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const { left, top, width, height } = element.getBoundingClientRect();
  const middle = document.elementFromPoint(left + width / 2, top + height / 2);
  return {
    stop: Number(element.dataset.stop),
    isMarked: marked.length > 0,
    isInSight: Boolean(middle) && (element.contains(middle) || middle.contains(element)),
  };
}"""


@pytest.fixture
def go(browser, live_server, bilingual_site):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()

    def go(path, **viewport):
        page.set_viewport_size(viewport or {"width": 1280, "height": 800})
        page.goto(f"{live_server.url}{path}")
        return page

    yield go
    context.close()


def has_focus(page, selector):
    return page.locator(selector).first.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("language", LANGUAGES)
def test_tab_goes_through_everything_in_order_and_in_sight_and_out_again(bilingual_site, go, language):
    pages = (bilingual_site.home, bilingual_site.kinds["projects_index"], bilingual_site.kinds["form"])
    for versions in pages:
        page = go(versions[language].url)
        stops = page.evaluate(STOPS)
        assert "skip-link" in stops[0]
        for number, stop in enumerate(stops):
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS) == {"stop": number, "isMarked": True, "isInSight": True}, stop
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_lead_to_the_content_and_open_and_close_the_menus(bilingual_site, go, language):
    page = go(bilingual_site.story[language].url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert has_focus(page, "main#content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

    # Escape closes a submenu and gives the focus back; a step out of it closes it too.
    page.focus(".submenu > summary")
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        page.keyboard.press("Tab")
        assert has_focus(page, ".submenu__link")
        page.keyboard.press("Escape")
        assert not page.locator(".submenu__link").first.is_visible()
        assert has_focus(page, ".submenu > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert not page.locator(".submenu__link").first.is_visible()

    page = go(bilingual_site.home[language].url, **PHONE)
    page.focus(".menu-toggle > summary")
    page.keyboard.press("Enter")
    assert page.locator(".main-menu__link").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".main-menu__link").first.is_visible()
    assert has_focus(page, ".menu-toggle > summary")
