"""The slug that the admin shows while a title is typed is the one that the server would make."""

import pytest

from home.i18n.slugs import make_slug

pytestmark = pytest.mark.browser

TITLES = [
    "Щъркели в България и София",
    "„Подкрепа“ за Марияна",
    "ЦЕНТЪР ЗА ХАРТИЯ",
    "Програма 2021–2027: и/или",
    "Заповед № 5",
    "Data & resources — 2030",
]


def test_the_slug_follows_the_title_by_the_act(browser, bilingual_site, live_server, admin_user):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/cms/login/")
    page.fill("[name=username]", admin_user.username)
    page.fill("[name=password]", "password")
    with page.expect_navigation():
        page.click("button[type=submit]")
    page.goto(f"/cms/pages/add/home/sectionpage/{bilingual_site.home['bg'].pk}/")
    for title in TITLES:
        page.fill("#id_title", "")
        page.locator("#id_title").press_sequentially(title)
        page.locator("#id_title").blur()
        page.wait_for_function(
            "slug => document.querySelector('#id_slug').value === slug", arg=make_slug(title)
        )
    context.close()
