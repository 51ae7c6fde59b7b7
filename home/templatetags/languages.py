from django import template
from django.conf import settings
from django.forms.utils import flatatt

from home.i18n import front_pages, languages, switcher
from home.seo import alternates

register = template.Library()


def _subject(context):
    """The page being read, or the original of a missing translation."""
    return context.get("page") or context.get("original")


@register.simple_tag(takes_context=True)
def language_links(context):
    return switcher.language_links(
        context.get("request"), _subject(context), context.get("language_addresses")
    )


@register.simple_tag(takes_context=True)
def language_alternates(context):
    return alternates.language_alternates(context.get("request"), context.get("page"))


@register.simple_tag(takes_context=True)
def front_page_url(context):
    return front_pages.front_page_url(context.get("request"), context.get("page"))


@register.filter
def language_name(code):
    return languages.language_name(code)


@register.filter
def language_name_in_text(code):
    return languages.language_name_in_text(code)


@register.filter
def language_name_for_visitor(code):
    return languages.language_name_for_visitor(code)


@register.simple_tag
def language_cookie_attributes():
    """Describes Django's language cookie for the script, whose cookie must be the very same."""
    return flatatt(
        {
            "data-cookie-name": settings.LANGUAGE_COOKIE_NAME,
            "data-cookie-age": settings.LANGUAGE_COOKIE_AGE,
            "data-cookie-path": settings.LANGUAGE_COOKIE_PATH,
            "data-cookie-domain": settings.LANGUAGE_COOKIE_DOMAIN,
            "data-cookie-samesite": settings.LANGUAGE_COOKIE_SAMESITE,
            "data-cookie-secure": settings.LANGUAGE_COOKIE_SECURE,
        }
    )
