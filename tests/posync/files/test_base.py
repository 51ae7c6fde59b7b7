"""What is remembered of a file: its own bytes where they say all of it, else the same with what a tool has dropped."""

import polib
import pytest

from posync.core.po.codec import read_po
from posync.files.import_files import import_files
from posync.models import Catalog
from posync.sync import sync


@pytest.fixture
def translated(submitted, news_po):
    """The file of the page, translated and wrapped by a tool, with a comment of the translator's; not imported yet."""
    sync()
    po = polib.pofile(str(news_po), wrapwidth=30)
    for entry in po:
        entry.msgstr, entry.tcomment = f"бг {entry.msgid} " * 5, "said so by phone"
    po.metadata["X-Generator"] = "Poedit 3.4"
    po.save()
    return po


def test_a_wrapped_file_is_remembered_as_it_is(translated, news_po):
    import_files()
    assert Catalog.objects.get().base == news_po.read_bytes()


def test_what_a_tool_drops_is_remembered(translated, news_po):
    import_files()
    before = read_po(Catalog.objects.get().base)
    for entry in translated:
        entry.tcomment = ""
    del translated.metadata["X-Generator"]
    translated.pop()
    translated.save()
    import_files()
    base = read_po(Catalog.objects.get().base)
    assert base.header["X-Generator"] == "Poedit 3.4"
    assert [(m.msgctxt, m.msgstr, m.translator_comment) for m in base.entries] == [
        (m.msgctxt, m.msgstr, m.translator_comment) for m in before.entries
    ]
