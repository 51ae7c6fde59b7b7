"""A translator types, a reviewer approves and publishes, a stranger reads: in the admin's editor, through a browser."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission, User
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.models import NewsIndexPage, NewsPage
from posync.models import Catalog, TranslationRight
from posync.sync import sync

pytestmark = pytest.mark.browser

#: By the language that the page is written in: its texts and their translations, and the buttons in the reviewer's language.
STORIES = {
    "en": {"A new centre": "Нов център", "It opens in Harmanli.": "Отваря врати в Харманли."},
    "bg": {"Нов център": "A new centre", "Отваря врати в Харманли.": "It opens in Harmanli."},
}
WORDS = {
    "bg": {"approve": "Одобряване", "publish": "Записване и публикуване", "waits": "Чака преглед"},
    "en": {"approve": "Approve", "publish": "Save and publish", "waits": "Waits for review"},
}


@pytest.fixture
def content_root(settings, tmp_path):
    settings.POSYNC = {**settings.POSYNC, "ROOT": tmp_path / "locale"}


def person(name: str, language: str, **rights: bool) -> User:
    user = User.objects.create_user(name, password=name)
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    TranslationRight.objects.create(group=group, **rights)
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


@pytest.mark.parametrize(("source", "width"), [("en", 1280), ("bg", 390)], ids=["desktop", "phone"])
def test_a_translation_is_typed_reviewed_and_published_without_a_shell(
    source, width, browser, live_server, bilingual_site, content_root
):
    target = {"bg": "en", "en": "bg"}[source]
    texts, words = STORIES[source], WORDS[target]
    title, lead = texts
    index = NewsIndexPage.objects.get(pk=bilingual_site.news_index[source].pk)
    story = index.add_child(
        instance=NewsPage(title=title, lead=lead, date=datetime.date(2026, 3, 7), body=[])
    )
    story.save_revision().publish()
    sync()
    catalog = Catalog.objects.get(domain__object_id=story.translation_key)
    person("translator", target, translate=True)
    person("reviewer", target, publish=True)

    def enter(name):
        page = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}
        ).new_page()
        page.goto("/cms/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", name)
        with page.expect_navigation():
            page.click("button[type=submit]")
        page.goto(f"/cms/translations/{catalog.pk}/")
        return page

    page = enter("translator")
    for text, translation in texts.items():
        page.locator(".posync-row", has_text=text).locator("textarea").fill(translation)
    assert page.get_by_role("button", name=words["publish"]).count() == 0
    with page.expect_navigation():
        page.locator("button[value=save]").click()
    assert page.locator(".posync-row", has_text=words["waits"]).count() == len(texts)
    page.context.close()

    page = enter("reviewer")
    for radio in page.get_by_label(words["approve"], exact=True).all():
        radio.check()
    with page.expect_navigation():
        page.get_by_role("button", name=words["publish"]).click()
    page.context.close()

    version = Page.objects.get(translation_key=story.translation_key, locale__language_code=target)
    page = browser.new_page()
    page.goto(f"{live_server.url}{version.url}")
    assert page.locator("h1").inner_text() == texts[title]
    assert page.get_by_text(texts[lead]).first.is_visible()
    assert page.locator("html").get_attribute("lang") == target
    page.close()
