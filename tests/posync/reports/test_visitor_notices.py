"""`{% translation_notice %}`: what a visitor is told of a translation, in its language."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import timezone, translation
from wagtail_localize.models import StringTranslation, Translation

from posync.models import Change
from posync.reports.visitor_notices import visitor_notice
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, target_of, translate

pytestmark = pytest.mark.django_db

UNREAD = {
    "bg": "Част от тази страница е преведена машинно и още никой не я е проверил.",
    "en": "A machine has translated some of this page, and nobody has checked it yet.",
}


def told(page):
    """The sentences for visitors of the page."""
    template = Template("{% load translation_notices %}{% translation_notice %}")
    with translation.override(page.locale.language_code):
        shown = template.render(Context({"page": page}))
    return [" ".join(p.text.split()) for p in BeautifulSoup(shown, "html.parser").select("p")]


@pytest.fixture
def targets(published, bulgarian, english, make_page, catalog_root):
    """A published translation into each language, each approved on the third of March."""
    original = make_page("bg", title="Екип", slug="ekip", intro="Кои сме")
    submit(original, [english])
    sync()
    translate(catalog_root / "en/content/ekip.po", {"Екип": "Team", "Кои сме": "Who we are"})
    sync()
    Change.objects.update(created_at=datetime(2026, 3, 3, 12, tzinfo=UTC))
    return {"bg": target_of(published, bulgarian), "en": target_of(original, english)}


@pytest.fixture
def tells_all(settings):
    settings.POSYNC = {**settings.POSYNC, "TRANSLATION_NOTICE": True}


def put_unread(target):
    """As before posync was there: nothing makes a draft of it."""
    rows = StringTranslation.objects.filter(
        context__object=target.translation_key, context__path="intro", locale=target.locale
    )
    assert rows.update(translation_type="machine", tool_name="Engine") == 1


@pytest.mark.parametrize("language", ["bg", "en"])
class TestInEachLanguage:
    def test_nothing_is_told_by_default(self, targets, language):
        assert told(targets[language]) == []

    def test_unread_text_of_a_machine_is_told_of_by_default(self, targets, language):
        put_unread(targets[language])
        assert told(targets[language]) == [UNREAD[language]]

    def test_the_language_and_the_day_are_told_where_the_site_says_so(self, targets, tells_all, language):
        sentence = {
            "bg": "Превод от английски, прегледан на 03 Март 2026",
            "en": "Translated from Bulgarian, reviewed on March 3, 2026",
        }
        (shown,) = told(targets[language])
        assert shown.startswith(sentence[language])

    def test_a_page_with_unread_text_is_not_called_reviewed(self, targets, tells_all, language):
        put_unread(targets[language])
        source = {"bg": "Превод от английски", "en": "Translated from Bulgarian"}
        assert told(targets[language]) == [UNREAD[language], source[language]]

    def test_it_costs_one_query(self, targets, tells_all, django_assert_num_queries, language):
        target = targets[language]
        assert target.locale.language_code == language  # known to whoever shows the page
        with django_assert_num_queries(1):
            told(target)


def test_an_original_is_no_translation(published, tells_all):
    assert told(published) == []


def test_neither_is_a_page_whose_translation_was_stopped(published, bulgarian, tells_all):
    target = target_of(published, bulgarian)
    translation_of_page = Translation.objects.get()
    translation_of_page.enabled = False
    translation_of_page.save()
    assert told(target) == []


def test_a_text_that_the_source_has_no_more_counts_no_more(targets, published, bulgarian):
    put_unread(targets["bg"])
    edit(published, intro="")
    sync()
    assert told(target_of(published, bulgarian)) == []


def test_a_persons_approval_ends_it(targets, news_po, bulgarian, published):
    put_unread(targets["bg"])
    translate(news_po, {"All our news": "Наши новини"})
    sync()
    assert told(target_of(published, bulgarian)) == []


def test_an_approval_after_the_publication_is_not_on_the_page_yet(targets):
    target = targets["bg"]
    Change.objects.filter(path="intro", language="bg").update(created_at=timezone.now())
    assert visitor_notice(target).reviewed_at == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_what_nobody_decided_is_no_review(targets, settings):
    Change.objects.update(run=None, user_name="")
    assert visitor_notice(targets["bg"]).reviewed_at is None


def test_no_name_is_told(targets, tells_all):
    Change.objects.update(user_name="Ана Петрова")
    assert "Ана" not in str(told(targets["bg"]))


def test_a_new_page_has_no_notice(make_page):
    page = make_page()
    page.pk = None
    assert visitor_notice(page) is None
    assert visitor_notice(None) is None
