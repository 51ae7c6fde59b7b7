"""What leads visitors around the site: menu, footer links and breadcrumbs, each in the language of the visit."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page


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


class LinkResolver:
    """Turns chosen pages and addresses into links for one visit, with one query for all the pages together."""

    def __init__(
        self, request: HttpRequest | None, items: Iterable, *, language: str, current: Page | None = None
    ):
        self.request = request
        self.active = translation.get_language()
        self.language = language
        self.current = current
        self.versions = self._live_versions(items)

    def links(self, items: Iterable) -> list[Link]:
        return [link for item in items if (link := self._link(item))]

    def _link(self, item) -> Link | None:
        children = self.links(item.get("children", ()))
        own_language = self._marked(self.language)
        if item.get("url"):
            return Link(item["label"], item["url"], own_language, children=children)
        if not item.get("page"):
            return Link(item["label"], "", own_language, children=children) if children else None
        page = self._version(item["page"])
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

    def _version(self, page: Page) -> Page | None:
        """The page as this visitor can read it: in the active language, else as chosen, else in any."""
        versions = self.versions.get(page.translation_key, {})
        by_id = {version.locale_id: version for version in versions.values()}
        return versions.get(self.active) or by_id.get(page.locale_id) or next(iter(versions.values()), None)

    def _is_current(self, page: Page) -> bool:
        return self.current is not None and self.current.pk == page.pk

    def _is_section(self, page: Page) -> bool:
        """Whether the page being read lies below `page`; every page lies below a front page, which says nothing."""
        return self.current is not None and page.depth > 2 and self.current.is_descendant_of(page)

    @staticmethod
    def _live_versions(items: Iterable) -> dict:
        keys = {page.translation_key for page in _pages(items)}
        versions = {}
        for page in Page.objects.filter(translation_key__in=keys, live=True).select_related("locale"):
            versions.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return versions


def _pages(items: Iterable):
    for item in items:
        if item.get("page"):
            yield item["page"]
        yield from _pages(item.get("children", ()))


def menu_links(request: HttpRequest | None, menu, current: Page | None) -> list[Link]:
    items = [block.value for block in menu.items]
    return LinkResolver(request, items, language=menu.locale.language_code, current=current).links(items)


def footer_columns(request: HttpRequest | None, footer) -> list[LinkColumn]:
    columns = [block.value for block in footer.columns]
    items = [item for column in columns for item in column["links"]]
    resolver = LinkResolver(request, items, language=footer.locale.language_code)
    return [LinkColumn(column["title"], resolver.links(column["links"])) for column in columns]


def page_link(request: HttpRequest | None, value) -> Link | None:
    """The link of one block in a page's body."""
    return next(
        iter(LinkResolver(request, [value], language=translation.get_language()).links([value])), None
    )


def breadcrumbs(request: HttpRequest | None, page: Page | None) -> list[Crumb]:
    """The live pages above `page`, from the front page down; a front page has none."""
    if page is None or page.depth is None or page.depth <= 2:
        return []
    return [Crumb(ancestor.title, ancestor.get_url(request)) for ancestor in page.live_ancestors]
