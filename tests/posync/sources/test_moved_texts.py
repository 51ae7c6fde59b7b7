"""A text moved within its page keeps its approval where it fits."""

import pytest

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, entry_of, target_of, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("translation", "fuzzy"), [("Кратко", False), ("дълго " * 30, True)])
def test_a_translation_too_long_for_the_new_field_is_a_draft(
    translation, fuzzy, make_page, bulgarian, catalog_root
):
    page = make_page("en", title="News", slug="news", lead="Short words")
    submit(page, [bulgarian])
    sync()
    path = catalog_root / "bg/content/news.po"
    translate(path, {"News": "Новини", "Short words": translation.strip()})
    sync()
    edit(page, lead="", intro="Short words")
    result = sync()
    entry = entry_of(path, "Short words")
    assert (entry.msgstr, entry.fuzzy, result.exit_code) == (translation.strip(), fuzzy, 0)
    target = target_of(page, bulgarian)
    assert (target.intro, target.lead) == (("", translation.strip()) if fuzzy else (translation.strip(), ""))
