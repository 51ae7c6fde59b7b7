from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.blocks import BodyBlock
from home.models.base import BasePage, IllustratedMixin
from home.models.events import EventPage
from home.models.news import NewsPage
from home.models.projects import ProjectPage
from home.models.publications import PublicationPage

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

    @cached_property
    def related_projects(self):
        return self._about(ProjectPage.objects.listed())

    @cached_property
    def related_news(self):
        return self._about(NewsPage.objects.newest_first())

    @cached_property
    def related_events(self):
        return self._about(
            EventPage.objects.listed().filter(start__gte=timezone.now()).order_by("start", "pk")
        )

    @cached_property
    def related_publications(self):
        return self._about(PublicationPage.objects.listed())

    def _about(self, pages):
        """The first few about this theme in the language of this page."""
        about = pages.model.objects.filter(theme_relations__theme__code=self.theme.code).values("pk")
        return list(pages.filter(pk__in=about, locale_id=self.locale_id)[:OF_EACH_KIND])
