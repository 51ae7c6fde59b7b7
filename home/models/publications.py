from django.db import models
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin

from home.blocks.body import BodyBlock
from home.fields import PlainCharField
from home.i18n.languages import language_choices
from home.listing.filters import ChoiceFilter, YearFilter
from home.models.base import BasePage, BasePageQuerySet, IllustratedMixin
from home.models.listing_page import ListingPage
from home.models.themed import ProjectFilter, ProjectRelatedMixin, ThemedMixin, ThemeFilter, ThemeRelation
from home.renditions import with_pictures
from home.seo.structured_data import publication


class PublicationsIndexPage(ListingPage):
    """All publications of one language, newest first."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.PublicationPage"]
    page_description = _("Lists the publications, newest first.")

    class Meta:
        verbose_name = _("publications index page")
        verbose_name_plural = _("publications index pages")

    def get_items(self):
        return PublicationPage.objects.child_of(self).listed()

    def get_filters(self):
        return [ThemeFilter(), ChoiceFilter("kind", _("Kind")), YearFilter("date"), ProjectFilter()]


class PublicationPageQuerySet(BasePageQuerySet):
    def listed(self):
        """Visitors' publications, newest first, ready to be listed."""
        return with_pictures(self.live().public().order_by("-date", "-pk"), "image")


class PublicationPage(ThemedMixin, ProjectRelatedMixin, IllustratedMixin, BasePage):
    """One publication, with a file for each of its languages."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        GUIDE = "guide", _("Guide")
        LEAFLET = "leaflet", _("Leaflet")
        STUDY = "study", _("Study")
        NEWSLETTER = "newsletter", _("Newsletter")

    lead = models.TextField(
        _("lead"), help_text=_("What it is about, in one or two sentences. Lists show it too.")
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.REPORT)
    authors = models.CharField(_("authors"), max_length=255, blank=True)
    isbn = PlainCharField("ISBN", max_length=20, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(PublicationPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("authors"), FieldPanel("isbn")]),
            ],
            heading=_("Facts"),
        ),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Cover")),
        FieldPanel("body"),
        ThemedMixin.themes_panel,
        FieldPanel("project"),
    ]

    parent_page_types = ["home.PublicationsIndexPage"]
    subpage_types = []
    page_description = _("One publication, with a file for each language.")

    class Meta:
        verbose_name = _("publication page")
        verbose_name_plural = _("publication pages")

    def structured_data(self, request):
        return [publication(request, self)]

    @cached_property
    def shown_files(self) -> list["PublicationFile"]:
        """The files of all languages, those in the active language first."""
        files = self.files.select_related("document")
        return sorted(files, key=lambda file: file.language != translation.get_language())


class PublicationFile(TranslatableMixin, Orderable):
    """The publication in one language. Every language's page offers all of them, and names them in its own."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(_("language of the file"), max_length=10, choices=language_choices)
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )
    label = models.CharField(
        _("label"), max_length=255, help_text=_("What the file is, in the language of the page: Full report.")
    )

    panels = [FieldPanel("language"), FieldPanel("document"), FieldPanel("label")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("file of a publication")
        verbose_name_plural = _("files of publications")


class PublicationPageTheme(ThemeRelation):
    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="theme_relations")
