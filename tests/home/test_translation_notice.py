"""The site's pages tell of unread machine text, in the visitor's language, and of no translation by default."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from home.models import SectionPage
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import translate_all

LANGUAGES = ["bg", "en"]


@pytest.fixture
def page_in(bg_home, en_home, settings, tmp_path):
    """A published translation into a language."""

    def page_in(language, **setting):
        settings.POSYNC = {**settings.POSYNC, "ROOT": tmp_path / "locale", **setting}
        home = {"bg": en_home, "en": bg_home}[language]
        section = home.add_child(instance=SectionPage(title="For all", intro="Who and how"))
        section.save_revision().publish()
        submit(section, [Locale.objects.get(language_code=language)])
        sync()
        translate_all(tmp_path / "locale", language)
        sync()
        return SectionPage.objects.get(
            translation_key=section.translation_key, locale__language_code=language, live=True
        )

    return page_in


def told(client, page):
    shown = BeautifulSoup(client.get(page.url).content, "html.parser").select("main .translation-notice p")
    return [" ".join(sentence.text.split()) for sentence in shown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_told_by_default(client, page_in, language):
    assert told(client, page_in(language)) == []


@pytest.mark.parametrize(
    ("language", "sentence"), [("bg", "Част от тази страница е преведена машинно"), ("en", "A machine has")]
)
def test_unread_text_of_a_machine_is_told_of(client, page_in, language, sentence):
    page = page_in(language)
    StringTranslation.objects.update(translation_type="machine")
    (shown,) = told(client, page)
    assert shown.startswith(sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("bg", "Превод от английски, прегледан на {} г."), ("en", "Translated from Bulgarian, reviewed on {}")],
)
def test_the_day_of_the_review_is_written_as_the_language_does(client, page_in, language, sentence):
    page = page_in(language, TRANSLATION_NOTICE=True)
    (shown,) = told(client, page)
    before, after = sentence.split("{}")
    assert shown.startswith(before)
    assert shown.endswith(after)
