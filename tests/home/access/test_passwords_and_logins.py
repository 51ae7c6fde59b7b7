"""What strangers meet in place of what is not for everybody: in their language, and telling nothing of it."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from home.i18n.wagtail_words import WORDS

LANGUAGES = ["bg", "en"]
OTHER = {"bg": "en", "en": "bg"}
PASSWORD = {"bg": "Необходима е парола", "en": "Password required"}
LOGIN = {"bg": "Вход", "en": "Log in"}
WRONG = {
    "bg": "Въведената парола не е вярна. Опитайте отново.",
    "en": "The password you have entered is not correct. Please try again.",
}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def switcher(response):
    return {link["hreflang"]: link["href"] for link in soup(response).select(".languages a")}


def assert_is_a_question(response, language, title):
    page = soup(response)
    assert page.html["lang"] == language
    assert response["Content-Language"] == language
    assert page.h1.text.strip() == title[language]
    assert title[language] in page.title.text
    # The site's own shell
    assert page.select_one(".site-header .wordmark")
    assert page.select_one("footer")
    assert "noindex" in response["X-Robots-Tag"]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    for field in page.select("main form input:not([type=hidden])"):
        assert page.select_one(f"label[for={field['id']}]")


def assert_announces(response, sentence):
    page = soup(response)
    assert response.status_code == 422
    assert sentence in page.select_one("[role=alert]").text
    field = page.select_one("main form [aria-invalid=true]")
    if field:
        assert sentence in page.find(id=field["aria-describedby"]).text


@pytest.fixture
def stories(site):
    return {"bg": site.story, "en": site.en_story}


@pytest.fixture
def with_password(stories):
    for language, story in stories.items():
        story.view_restrictions.create(restriction_type="password", password=f"sesame-{language}")
    return stories


@pytest.fixture
def with_login(stories):
    for story in stories.values():
        story.view_restrictions.create(restriction_type="login")
    return stories


@pytest.fixture
def reader(django_user_model):
    return django_user_model.objects.create_user("reader", "reader@example.org", "reader")


@pytest.fixture
def private_document(db):
    def private_document(**restriction):
        root = Collection.get_first_root_node()
        collection = root.add_child(name="Private")
        CollectionViewRestriction.objects.create(collection=collection, **restriction)
        document = get_document_model()(title="Report", collection=collection)
        document.file.save("report.pdf", ContentFile(b"%PDF-"))
        document.save()
        return document

    return private_document


@pytest.mark.parametrize("language", LANGUAGES)
class TestPasswordOfAPage:
    def test_it_is_asked_for_in_the_language_of_the_page(self, client, with_password, language):
        response = client.get(with_password[language].url)
        assert_is_a_question(response, language, PASSWORD)
        assert switcher(response) == {code: story.url for code, story in with_password.items()}

    def test_nothing_of_the_page_is_told(self, client, with_password, language):
        answer = client.get(with_password[language].url).text
        story = with_password[language]
        assert story.title not in answer
        assert story.lead not in answer
        assert "og:title" not in answer
        assert "application/ld+json" not in answer

    def test_a_wrong_one_is_refused_aloud_and_the_switcher_still_leads_on(
        self, client, with_password, language
    ):
        story = with_password[language]
        form = soup(client.get(story.url)).select_one("main form")
        sent = {"password": "guess", "return_url": form.select_one("[name=return_url]")["value"]}
        response = client.post(form["action"], sent)
        assert_is_a_question(response, language, PASSWORD)
        assert_announces(response, WRONG[language])
        assert switcher(response)[OTHER[language]] == with_password[OTHER[language]].url

    def test_the_right_one_opens_it(self, client, with_password, language):
        story = with_password[language]
        action = soup(client.get(story.url)).select_one("main form")["action"]
        sent = {"password": f"sesame-{language}", "return_url": story.url}
        response = client.post(action, sent, follow=True)
        assert response.redirect_chain == [(story.url, 302)]
        assert soup(response).h1.text.strip() == story.title

    def test_no_cache_keeps_the_question(self, client, page_cache, with_password, language):
        story = with_password[language]
        assert PASSWORD[language] in client.get(story.url).text
        story.view_restrictions.all().delete()
        assert soup(client.get(story.url)).h1.text.strip() == story.title

    def test_the_number_of_a_page_does_not_tell_its_address(self, client, with_password, site, language):
        restriction = with_password[language].view_restrictions.get()
        response = client.get(
            f"/{language}/_util/authenticate_with_password/{restriction.pk}/{site.theme.pk}/"
        )
        assert_is_a_question(response, language, PASSWORD)
        assert site.theme.slug not in response.text


@pytest.mark.parametrize("language", LANGUAGES)
class TestLogin:
    def test_it_is_asked_for_in_the_language_of_the_page(self, client, with_login, language):
        response = client.get(with_login[language].url, follow=True)
        assert_is_a_question(response, language, LOGIN)
        assert switcher(response) == {code: story.url for code, story in with_login.items()}
        switched = client.get(switcher(response)[OTHER[language]], follow=True)
        assert_is_a_question(switched, OTHER[language], LOGIN)

    def test_it_refuses_aloud(self, client, with_login, language):
        login = client.get(with_login[language].url).url
        response = client.post(login, {"username": "reader", "password": "guess"})
        assert_is_a_question(response, language, LOGIN)
        sentence = {"bg": "въведете правилните", "en": "Please enter a correct username and password"}
        assert_announces(response, sentence[language])

    def test_it_leads_back(self, client, with_login, reader, language):
        story = with_login[language]
        form = soup(client.get(story.url, follow=True)).select_one("main form")
        sent = {"username": "reader", "password": "reader", "next": story.url}
        response = client.post(form["action"], sent, follow=True)
        assert soup(response).h1.text.strip() == story.title

    def test_an_account_without_the_right_is_told_so(self, client, stories, reader, language):
        stories[language].view_restrictions.create(restriction_type="groups")
        client.force_login(reader)
        response = client.get(stories[language].url, follow=True)
        sentence = {"bg": "Вашият профил няма достъп", "en": "Your account may not open this"}
        assert sentence[language] in soup(response).select_one(".state").text

    def test_it_leads_to_no_other_host(self, client, reader, language):
        sent = {"username": "reader", "password": "reader", "next": "https://evil.example/"}
        response = client.post(f"/{language}/_util/login/", sent)
        assert response.url == "/"

    def test_without_a_page_the_switcher_leads_to_the_other_login(self, client, db, language):
        response = client.get(f"/{language}/_util/login/?next=/documents/1/a.pdf")
        query = urlencode({"next": "/documents/1/a.pdf"})
        assert switcher(response)[OTHER[language]] == f"/{OTHER[language]}/_util/login/?{query}"


@pytest.mark.parametrize("language", LANGUAGES)
class TestDocument:
    def test_its_password_is_asked_for_in_the_language_of_the_page_with_the_link(
        self, client, private_document, language
    ):
        document = private_document(restriction_type="password", password="sesame")
        page = {"Referer": f"http://testserver/{language}/about/", "Accept-Language": OTHER[language]}
        response = client.get(document.url, headers=page, follow=True)
        assert_is_a_question(response, language, PASSWORD)
        other = client.get(switcher(response)[OTHER[language]])
        assert_is_a_question(other, OTHER[language], PASSWORD)
        form = soup(response).select_one("main form")
        sent = {"password": "guess", "return_url": form.select_one("[name=return_url]")["value"]}
        refused = client.post(form["action"], sent)
        assert_is_a_question(refused, language, PASSWORD)
        assert_announces(refused, WRONG[language])
        opened = client.post(form["action"], {**sent, "password": "sesame"}, follow=True)
        assert b"".join(opened.streaming_content) == b"%PDF-"

    def test_without_such_a_page_the_browser_says_the_language(self, client, private_document, language):
        document = private_document(restriction_type="password", password="sesame")
        response = client.get(document.url, headers={"Accept-Language": language}, follow=True)
        assert_is_a_question(response, language, PASSWORD)

    def test_a_login_is_asked_for_likewise(self, client, private_document, language):
        document = private_document(restriction_type="login")
        response = client.get(document.url, headers={"Accept-Language": language})
        address = urlsplit(response.url)
        assert address.path == f"/{language}/_util/login/"
        assert parse_qs(address.query) == {"next": [document.url]}
        assert "no-store" in response["Cache-Control"]

    def test_it_leads_to_no_other_host(self, client, private_document, language):
        document = private_document(restriction_type="password", password="sesame")
        restriction = document.collection.get_view_restrictions().get()
        address = f"/{language}/_util/document_password/{restriction.pk}/"
        assert "evil.example" not in client.get(f"{address}?next=https://evil.example/").text
        sent = {"password": "sesame", "return_url": "https://evil.example/"}
        assert client.post(address, sent).url == "/"

    def test_another_kind_of_restriction_has_no_password(self, client, private_document, language):
        document = private_document(restriction_type="login")
        restriction = document.collection.get_view_restrictions().get()
        sent = {"password": "", "return_url": document.url}
        response = client.post(f"/{language}/_util/document_password/{restriction.pk}/", sent)
        assert response.status_code == 404


class TestAdmin:
    @pytest.mark.parametrize(
        ("language", "heading"), [("bg", "Вход в Wagtail"), ("en", "Sign in to Wagtail")]
    )
    def test_the_login_speaks_the_language_of_the_browser(self, client, db, language, heading):
        response = client.get("/cms/login/", headers={"Accept-Language": language})
        assert soup(response).html["lang"] == language
        assert soup(response).h1.text.strip() == heading

    @pytest.mark.parametrize(
        ("language", "subject", "sentence"),
        [
            ("bg", "Нова парола", "Отворете връзката по-долу"),
            ("en", "Password reset", "Please follow the link below"),
        ],
    )
    def test_so_does_the_mail_with_a_new_password(self, client, reader, language, subject, sentence):
        reader.is_superuser = True
        reader.save()
        asked = client.post(
            "/cms/password_reset/",
            {"email": reader.email},
            headers={"Accept-Language": language},
            follow=True,
        )
        assert asked.status_code == 200
        assert [subject in mail.outbox[0].subject, sentence in mail.outbox[0].body] == [True, True]

    def test_every_word_of_wagtails_has_its_bulgarian(self):
        with translation.override("bg"):
            assert [word for word in WORDS if gettext(word).isascii()] == []
