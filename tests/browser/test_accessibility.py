"""Every template in every state, in both languages, on a phone and on a desk, by day and by night."""

import unicodedata
from collections import Counter

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test.signals import template_rendered

from tests.browser.states import break_down, states, templates_of_pages

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# Nothing but colours differs by night.
RULES_OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# What axe loads beforehand is for an experimental rule alone, and the site's policy forbids how it does that.
AXE = """async options => {
  const { violations } = await axe.run({ ...options, resultTypes: ["violations"], preload: false });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html).join("; ")}`);
}"""
LANGUAGES = ["bg", "en"]
SCRIPTS = {"bg": "CYRILLIC", "en": "LATIN"}
PHONE, DESK = 320, 1280
# Each text that is read out, with the language of the voice that reads it.
TEXTS = """() => {
  const { lang } = document.documentElement;
  // The title of a page for readers of any language is in all of them.
  const texts = location.pathname.startsWith(`/${lang}/`) ? [[lang, document.title]] : [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const element = nodes.currentNode.parentElement;
    if (!element.closest("script, style")) texts.push([element.closest("[lang]").lang, nodes.currentNode.data]);
  }
  for (const name of ["alt", "aria-label", "title", "placeholder"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      texts.push([element.closest("[lang]").lang, element.getAttribute(name)]);
    }
  }
  // What the visitor has typed may be in any language.
  const typed = document.querySelector("main [name=q]")?.value;
  return texts.map(([language, text]) => [language, text.replaceAll(typed || "\\n", "").trim()]).filter(([, text]) => text);
}"""


@pytest.fixture
def short_lists(monkeypatch):
    """So few items to a page that a handful of them fill more than one."""
    monkeypatch.setattr("home.listing.pagination.ITEMS_PER_PAGE", 2)
    monkeypatch.setattr("home.search.views.RESULTS_PER_PAGE", 2)


@pytest.fixture
def rendered():
    """The names of all templates that the server has rendered."""
    names = set()

    def note(template, **_more):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def window(browser, live_server):
    """A window, what it asked other hosts for, and what failed in it: scripts, and what the site's policy forbids."""
    context = browser.new_context(reduced_motion="reduce")
    break_down(context, live_server)
    page = context.new_page()
    page.asked_elsewhere, page.failures = [], []

    def note(request):
        if not request.url.startswith((f"{live_server.url}/", "data:")):
            page.asked_elsewhere.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    page.on(
        "console", lambda said: "Content Security Policy" in said.text and page.failures.append(said.text)
    )
    yield page
    context.close()


@pytest.fixture
def visit(window, live_server):
    def visit(state):
        window.set_viewport_size({"width": DESK, "height": 800})
        window.goto(f"{live_server.url}{state.path}")
        if state.press:
            with window.expect_navigation():
                window.click(state.press)
        assert window.locator(state.shows).count(), f"{state.name}: no {state.shows}"

    return visit


def found_by_axe(page):
    page.evaluate(AXE_SCRIPT)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", RULES), ("dark", RULES_OF_COLOUR)):
            page.emulate_media(color_scheme=scheme)
            yield from (f"{width} px, {scheme}: {violation}" for violation in page.evaluate(AXE, rules))


def widths_that_scroll_sideways(page):
    for width in (PHONE, 360, 768, 1024, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            yield f"{needed} px wide on a screen of {width} px"


def texts_in_another_script(page):
    """A screen reader reads a text with the voice of its `lang`, and no checker hears that it is the wrong one.

    A Bulgarian text may have Latin letters in it, as in IOM or an address; a whole sentence of them it may not be. An
    English text has no Cyrillic letters, but for a number such as НФМ-17.
    """
    for language, text in page.evaluate(TEXTS):
        words = " ".join(word for word in text.split() if not any(sign.isdigit() for sign in word))
        scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in words if letter.isalpha())
        foreign = sum(scripts.values()) - scripts[SCRIPTS[language]]
        is_sentence = len(words.split()) > 3
        if foreign and (language == "en" or (is_sentence and foreign > scripts[SCRIPTS[language]])):
            yield f"in {language}: {text!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_any_page_is_in_anybodys_way(
    bilingual_site, short_lists, rendered, window, visit, language
):
    found = []
    for state in states(bilingual_site, language):
        visit(state)
        found += [
            (state.name, finding)
            for audit in (found_by_axe, widths_that_scroll_sideways, texts_in_another_script)
            for finding in audit(window)
        ]
    assert not found, "\n".join(f"{name}: {finding}" for name, finding in found)
    assert not window.asked_elsewhere
    assert not window.failures
    assert templates_of_pages() <= rendered


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_in_sight_on_a_phone_while_the_menu_is_closed(
    bilingual_site, live_server, window, language
):
    window.set_viewport_size({"width": PHONE, "height": 800})
    window.goto(f"{live_server.url}{bilingual_site.home[language].url}")
    assert window.locator(".languages").get_by_text("Български", exact=True).is_visible()
    assert window.locator(".languages").get_by_text("English", exact=True).is_visible()
    assert not window.locator(".main-menu").is_visible()
