"""Addresses of wagtail-localize for translations that it knows no such state of: stopped, or without a target.

What wagtail-localize's addresses take in for a stopped translation would be approved, unread, when it is started again."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from posync.sync import sync
from tests.posync.people import edit, target_of, visit

pytestmark = pytest.mark.django_db

NEW = "Нов абзац"


@pytest.fixture
def stopped(published, settings):
    """Stopped, while its original has a paragraph that it has not."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    edit(published, rich="<p>Paragraph new</p>")
    sync()
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save()
    return translation


def send(client, door, translation):
    segment = StringSegment.objects.get(source=translation.source, string__data="Paragraph new")
    if door == "text":
        url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        return client.put(url, f"value={NEW}", content_type="application/x-www-form-urlencoded")
    if door == "machine":
        return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))
    po = translation.export_po()
    for entry in po:
        entry.msgstr = NEW if entry.msgid == "Paragraph new" else entry.msgstr
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    return client.post(url, {"file": SimpleUploadedFile("news.po", str(po).encode())})


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "this translation was stopped"), ("bg", "този превод е спрян")]
)
@pytest.mark.parametrize("door", ["text", "file", "machine"])
def test_nothing_is_taken_in_meanwhile(door, language, sentence, stopped, published, bulgarian, enter):
    client = enter("change", language=language)
    response = send(client, door, stopped)
    said = [response.json()["detail"]] if door == "text" else get_messages(response.wsgi_request)
    assert sentence in " ".join(map(str, said))
    assert response.status_code == (410 if door == "text" else 302)
    target = target_of(published, bulgarian)
    client.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"localize-restart-translation": "1"})
    sync()
    assert Translation.objects.get().enabled
    assert not StringTranslation.objects.filter(translation_of__data="Paragraph new").exists()
    shown = visit(Client(), target)
    assert NEW not in shown
    assert "new Paragraph" not in shown


@pytest.mark.parametrize(("language", "sentence"), [("en", "There is no version"), ("bg", "Още няма версия")])
@pytest.mark.parametrize("view", ["machine_translate", "stop_translation", "preview_translation"])
def test_a_translation_without_a_target_has_none_to_stop_or_show(
    view, language, sentence, submitted, enter, settings
):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    client = enter("change", language=language)
    url = reverse(f"wagtail_localize:{view}", args=[Translation.objects.get().pk])
    response = client.get(url) if view.startswith("preview") else client.post(url)
    assert response.status_code == 302
    assert sentence in " ".join(map(str, get_messages(response.wsgi_request)))
    assert Translation.objects.get().enabled
