"""The language switcher: the address of a page in every language.

Without a version in a language, the link leads to `home.i18n.untranslated_page`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from home.i18n.languages import (
    home_url,
    language_codes,
    language_name,
    reverse_in,
)
from home.routing.query import canonical_query, query_for


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switcher."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool


def language_links(
    request: HttpRequest, page: Page | None, addresses: Mapping[str, str] | None = None
) -> list[LanguageLink]:
    """Every language's address of `page`: the page itself, or the note on its missing translation.

    A view in every language, such as the search, brings its `addresses`. Without page and addresses, as on an error
    page, the links lead to the front pages.
    """
    addresses = addresses or {}
    current = translation.get_language()
    has_page = page is not None and page.pk is not None
    versions = page.live_translations if has_page else {}
    query = canonical_query(request, page)

    def url(code: str) -> str:
        if code in addresses:
            return addresses[code]
        if not has_page:
            return home_url(code)
        if code in versions:
            version = page if versions[code].pk == page.pk else versions[code]
            return version.get_url(request) + query_for(version, query)
        return reverse_in(code, "untranslated_page", page.pk)

    return [
        LanguageLink(
            code=code,
            name=language_name(code),
            url=url(code),
            is_current=code == current,
            is_translated=code in versions or not has_page,
        )
        for code in language_codes()
    ]
