"""The front page for readers of each language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site

from home.i18n.languages import (
    home_url,
    language_codes,
)


@dataclass(frozen=True)
class FrontPage:
    language: str
    url: str


def nearest_front_pages(request: HttpRequest) -> dict[str, FrontPage]:
    """By language, the front page to offer to its readers: their own, or one in another language where it is not live."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    live = set(
        site.root_page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True)
    )
    any_live = next((code for code in (settings.LANGUAGE_CODE, *language_codes()) if code in live), None)
    if any_live is None:
        return {}
    nearest = {code: code if code in live else any_live for code in language_codes()}
    return {code: FrontPage(language, home_url(language)) for code, language in nearest.items()}


def front_page_url(request: HttpRequest | None, page: Page | None) -> str:
    """The front page of the active language, or of another while that is not live."""
    language = translation.get_language()
    # Known from the way to the page, without another query.
    family = [*getattr(page, "pages_above", ()), page] if page is not None and page.pk else []
    if request is None or any(each.depth == 2 and each.live for each in family):
        return home_url(language)
    nearest = nearest_front_pages(request).get(language)
    return nearest.url if nearest else home_url(language)
