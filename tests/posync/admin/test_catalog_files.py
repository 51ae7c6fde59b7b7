"""The PO file in the admin: what is downloaded, what an upload says first, and what it brings."""

import subprocess

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from posync.admin.catalog_files import ACTIONS, REASONS
from posync.core.rules.table import Action, Reason
from posync.files.folder_lock import catalog_root_lock
from posync.history.review import approve_drafts, waiting_for_review
from posync.history.undo_run import undo
from posync.models import Catalog, Conflict, Draft, Run
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import snapshot, target_of, translate, type_in_admin, visit

pytestmark = pytest.mark.django_db

TEXT, OLD, NEW = "All our news", "Всички новини", "Наши новини"


@pytest.fixture
def catalog(published):
    return Catalog.objects.get()


@pytest.fixture
def edited(published, news_po, tmp_path):
    """The bytes of a copy of the page's file with a change: edited("text", fuzzy=True)."""

    def edited(text=NEW, **more):
        copy = tmp_path / "news.po"
        copy.write_bytes(news_po.read_bytes())
        translate(copy, {TEXT: text}, **more)
        return copy.read_bytes()

    return edited


def send(client, catalog, content: bytes, name="news.po"):
    url = reverse("posync_upload_catalog", args=[catalog.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def confirm(client, catalog, response, **more):
    url = reverse("posync_upload_catalog", args=[catalog.pk])
    return client.post(url, {"confirmed": response.context["packed"], **more})


def in_use() -> str:
    return StringTranslation.objects.get(translation_of__data=TEXT).data


def test_every_action_and_reason_has_its_words():
    assert (set(ACTIONS), set(REASONS)) == (set(Action), set(Reason))


def test_the_download_is_the_translators_own_file(published, catalog, news_po, enter, tmp_path):
    response = enter(rows=({"translate": True},)).get(reverse("posync_download_catalog", args=[catalog.pk]))
    assert response.content == news_po.read_bytes()
    assert response.headers["Content-Disposition"] == 'attachment; filename="news.bg.po"'
    downloaded = tmp_path / "news.bg.po"
    downloaded.write_bytes(response.content)
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", downloaded], check=True)


@pytest.mark.parametrize("view", ["posync_download_catalog", "posync_upload_catalog"])
def test_who_may_not_translate_gets_no_file_and_brings_none(view, published, catalog, enter, edited):
    client = enter()
    assert client.get(reverse(view, args=[catalog.pk])).status_code == 302
    send(client, catalog, edited())
    assert in_use() == OLD


@pytest.mark.parametrize("language", ["en", "bg"])
def test_an_upload_is_looked_at_first_and_then_imported(
    language, published, bulgarian, catalog, enter, edited
):
    client = enter("change", "publish", language=language)
    looked_at = send(client, catalog, edited())
    assert in_use() == OLD
    shown = looked_at.content.decode()
    words = {
        "en": ("is approved: changed in the file", "Import"),
        "bg": ("одобрява се: променено във файла", "Внасяне"),
    }
    assert all(text in shown for text in words[language])
    response = confirm(client, catalog, looked_at)
    assert in_use() == NEW
    run = Run.objects.get(user__username="somebody")
    assert {change.file for change in run.changes.all()} == {"news.po"}
    assert str(run.pk) in " ".join(map(str, get_messages(response.wsgi_request)))
    sync()
    assert NEW in visit(Client(), target_of(published, bulgarian))
    undo(run.pk)
    assert in_use() == OLD


def test_fuzzy_and_obsolete_entries_are_approved_by_no_upload(published, catalog, enter, edited):
    client = enter("change", "publish")
    obsolete = '\n#~ msgctxt "news:lead"\n#~ msgid "Gone"\n#~ msgstr "Няма го"\n'.encode()
    confirm(client, catalog, send(client, catalog, edited("Може би", fuzzy=True) + obsolete))
    assert in_use() == OLD
    assert Draft.objects.get(msgid=TEXT).text == "Може би"


def test_what_a_translator_uploads_waits_for_review(published, catalog, enter, edited):
    client = enter(rows=({"translate": True},))
    confirm(client, catalog, send(client, catalog, edited()))
    assert (in_use(), waiting_for_review().get().text) == (OLD, NEW)


def test_whoever_uploaded_a_text_is_no_second_person(
    published, catalog, enter, edited, settings, django_user_model
):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}
    client = enter(rows=({"review": True},))
    confirm(client, catalog, send(client, catalog, edited()))
    uploader = django_user_model.objects.get()
    (draft,) = waiting_for_review()
    assert draft.author == uploader
    assert approve_drafts([draft], uploader).entries.imported == 0
    second = django_user_model.objects.create_superuser("second")
    assert approve_drafts([draft], second).entries.imported == 1


def test_changed_on_both_sides_is_a_conflict(published, bulgarian, catalog, enter, edited):
    content = edited()
    type_in_admin(published, bulgarian, "intro", "От админа")
    client = enter("change", "publish")
    looked_at = send(client, catalog, content)
    assert "changed on both sides" in looked_at.content.decode()
    confirm(client, catalog, looked_at)
    assert (in_use(), Conflict.objects.get().file_text) == ("От админа", NEW)


def test_entries_of_other_pages_are_left_alone(published, catalog, make_page, bulgarian, enter, catalog_root):
    other = make_page(title="Archive", slug="archive")
    submit(other, [bulgarian])
    sync()
    path = catalog_root / "bg/content/archive.po"
    before = snapshot(catalog_root)
    content = path.read_text("utf-8").replace('msgid "Archive"\nmsgstr ""', 'msgid "Archive"\nmsgstr "Архив"')
    response = send(enter("change", "publish"), catalog, content.encode())
    assert "No entry in the file is of this page." in response.content.decode()
    assert response.context["packed"] == ""
    sync()
    assert snapshot(catalog_root) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no entry"),
        (b"not a PO file", "PO"),
        (b'msgid "\nmsgstr', "PO"),
        (b"\xff\xfe\x00\x01", ""),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-7\\n"\n', ""),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(content, said, published, catalog, enter):
    response = send(enter("change", "publish"), catalog, content)
    assert response.status_code == 200
    assert said.lower() in response.content.decode().lower()
    assert not response.context["packed"]
    assert in_use() == OLD


@pytest.mark.parametrize("name", ["../../etc/passwd.po", "..\\..\\x.po", ".po", "а" * 300 + ".po", "a\0b.po"])
def test_no_name_leads_anywhere(name, published, catalog, enter, edited):
    client = enter("change", "publish")
    confirm(client, catalog, send(client, catalog, edited(), name=name))
    assert in_use() == NEW


@pytest.mark.parametrize("spoil", ["another translation", "another content", "another day"])
def test_what_is_imported_is_what_was_looked_at(
    spoil, published, catalog, enter, edited, make_page, bulgarian, monkeypatch
):
    client = enter(is_superuser=True)
    looked_at = send(client, catalog, edited())
    packed = looked_at.context["packed"]
    if spoil == "another translation":
        submit(make_page(title="Archive", slug="archive"), [bulgarian])
        catalog = Catalog.objects.exclude(pk=catalog.pk).get()
    elif spoil == "another content":
        packed = f"x{packed}"
    else:
        monkeypatch.setattr("posync.admin.catalog_files._AGE", -1)
    response = client.post(reverse("posync_upload_catalog", args=[catalog.pk]), {"confirmed": packed})
    assert "choose it once more" in response.content.decode()
    assert in_use() == OLD


def test_beside_a_sync_nothing_is_imported_and_it_is_said(published, catalog, enter, edited):
    client = enter("change", "publish")
    looked_at = send(client, catalog, edited())
    with catalog_root_lock():
        response = confirm(client, catalog, looked_at)
    assert "Another posync command is at work" in response.content.decode()
    assert in_use() == OLD


def test_wagtail_localizes_own_download_leads_to_the_same_file(published, catalog, enter):
    url = reverse("wagtail_localize:download_pofile", args=[Translation.objects.get().pk])
    assert enter("change").get(url).url == reverse("posync_download_catalog", args=[catalog.pk])
