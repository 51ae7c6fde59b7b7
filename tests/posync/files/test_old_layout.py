"""Files in an older layout: `Changed:` above other comments, texts over several lines, no `#|` of the same source."""

import re
from importlib import import_module

import polib
import pytest
from django.apps import apps

from posync.core.po.codec import read_po
from posync.files.disk import digest
from posync.models import Catalog, Change, Draft
from posync.sync import sync
from tests.posync.people import edit, translate

pytestmark = pytest.mark.django_db

LEAD = "We meet on Monday.\u2028Bring your papers."


@pytest.fixture
def layouts(published, news_po, settings) -> tuple[bytes, bytes]:
    """The file's bytes in the layout of now and in an older one."""
    settings.POSYNC = {**settings.POSYNC, "LINK_BASE_URL": "https://example.org"}
    edit(published, lead=LEAD)
    sync()
    translate(news_po, {LEAD: "В понеделник.\u2028Носете документи.", "News": "Вести"}, fuzzy=True)
    sync()
    edit(published, intro="All of our news")
    sync()
    now = news_po.read_bytes()
    po = polib.pofile(str(news_po), wrapwidth=0, encoding="utf-8")
    for entry in po:
        rows = entry.comment.split("\n")
        entry.comment = "\n".join(sorted(rows, key=lambda row: row.startswith("https:")))
        if entry.previous_msgid == entry.msgid:
            entry.previous_msgid = None
    old = re.sub(r"^#\n", "", po.__unicode__()).encode()
    assert b"Changed: All{+ of+} our news\n#. https:" in old
    assert b'msgid ""\n"We meet' in old
    assert old.count(b"#| msgid") < now.count(b"#| msgid")
    return now, old


def known() -> list[object]:
    rows = Draft.objects.order_by("pk").values_list("path", "msgid", "text", "previous_msgid", "approved")
    return [Change.objects.count(), *rows]


def test_it_says_the_same(layouts):
    now, old = (read_po(layout) for layout in layouts)
    assert [(m.msgctxt, m.msgid, m.msgstr, m.fuzzy, m.previous_msgid) for m in old.entries] == [
        (m.msgctxt, m.msgid, m.msgstr, m.fuzzy, m.previous_msgid) for m in now.entries
    ]


def test_the_first_sync_after_the_upgrade_writes_it_anew_and_says_nothing(layouts, news_po):
    now, old = layouts
    news_po.write_bytes(old)
    Catalog.objects.update(base=old, file_digest=digest(old))
    before = known()
    import_module("posync.migrations.0010_write_files_anew").write_anew(apps, None)
    result = sync()
    assert news_po.read_bytes() == now
    assert (result.files.read, result.files.written, result.exit_code) == (0, 1, 0)
    assert known() == before
    assert sync().files.written == 0


def test_one_that_comes_back_is_read_without_a_change(layouts, news_po):
    now, old = layouts
    news_po.write_bytes(old)
    before = known()
    result = sync()
    assert news_po.read_bytes() == now
    assert (result.entries.imported, result.entries.drafts, result.entries.conflicts) == (0, 0, 0)
    assert known() == before
    assert sync().files.written == 0
