"""From the address that a stranger asked for to the same thing in each language."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Page

from home.i18n.languages import home_url, language_codes, reverse_in


def addresses_of(request: HttpRequest, asked_for: str) -> dict[str, str]:
    """The page at the path `asked_for`, by language: nothing for other paths.

    The path is the visitor's own knowledge. A number of a page would tell its address to whoever counts.
    """
    page = _page_at(request, asked_for)
    if page is None:
        return {}
    versions = page.live_translations
    return {
        code: versions[code].get_url(request) if code in versions else home_url(code)
        for code in language_codes()
    }


def question_addresses(viewname: str, *args, asked_for: str) -> dict[str, str]:
    """The same question in each language, for what has no language itself."""
    return {code: question_address(code, viewname, *args, asked_for=asked_for) for code in language_codes()}


def question_address(language: str, viewname: str, *args, asked_for: str) -> str:
    query = f"?{urlencode({'next': asked_for})}" if asked_for else ""
    return reverse_in(language, viewname, *args) + query


def safe_path(request: HttpRequest, address: str) -> str:
    """The address where it lies on this host, else nothing."""
    is_own = url_has_allowed_host_and_scheme(address, request.get_host(), request.is_secure())
    return address if is_own else ""


def _page_at(request: HttpRequest, path: str) -> Page | None:
    path = urlsplit(path).path
    language = translation.get_language_from_path(path)
    if language is None:
        return None
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if match.url_name != "wagtail_serve":
            return None
        page = Page.find_for_request(request, *match.args, **match.kwargs)
    return page if hasattr(page, "live_translations") else None
