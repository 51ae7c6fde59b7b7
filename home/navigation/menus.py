"""Main menu and footer, in the active language."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from home.i18n.versions import LivePages
from home.navigation.resolver import Link, LinkResolver, chosen_pages, stored_values


@dataclass(frozen=True)
class LinkColumn:
    title: str
    links: list[Link]


def snippet_in_active_language(model):
    """The published snippet of `model` in the active language, or else in another: its texts then carry their own `lang`."""
    active_first = Case(
        When(locale__language_code=translation.get_language(), then=Value(0)),
        When(locale__language_code=settings.LANGUAGE_CODE, then=Value(1)),
        default=Value(2),
    )
    return (
        model.objects.filter(slug="main", live=True).select_related("locale").order_by(active_first).first()
    )


def menu_items(menu) -> list[dict]:
    return [stored_values(block["value"]) for block in menu.items.get_prep_value()]


def footer_items(footer) -> list[dict]:
    return [stored_values(block["value"]) for block in footer.columns.get_prep_value()]


def menu_links(
    request: HttpRequest | None, menu, current: Page | None, pages: LivePages | None = None
) -> list[Link]:
    items = menu_items(menu)
    pages = pages or LivePages(chosen_pages(items))
    return LinkResolver(request, pages, language=menu.locale.language_code, current=current).links(items)


def footer_columns(request: HttpRequest | None, footer, pages: LivePages | None = None) -> list[LinkColumn]:
    columns = footer_items(footer)
    pages = pages or LivePages(chosen_pages(columns))
    resolver = LinkResolver(request, pages, language=footer.locale.language_code)
    return [LinkColumn(column["title"], resolver.links(column["links"])) for column in columns]
