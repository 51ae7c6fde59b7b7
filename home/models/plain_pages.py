from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from home.blocks.body import BodyBlock
from home.fields import PlainCharField, dialled
from home.models.base import BasePage
from home.routing.visibility import without_private


class StandardPage(BasePage):
    """A text outside all lists: terms of use, the accessibility statement."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("Shown under the text, where readers need to know."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("reviewed"),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("A text that belongs to no list, such as terms of use.")

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class ContactPage(BasePage):
    """How to reach the office."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    address = RichTextField(_("address"), features=["bold", "link"], blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    phone = PlainCharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    map_url = models.URLField(
        _("link to a map"),
        max_length=500,
        blank=True,
        help_text=_("A link only: the page itself asks no other site for a map."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("map_url"),
                FieldPanel("opening_hours"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("How to reach us"),
        ),
        FieldPanel("body"),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.FormPage"]
    page_description = _("Address, telephone, opening hours and people.")

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    @property
    def dialled(self) -> str:
        return dialled(self.phone)

    @property
    def form_pages(self):
        return without_private(self.get_children().live())
