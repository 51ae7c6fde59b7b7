"""Files that a tool took the msgctxt from, or changed the spaces of: at their own place their entries are found."""

import polib
import pytest

from posync.core.results import Severity
from posync.files import merge_catalog
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import entry_of, read, target_of

pytestmark = pytest.mark.django_db


def without_context(news_po, translations):
    """Save the file as csv2po does without a template."""
    po = read(news_po)
    for entry in po:
        entry.msgctxt = None
        entry.msgstr = translations.get(entry.msgid, entry.msgstr)
    po.save()


def test_entries_without_context_are_matched_by_place_and_source(published, bulgarian, news_po):
    without_context(news_po, {"All our news": "Поправено"})
    result = sync()
    assert (result.exit_code, result.entries.imported) == (0, 1)
    assert target_of(published, bulgarian).intro == "Поправено"
    assert all(entry.msgctxt for entry in read(news_po))


def test_what_could_be_several_texts_stays_in_the_file_and_is_an_error(make_page, bulgarian, catalog_root):
    page = make_page(title="News", slug="news", intro="Twice", lead="Twice")
    submit(page, [bulgarian])
    sync()
    news_po = catalog_root / "bg/content/news.po"
    without_context(news_po, {"News": "Новини", "Twice": "Два пъти"})
    saved = news_po.read_bytes()
    for _ in range(2):
        result = sync()
        issues = [issue for issue in result.issues if issue.code == "no-msgctxt"]
        assert [issue.severity for issue in issues] == [Severity.ERROR] * 2
        assert all(issue.line and issue.file for issue in issues)
        assert result.exit_code == 1
        assert news_po.read_bytes() == saved
    assert result.entries.imported == 0  # the title came in at the first sync


def test_an_entry_of_no_text_stays_in_the_file_and_is_an_error(published, news_po):
    po = read(news_po)
    po.append(polib.POEntry(msgid="Nowhere", msgstr="Никъде"))
    po.save()
    result = sync()
    assert result.exit_code == 1
    assert "Никъде" in news_po.read_text()


@pytest.mark.parametrize("spaced", ["All  our news", "All\u00a0our news", " All our news ", "All our\nnews"])
def test_an_entry_whose_source_was_respaced_is_the_same_entry(spaced, published, bulgarian, news_po):
    po = read(news_po)
    entry = next(entry for entry in po if entry.msgid == "All our news")
    entry.msgid, entry.msgstr = spaced, "Поправено"
    po.save()
    result = sync()
    assert [issue.code for issue in result.issues] == ["source-spacing", "published"]
    assert target_of(published, bulgarian).intro == "Поправено"
    assert entry_of(news_po, "All our news").msgstr == "Поправено"
    assert sync().issues == ()


def test_unknown_entries_cost_no_walk_through_all_others(submitted, news_po, monkeypatch):
    sync()
    po = read(news_po)
    for number in range(200):
        po.append(polib.POEntry(msgctxt="news:title", msgid=f"Unknown {number}", msgstr="x"))
    po.save()
    split = []
    words = merge_catalog._words
    monkeypatch.setattr(merge_catalog, "_words", lambda text: split.append(text) or words(text))
    sync()
    assert len(split) == 200 + 2
