from dataclasses import dataclass

from django import template

from home.i18n.versions import LivePages, foreign_language
from home.models import Footer, Menu, SiteNotice
from home.navigation import breadcrumbs as crumbs
from home.navigation import menus, resolver

register = template.Library()


@dataclass(frozen=True)
class RenderedMenu:
    title: str
    language: str
    links: list[resolver.Link]


@dataclass(frozen=True)
class RenderedFooter:
    title: str
    address: str
    legal: str
    language: str
    columns: list[menus.LinkColumn]


@dataclass(frozen=True)
class RenderedNotice:
    title: str
    text: str
    language: str
    is_warning: bool


@dataclass(frozen=True)
class SiteChrome:
    """Menu and footer around the page of one visit, with all their target pages in one query."""

    menu: Menu | None
    footer: Footer | None
    pages: LivePages

    @classmethod
    def of(cls, context) -> "SiteChrome":
        request = context.get("request")
        known = getattr(request, _ATTRIBUTE, None)
        if known is None:
            menu = context.get("menu_preview") or menus.snippet_in_active_language(Menu)
            footer = context.get("footer_preview") or menus.snippet_in_active_language(Footer)
            items = [
                *(menus.menu_items(menu) if menu else ()),
                *(menus.footer_items(footer) if footer else ()),
            ]
            known = cls(menu, footer, LivePages(resolver.chosen_pages(items)))
            if request is not None:
                setattr(request, _ATTRIBUTE, known)
        return known


_ATTRIBUTE = "_site_chrome"


@register.simple_tag(takes_context=True)
def main_menu(context):
    site_chrome = SiteChrome.of(context)
    menu = site_chrome.menu
    if menu is None:
        return None
    links = menus.menu_links(context.get("request"), menu, context.get("page"), site_chrome.pages)
    return RenderedMenu(menu.title, foreign_language(menu), links)


@register.simple_tag(takes_context=True)
def footer(context):
    site_chrome = SiteChrome.of(context)
    snippet = site_chrome.footer
    if snippet is None:
        return None
    return RenderedFooter(
        title=snippet.title,
        address=snippet.address,
        legal=snippet.legal,
        language=foreign_language(snippet),
        columns=menus.footer_columns(context.get("request"), snippet, site_chrome.pages),
    )


@register.simple_tag(takes_context=True)
def site_notice(context):
    notice = context.get("sitenotice_preview") or menus.snippet_in_active_language(SiteNotice)
    if notice is None:
        return None
    is_warning = notice.level == SiteNotice.Level.WARNING
    return RenderedNotice(notice.title, notice.text, foreign_language(notice), is_warning)


@register.simple_tag(takes_context=True)
def breadcrumbs(context):
    return crumbs.breadcrumbs(context.get("request"), context.get("page"))


@register.simple_tag(takes_context=True)
def page_link(context, value):
    return resolver.page_link(context.get("request"), value)
