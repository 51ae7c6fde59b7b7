"""Uploads as the site itself sends them: none is a page of the site."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.views.static import serve
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from home.routing.document_headers import DocumentHeadersMiddleware

pytestmark = pytest.mark.django_db

SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
ACTIVE = ["htm", "html", "js", "svg", "SVG", "xht", "xhtml", "xml"]
SANDBOX = "default-src 'none'; sandbox"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def document():
    """Makes a document past the form: by a migration, or before a rule was there."""

    def document(name, content=SCRIPT):
        collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
        made = get_document_model()(title="Report", collection=collection)
        made.file.save(name, ContentFile(content))
        made.save()
        return made

    return document


def assert_is_saved(response):
    assert response["Content-Disposition"].partition(";")[0] == "attachment"
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_names_no_encoding_that_browsers_do_not_know(client, document):
    response = client.get(document("report.pdf", b"%PDF-1.4").url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in response


def test_a_pdf_is_shown_and_runs_nothing(client, document):
    response = client.get(document("report.pdf").url)
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("extension", ACTIVE)
def test_a_document_that_would_run_is_saved(client, document, extension):
    assert_is_saved(client.get(document(f"report.{extension}").url))


def test_what_a_browser_has_kept_stays_disarmed(client, document):
    address = document("report.html").url
    known = client.get(address)["ETag"]
    response = client.get(address, headers={"If-None-Match": known})
    assert response.status_code == 304
    assert response["Content-Security-Policy"] == SANDBOX


def test_a_question_before_a_document_stays_a_page(client, document):
    response = client.get(document("report.html").url.replace("report", "another"))
    assert response.status_code == 404
    assert "sandbox" not in response["Content-Security-Policy"]
    assert "Content-Disposition" not in response


@pytest.mark.parametrize("extension", ACTIVE)
def test_the_development_server_has_it_saved_too(rf, media, extension):
    (media / f"a.{extension}").write_bytes(SCRIPT)
    request = rf.get(f"/media/a.{extension}")
    request.resolver_match = None
    send = DocumentHeadersMiddleware(lambda _request: serve(_request, f"a.{extension}", str(media)))
    assert_is_saved(send(request))


def test_the_development_server_shows_pictures(rf):
    request = rf.get("/media/a.png")
    request.resolver_match = None
    send = DocumentHeadersMiddleware(lambda _request: HttpResponse(b"", content_type="image/png"))
    response = send(request)
    assert "Content-Disposition" not in response
    assert response["Content-Security-Policy"] == SANDBOX


REFUSALS = {"bg": "Не са разрешени файлове", "en": "is not allowed"}


@pytest.mark.parametrize("language", REFUSALS)
@pytest.mark.parametrize("extension", ACTIVE)
def test_a_document_that_would_run_is_refused_at_upload(admin_client, admin_user, extension, language):
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    sent = {"title": "Report", "file": SimpleUploadedFile(f"a.{extension}", SCRIPT)}
    response = admin_client.post(reverse("wagtaildocs:add"), sent)
    assert REFUSALS[language] in response.context["form"].errors["file"][0]
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.html"], ids=["by its name", "as another", "as a page"])
def test_a_drawing_that_would_run_is_refused_at_upload(admin_client, name):
    sent = {"title": "Report", "file": SimpleUploadedFile(name, SCRIPT)}
    response = admin_client.post(reverse("wagtailimages:add"), sent)
    assert response.context["form"].errors["file"]
    assert not get_image_model().objects.exists()
