"""What leads visitors around the site: menu, footer links and breadcrumbs, each in the language of the visit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from home.i18n.versions import for_this_visit


@dataclass(frozen=True)
class Link:
    """A link as visitors see it. `language` is set where it may differ from that of what stands around it."""

    label: str
    url: str = ""
    language: str = ""
    is_current: bool = False
    is_section: bool = False
    children: list["Link"] = field(default_factory=list)


@dataclass(frozen=True)
class LinkColumn:
    title: str
    links: list[Link]


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str


def in_language_of_visit(model):
    """The published snippet of `model` in the active language, or else in another: its texts then carry their own `lang`."""
    active_first = Case(
        When(locale__language_code=translation.get_language(), then=Value(0)),
        When(locale__language_code=settings.LANGUAGE_CODE, then=Value(1)),
        default=Value(2),
    )
    return (
        model.objects.filter(slug="main", live=True).select_related("locale").order_by(active_first).first()
    )


class LivePages:
    """The live versions of chosen pages, whatever chose them: one query for all."""

    def __init__(self, chosen: Iterable[int]):
        self._families = {}
        pks = set(chosen)
        if not pks:
            return
        families = defaultdict(dict)
        keys = Page.objects.filter(pk__in=pks).values("translation_key")
        # Those that are not live too: what was chosen may not be, and its translation may.
        for page in Page.objects.filter(translation_key__in=keys).select_related("locale"):
            family = families[page.translation_key]
            if page.live:
                family[page.locale.language_code] = page
            if page.pk in pks:
                self._families[page.pk] = family

    def version(self, pk: int | None) -> Page | None:
        """The page as this visitor can read it: in the active language, else as chosen, else in any."""
        return for_this_visit(self._families.get(pk, {}), pk)


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
        """The language to mark a link with. Around a snippet that is itself in another language, every link needs one."""
        return "" if code == self.active == self.language else code

    def _is_current(self, page: Page) -> bool:
        return self.current is not None and self.current.pk == page.pk

    def _is_section(self, page: Page) -> bool:
        """Whether the page being read lies below `page`; every page lies below a front page, which says nothing."""
        return self.current is not None and page.depth > 2 and self.current.is_descendant_of(page)


def menu_items(menu) -> list[dict]:
    return [_plain(block["value"]) for block in menu.items.get_prep_value()]


def footer_items(footer) -> list[dict]:
    return [_plain(block["value"]) for block in footer.columns.get_prep_value()]


def chosen_pages(items: Iterable[Mapping]) -> Iterator[int]:
    for item in items:
        if item.get("page"):
            yield item["page"]
        for name in _LISTS:
            yield from chosen_pages(item.get(name, ()))


# The fields of the blocks in home.blocks.links that hold blocks themselves.
_LISTS = ("children", "links")


def _plain(value: Mapping) -> dict:
    """The stored values of a block, with the numbers of pages: the blocks' own look each list of pages up apart."""
    lists = {
        name: [_plain(item.get("value", item)) for item in value[name]] for name in _LISTS if name in value
    }
    return {**value, **lists}


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


def page_link(request: HttpRequest | None, value) -> Link | None:
    """The link of one block in a page's body."""
    page = value.get("page")
    item = {"label": value["label"], "url": value.get("url"), "page": page and page.pk}
    resolver = LinkResolver(request, LivePages(chosen_pages([item])), language=translation.get_language())
    return next(iter(resolver.links([item])), None)


def breadcrumbs(request: HttpRequest | None, page: Page | None) -> list[Crumb]:
    """The live pages above `page`, from the front page down; a front page has none."""
    if page is None or page.depth is None or page.depth <= 2:
        return []
    return [Crumb(ancestor.title, ancestor.get_url(request)) for ancestor in page.live_ancestors]
