"""Which tags stay inside a sentence."""

import pytest
from django.apps import apps
from wagtail_localize import strings

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import current, target_of, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def inline_tags(settings):
    """Choose the tags, as a start of the site does."""
    before = list(strings.INLINE_TAGS)

    def choose(*tags):
        settings.POSYNC = {**settings.POSYNC, "INLINE_TAGS": tags}
        strings.INLINE_TAGS[:] = [tag for tag in before if tag not in ("sub", "sup", "s")]
        apps.get_app_config("posync").ready()

    yield choose
    strings.INLINE_TAGS[:] = before


def test_a_tag_that_the_site_adds_stays_inside_its_sentence_all_the_way(
    make_page, bulgarian, news_po, inline_tags
):
    inline_tags("mark")
    page = make_page(title="News", slug="news", rich="<p>One <mark>two</mark> three</p>")
    submit(page, [bulgarian])
    sync()
    assert "One <mark>two</mark> three" in [entry.msgid for entry in current(news_po)]
    translate(news_po, {"News": "Новини", "One <mark>two</mark> three": "Едно <mark>две</mark> три"})
    assert sync().pages.published == 1
    assert target_of(page, bulgarian).rich == "<p>Едно <mark>две</mark> три</p>"


def test_a_tag_that_the_site_takes_out_divides_its_sentence(make_page, bulgarian, news_po, inline_tags):
    inline_tags()
    submit(make_page(title="News", slug="news", rich="<p>H<sub>2</sub>O</p>"), [bulgarian])
    sync()
    assert "H<sub>2</sub>O" not in [entry.msgid for entry in current(news_po)]


def test_no_setting_lets_a_script_into_a_sentence(inline_tags):
    inline_tags("script", "mark")
    assert "script" not in strings.INLINE_TAGS
