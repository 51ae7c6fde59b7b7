from django.utils.functional import cached_property

from home.models.base import BasePage
from home.models.events import EventPage
from home.models.news import NewsPage
from home.models.publications import PublicationPage
from home.page_cache.expiry import expires_at
from home.renditions import prefetch_renditions

OF_EACH_KIND = 3


class RelatedPagesMixin:
    """A page with lists of others in its language at its end: the first few related ones of each kind."""

    def is_about_this(self) -> dict[str, object]:
        """The filter for pages related to this one."""
        raise NotImplementedError

    def related_kinds(self) -> list:
        """Querysets of all pages of each kind, in the order of their lists."""
        return [
            NewsPage.objects.newest_first(),
            EventPage.objects.listed().upcoming(),
            PublicationPage.objects.listed(),
        ]

    def get_context(self, request, *args, **kwargs):
        expires_at(request, *(event.last_moment for event in self.related_events))
        return super().get_context(request, *args, **kwargs)

    @property
    def related_news(self):
        return self._related[NewsPage]

    @property
    def related_events(self):
        return self._related[EventPage]

    @property
    def related_publications(self):
        return self._related[PublicationPage]

    @cached_property
    def _related(self) -> dict[type[BasePage], list[BasePage]]:
        related = {pages.model: self._first(pages) for pages in self.related_kinds()}
        prefetch_renditions(page.image for pages in related.values() for page in pages)
        return related

    def _first(self, pages) -> list[BasePage]:
        about_this = pages.model.objects.filter(**self.is_about_this()).values("pk")
        # The renditions are fetched for all kinds at once.
        pages = pages.filter(pk__in=about_this, locale_id=self.locale_id).prefetch_related(None)
        return list(pages[:OF_EACH_KIND])
