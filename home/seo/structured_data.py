"""Structured data: pages in schema.org's words (JSON-LD) and in their own language."""

import datetime
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

from home.i18n.languages import home_url

Thing = dict[str, Any]

SHARED_IMAGE = "fill-1200x630|format-jpeg"
# As in django.utils.html.json_script: no text can end its script element.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(request: HttpRequest, url: str) -> str:
    """An address of the site with its host: others keep it, so it must not follow the host of one request."""
    site = Site.find_for_request(request)
    return site.root_url + url if site and url.startswith("/") else url


def default_image_address(request: HttpRequest) -> str:
    return absolute(request, static("img/shared.png"))


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


def described(request: HttpRequest, page, kind: str, fragment: str) -> Thing:
    """The common part of all kinds of content."""
    address = page.get_full_url(request)
    thing = {
        "@type": kind,
        "@id": f"{address}#{fragment}",
        "mainEntityOfPage": address,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
    }
    if page.shared_image:
        thing["image"] = image_address(request, page.shared_image)
    return thing


def translated(request: HttpRequest, page, thing: Thing, fragment: str) -> Thing:
    """The same with the page's other versions; schema.org knows them of written works alone."""
    translations = [
        {"@type": thing["@type"], "@id": f"{version.get_full_url(request)}#{fragment}", "inLanguage": code}
        for code, version in page.live_translations.items()
        if version.pk != page.pk
    ]
    return {**thing, "workTranslation": translations} if translations else thing


def news_article(request: HttpRequest, page) -> Thing:
    publisher = organization(request)
    article = described(request, page, "NewsArticle", "article")
    article["headline"] = article.pop("name")
    article |= {
        "datePublished": page.date.isoformat(),
        "author": publisher,
        "publisher": {"@id": publisher["@id"]},
    }
    if page.last_published_at:
        article["dateModified"] = timezone.localtime(page.last_published_at).isoformat()
    return translated(request, page, article, "article")


def publication(request: HttpRequest, page) -> Thing:
    publisher = organization(request)
    report = described(request, page, "Report", "publication")
    report |= {"datePublished": page.date.isoformat(), "publisher": publisher}
    if page.authors:
        report["author"] = {"@type": "Organization", "name": page.authors}
    if page.isbn:
        report["isbn"] = page.isbn
    report["encoding"] = [
        {
            "@type": "MediaObject",
            "name": file.label,
            "contentUrl": absolute(request, file.document.url),
            "inLanguage": file.language,
        }
        for file in page.shown_files
    ]
    return translated(request, page, report, "publication")


def event(request: HttpRequest, page) -> Thing:
    happening = described(request, page, "Event", "event")
    happening |= {
        "startDate": page.local_start.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": organization(request),
    }
    # Of the event itself, not of the page.
    del happening["inLanguage"]
    if page.event_language:
        happening["inLanguage"] = page.event_language
    if page.local_end:
        happening["endDate"] = page.local_end.isoformat()
    places = []
    if page.venue or page.address:
        places.append(
            {"@type": "Place", "name": page.venue or page.address, "address": page.address or page.venue}
        )
    if page.online_url:
        places.append({"@type": "VirtualLocation", "url": page.online_url})
    if places:
        happening["location"] = places
        modes = {
            ("Place",): "OfflineEventAttendanceMode",
            ("VirtualLocation",): "OnlineEventAttendanceMode",
        }
        mode = modes.get(tuple(place["@type"] for place in places), "MixedEventAttendanceMode")
        happening["eventAttendanceMode"] = f"https://schema.org/{mode}"
    return happening


def job_posting(request: HttpRequest, page) -> Thing:
    """An open vacancy; search engines want no closed ones."""
    posting = described(request, page, "JobPosting", "vacancy")
    posting["title"] = posting.pop("name")
    closing = datetime.datetime.combine(page.deadline + datetime.timedelta(days=1), datetime.time())
    posting |= {
        "datePosted": timezone.localdate(page.first_published_at or timezone.now()).isoformat(),
        "validThrough": timezone.make_aware(closing).isoformat(),
        "hiringOrganization": organization(request),
    }
    if page.kind == "internship":
        posting["employmentType"] = "INTERN"
    elif page.kind == "consultancy":
        posting["employmentType"] = "CONTRACTOR"
    if page.place:
        posting["jobLocation"] = {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": page.place, "addressCountry": "BG"},
        }
    if page.reference:
        posting["identifier"] = {"@type": "PropertyValue", "name": _("IOM Bulgaria"), "value": page.reference}
    return posting


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
