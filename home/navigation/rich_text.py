"""Links to pages in the midst of a text."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home.i18n.versions import LivePages, foreign_language


class LivePageLinkHandler(PageLinkHandler):
    """Leads to the page in the active language, else to the editor's choice, else to any.

    Without a live page the words stay and lead nowhere. One query for all links of a text.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict]) -> list[SafeString]:
        numbers = [_number(attrs) for attrs in attrs_list]
        pages = LivePages(number for number in numbers if number is not None)
        return [_opening_tag(pages.version(number)) for number in numbers]


def _number(attrs: dict) -> int | None:
    number = attrs.get("id", "")
    return int(number) if number.isdecimal() else None


def _opening_tag(page: Page | None) -> SafeString:
    url = page.get_url() if page is not None else None
    if url is None:
        return SafeString("<a>")
    language = foreign_language(page)
    if language:
        return format_html('<a href="{}" hreflang="{}">', url, language)
    return format_html('<a href="{}">', url)
