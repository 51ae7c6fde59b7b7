"""Every hostile text through every door of posync's: refused with its reason, or shown harmless. Nothing is lost."""

import re

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from posync.core.po.entries import Entry
from posync.core.rules.validation import repair
from posync.models import Catalog, Change, Draft
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.hostile.corpus import TEXTS
from tests.posync.people import (
    block,
    block_id,
    current,
    read,
    snapshot,
    stream,
    target_of,
    translate_all,
    visit,
)

pytestmark = pytest.mark.django_db

KINDS = ("char", "rich")
#: What a page of the test site has in it without any harm.
HARMLESS_TAGS = {
    "html",
    "head",
    "title",
    "body",
    "h1",
    "h2",
    "p",
    "div",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "br",
    "meta",
    "ul",
    "li",
}


def path_of(number: int, kind: str) -> str:
    return f"body.{block_id(f'{kind} {number}')}"


@pytest.fixture
def page(make_page, bulgarian, catalog_root, settings):
    """A page with two texts for each of the corpus, in a plain and in a rich block, live in both languages."""
    blocks = [
        block(kind, f"<p>Text {number}</p>" if kind == "rich" else f"Text {number}", f"{kind} {number}")
        for number in range(len(TEXTS))
        for kind in KINDS
    ]
    settings.POSYNC = {**settings.POSYNC, "MASS_CHANGE_SHARE": 1}
    made = make_page(title="Texts", slug="texts", body=stream(*blocks))
    submit(made, [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    assert target_of(made, bulgarian).live
    return made


@pytest.fixture
def texts_po(catalog_root):
    return catalog_root / "bg/content/texts.po"


def hostile(path) -> dict[tuple[str, str], str]:
    """Put the corpus into a file, and return the texts by path and source."""
    po = read(path)
    put = {}
    for entry in po:
        found = re.fullmatch(r"Text (\d+)", entry.msgid)
        if found:
            entry.msgstr, entry.flags = TEXTS[int(found[1])], []
            put[entry.msgctxt.partition(":")[2], entry.msgid] = entry.msgstr
    po.save()
    return put


def harm_in(html: str) -> list[str]:
    """What a browser would run, load, or show where it does not belong."""
    soup = BeautifulSoup(html, "html.parser")
    found = [str(tag)[:80] for tag in soup.find_all(True) if tag.name not in HARMLESS_TAGS]
    for tag in soup.find_all(True):
        found += [
            f"{tag.name} {name}" for name in tag.attrs if name.startswith("on") or name in ("style", "srcdoc")
        ]
        address = str(tag.get("href", ""))
        if ":" in address and not address.startswith(("http://", "https://")):
            found.append(address)
    found += re.findall("[\u202d\u202e\x00-\x08\x0b\x0e-\x1f\x7f]", html)
    return found


def kept(text: str, msgid: str) -> bool:
    """Whether somebody can still find what was sent: as it was, or with what is mended by itself."""
    forms = {text, repair(msgid, text), Entry("x", msgid, text).msgstr}
    if not text.strip():
        return True
    return (
        StringTranslation.objects.filter(data__in=forms).exists()
        or Draft.objects.filter(text__in=forms).exists()
        or Change.objects.filter(before__in=forms).exists()
        or Change.objects.filter(after__in=forms).exists()
    )


def test_there_are_as_many_as_promised():
    assert len(TEXTS) >= 120


def test_by_file_each_is_refused_or_shown_harmless_and_none_is_lost(
    page, texts_po, bulgarian, client, catalog_root
):
    put = hostile(texts_po)
    as_read = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in read(texts_po)}
    result = sync()
    assert result.files.failed == 0, result.issues
    assert harm_in(visit(client, target_of(page, bulgarian))) == []
    lost = [text for (path, msgid), text in put.items() if not kept(as_read[f"texts:{path}", msgid], msgid)]
    assert lost == []
    refused = [issue for issue in result.issues if issue.severity == "error"]
    assert refused
    assert all(issue.file and issue.line and issue.msgctxt and issue.message for issue in refused)
    settled = snapshot(catalog_root)
    sync()
    assert snapshot(catalog_root) == settled
    polib.pofile(str(texts_po), check_for_duplicates=True)


def test_by_upload_it_is_the_same(page, texts_po, bulgarian, client, enter, tmp_path):
    catalog = Catalog.objects.get(domain__name="texts")
    copy = tmp_path / "texts.po"
    copy.write_bytes(texts_po.read_bytes())
    put = hostile(copy)
    as_read = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in read(copy)}
    admin = enter(is_superuser=True)
    url = reverse("posync_upload_catalog", args=[catalog.pk])
    said = admin.post(url, {"file": SimpleUploadedFile("texts.po", copy.read_bytes())})
    assert said.status_code == 200
    assert "<script>alert" not in said.content.decode()
    assert "onerror=alert" not in re.sub("&lt;.*?&gt;", "", said.content.decode())
    admin.post(url, {"confirmed": said.context["packed"]})
    sync()
    assert harm_in(visit(client, target_of(page, bulgarian))) == []
    assert [
        text for (path, msgid), text in put.items() if not kept(as_read[f"texts:{path}", msgid], msgid)
    ] == []


def test_in_the_editor_it_is_the_same(page, bulgarian, client, enter):
    catalog = Catalog.objects.get(domain__name="texts")
    admin = enter(is_superuser=True)
    url = reverse("posync_edit_catalog", args=[catalog.pk])
    rows = admin.get(url).context["rows"]
    data = {"action": "save"}
    typed = {}
    for row in rows:
        found = re.fullmatch(r"Text (\d+)", row.entry.msgid)
        text = TEXTS[int(found[1])] if found else row.text
        data |= {f"text-{row.key}": text, f"step-{row.key}": "done", f"seen-{row.key}": row.seen}
        if found:
            typed[row.entry.msgid] = text
    answer = admin.post(url, data, follow=True)
    assert answer.status_code == 200
    page_of_editor = answer.content.decode()
    assert "<script>alert" not in page_of_editor
    assert not BeautifulSoup(page_of_editor, "html.parser").find_all(attrs={"onerror": True})
    sync()
    assert harm_in(visit(client, target_of(page, bulgarian))) == []


def test_in_the_source_an_editors_text_is_shown_and_carried_as_typed(
    make_page, bulgarian, catalog_root, client
):
    """Wagtail escapes a plain field; what an editor may type there, translators get to read, and files carry."""
    texts = [text for text in TEXTS if text.strip() and "\0" not in text]
    made = make_page(
        title="Sources",
        slug="sources",
        body=stream(*(block("char", text, f"s {n}") for n, text in enumerate(texts))),
    )
    submit(made, [bulgarian])
    assert sync().files.failed == 0
    assert harm_in(re.sub("[\u202a-\u202e\u2066-\u2069\x07\x08\x0b\x1b\x7f]", "", visit(client, made))) == []
    path = catalog_root / "bg/content/sources.po"
    assert len(current(path)) > len(texts) / 2
    settled = snapshot(catalog_root)
    sync()
    assert snapshot(catalog_root) == settled
