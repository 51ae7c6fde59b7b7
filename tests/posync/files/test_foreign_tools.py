"""What tools do to files comes undone: the next sync restores ours byte for byte, and nothing typed is lost."""

import os
import shutil
import subprocess

import polib
import pytest

from posync.models import Change, Draft
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import edit, obsolete, read, target_of, translate

pytestmark = pytest.mark.django_db

LONG = (
    "Our offices help people who have just arrived with papers, language courses, work and a place to live, "
    "and all of it costs nothing at all."
)
LONG_TRANSLATED = (
    "Нашите приемни помагат на току-що пристигналите с документи, езикови курсове, работа и подслон, "
    "и всичко това не струва нищо."
)


def tool(*command):
    if shutil.which(command[0]) is None:
        missing = "GNU gettext is missing; on Debian: sudo apt install gettext"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


@pytest.fixture
def worked_on(make_page, bulgarian, news_po, settings):
    """A page whose file has all that a file may have: every text, draft and note that a person typed."""
    settings.POSYNC = {**settings.POSYNC, "TRANSLATOR_NAMES": True}
    page = make_page(
        "en",
        title="News",
        slug="news",
        intro="All our news",
        lead=LONG,
        rich="<p>Call <b>us</b> today.</p><p>This goes away entirely.</p>",
    )
    submit(page, [bulgarian])
    sync()
    translate(
        news_po,
        {
            "News": "Новини",
            "All our news": "Всички новини",
            LONG: LONG_TRANSLATED,
            "Call <b>us</b> today.": "Обадете <b>ни</b> се днес.",
            "This goes away entirely.": "Това изчезва съвсем.",
        },
        comment="Проверено с\nприемната.",
    )
    po = read(news_po)
    po.header = "Translators: Мария, 2026"
    po.metadata["Last-Translator"] = "Мария <maria@example.org>"
    po.metadata["PO-Revision-Date"] = "2026-03-03 10:00+0200"
    po.save()
    sync()
    # One text becomes fuzzy with its previous source, one obsolete, and one has a draft beside what is in use.
    edit(page, intro="All of our news", rich="<p>Call <b>us</b> today.</p>")
    sync()
    translate(news_po, {"News": "Вести"}, fuzzy=True, comment="Или „Новини“?")
    sync()
    return page


def msgmerge(path, tmp_path):
    template = template_of(path, tmp_path)
    tool("msgmerge", "--quiet", "--previous", "-o", tmp_path / "merged.po", path, template)
    shutil.copy(tmp_path / "merged.po", path)


def msgmerge_without_previous(path, tmp_path):
    template = template_of(path, tmp_path)
    tool("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", tmp_path / "merged.po", path, template)
    shutil.copy(tmp_path / "merged.po", path)


def msgcat_width(path, tmp_path):
    tool("msgcat", "--width=60", "-o", path, path)


def msgcat_sorted_without_location(path, tmp_path):
    tool("msgcat", "--sort-output", "--no-location", "-o", path, path)


def msgattrib_translated(path, tmp_path):
    tool("msgattrib", "--translated", "-o", path, path)


def msgattrib_without_obsolete(path, tmp_path):
    tool("msgattrib", "--no-obsolete", "--no-fuzzy", "-o", path, path)


def msgattrib_clear_previous(path, tmp_path):
    tool("msgattrib", "--clear-previous", "-o", path, path)


def polib_with_its_own_wrapping(path, tmp_path):
    polib.pofile(str(path)).save()


def created_again_from_its_template(path, tmp_path):
    """As Pontoon does: translations put into the template; no comment, no tool's header, nothing obsolete."""
    template = polib.pofile(str(template_of(path, tmp_path)), wrapwidth=0)
    translations = {(entry.msgctxt, entry.msgid): entry for entry in read(path)}
    for entry in template:
        known = translations[entry.msgctxt, entry.msgid]
        entry.msgstr, entry.flags = known.msgstr, list(known.flags)
        entry.comment = entry.tcomment = ""
    template.metadata = {"Language": "bg", "Content-Type": "text/plain; charset=UTF-8"}
    template.header = ""
    template.save(str(path))


def template_of(path, tmp_path):
    """The POT that a team would make from our file."""
    po = read(path)
    for entry in [entry for entry in po if entry.obsolete]:
        po.remove(entry)
    for entry in po:
        entry.msgstr, entry.flags, entry.tcomment = "", [], ""
        entry.previous_msgid = None
    po.header = ""
    target = tmp_path / "news.pot"
    po.save(str(target))
    return target


TOOLS = [
    msgmerge,
    msgmerge_without_previous,
    msgcat_width,
    msgcat_sorted_without_location,
    msgattrib_translated,
    msgattrib_without_obsolete,
    msgattrib_clear_previous,
    polib_with_its_own_wrapping,
    created_again_from_its_template,
]


def test_the_file_of_these_tests_has_all_that_can_be_lost(worked_on, news_po):
    text = news_po.read_text("utf-8")
    entries = {entry.msgid: entry for entry in read(news_po)}
    assert entries["All of our news"].fuzzy
    assert entries["All of our news"].previous_msgid == "All our news"
    assert (entries["News"].fuzzy, entries["News"].tcomment) == (True, "Или „Новини“?")
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Това изчезва съвсем."]
    assert "# Translators: Мария, 2026" in text
    assert "Last-Translator: Мария" in text
    assert text.count("Проверено с") == 4


@pytest.mark.parametrize("change", TOOLS)
def test_the_next_sync_restores_the_file_byte_for_byte(change, worked_on, bulgarian, news_po, tmp_path):
    before = news_po.read_bytes()
    target = target_of(worked_on, bulgarian)
    known = set(Draft.objects.values_list("path", "msgid", "text", "previous_msgid"))
    changes = Change.objects.count()
    change(news_po, tmp_path)
    assert news_po.read_bytes() != before
    result = sync()
    assert news_po.read_bytes() == before
    assert (result.entries.imported, result.entries.conflicts, result.exit_code) == (0, 0, 0)
    assert target_of(worked_on, bulgarian).latest_revision_id == target.latest_revision_id
    assert set(Draft.objects.values_list("path", "msgid", "text", "previous_msgid")) == known
    assert Change.objects.count() == changes
    assert sync().files.written == 0


@pytest.mark.parametrize("change", TOOLS)
def test_work_done_in_the_changed_file_comes_in_and_all_else_stays(
    change, worked_on, bulgarian, news_po, tmp_path
):
    kept = {entry.msgid: entry.tcomment for entry in read(news_po)}
    change(news_po, tmp_path)
    po = polib.pofile(str(news_po))
    done = next(entry for entry in po if entry.msgid == "Call <b>us</b> today.")
    done.msgstr = "Звъннете <b>ни</b> днес."
    po.save()
    result = sync()
    assert (result.entries.imported, result.exit_code) == (1, 0)
    entries = {entry.msgid: entry for entry in read(news_po)}
    assert entries["Call <b>us</b> today."].msgstr == "Звъннете <b>ни</b> днес."
    assert {msgid: entry.tcomment for msgid, entry in entries.items()} == kept
    assert entries["All of our news"].previous_msgid == "All our news"
    assert entries["News"].fuzzy
    assert [entry.msgstr for entry in obsolete(news_po)] == ["Това изчезва съвсем."]
    assert read(news_po).metadata["Last-Translator"] == "Мария <maria@example.org>"
    assert sync().files.written == 0


def test_a_change_of_the_source_after_a_tool_finds_the_translators_note_again(worked_on, news_po, tmp_path):
    created_again_from_its_template(news_po, tmp_path)
    sync()
    edit(worked_on, lead=LONG.replace("nothing at all", "nothing"))
    sync()
    (entry,) = [entry for entry in read(news_po) if entry.previous_msgid == LONG]
    assert (entry.msgstr, entry.tcomment) == (LONG_TRANSLATED, "Проверено с\nприемната.")
