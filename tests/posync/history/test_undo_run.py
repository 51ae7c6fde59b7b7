"""Undoing a run costs the same for many texts as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation

from posync.history.undo_run import undo
from posync.models import Draft, Run
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import read, translate_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(make_page, bulgarian):
    def make(sentences):
        rich = "".join(f"<p>Sentence {number} of many.</p>" for number in range(sentences))
        submit(make_page(title=f"News {sentences}", slug=f"news-{sentences}", rich=rich), [bulgarian])
        sync()

    return make


def queries_of_undoing():
    with CaptureQueriesContext(connection) as captured:
        undo(Run.objects.latest("pk").pk)
    return len(captured)


def test_first_translations_are_withdrawn_by_as_many_queries_for_fifty_texts_as_for_five(
    page_of, catalog_root
):
    def undone(sentences):
        page_of(sentences)
        translate_all(catalog_root)
        sync()
        found = queries_of_undoing()
        assert not StringTranslation.objects.exclude(context__path="slug").exists()
        return found

    undone(3)  # fills the caches of content types
    assert undone(5) == undone(50)


def test_drafts_come_back_by_as_many_queries_for_fifty_texts_as_for_five(page_of, catalog_root):
    def undone(sentences):
        page_of(sentences)
        (path,) = catalog_root.glob(f"bg/content/news-{sentences}.po")
        for text in ("Чернова", "По-добра чернова"):
            po = read(path)
            for number, entry in enumerate(po):
                entry.msgstr, entry.flags = f"{text} {number}", ["fuzzy"]
            po.save()
            sync()
        found = queries_of_undoing()
        texts = set(
            Draft.objects.filter(catalog__domain__name=f"news-{sentences}").values_list("text", flat=True)
        )
        assert texts == {f"Чернова {number}" for number in range(sentences + 1)}
        return found

    undone(3)
    assert undone(5) == undone(50)
