"""Forms: what visitors may send, what is refused, and how long it is kept."""

import datetime
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import caches
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from home.forms.guard import BAIT, COUNTS, SUBMISSIONS_ALLOWED, client_address

LANGUAGES = ["bg", "en"]
SENT = {"name": "Ана", "email": "ana@example.org", "message": "Здравейте", "consent": "on"}


@pytest.fixture(autouse=True)
def nothing_counted():
    # Not at the end: there may be another cache then, Redis, which other tests share.
    caches[COUNTS].clear()


class FailingBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("language", "labels"),
    [("bg", ["Име", "Имейл", "Съобщение"]), ("en", ["Name", "E-mail", "Message"])],
)
def test_labels_are_translated_and_names_are_not(client, kinds, language, labels):
    form = page_of(client.get(kinds.form[language].url)).select_one("form.form")
    shown = [label.contents[0].strip() for label in form.select(".form__field > label")]
    assert shown[:-1] == labels
    assert [field["name"] for field in form.select(".form__field > [name]")] == [
        "name",
        "email",
        "message",
        "consent",
    ]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("bg", ["Данните служат само за отговора.", "Изпратеното се изтрива след 30 дни."]),
        ("en", ["The data serve the answer alone.", "What you send is deleted after 30 days."]),
    ],
)
def test_it_says_what_becomes_of_the_data(client, kinds, language, sentences):
    consent = page_of(client.get(kinds.form[language].url)).select_one(".form__consent").text
    assert all(sentence in consent for sentence in sentences)


@pytest.mark.parametrize(
    ("language", "thanks", "subject"),
    [("bg", "Благодарим Ви", "Запитване"), ("en", "Thank you very much", "Enquiry")],
)
def test_what_was_sent_is_kept_mailed_and_thanked_for(client, kinds, language, thanks, subject):
    form = kinds.form[language]
    response = client.post(form.url, SENT)
    assert (response.status_code, response["Location"]) == (302, f"{form.url}?sent")
    page = page_of(client.get(response["Location"]))
    assert page.h1.text == thanks
    assert page.html["lang"] == language
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    kept = FormSubmission.objects.get()
    assert kept.page_id == form.pk
    assert kept.form_data == {
        "name": "Ана", "email": "ana@example.org", "about": "", "message": "Здравейте", "consent": True,
    }  # fmt: skip
    assert (mail.outbox[0].subject, mail.outbox[0].to) == (subject, ["office@example.org"])
    assert BAIT not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("language", "title", "error"),
    [("bg", "Формулярът не беше изпратен", "Това поле"), ("en", "The form was not sent", "This field")],
)
def test_what_is_missing_is_named_where_it_is_missing(client, kinds, language, title, error):
    response = client.post(kinds.form[language].url, {"name": "Ана", "email": "не е адрес"})
    assert response.status_code == 422
    page = page_of(response)
    alert = page.select_one('[role="alert"]')
    assert title in alert.text
    assert [link["href"] for link in alert.select("a")] == ["#id_email", "#id_consent"]
    field = page.select_one("#id_email")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_email_helptext id_email_error"
    assert all(page.select_one(f"#{id_}") for id_ in field["aria-describedby"].split())
    assert page.select_one("#id_name")["value"] == "Ана"
    assert error in page.select_one("#id_consent_error").text
    assert not FormSubmission.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"), [("bg", "трябва да остане празно"), ("en", "must stay empty")]
)
def test_what_takes_the_bait_is_refused(client, kinds, language, sentence):
    response = client.post(kinds.form[language].url, {**SENT, BAIT: "https://spam.example"})
    assert response.status_code == 422
    assert sentence in page_of(response).select_one('[role="alert"]').text
    assert not FormSubmission.objects.exists()


def test_people_do_not_come_across_the_bait(client, kinds):
    bait = page_of(client.get(kinds.form["bg"].url)).select_one(f"[name={BAIT}]")
    assert bait["tabindex"] == "-1"
    assert bait.find_parent(attrs={"aria-hidden": "true"})


@pytest.mark.parametrize(("language", "sentence"), [("bg", "последния час"), ("en", "within the hour")])
def test_too_much_from_one_address_is_refused_and_nothing_is_lost(client, kinds, language, sentence):
    form = kinds.form[language]
    for _number in range(SUBMISSIONS_ALLOWED):
        assert client.post(form.url, SENT).status_code == 302
    response = client.post(form.url, SENT)
    assert response.status_code == 429
    assert response["Retry-After"]
    page = page_of(response)
    assert sentence in page.select_one('[role="alert"]').text
    assert page.select_one("#id_name")["value"] == "Ана"
    # One address has one count in all languages, and another address has its own.
    other = {"bg": "en", "en": "bg"}[language]
    assert client.post(kinds.form[other].url, SENT).status_code == 429
    assert client.post(form.url, SENT, REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_an_address_is_what_the_proxies_in_front_say(rf, settings, proxies, forwarded, address):
    settings.PROXIES_IN_FRONT = proxies
    request = rf.post("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address


def test_mistakes_are_not_counted(client, kinds):
    for _number in range(SUBMISSIONS_ALLOWED + 1):
        client.post(kinds.form["bg"].url, {})
    assert client.post(kinds.form["bg"].url, SENT).status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_mailed_is_kept_all_the_same(client, kinds, settings, language):
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    assert client.post(kinds.form[language].url, SENT).status_code == 302
    assert FormSubmission.objects.count() == 1


def test_no_cache_keeps_a_form(client, kinds):
    assert "no-store" in client.get(kinds.form["bg"].url)["Cache-Control"]


def test_what_is_old_is_deleted(kinds):
    for days in (29, 31):
        submission = FormSubmission.objects.create(page=kinds.form["bg"], form_data={"days": days})
        FormSubmission.objects.filter(pk=submission.pk).update(
            submit_time=timezone.now() - datetime.timedelta(days=days)
        )
    output = StringIO()
    call_command("delete_old_submissions", dry_run=True, stdout=output)
    assert "to delete: 1" in output.getvalue()
    assert FormSubmission.objects.count() == 2
    call_command("delete_old_submissions", stdout=output)
    assert "deleted: 1" in output.getvalue()
    assert FormSubmission.objects.get().form_data == {"days": 29}


class TestChoices:
    """The form was written in Bulgarian first: Закрила, Работа."""

    @pytest.mark.parametrize(
        ("language", "labels"), [("bg", ["Закрила", "Работа"]), ("en", ["Protection", "Work"])]
    )
    def test_they_show_in_the_language_of_the_page_and_send_the_same(self, client, kinds, language, labels):
        options = page_of(client.get(kinds.form[language].url)).select("[name=about]")
        assert [option.parent.text.strip() for option in options] == labels
        assert [option["value"] for option in options] == ["Закрила", "Работа"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_both_languages_fill_the_same_column_with_the_same_words(self, client, kinds, language):
        client.post(kinds.form[language].url, {**SENT, "about": "Работа"})
        assert FormSubmission.objects.get().form_data["about"] == "Работа"
        assert client.post(kinds.form[language].url, {**SENT, "about": "Work"}).status_code == 422

    @pytest.mark.parametrize(("language", "chosen"), [("bg", "Работа"), ("en", "Work")])
    @pytest.mark.parametrize("kind", ["radio", "dropdown", "checkboxes"])
    def test_what_is_chosen_beforehand_is_found_by_its_own_word(self, client, kinds, kind, language, chosen):
        kinds.form[language].form_fields.filter(clean_name="about").update(
            field_type=kind, default_value=chosen
        )
        form = page_of(client.get(kinds.form[language].url))
        (selected,) = form.select("[name=about][checked], [name=about] option[selected]")
        assert selected["value"] == "Работа"

    def test_a_translation_with_another_number_of_choices_keeps_its_own_words(self, client, kinds):
        kinds.form["en"].form_fields.filter(clean_name="about").update(choices="Protection")
        client.post(kinds.form["en"].url, {**SENT, "about": "Protection"})
        assert FormSubmission.objects.get().form_data["about"] == "Protection"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_list_of_what_was_sent_can_be_read(self, client, kinds, admin_client, language):
        form = kinds.form[language]
        client.post(form.url, {**SENT, "about": "Работа"})
        sent = admin_client.get(reverse("wagtailforms:list_submissions", args=[form.pk]))
        cells = [cell.text.strip() for cell in page_of(sent).select("table.listing tbody td")]
        assert {"Ана", "Работа", "Здравейте"} <= set(cells)


# Across processes


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_processes_count_together(client, kinds, settings, language):
    redis = pytest.importorskip("redis")
    url = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
    try:
        redis.from_url(url).ping()
    except redis.ConnectionError:
        pytest.skip(f"no Redis at {url}")
    shared = {
        "BACKEND": "config.caches.QuickRedisCache",
        "LOCATION": url,
        "KEY_PREFIX": f"test-{uuid4().hex}",
        # A machine busy with tests is slower than a site's.
        "OPTIONS": {"socket_connect_timeout": 10, "socket_timeout": 10},
    }
    form = kinds.form[language]
    try:
        for _number in range(SUBMISSIONS_ALLOWED):
            # New connections and no memory of what was counted before, as in another process.
            settings.CACHES = {**settings.CACHES, COUNTS: dict(shared)}
            assert client.post(form.url, SENT).status_code == 302
        settings.CACHES = {**settings.CACHES, COUNTS: dict(shared)}
        assert client.post(form.url, SENT).status_code == 429
        assert (
            caches[COUNTS]
            ._cache.get_client()
            .ttl(next(iter(redis.from_url(url).scan_iter(f"{shared['KEY_PREFIX']}*"))))
            > 0
        )
    finally:
        server = redis.from_url(url)
        for key in server.scan_iter(f"{shared['KEY_PREFIX']}*"):
            server.delete(key)


def test_production_counts_in_redis():
    root = Path(__file__).resolve().parents[3]
    script = "from django.conf import settings; print(settings.CACHES['counts']['BACKEND'])"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{root}:{root / 'site'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "www.example.org",
        "SITE_URL": "https://www.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        "POSYNC_ROOT": "/srv/catalogs",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
    }
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "config.caches.RedisOrLocal"
