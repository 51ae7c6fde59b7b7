"""Where a page can be read in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

X_DEFAULT = "x-default"


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switcher."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool


@dataclass(frozen=True)
class Alternate:
    """One `<link rel="alternate" hreflang>`."""

    hreflang: str
    url: str


def language_codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_name(code: str) -> str:
    """The language's own name for itself, as a title: Български, English."""
    name = translation.get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def reverse_in(language: str, viewname: str, *args) -> str:
    with translation.override(language):
        return reverse(viewname, args=args)


def home_url(language: str) -> str:
    return reverse_in(language, "wagtail_serve", "")


def language_links(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    """Every language's address of `page`: the page itself, or the one that says it is not translated yet.

    Where there is no saved page to translate, as on an error page, the links lead to the front pages.
    """
    current = translation.get_language()
    has_page = page is not None and page.pk is not None
    versions = page.live_translations if has_page else {}

    def url(code: str) -> str:
        if not has_page:
            return home_url(code)
        if code in versions:
            return versions[code].get_url(request)
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


def language_alternates(request: HttpRequest, page: Page | None) -> list[Alternate]:
    """The absolute addresses of the page's live versions, for search engines."""
    if page is None or page.pk is None or not page.live_translations:
        return []
    return list(_alternates(request, page.live_translations))


def _alternates(request: HttpRequest, versions: Mapping[str, Page]) -> Iterator[Alternate]:
    for code in language_codes():
        if code in versions:
            yield Alternate(code, versions[code].get_full_url(request))
    default = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
    yield Alternate(X_DEFAULT, default.get_full_url(request))
