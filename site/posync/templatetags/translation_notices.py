"""For a site's own templates: `{% load translation_notices %}{% translation_notice %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language, get_language_info

from posync.conf import posync_settings
from posync.reports.visitor_notices import visitor_notice

register = template.Library()


@register.inclusion_tag("posync/translation_notice.html", takes_context=True)
def translation_notice(context: Context, target: Any = None) -> dict[str, Any]:
    """Tells of the translation on the page, or of `target`: nothing unless a machine's text is unread or the site says so."""
    notice = visitor_notice(target or context.get("page"))
    if notice is None or not (notice.unread or posync_settings().TRANSLATION_NOTICE):
        return {}
    return {
        "notice": notice,
        "tells_source": posync_settings().TRANSLATION_NOTICE,
        "source_language": _name_in_text(notice.source_language),
    }


def _name_in_text(code: str) -> str:
    """The active language's name for a language; small where the language writes its own name so."""
    try:
        name: str = get_language_info(code)["name_translated"]
        is_small = get_language_info(get_language() or code)["name_local"][:1].islower()
    except KeyError:
        return code
    return name[:1].lower() + name[1:] if is_small else name
