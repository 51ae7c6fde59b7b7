from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.blocks import BodyBlock
from home.images import prefetch_renditions
from home.models.base import BasePage, IllustratedMixin
from home.models.events import EventPage
from home.models.news import NewsPage
from home.models.projects import ProjectPage
from home.models.publications import PublicationPage
from home.page_cache.expiry import good_until

OF_EACH_KIND = 3


class ThemePage(IllustratedMixin, BasePage):
    """What the office does about one theme, and the latest of each kind of page about it."""

    theme = models.ForeignKey(
        "home.Theme",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("theme"),
        help_text=_("Pages that have it are listed here, and lead here."),
    )
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("theme"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = []
    page_description = _("One theme, with the latest pages about it.")

    class Meta:
        verbose_name = _("theme page")
        verbose_name_plural = _("theme pages")

    def get_context(self, request, *args, **kwargs):
        for event in self.related_events:
            good_until(request, event.last_moment)
        return super().get_context(request, *args, **kwargs)

    @property
    def related_projects(self):
        return self._related[ProjectPage]

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
        """The first few of each kind about this theme in the language of this page."""
        lists = [
            ProjectPage.objects.listed(),
            NewsPage.objects.newest_first(),
            EventPage.objects.listed().upcoming(),
            PublicationPage.objects.listed(),
        ]
        related = {pages.model: self._about(pages) for pages in lists}
        prefetch_renditions(page.image for pages in related.values() for page in pages)
        return related

    def _about(self, pages):
        about = pages.model.objects.filter(theme_relations__theme__code=self.theme.code).values("pk")
        # The renditions are fetched for all kinds at once.
        pages = pages.filter(pk__in=about, locale_id=self.locale_id).prefetch_related(None)
        return list(pages[:OF_EACH_KIND])

    @classmethod
    def for_reading(cls):
        return super().for_reading().select_related("theme")
