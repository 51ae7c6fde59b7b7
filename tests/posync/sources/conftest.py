"""A second translated page, for texts that go from one to the other."""

from pathlib import Path

import pytest

from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import translate


@pytest.fixture
def other(published, make_page, bulgarian, other_po):
    """A page with a title and a lead, live in both languages beside `published`."""
    page = make_page(title="Archive", slug="archive", lead="Old words")
    submit(page, [bulgarian])
    sync()
    translate(other_po, {"Archive": "Архив", "Old words": "Стари думи"})
    sync()
    return page


@pytest.fixture
def other_po(catalog_root) -> Path:
    """The file of `other`."""
    return catalog_root / "bg/content/archive.po"
