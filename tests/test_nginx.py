"""The proxy as deploy/nginx.conf sets it up: private documents are for those who may read them."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.utils import sendfile

CHECKOUT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.django_db(transaction=True)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def get(address: str, **headers: str):
    """The status, the headers and the body."""
    opener = urllib.request.build_opener(NoRedirects)
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=10) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def media(tmp_path, settings) -> Path:
    folder = tmp_path / "media"
    for below in ("documents", "images"):
        (folder / below).mkdir(parents=True)
    settings.MEDIA_ROOT = folder
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT, settings.SENDFILE_URL = folder, "/media/"
    sendfile._get_sendfile.clear()
    yield folder
    sendfile._get_sendfile.clear()


@pytest.fixture
def proxy(live_server, media, tmp_path):
    """The address of an nginx in front of the site."""
    if shutil.which("nginx") is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is missing")
        pytest.skip("nginx is missing")
    port = free_port()
    lines = (CHECKOUT / "deploy" / "nginx.conf").read_text(encoding="utf-8").splitlines()
    served = "\n".join(line for line in lines if "ssl_certificate" not in line)
    for ours, theirs in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8000", live_server.url.removeprefix("http://")),
        ("/srv/site", str(tmp_path)),
        ("www.example.org", "localhost"),
    ):
        assert ours in served
        served = served.replace(ours, theirs)
    for folder in (tmp_path, *tmp_path.parents):
        # nginx gives up root's rights.
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    configuration = tmp_path / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    configuration.write_text(
        f"{user} daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log; worker_processes 1; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {tmp_path}/body;"
        f" proxy_temp_path {tmp_path}/proxied;\n{served}\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(["nginx", "-c", str(configuration), "-p", str(tmp_path)])
    try:
        for _try in range(250):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.02)
        else:
            pytest.fail((tmp_path / "error.log").read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def document(title: str, collection: Collection, ending: str = "pdf"):
    made = get_document_model()(title=title, collection=collection)
    made.file.save(f"{title}.{ending}", ContentFile(b"%PDF-1.4 " + title.encode()))
    made.save()
    return made


@pytest.fixture
def open_collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


@pytest.fixture
def private_collection(open_collection) -> Collection:
    private = open_collection.add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    return private


def test_a_document_comes_from_the_proxy_once_the_site_has_allowed_it(proxy, open_collection):
    made = document("Доклад", open_collection)
    status, headers, body = get(proxy + quote(made.url, safe="/%"))
    assert (status, body) == (200, b"%PDF-1.4 " + "Доклад".encode())
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Encoding"] is None
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert "X-Accel-Redirect" not in headers
    status, _headers, body = get(proxy + quote(made.url, safe="/%"), Range="bytes=0-3")
    assert (status, body) == (206, b"%PDF")


def test_a_private_one_leads_a_stranger_to_the_login(proxy, private_collection):
    made = document("Secret", private_collection)
    status, headers, body = get(proxy + made.url)
    assert status == 302
    assert "login" in headers["Location"]
    assert b"Secret" not in body.replace(made.url.encode(), b"")


@pytest.mark.parametrize(
    "address",
    ["{}", "/media//documents/{name}", "/media/./documents/{name}", "/media/images/../documents/{name}"],
)
def test_no_document_is_found_under_its_address_in_the_folder(proxy, private_collection, address):
    made = document("Secret", private_collection)
    name = made.file.name.removeprefix("documents/")
    assert get(proxy + address.format(made.file.url, name=name))[0] == 404


@pytest.mark.parametrize("extension", ["htm", "html", "js", "SVG", "xhtml", "xml"])
def test_a_document_that_would_run_is_saved(proxy, open_collection, extension):
    made = document("Run", open_collection, extension)
    status, headers, _body = get(proxy + made.url)
    assert (status, headers["Content-Disposition"].partition(";")[0]) == (200, "attachment")
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]


def test_pictures_are_sent_by_the_proxy_to_be_shown(proxy, media):
    for name in ("a.png", "B.JPG"):
        (media / "images" / name).write_bytes(b"picture")
        status, headers, body = get(f"{proxy}/media/images/{name}")
        assert (status, body, headers["Content-Disposition"]) == (200, b"picture", None)
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["a.svg", "a.SVG", "a.png.html", "a.shtml", "a.xsl", "a", "a.png.", "a.unheard"]
)
def test_whatever_else_lies_there_is_saved(proxy, media, name):
    (media / "images" / name).write_bytes(b"<svg onload='alert(1)'/>")
    status, headers, _body = get(f"{proxy}/media/images/{name}")
    assert (status, headers["Content-Disposition"]) == (200, "attachment")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_pages_pass_through_it(proxy, language):
    assert get(f"{proxy}/{language}/admin-of-nothing/")[0] == 404
