"""From an answer to its entry, and back."""

import gzip
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from home.page_cache.store import Entry

# To be kept anywhere and asked about every time: no browser and no CDN shows an old page, and an unchanged page costs
# a 304 from this cache.
PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, max-age=0, must-revalidate"

_COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/manifest+json")
_FEWEST_BYTES_TO_COMPRESS = 200
_GZIP_LEVEL = 6


def entry_of(response: HttpResponse, *, generation: str, expires_at: float, query: str) -> Entry:
    body = response.content
    compressed = b""
    if _is_compressible(response):
        # Nothing in here is secret or typed by the visitor, so its length tells nothing (BREACH).
        compressed = gzip.compress(body, _GZIP_LEVEL, mtime=0)
        if len(compressed) >= len(body):
            compressed = b""
        patch_vary_headers(response, ["Accept-Encoding"])
    response.headers.setdefault("Cache-Control", PUBLIC)
    # Weak: one for the body as it is and as it is compressed.
    response.headers.setdefault("ETag", f'W/"{blake2b(body, digest_size=16).hexdigest()}"')
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Entry(generation, expires_at, query, headers, body, compressed)


def answer(request: HttpRequest, entry: Entry, response: HttpResponse | None = None) -> HttpResponse:
    """Answers `request` from `entry`, in the entry's own response if that is at hand."""
    body = entry.body
    if entry.compressed and _takes_gzip(request):
        body = entry.compressed
    if response is None:
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=entry.headers)
    else:
        response.content = body
    if body is entry.compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    if "HTTP_IF_NONE_MATCH" in request.META:
        return get_conditional_response(request, etag=entry.headers["ETag"], response=response)
    return response


def keep_from_others(response: HttpResponse) -> None:
    """Keeps everybody between here and the visitor from sharing an answer outside this cache.

    Redirects too: browsers keep a permanent one for good, and an editor may use the old address again.
    """
    is_page = response.get("Content-Type", "").startswith("text/html")
    if not response.streaming and (is_page or 300 <= response.status_code < 400):
        response.headers.setdefault("Cache-Control", PRIVATE)


def _is_compressible(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "").partition(";")[0]
    return len(response.content) >= _FEWEST_BYTES_TO_COMPRESS and (
        kind.startswith(_COMPRESSIBLE) or kind.endswith(("+xml", "/xml"))
    )


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "").replace("gzip;q=0.", "gzip")
