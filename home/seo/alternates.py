"""A page's versions for search engines: `<link rel=alternate hreflang>`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from home.i18n.languages import (
    language_codes,
)
from home.routing.query import canonical_query, is_default_view

X_DEFAULT = "x-default"


@dataclass(frozen=True)
class Alternate:
    """One `<link rel="alternate" hreflang>`."""

    hreflang: str
    url: str


def language_alternates(request: HttpRequest, page: Page | None) -> list[Alternate]:
    """The absolute addresses of the page's live versions, for search engines."""
    if page is None or page.pk is None or not page.live_translations:
        return []
    if not is_default_view(canonical_query(request, page)):
        # Items on a list's second page in one language may be on the first in another.
        return []
    return order_alternates(
        {code: version.get_full_url(request) for code, version in page.live_translations.items()}
    )


def order_alternates(addresses: Mapping[str, str]) -> list[Alternate]:
    """A page's addresses by language, in the site's order of languages, and the one for speakers of any other."""
    codes = [code for code in language_codes() if code in addresses]
    default = addresses.get(settings.LANGUAGE_CODE) or addresses[codes[0]]
    return [*(Alternate(code, addresses[code]) for code in codes), Alternate(X_DEFAULT, default)]
