"""The language of a reader where the address has none."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import translation


def language_of_reader(request: HttpRequest) -> str:
    """The language of the page before, else the one chosen on the site, else the browser's."""
    before = urlsplit(request.headers.get("Referer", ""))
    language = (
        translation.get_language_from_path(before.path) if before.netloc == request.get_host() else None
    )
    return language or translation.get_language_from_request(request)
