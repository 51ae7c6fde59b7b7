"""Headers of uploaded files, wherever the site sends them itself."""

from collections.abc import Callable
from mimetypes import guess_type

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Whatever else a browser could run or draw is saved, not shown.
SHOWN = {"application/pdf", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
_SENT = {200, 206, 304}


class DocumentHeadersMiddleware:
    """No upload acts as a page of the site, whatever its name or content.

    Drops the `Content-Encoding: None` of Wagtail's, too: browsers may refuse an encoding unknown to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _SENT and _is_upload(request):
            if response.get("Content-Encoding") == "None":
                del response["Content-Encoding"]
            _disarm(response, request.path)
        return response


def _is_upload(request: HttpRequest) -> bool:
    match = request.resolver_match
    is_document = match is not None and match.url_name == "wagtaildocs_serve"
    # The development server sends the folder of uploads.
    return is_document or request.path.startswith(settings.MEDIA_URL)


def _disarm(response: HttpResponse, path: str) -> None:
    # "Not modified" has no type, and its headers may replace those of the kept file.
    named = response.get("Content-Type") or guess_type(path)[0] or ""
    content_type = named.partition(";")[0].strip().lower()
    if content_type not in SHOWN and not response.get("Content-Disposition", "").startswith("attachment"):
        response["Content-Disposition"] = "attachment"
    # Browsers open no PDF in a sandbox.
    is_pdf = content_type == "application/pdf"
    response["Content-Security-Policy"] = "default-src 'none'" if is_pdf else "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
