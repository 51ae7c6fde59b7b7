from django import template
from django.conf import settings
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

register = template.Library()


@register.simple_tag(takes_context=True)
def editors_bar(context):
    """Wagtail's bar on the page, for those who are logged in.

    To ask who anybody else is opens a session, and the page then varies by cookie: neither a CDN nor the page cache
    could give it to two visitors.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)
