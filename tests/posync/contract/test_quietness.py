"""What has not changed costs nothing: no file, no row, and queries do not grow with the number of texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posync.files.export_files import export
from posync.files.import_files import import_files
from posync.publishing.publish import publish
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, snapshot, translate, translate_all
from tests.testapp.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy_site(published, make_page, english, bulgarian, catalog_root, news_po):
    """Pages and snippets in every state, both directions, with drafts, blocked and obsolete texts."""
    topic = Topic.objects.create(name="Integration", locale=english)
    child = make_page(title="Jobs", slug="jobs", topic=topic, rich="<p>One. </p><p>Two &amp; three</p>")
    waiting = make_page(title="Below", slug="below", parent=make_page(title="Above", slug="above"))
    other = make_page("bg", title="Събития", slug="sabitiya", intro="Тази седмица")
    for each in (topic, child, waiting):
        submit(each, [bulgarian])
    submit(other, [english])
    sync()
    translate_all(catalog_root, "bg")
    translate(catalog_root / "en/content/sabitiya.po", {"Тази седмица": "This <b>week"})
    sync()
    edit(published, intro="", title="Quite another title")
    sync()


def test_a_second_sync_writes_no_file_and_no_row(busy_site, catalog_root, writes):
    before = snapshot(catalog_root)
    with writes() as found:
        result = sync()
    assert found.statements == []
    assert snapshot(catalog_root) == before
    assert (result.files.read, result.files.written, result.pages.published) == (0, 0, 0)
    assert result.files.unchanged == len(before)
    assert result.exit_code == 0


def test_a_sync_after_an_edit_that_changes_nothing_is_followed_by_a_quiet_one(published, writes, news_po):
    before = news_po.read_bytes()
    edit(published)
    sync()
    with writes() as found:
        sync()
    assert found.statements == []
    assert news_po.read_bytes() == before


def queries(function, *arguments):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        function(*arguments)
    return len(captured)


@pytest.fixture
def page_of(make_page, bulgarian):
    def make(sentences):
        rich = "".join(f"<p>Sentence {number} of many.</p>" for number in range(sentences))
        page = make_page(title=f"News {sentences}", slug=f"news-{sentences}", rich=rich)
        submit(page, [bulgarian])
        return page

    return make


def test_export_and_import_take_as_many_queries_for_fifty_texts_as_for_five(page_of, catalog_root):
    def trip(sentences):
        path = catalog_root / f"bg/content/news-{sentences}.po"
        page_of(sentences)
        first_export = queries(export)
        translate_all(catalog_root)
        found = [first_export, queries(import_files, [path]), queries(export)]
        translate_all(catalog_root)
        return [*found, queries(import_files, [path])]

    trip(5)  # fills the caches of content types and site paths
    few, many = trip(6), trip(50)
    assert few == many


def test_a_sync_with_nothing_to_do_takes_as_many_queries_for_many_pages_as_for_one(page_of, catalog_root):
    page_of(3)
    sync()
    translate_all(catalog_root)
    sync()
    one = queries(sync)
    for sentences in range(4, 9):
        page_of(sentences)
    sync()
    translate_all(catalog_root)
    sync()
    assert queries(sync) == one


def test_a_file_that_did_not_change_is_not_parsed(published, monkeypatch, news_po):
    monkeypatch.setattr("posync.files.parse.read_po", lambda content: pytest.fail("parsed"))
    assert sync().files.unchanged == 1


def test_a_publication_with_nothing_new_is_not_tried_again(published, writes):
    with writes() as found:
        assert publish().pages.published == 0
    assert found.statements == []


def test_a_sync_with_nothing_to_do_asks_six_queries(published, django_assert_num_queries):
    """The mark's row; what is to be refreshed; the migrations; the files; what is to be published; what is to be written."""
    sync()
    with django_assert_num_queries(6):
        sync()
