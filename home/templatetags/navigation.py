from dataclasses import dataclass

from django import template
from django.utils import translation

from home import navigation
from home.models import Footer, Menu, SiteNotice

register = template.Library()


@dataclass(frozen=True)
class MenuForVisit:
    title: str
    language: str
    links: list[navigation.Link]


@dataclass(frozen=True)
class FooterForVisit:
    title: str
    address: str
    legal: str
    language: str
    columns: list[navigation.LinkColumn]


@dataclass(frozen=True)
class NoticeForVisit:
    title: str
    text: str
    language: str
    is_warning: bool


@register.simple_tag(takes_context=True)
def main_menu(context):
    menu = context.get("menu_preview") or navigation.in_language_of_visit(Menu)
    if menu is None:
        return None
    request = context.get("request")
    return MenuForVisit(menu.title, _foreign(menu), navigation.menu_links(request, menu, context.get("page")))


@register.simple_tag(takes_context=True)
def footer(context):
    snippet = context.get("footer_preview") or navigation.in_language_of_visit(Footer)
    if snippet is None:
        return None
    return FooterForVisit(
        title=snippet.title,
        address=snippet.address,
        legal=snippet.legal,
        language=_foreign(snippet),
        columns=navigation.footer_columns(context.get("request"), snippet),
    )


@register.simple_tag(takes_context=True)
def site_notice(context):
    notice = context.get("sitenotice_preview") or navigation.in_language_of_visit(SiteNotice)
    if notice is None:
        return None
    is_warning = notice.level == SiteNotice.Level.WARNING
    return NoticeForVisit(notice.title, notice.text, _foreign(notice), is_warning)


@register.simple_tag(takes_context=True)
def breadcrumbs(context):
    return navigation.breadcrumbs(context.get("request"), context.get("page"))


@register.simple_tag(takes_context=True)
def page_link(context, value):
    return navigation.page_link(context.get("request"), value)


def _foreign(snippet):
    """The language of the snippet's text where it is not that of the page, and so needs a `lang` of its own."""
    language = snippet.locale.language_code
    return "" if language == translation.get_language() else language
