"""Links from chosen pages and addresses, in the active language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from home.i18n.versions import LivePages


@dataclass(frozen=True)
class Link:
    """A link in visitors' view. `language` is set where it may differ from its surroundings."""

    label: str
    url: str = ""
    language: str = ""
    is_current: bool = False
    is_section: bool = False
    children: list["Link"] = field(default_factory=list)


class LinkResolver:
    """Turns chosen pages and addresses into links for one visit."""

    def __init__(
        self, request: HttpRequest | None, pages: LivePages, *, language: str, current: Page | None = None
    ):
        self.request = request
        self.pages = pages
        self.active = translation.get_language()
        self.language = language
        self.current = current

    def links(self, items: Iterable[Mapping]) -> list[Link]:
        return [link for item in items if (link := self._link(item))]

    def _link(self, item: Mapping) -> Link | None:
        children = self.links(item.get("children", ()))
        own_language = self._marked(self.language)
        if item.get("url"):
            return Link(item["label"], item["url"], own_language, children=children)
        page = self.pages.version(item["page"]) if item.get("page") else None
        if page is None:
            return Link(item["label"], "", own_language, children=children) if children else None
        code = page.locale.language_code
        # The label was written for the page in the snippet's language; where the visitor gets another, so does the text.
        label = item["label"] if code == self.language else page.title
        return Link(
            label,
            page.get_url(self.request) or "",
            self._marked(code),
            is_current=self._is_current(page),
            is_section=self._is_section(page),
            children=children,
        )

    def _marked(self, code: str) -> str:
        """The language to mark a link with. In a snippet in another language, every link needs one."""
        return "" if code == self.active == self.language else code

    def _is_current(self, page: Page) -> bool:
        return self.current is not None and self.current.pk == page.pk

    def _is_section(self, page: Page) -> bool:
        """Whether the page being read lies below `page`; a front page is above every page, and never counts."""
        return self.current is not None and page.depth > 2 and self.current.is_descendant_of(page)


def chosen_pages(items: Iterable[Mapping]) -> Iterator[int]:
    for item in items:
        if item.get("page"):
            yield item["page"]
        for name in _LISTS:
            yield from chosen_pages(item.get(name, ()))


# Blocks within the blocks of home.blocks.links, by field.
_LISTS = ("children", "links")


def stored_values(value: Mapping) -> dict:
    """The stored values of a block, with the numbers of pages: the blocks' own look each list of pages up apart."""
    lists = {
        name: [stored_values(item.get("value", item)) for item in value[name]]
        for name in _LISTS
        if name in value
    }
    return {**value, **lists}


def page_link(request: HttpRequest | None, value) -> Link | None:
    """The link of one block in a page's body."""
    page = value.get("page")
    item = {"label": value["label"], "url": value.get("url"), "page": page and page.pk}
    resolver = LinkResolver(request, LivePages(chosen_pages([item])), language=translation.get_language())
    return next(iter(resolver.links([item])), None)
