"""Who has tried too many passwords tries none for a while, and shuts out nobody else for good."""

import datetime

import pytest
from axes.models import AccessAttempt, AccessLog
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from home.access.throttle import (
    FOR_ONE_ACCOUNT,
    FROM_ONE_ADDRESS,
    KNOWN_FOR,
    SHARED_PASSWORDS,
    counted_address,
)

LANGUAGES = ["bg", "en"]
LOGINS = ["/bg/_util/login/", "/en/_util/login/", "/cms/login/"]
SENTENCES = {
    "bg": ["Твърде много опити", "Опитайте отново след 15 минути."],
    "en": ["Too many attempts", "Try again in 15 minutes."],
}
HERE, ELSEWHERE = "203.0.113.1", "198.51.100.1"
COLLEAGUES = ["ana", "boris"]


@pytest.fixture(autouse=True)
def throttled(settings):
    settings.AXES_ENABLED = True


@pytest.fixture(autouse=True)
def people(django_user_model):
    for name in COLLEAGUES:
        django_user_model.objects.create_superuser(name, f"{name}@example.org", name)


@pytest.fixture
def log_in(client):
    def log_in(name="ana", password=None, address=HERE, login=LOGINS[0], language="bg", **more):
        headers = {"Accept-Language": language}
        client.logout()
        sent = {"username": name, "password": password or "guess"}
        return client.post(login, sent, headers=headers, REMOTE_ADDR=address, **more)

    return log_in


@pytest.fixture
def fail(log_in, settings):
    def fail(times=settings.AXES_FAILURE_LIMIT, **how):
        return [log_in(**how).status_code for _try in range(times)]

    return fail


def many(number, name="ana", address=HERE, ago=datetime.timedelta()):
    AccessAttempt.objects.create(
        username=name, ip_address=address, user_agent=f"{name} {address}", failures_since_start=number
    )
    AccessAttempt.objects.filter(user_agent=f"{name} {address}").update(attempt_time=timezone.now() - ago)


def assert_locked_out(response, language):
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "no-store" in response["Cache-Control"]
    assert page.html["lang"] == language
    title, sentence = SENTENCES[language]
    assert page.h1.text == title
    assert sentence in page.select_one("main").text
    assert page.select_one(".site-header .wordmark")


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_some_wrong_passwords_the_right_one_is_not_taken_either(log_in, fail, login, language):
    assert 429 not in fail(4, login=login)
    for password in ("guess", "ana"):
        response = log_in(password=password, login=login, language=language)
        assert_locked_out(response, login[1:3] if login != "/cms/login/" else language)


@pytest.mark.parametrize("login", LOGINS)
def test_every_login_counts_for_all_others(log_in, fail, login):
    fail(login=login)
    assert [log_in(password="ana", login=other).status_code for other in LOGINS] == [429] * 3


def test_a_colleague_beside_and_oneself_elsewhere_are_let_in(log_in, fail):
    fail()
    assert log_in("boris", "boris").status_code == 302
    assert log_in(password="ana", address=ELSEWHERE).status_code == 302


def test_the_time_is_not_lengthened_by_more_attempts(log_in, fail, settings):
    fail(7)
    AccessAttempt.objects.update(attempt_time=models.F("attempt_time") - datetime.timedelta(minutes=14))
    assert log_in(password="ana").status_code == 429
    AccessAttempt.objects.update(attempt_time=models.F("attempt_time") - datetime.timedelta(minutes=1))
    assert log_in(password="ana").status_code == 302


def test_a_login_makes_good_what_was_mistyped(log_in, fail):
    for _time in range(2):
        assert 429 not in fail(4)
        assert log_in(password="ana").status_code == 302


def test_another_browser_is_no_other_person(log_in, fail):
    fail(4)
    assert fail(1, HTTP_USER_AGENT="another") == [429]


class TestOneAddress:
    def test_it_tries_one_password_on_no_great_number_of_accounts(self, log_in):
        for number in range(FROM_ONE_ADDRESS - 1):
            many(1, f"somebody {number}")
        assert log_in("nobody").status_code == 429
        assert log_in("boris", "boris").status_code == 429
        assert log_in("boris", "boris", address=ELSEWHERE).status_code == 302

    def test_whoever_has_logged_in_there_is_let_in(self, log_in):
        assert log_in("boris", "boris").status_code == 302
        many(FROM_ONE_ADDRESS, "ana")
        assert log_in("boris", "boris").status_code == 302

    def test_a_login_of_ones_own_clears_nothing_of_the_others(self, log_in):
        assert log_in("boris", "boris").status_code == 302
        many(FROM_ONE_ADDRESS, "ana")
        log_in("boris", "boris")
        assert log_in("somebody").status_code == 429


class TestOneAccount:
    def test_many_addresses_try_no_great_number_of_passwords_on_it(self, log_in):
        for number in range(FOR_ONE_ACCOUNT - 1):
            many(1, address=f"192.0.2.{number}")
        assert log_in().status_code == 429
        assert log_in(password="ana", address=ELSEWHERE).status_code == 429
        assert log_in("boris", "boris").status_code == 302

    def test_its_owner_is_let_in_from_a_known_address(self, log_in):
        assert log_in(password="ana").status_code == 302
        many(FOR_ONE_ACCOUNT, address=ELSEWHERE)
        assert log_in(password="ana").status_code == 302

    def test_there_too_few_attempts_are_allowed(self, log_in, fail):
        log_in(password="ana")
        many(FOR_ONE_ACCOUNT, address=ELSEWHERE)
        assert fail(5) == [422, 422, 422, 422, 429]

    def test_an_address_of_long_ago_is_not_known(self, log_in):
        log_in(password="ana")
        AccessLog.objects.update(attempt_time=timezone.now() - KNOWN_FOR - datetime.timedelta(days=1))
        many(FOR_ONE_ACCOUNT, address=ELSEWHERE)
        assert log_in(password="ana").status_code == 429


class TestAddress:
    def test_it_is_the_one_that_the_proxy_has_seen(self, fail, log_in, settings):
        settings.PROXIES_IN_FRONT = 1
        # What stands before it is the client's own claim: another at each try helps nothing.
        claims = [f"10.0.0.{number}, {HERE}" for number in range(6)]
        tried = [log_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=claim).status_code for claim in claims]
        assert tried[-1] == 429
        assert log_in(password="ana", address="127.0.0.1", HTTP_X_FORWARDED_FOR=ELSEWHERE).status_code == 302

    @pytest.mark.parametrize(
        ("seen", "counted"),
        [
            ("203.0.113.1", "203.0.113.1"),
            ("::ffff:203.0.113.1", "203.0.113.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
            ("unknown", None),
            ("", None),
        ],
    )
    def test_a_network_of_ipv6_is_one(self, rf, seen, counted):
        assert counted_address(rf.get("/", REMOTE_ADDR=seen)) == counted

    def test_without_one_attempts_are_counted_too(self, fail):
        assert fail(address="unknown")[-1] == 429


def test_nothing_typed_is_kept_but_the_name(fail):
    fail(1, password="almost-my-password")
    (attempt,) = AccessAttempt.objects.values()
    assert "almost-my-password" not in str(attempt)


def test_a_failure_leaves_kept_pages_alone(client, page_cache, bg_home, fail, committed):
    client.get(bg_home.url)
    generation = page_cache.get("generation")
    assert generation
    with committed():
        fail(1)
    assert page_cache.get("generation") == generation


def test_old_attempts_and_logins_are_deleted(log_in, settings):
    many(3, "long ago", ago=settings.AXES_COOLOFF_TIME)
    log_in()
    assert not AccessAttempt.objects.filter(username="long ago").exists()
    log_in(password="ana")
    AccessLog.objects.update(attempt_time=timezone.now() - datetime.timedelta(days=31))
    call_command("axes_reset_logs")
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
class TestSharedPasswords:
    def assert_throttled(self, client, address, sent, language):
        tried = [client.post(address, sent).status_code for _try in range(SHARED_PASSWORDS)]
        assert tried == [422] * SHARED_PASSWORDS
        assert_locked_out(client.post(address, {**sent, "password": "sesame"}), language)
        elsewhere = client.post(address, {**sent, "password": "sesame"}, REMOTE_ADDR=ELSEWHERE)
        assert elsewhere.status_code == 302

    def test_of_a_page(self, client, site, language):
        story = {"bg": site.story, "en": site.en_story}[language]
        restriction = story.view_restrictions.create(restriction_type="password", password="sesame")
        address = f"/{language}/_util/authenticate_with_password/{restriction.pk}/{story.pk}/"
        self.assert_throttled(client, address, {"password": "guess", "return_url": story.url}, language)

    def test_of_documents(self, client, db, language):
        collection = Collection.get_first_root_node().add_child(name="Private")
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="password", password="sesame"
        )
        document = get_document_model()(title="Report", collection=collection)
        document.file.save("report.pdf", ContentFile(b"%PDF-"))
        address = f"/{language}/_util/document_password/{restriction.pk}/"
        self.assert_throttled(client, address, {"password": "guess", "return_url": document.url}, language)
        # Wagtail's own address for it is no way around.
        sent = {"password": "sesame", "return_url": document.url}
        assert (
            client.post(f"/documents/authenticate_with_password/{restriction.pk}/", sent).status_code == 429
        )
