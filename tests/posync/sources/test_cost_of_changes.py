"""What a refresh costs: as many queries for many changed pages as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, translate_all

pytestmark = pytest.mark.django_db


def test_texts_that_move_and_change_are_carried_over_by_as_many_queries_for_five_pages_as_for_two(
    make_page, bulgarian, catalog_root
):
    pages = [
        make_page(slug=f"n-{n}", title=f"Page {n}", intro=f"Intro {n}", lead=f"Lead {n}") for n in range(8)
    ]
    for page in pages:
        submit(page, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()

    def queries_of(changed):
        for page in changed:
            edit(page, intro=f"New words {page.pk}", lead=page.intro)
        with CaptureQueriesContext(connection) as captured:
            refresh_changed_sources()
        return len(captured)

    queries_of(pages[:1])
    assert queries_of(pages[1:3]) == queries_of(pages[3:])
