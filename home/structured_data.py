"""What pages tell machines about themselves, in schema.org's words (JSON-LD) and in the language of the page."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, Site

from home.languages import home_url

Thing = dict[str, Any]

SHARED_IMAGE = "fill-1200x630|format-jpeg"
# As in django.utils.html.json_script: nothing in a text can end the script element that it stands in.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(request: HttpRequest, url: str) -> str:
    """An address of the site with its host: what others keep must not follow the host of one request."""
    site = Site.find_for_request(request)
    return site.root_url + url if site and url.startswith("/") else url


def image_address(request: HttpRequest, image) -> str:
    return absolute(request, get_rendition_or_not_found(image, SHARED_IMAGE).url)


def organization(request: HttpRequest) -> Thing:
    return {
        "@type": "Organization",
        "@id": absolute(request, home_url(translation.get_language())) + "#organization",
        "name": _("IOM Bulgaria"),
        "url": absolute(request, home_url(translation.get_language())),
        "logo": absolute(request, static("img/apple-touch-icon.png")),
        "parentOrganization": {
            "@type": "Organization",
            "name": _("International Organization for Migration"),
            "url": "https://www.iom.int/",
        },
    }


def website(request: HttpRequest, home: Page) -> Thing:
    address = home.get_full_url(request)
    return {
        "@type": "WebSite",
        "@id": f"{address}#website",
        "url": address,
        "name": _("IOM Bulgaria"),
        "inLanguage": home.locale.language_code,
        "publisher": {"@id": organization(request)["@id"]},
    }


def news_article(request: HttpRequest, page) -> Thing:
    address = page.get_full_url(request)
    publisher = organization(request)
    article = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": address,
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "datePublished": page.date.isoformat(),
        "author": publisher,
        "publisher": {"@id": publisher["@id"]},
    }
    if page.last_published_at:
        article["dateModified"] = timezone.localtime(page.last_published_at).isoformat()
    if page.image:
        article["image"] = image_address(request, page.image)
    translations = [
        {"@type": "NewsArticle", "@id": f"{version.get_full_url(request)}#article", "inLanguage": code}
        for code, version in page.live_translations.items()
        if version.pk != page.pk
    ]
    if translations:
        article["workTranslation"] = translations
    return article


def breadcrumb_list(request: HttpRequest, page: Page, crumbs: Iterable) -> Thing:
    places = [(crumb.title, absolute(request, crumb.url)) for crumb in crumbs]
    places.append((page.title, page.get_full_url(request)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(places, start=1)
        ],
    }


def as_script(things: list[Thing]) -> SafeString:
    graph = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return mark_safe(graph.translate(_ESCAPES))  # noqa: S308 - the one character that ends a script is escaped
