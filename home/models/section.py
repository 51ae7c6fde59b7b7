from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks.body import BodyBlock
from home.models.base import BasePage, IllustratedMixin
from home.routing.visibility import without_private


class SectionPage(IllustratedMixin, BasePage):
    """A page of the menu, with or without pages of its own below it."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    show_children = models.BooleanField(
        _("list the pages below"), default=True, help_text=_("Shows the pages below this one at its end.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
        FieldPanel("show_children"),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = [
        "home.SectionPage",
        "home.ThemePage",
        "home.EventsIndexPage",
        "home.ProjectsIndexPage",
        "home.PublicationsIndexPage",
        "home.VacanciesIndexPage",
        "home.ContactPage",
        "home.FormPage",
        "home.StandardPage",
    ]
    page_description = _("A part of the menu, or a page below one.")

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.listed_children
        return context

    @property
    def listed_children(self):
        """The pages below this one, of whatever kind: each has an introduction."""
        if not self.show_children:
            return Page.objects.none()
        return without_private(Page.objects.child_of(self).live()).order_by("path").specific()
