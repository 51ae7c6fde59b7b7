"""A text all the way: written in Wagtail, out to a PO file, translated, back in, live."""

import polib
import pytest
from wagtail.models import Page

from posync.submitting import submit
from posync.syncing import sync
from tests.posync.conftest import translate
from tests.testapp.models import EveryPage

pytestmark = pytest.mark.django_db


def target_of(page, locale):
    return EveryPage.objects.filter(translation_key=page.translation_key, locale=locale).first()


def edit(page, **fields):
    """Publish an edit as an editor does."""
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_a_text_goes_out_and_comes_back_as_a_live_page(submitted, bulgarian, catalog_root, client):
    sync()
    path = catalog_root / "bg/content/news.po"
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))} == {
        ("news:title", "News", ""),
        ("news:intro", "All our news", ""),
    }
    assert target_of(submitted, bulgarian) is None
    translate(path, {"News": "Новини", "All our news": "Всички новини"})
    result = sync()
    assert result.pages.published == 1, result
    target = target_of(submitted, bulgarian)
    assert (target.title, target.intro, target.live) == ("Новини", "Всички новини", True)
    assert "Всички новини" in client.get(target.url).content.decode()


def test_a_second_sync_changes_nothing(published, catalog_root, django_assert_max_num_queries):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in catalog_root.rglob("*.po")}
    result = sync()
    assert result.files.written == result.files.read == 0
    assert result.pages.published == result.entries.imported == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in catalog_root.rglob("*.po")} == before


@pytest.mark.django_db(transaction=True)
def test_a_changed_sentence_comes_out_fuzzy_and_the_old_page_stays(published, bulgarian, catalog_root):
    edit(published, intro="All of our news")
    sync()
    target = target_of(published, bulgarian)
    assert target.intro == "Всички новини"
    entry = polib.pofile(str(catalog_root / "bg/content/news.po")).find("news:intro", by="msgctxt")
    assert (entry.msgid, entry.msgstr, entry.fuzzy, entry.previous_msgid) == (
        "All of our news",
        "Всички новини",
        True,
        "All our news",
    )
    translate(catalog_root / "bg/content/news.po", {"All of our news": "Всичките ни новини"})
    sync()
    changed = target_of(published, bulgarian)
    assert changed.intro == "Всичките ни новини"
    assert changed.url == target.url
