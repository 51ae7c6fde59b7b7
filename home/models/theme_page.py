from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.blocks.body import BodyBlock
from home.models.base import BasePage, IllustratedMixin
from home.models.projects import ProjectPage
from home.models.related import RelatedPagesMixin


class ThemePage(RelatedPagesMixin, IllustratedMixin, BasePage):
    """The office's work on one theme, and the latest of each kind of page about it."""

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
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = []
    page_description = _("One theme, with the latest pages about it.")

    class Meta:
        verbose_name = _("theme page")
        verbose_name_plural = _("theme pages")

    def is_about_this(self):
        return {"theme_relations__theme__code": self.theme.code}

    def related_kinds(self):
        return [ProjectPage.objects.listed(), *super().related_kinds()]

    @property
    def related_projects(self):
        return self._related[ProjectPage]

    @classmethod
    def for_reading(cls):
        return super().for_reading().select_related("theme")
