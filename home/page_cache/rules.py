"""Requests to answer from the cache, and answers to keep for others."""

from hashlib import blake2b
from zlib import crc32

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import cc_delim_re

#: How many query strings are kept of one path at most, whatever is asked for.
PLACES_PER_PATH = 64
MOST_CHARACTERS_OF_QUERY = 100
MOST_CHARACTERS_OF_PATH = 1000
MOST_BYTES = 1024 * 1024

_PRIVATE = {"private", "no-store", "no-cache"}


def may_be_shared(request: HttpRequest) -> bool:
    """Whether everyone who asks this gets the same answer."""
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request.META:
        return False
    # A preview comes by this way too, under the address of the live page.
    if getattr(request, "is_dummy", False):
        return False
    # Whoever is logged in or has a message waiting.
    if "HTTP_COOKIE" in request.META and not request.COOKIES.keys().isdisjoint(
        (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    ):
        return False
    # Wagtail serves a page under any number of slashes: as many addresses as somebody cares to ask for.
    if "//" in request.path or len(request.path) > MOST_CHARACTERS_OF_PATH:
        return False
    return not request.META.get("QUERY_STRING") or _is_known_query(request)


def _is_known_query(request: HttpRequest) -> bool:
    return (
        len(request.META["QUERY_STRING"]) <= MOST_CHARACTERS_OF_QUERY
        and request.GET.keys() <= settings.PAGE_CACHE_QUERY_PARAMETERS
    )


def key_of(request: HttpRequest, release: str) -> str:
    """Digests everything in a request with a part in the answer, but for the exact query string.

    The query string is one of a limited number of places of its path: nobody can fill the cache by asking. A
    newcomer in an occupied place puts out the old entry.
    """
    query = request.META.get("QUERY_STRING", "")
    place = crc32(query.encode()) % PLACES_PER_PATH if query else ""
    whole = f"{release} {request.scheme}://{request.get_host()} {place} {request.path}"
    return blake2b(whole.encode(errors="surrogatepass"), digest_size=20).hexdigest()


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer to a sharable request shows nothing of the visitor."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and len(response.content) <= MOST_BYTES
        and _names(response, "Vary") <= {"accept-encoding"}
        and _PRIVATE.isdisjoint(_names(response, "Cache-Control"))
        # A form with its token. Django says nothing of it in the answer to a visitor who brings the token's cookie.
        and "CSRF_COOKIE" not in request.META
        # Any other cookie might have been looked at; the visitor's language is, at `/` alone.
        and request.COOKIES.keys() <= {settings.LANGUAGE_COOKIE_NAME}
    )


def seconds_allowed(response: HttpResponse) -> float | None:
    """The view's own limit, where it has set one."""
    for directive in _names(response, "Cache-Control"):
        name, _, value = directive.partition("=")
        if name == "max-age":
            return float(value) if value.isdecimal() else 0
    return None


def _names(response: HttpResponse, header: str) -> set[str]:
    return {name for name in cc_delim_re.split(response.get(header, "").strip().lower()) if name}
