"""Every way that wagtail-localize and Wagtail offer around the gate, tried in a browser by somebody with every right.

The sentence that the person reads, in the language of each, and what a stranger reads afterwards in both languages.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from home.models import NewsIndexPage, NewsPage, SectionPage
from posync.catalogs.paths import catalog_file
from posync.models import Catalog
from posync.sync import sync
from tests.posync.people import translate

pytestmark = pytest.mark.browser

#: By the language of the original: the words of its first version, their translation, and the revised words.
TITLE, LEAD = {"en": "A new centre", "bg": "Нов център"}, {"en": "It opens soon.", "bg": "Отваря скоро."}
REVISED = {"en": "It opens on Monday in Harmanli.", "bg": "Отваря в понеделник в Харманли."}
MINE = {"en": "Typed just now.", "bg": "Написано току-що."}
OTHER = {"en": "bg", "bg": "en"}


@dataclass
class Day:
    """A person at work on a translation, its original revised since: the tests' site, and its browser page."""

    page: Any
    base: str
    reads: str
    source: str
    story: NewsPage
    target: Page
    catalog: Catalog

    @property
    def editor(self) -> str:
        return reverse("posync_edit_catalog", args=[self.catalog.pk])

    def go(self, address: str) -> None:
        self.page.goto(f"{self.base}{address}")

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def send(self, address: str, **fields: str) -> None:
        """Send a form that no page offers any more, as an old page or a program would."""
        self.go("/cms/account/")
        with self.page.expect_navigation():
            self.page.evaluate(
                """([address, fields]) => {
                    const form = document.createElement("form");
                    form.method = "post";
                    form.action = address;
                    fields.csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
                    for (const [name, value] of Object.entries(fields)) {
                        const input = document.createElement("input");
                        [input.type, input.name, input.value] = ["hidden", name, value];
                        form.append(input);
                    }
                    document.body.append(form);
                    form.submit();
                }""",
                [address, fields],
            )

    def row(self, source: str) -> Any:
        return self.page.locator(".posync-row", has_text=source)


@pytest.fixture
def day(request, browser, live_server, bilingual_site, settings, tmp_path):
    source = request.param
    target = OTHER[source]
    settings.POSYNC = {**settings.POSYNC, "ROOT": tmp_path / "locale"}
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    index = NewsIndexPage.objects.get(pk=bilingual_site.news_index[source].pk)
    story = index.add_child(
        instance=NewsPage(title=TITLE[source], lead=LEAD[source], date=datetime.date(2026, 3, 7), body=[])
    )
    story.save_revision().publish()
    sync()
    catalog = Catalog.objects.select_related("domain", "locale").get(domain__object_id=story.translation_key)
    translate(catalog_file(catalog), {TITLE[source]: TITLE[target], LEAD[source]: LEAD[target]})
    sync()
    story.refresh_from_db()
    story.lead = REVISED[source]
    story.save_revision().publish()
    sync()
    version = Page.objects.get(translation_key=story.translation_key, locale__language_code=target)
    user = User.objects.create_superuser("somebody", password="somebody")
    UserProfile.objects.create(user=user, preferred_language=target)
    page = browser.new_context(base_url=live_server.url).new_page()
    page.goto("/cms/login/")
    page.fill("[name=username]", "somebody")
    page.fill("[name=password]", "somebody")
    with page.expect_navigation():
        page.click("button[type=submit]")
    yield Day(page, live_server.url, target, source, story, version, catalog)
    page.context.close()


def publish_half(day: Day) -> None:
    day.go(day.editor)
    day.press("button[value=publish]")


def publish_half_by_wagtail_localizes_button(day: Day) -> None:
    day.send(reverse("wagtailadmin_pages:edit", args=[day.target.pk]), action="publish")


def publish_half_among_many_pages(day: Day) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    day.send(f"{address}?id={day.target.pk}&next=/cms/", include_descendants="")


def make_it_an_alias(day: Day) -> None:
    day.go(reverse("wagtail_localize:convert_to_alias", args=[day.target.pk]))


def sync_translated_pages(day: Day) -> None:
    source = TranslationSource.objects.get(object_id=day.story.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    day.send(address, publish_translations="on")


def upload_the_old_way(day: Day) -> None:
    address = reverse("wagtail_localize:upload_pofile", args=[day.catalog.translation_id])
    day.send(address)


def type_on_a_locked_page(day: Day) -> None:
    other = User.objects.create_superuser("another")
    Page.objects.filter(pk=day.target.pk).update(locked=True, locked_by=other)
    day.go(day.editor)
    day.row(REVISED[day.source]).locator("textarea").fill(MINE[day.reads])
    day.press("button[value=publish]")


def give_it_a_script_for_a_title(day: Day) -> None:
    day.go(day.editor)
    day.row(REVISED[day.source]).locator("textarea").fill("<script>alert(1)</script>")
    day.row(REVISED[day.source]).locator("select").select_option("done")
    day.press("button[value=publish]")


def let_a_machine_translate(day: Day) -> None:
    day.go(day.editor)
    day.press("form[action*=machine] button")
    day.go(day.editor)


def move_it_into_the_other_tree(day: Day) -> None:
    home = day.target.get_parent()
    day.go(reverse("wagtailadmin_pages:move_confirm", args=[day.story.pk, home.pk]))


def move_it_among_many_pages(day: Day) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    home = day.target.get_parent()
    day.send(f"{address}?id={day.story.pk}&next=/cms/", chooser=str(home.pk), move_applied="on")


def copy_it_there_as_an_alias(day: Day) -> None:
    home = day.target.get_parent()
    day.go(reverse("wagtailadmin_pages:copy", args=[day.story.pk]))
    day.send(
        reverse("wagtailadmin_pages:copy", args=[day.story.pk]),
        new_title=TITLE[day.source], new_slug="copy", new_parent_page=str(home.pk), alias="on",
    )  # fmt: skip


def copy_it_there_and_publish(day: Day) -> None:
    home = day.target.get_parent()
    day.send(
        reverse("wagtailadmin_pages:copy", args=[day.story.pk]),
        new_title="Copy", new_slug="copy", new_parent_page=str(home.pk), publish_copies="on",
    )  # fmt: skip
    copy = Page.objects.get(slug="copy")
    assert (copy.live, copy.locale.language_code) == (False, day.reads)


def fill_the_language_from_the_other(day: Day) -> None:
    target, source = day.target.locale, day.story.locale
    prefix = "component-wagtail_localize_localesynchronization"
    day.send(
        reverse("wagtaillocales:edit", args=[target.pk]),
        **{"language_code": day.reads, f"{prefix}-enabled": "on", f"{prefix}-sync_from": str(source.pk)},
    )


def take_the_copy_of_the_original_back(day: Day) -> None:
    begun = day.target.revisions.order_by("pk").first()
    day.go(reverse("wagtailadmin_pages:revisions_revert", args=[day.target.pk, begun.pk]))
    day.press("button[value=publish]")


def start_it_again_after_an_edit(day: Day) -> None:
    day.go(day.editor)
    day.press("form[action$=disable\\/] button")
    target = Page.objects.get(pk=day.target.pk).specific
    target.lead = MINE[day.reads]
    target.save_revision().publish()
    translation = Translation.objects.get(pk=day.catalog.translation_id)
    assert not translation.enabled
    address = reverse("wagtailadmin_pages:edit", args=[day.target.pk])
    day.send(address, **{"localize-restart-translation": "1", "title": target.title, "slug": target.slug})


def translate_a_page_below_an_untranslated_one(day: Day) -> None:
    home = day.story.get_parent().get_parent()
    section = home.add_child(
        instance=SectionPage(title="Section", intro="Of its own.", locale=day.story.locale)
    )
    story = section.add_child(
        instance=SectionPage(title=REVISED[day.source], intro=REVISED[day.source], locale=day.story.locale)
    )
    Translation.objects.filter(
        source__object_id__in=[section.translation_key, story.translation_key]
    ).delete()
    day.go(reverse("wagtail_localize:submit_page_translation", args=[story.pk]))
    form = day.page.locator("main form[method=post], main form[action*=submit]").last
    for box in form.locator("input[name=locales]").all():
        box.check()
    with day.page.expect_navigation():
        form.locator("[type=submit]").last.click()
    versions = Page.objects.filter(translation_key__in=[section.translation_key, story.translation_key])
    assert not versions.filter(locale__language_code=day.reads, live=True).exists()


#: Each with what the person reads, in English and in Bulgarian; "" where nothing is refused.
WAYS: list[tuple[Callable[[Day], None], str, str]] = [
    (publish_half, "1 text is not approved yet", "1 текст още не е одобрен"),
    (publish_half_by_wagtail_localizes_button, "1 text is not approved yet", "1 текст още не е одобрен"),
    (publish_half_among_many_pages, "1 text is not approved yet", "1 текст още не е одобрен"),
    (make_it_an_alias, "is a translation and stays one", "е превод и остава такъв"),
    (sync_translated_pages, "", ""),
    (upload_the_old_way, "Nothing was imported yet", "Още нищо не е внесено"),
    (type_on_a_locked_page, "is locked: nothing was saved", "нищо не беше записано"),
    (give_it_a_script_for_a_title, "The tag <script> is not allowed", "Етикетът <script> не е позволен"),
    (let_a_machine_translate, "Draft", "Чернова"),
    (move_it_into_the_other_tree, "was not moved", "не беше преместена"),
    (move_it_among_many_pages, "was not moved", "не беше преместена"),
    (copy_it_there_as_an_alias, "has no alias in another language", "няма псевдоним на друг език"),
    (copy_it_there_and_publish, "", ""),
    (fill_the_language_from_the_other, "Content is not copied", "съдържанието не се копира"),
    (take_the_copy_of_the_original_back, "1 text is not approved yet", "1 текст още не е одобрен"),
    (start_it_again_after_an_edit, "", ""),
    (translate_a_page_below_an_untranslated_one, "", ""),
]


@pytest.mark.parametrize("day", ["en", "bg"], indirect=True, ids=["English first", "Bulgarian first"])
def test_no_way_leads_around_the_gate(day):
    for act, in_english, in_bulgarian in WAYS:
        act(day)
        sentence = {"en": in_english, "bg": in_bulgarian}[day.reads]
        body = day.page.locator("body").inner_text()
        assert sentence.casefold() in body.casefold(), (act.__name__, sentence, body[150:1500])
        _a_stranger_reads_one_language_a_page(day, act.__name__)
        Page.objects.filter(pk=day.target.pk).update(locked=False, locked_by=None)
        Translation.objects.update(enabled=True)
        Page.objects.filter(slug="copy").delete()


def _a_stranger_reads_one_language_a_page(day: Day, after: str) -> None:
    for address in (day.target.url, day.target.get_parent().url):
        shown = _main(address)
        for words in (REVISED[day.source], LEAD[day.source], TITLE[day.source], "alert(1)"):
            assert words not in shown, (after, address)
    assert TITLE[day.reads] in _main(day.target.url), after
    assert REVISED[day.source] in _main(day.story.url), after


def _main(address: str) -> str:
    return BeautifulSoup(Client().get(address).content, "html.parser").main.get_text(" ")
