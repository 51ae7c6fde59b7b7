from django import template
from django.utils import translation
from django.utils.html import format_html

from home.i18n.versions import foreign_language
from home.models import ThemePage
from home.routing.visibility import without_private

register = template.Library()


@register.simple_tag
def lang_of(thing):
    """The `lang` attribute of a text outside the active language; nothing for one in it."""
    language = foreign_language(thing)
    return format_html(' lang="{}"', language) if language else ""


@register.simple_tag
def hreflang_of(thing):
    """The same for a link to it, with the language of its target."""
    language = foreign_language(thing)
    return format_html(' lang="{0}" hreflang="{0}"', language) if language else ""


@register.simple_tag
def theme_pages(themes):
    """The live page about each of the themes in the active language, by the theme's code: one query for all."""
    codes = {theme.code for theme in themes}
    if not codes:
        return {}
    pages = without_private(ThemePage.objects.live()).select_related("theme")
    found = pages.filter(theme__code__in=codes, locale__language_code=translation.get_language())
    return {page.theme.code: page for page in found}


@register.filter
def get(mapping, key):
    return mapping.get(key)
