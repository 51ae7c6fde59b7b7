"""From an address to its page, in two queries: Wagtail makes two for each part of the address."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction


class RoutedMixin:
    """A page with a way to the pages below it, and knowledge of the pages above from its own finding."""

    # Whether the way to this page has proved open to everybody. Known for one visit alone.
    _is_open = False

    @classmethod
    def for_reading(cls):
        """With everything that a visit to one of these pages needs."""
        return cls.objects.select_related("locale")

    @cached_property
    def pages_above(self) -> list[Page]:
        """From the root of the tree down."""
        return list(self.get_ancestors().select_related("locale").order_by("depth"))

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none() if self._is_open else super().get_view_restrictions()

    def route(self, request, path_components):
        # The last page of a way has been found by then, with all knowledge of its place.
        way = self._look_around(path_components) if path_components else []
        return self._follow(request, path_components, way)

    def _follow(self, request, slugs: list[str], way: list[Page]):
        """Follows `way`; asks a page alone if it may have addresses of its own below it."""
        for depth, page in enumerate(way, start=1):
            kind = page.specific_class
            if kind is None or not issubclass(kind, RoutedMixin):
                break
            if depth == len(slugs) or issubclass(kind, RoutablePageMixin):
                found = kind.for_reading().get(pk=page.pk)
                above = [*self.pages_above, self, *way[: depth - 1]]
                found._know_place(above, is_open=self._is_open and all(map(_is_open, way[:depth])))
                return found.route(request, slugs[depth:])
        return super().route(request, slugs)

    def _look_around(self, slugs: Sequence[str] = ()) -> list[Page]:
        """Learns in one query of the pages above, and of this one beyond its own row.

        Returns the pages below with these slugs, each below the one before, as far as there are any.
        """
        wanted = Q(
            path__in=[self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        )
        if slugs:
            depths = (self.depth + 1, self.depth + len(slugs))
            wanted |= Q(path__startswith=self.path, depth__range=depths, slug__in=slugs)
        restrictions = PageViewRestriction.objects.filter(page=OuterRef("pk"))
        pages = (
            Page.objects.filter(wanted).annotate(is_restricted=Exists(restrictions)).select_related("locale")
        )
        *above, itself = (page for page in pages if page.depth <= self.depth)
        self.locale = itself.locale
        self._know_place(above, is_open=all(map(_is_open, [*above, itself])))
        below = {(page.path[: -page.steplen], page.slug): page for page in pages if page.depth > self.depth}
        way, place = [], self.path
        for slug in slugs:
            page = below.get((place, slug))
            if page is None:
                break
            way.append(page)
            place = page.path
        return way

    def _know_place(self, above: list[Page], *, is_open: bool) -> None:
        self.pages_above = above
        self._cached_parent_obj = above[-1]
        self._is_open = is_open


def _is_open(page: Page) -> bool:
    # An alias is as private as its source, elsewhere in the tree.
    return not page.is_restricted and page.alias_of_id is None
