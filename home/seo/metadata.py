"""The head of a page for search engines and for sites of shared links."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from home.i18n.languages import language_codes
from home.navigation.breadcrumbs import breadcrumbs
from home.routing.query import canonical_query, is_filtered
from home.seo.structured_data import as_script, breadcrumb_list, default_image_address, image_address

# Open Graph wants a territory with each language.
TERRITORIES = {"bg": "BG", "en": "GB"}


@dataclass(frozen=True)
class Metadata:
    # Empty where the page is not to be indexed: it is then nobody's canonical one.
    canonical: str
    is_indexed: bool
    url: str
    kind: str
    title: str
    description: str
    image: str
    image_alt: str
    locale: str
    other_locales: list[str]
    structured_data: SafeString


def page_metadata(request: HttpRequest | None, page) -> Metadata | None:
    """Returns None without an address: on errors, and in the preview of a page never saved."""
    if request is None or page is None or page.pk is None:
        return None
    address = page.get_full_url(request)
    if address is None:
        return None
    query = canonical_query(request, page)
    if query:
        address = f"{address}?{query.urlencode()}"
    filtered = is_filtered(query)
    image = page.shared_image
    things = page.structured_data(request)
    if crumbs := breadcrumbs(request, page):
        things = [*things, breadcrumb_list(request, page, crumbs)]
    language = page.locale.language_code
    return Metadata(
        canonical="" if filtered else address,
        is_indexed=not filtered,
        url=address,
        kind=page.shared_kind,
        title=page.seo_title or page.title,
        description=page.summary,
        image=image_address(request, image) if image else default_image_address(request),
        image_alt=page.shared_image_alt if image else _("IOM Bulgaria"),
        locale=open_graph_locale(language),
        other_locales=[
            open_graph_locale(code)
            for code in language_codes()
            if code in page.live_translations and code != language
        ],
        structured_data=as_script(things) if things else SafeString(),
    )


def open_graph_locale(language: str) -> str:
    if language in TERRITORIES:
        return f"{language}_{TERRITORIES[language]}"
    return translation.to_locale(language)
