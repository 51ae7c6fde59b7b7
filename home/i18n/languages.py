"""Where a page can be read in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import global_settings, settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, Site

from home.routing.query import kept_parameters, query_for, shows_all_from_the_start

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


@dataclass(frozen=True)
class FrontPage:
    language: str
    url: str


def language_codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_choices() -> list[tuple[str, str]]:
    """Every language that Django can name: events and publications come in more than those of the site."""
    own = language_codes()
    others = [(code, gettext(name)) for code, name in global_settings.LANGUAGES if code not in own]
    names = [(code, translation.get_language_info(code)["name_translated"]) for code in own]
    return [*names, *sorted(others, key=lambda choice: choice[1].casefold())]


def language_name(code: str) -> str:
    """The language's own name for itself, as a title: Български, English."""
    name = language_name_in_text(code)
    return name[:1].upper() + name[1:]


def language_name_in_text(code: str) -> str:
    """The same in the middle of a sentence: български, English."""
    return translation.get_language_info(code)["name_local"]


def language_name_for_visitor(code: str) -> str:
    """What the language of the visit calls it, in the middle of a sentence: английски, Bulgarian."""
    name = translation.get_language_info(code)["name_translated"]
    # Where the names of languages are written small, so is a language's name for itself.
    is_written_small = language_name_in_text(translation.get_language())[0].islower()
    return name[:1].lower() + name[1:] if is_written_small else name


def reverse_in(language: str, viewname: str, *args) -> str:
    with translation.override(language):
        return reverse(viewname, args=args)


def home_url(language: str) -> str:
    return reverse_in(language, "wagtail_serve", "")


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
    """Of the language of the visit, or of another where that one has none that is live."""
    language = translation.get_language()
    # Known from the way to the page, without another query.
    family = [*getattr(page, "pages_above", ()), page] if page is not None and page.pk else []
    if request is None or any(each.depth == 2 and each.live for each in family):
        return home_url(language)
    nearest = nearest_front_pages(request).get(language)
    return nearest.url if nearest else home_url(language)


def language_links(
    request: HttpRequest, page: Page | None, addresses: Mapping[str, str] | None = None
) -> list[LanguageLink]:
    """Every language's address of `page`: the page itself, or the one that says it is not translated yet.

    What is no page of the tree and yet there in every language, as the search is, brings its `addresses`. Where there is
    neither, as on an error page, the links lead to the front pages.
    """
    addresses = addresses or {}
    current = translation.get_language()
    has_page = page is not None and page.pk is not None
    versions = page.live_translations if has_page else {}
    kept = kept_parameters(request, page)

    def url(code: str) -> str:
        if code in addresses:
            return addresses[code]
        if not has_page:
            return home_url(code)
        if code in versions:
            version = page if versions[code].pk == page.pk else versions[code]
            return version.get_url(request) + query_for(version, kept)
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
    if not shows_all_from_the_start(kept_parameters(request, page)):
        # What is on the second page of a list in one language may be on the first in another.
        return []
    return order_alternates(
        {code: version.get_full_url(request) for code, version in page.live_translations.items()}
    )


def order_alternates(addresses: Mapping[str, str]) -> list[Alternate]:
    """A page's addresses by language, in the site's order of languages, and the one for speakers of any other."""
    codes = [code for code in language_codes() if code in addresses]
    default = addresses.get(settings.LANGUAGE_CODE) or addresses[codes[0]]
    return [*(Alternate(code, addresses[code]) for code in codes), Alternate(X_DEFAULT, default)]
