"""The whole trip of a text, through a browser: an editor changes a paragraph, a translator the file, a visitor reads it."""

import datetime
import difflib
import re
import subprocess
from dataclasses import dataclass

import polib
import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from home.models import NewsIndexPage, NewsPage

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Trip:
    """A page's texts before and after an editor's change, in the language it is written in and in the other."""

    source: str
    target: str
    title: tuple[str, str]
    lead: tuple[str, str]
    before: tuple[str, str]
    added: str
    after_translated: str
    other_language: str


ENGLISH_FIRST = Trip(
    source="en",
    target="bg",
    title=("A new centre", "Нов център"),
    lead=("It opens in Harmanli.", "Отваря врати в Харманли."),
    before=("The centre has forty places.", "Центърът има четиридесет места."),
    added=" More will follow.",
    after_translated="Центърът има четиридесет места. Ще има и още.",
    other_language="Български",
)
BULGARIAN_FIRST = Trip(
    source="bg",
    target="en",
    title=("Нов център", "A new centre"),
    lead=("Отваря врати в Харманли.", "It opens in Harmanli."),
    before=("Центърът има четиридесет места.", "The centre has forty places."),
    added=" Ще има и още.",
    after_translated="The centre has forty places. More will follow.",
    other_language="English",
)


@pytest.fixture
def content_root(settings, tmp_path):
    root = tmp_path / "locale"
    settings.POSYNC = {**settings.POSYNC, "ROOT": root}
    return root


@pytest.fixture
def editor(bilingual_site):
    user = User.objects.create_user("editor", password="demo-editor")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def sync():
    try:
        call_command("sync_po")
    except SystemExit as stopped:
        pytest.fail(f"sync_po ended with {stopped.code}")


def fill_in(path, translations):
    """A translator's work: approve the translations of these source texts, then check the file."""
    po = polib.pofile(path, wrapwidth=0)
    for entry in po:
        if entry.msgid in translations:
            entry.msgstr = translations[entry.msgid]
            entry.flags, entry.previous_msgid = [], None
    po.save()
    subprocess.run(["msgfmt", "-c", path, "-o", "/dev/null"], check=True)


def changed_hunks(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="")
    return sum(line.startswith("@@") for line in lines)


def log_in(page, base_url, user):
    page.goto(f"{base_url}/cms/")
    page.locator("input[name=username]").fill(user.username)
    page.locator("input[name=password]").fill("demo-editor")
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/cms/$"))


def add_to_paragraph(page, base_url, story, text):
    """Open the page in the editor, write at the end of its paragraph, publish."""
    page.goto(f"{base_url}/cms/pages/{story.pk}/edit/")
    paragraph = page.locator("[data-contentpath=body] .public-DraftEditor-content")
    paragraph.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    # Draftail hands the text to the form's own field a moment later.
    page.wait_for_function(
        "text => document.querySelector('[name=body-0-value]').value.includes(text)", arg=text
    )
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.locator(".messages .success").wait_for()


def switch_language(page, trip):
    with page.expect_navigation():
        page.get_by_role("link", name=trip.other_language).first.click()


@pytest.mark.parametrize("trip", [ENGLISH_FIRST, BULGARIAN_FIRST], ids=["english-first", "bulgarian-first"])
def test_a_changed_paragraph_travels_to_the_other_language(
    browser, live_server, bilingual_site, content_root, editor, trip
):
    index = NewsIndexPage.objects.get(pk=bilingual_site.news_index[trip.source].pk)
    story = index.add_child(
        instance=NewsPage(
            title=trip.title[0],
            lead=trip.lead[0],
            date=datetime.date(2026, 3, 7),
            body=[("paragraph", f"<p>{trip.before[0]}</p>")],
        )
    )
    story.save_revision().publish()
    sync()
    (path,) = content_root.glob(f"{trip.target}/content/*/*.po")
    fill_in(path, dict((trip.title, trip.lead, trip.before)))
    sync()
    approved_file = path.read_text()

    page = browser.new_page()
    page.goto(f"{live_server.url}{story.url}")
    switch_language(page, trip)
    address = page.url
    assert page.locator("main").get_by_text(trip.before[1]).is_visible()

    log_in(page, live_server.url, editor)
    add_to_paragraph(page, live_server.url, story, trip.added)
    sync()
    after_change = path.read_text()
    assert changed_hunks(approved_file, after_change) == 1
    (changed,) = [entry for entry in polib.pofile(path) if entry.fuzzy]
    assert changed.msgid == trip.before[0] + trip.added
    assert changed.previous_msgid == trip.before[0]
    assert changed.msgstr == trip.before[1]
    page.goto(address)
    assert page.locator("main").get_by_text(trip.before[1], exact=True).is_visible()
    assert page.locator("main").get_by_text(trip.added.strip()).count() == 0

    fill_in(path, {changed.msgid: trip.after_translated})
    sync()
    page.goto(f"{live_server.url}{story.url}")
    switch_language(page, trip)
    assert page.url == address
    assert page.locator("main").get_by_text(trip.after_translated).is_visible()
    assert page.locator("html").get_attribute("lang") == trip.target

    settled = {file: file.stat().st_mtime_ns for file in content_root.rglob("*.po")}
    sync()
    assert {file: file.stat().st_mtime_ns for file in content_root.rglob("*.po")} == settled
    page.close()
