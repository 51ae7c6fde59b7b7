from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin

from home.blocks.body import BodyBlock
from home.blocks.text import RICH_TEXT_FEATURES
from home.fields import PlainCharField
from home.i18n.versions import localized, localized_entry
from home.listing.filters import ChoiceFilter, YearFilter
from home.models.base import BasePage, BasePageQuerySet, IllustratedMixin
from home.models.listing_page import ListingPage
from home.models.related import RelatedPagesMixin
from home.models.themed import ThemedMixin, ThemeFilter, ThemeRelation
from home.renditions import with_pictures


class ProjectsIndexPage(ListingPage):
    """All projects of one language, latest first."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.ProjectPage"]
    page_description = _("Lists the projects, latest first.")

    class Meta:
        verbose_name = _("projects index page")
        verbose_name_plural = _("projects index pages")

    def get_items(self):
        return ProjectPage.objects.child_of(self).listed()

    def get_filters(self):
        return [ThemeFilter(), ChoiceFilter("status", _("Status")), YearFilter("start")]


class ProjectPageQuerySet(BasePageQuerySet):
    def listed(self):
        """Visitors' projects, latest first, ready to be listed."""
        return with_pictures(self.live().public().order_by("-start", "-pk"), "image")


class ProjectPage(RelatedPagesMixin, ThemedMixin, IllustratedMixin, BasePage):
    """One project: donors, partners, places, results."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Ongoing")
        COMPLETED = "completed", _("Completed")

    class Currency(models.TextChoices):
        EUR = "EUR", _("euro")
        BGN = "BGN", _("Bulgarian levs")
        CHF = "CHF", _("Swiss francs")
        NOK = "NOK", _("Norwegian kroner")
        USD = "USD", _("US dollars")

    lead = models.TextField(
        _("lead"), help_text=_("What it is about, in one or two sentences. Lists show it too.")
    )
    start = models.DateField(_("start"))
    end = models.DateField(_("end"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ONGOING)
    region = models.ForeignKey(
        "home.Region",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
    )
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    results = RichTextField(_("results"), features=RICH_TEXT_FEATURES, blank=True)
    disclaimer = models.TextField(
        _("disclaimer"), blank=True, help_text=_("Whose views the page expresses, as the donor words it.")
    )

    objects = PageManager.from_queryset(ProjectPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldRowPanel([FieldPanel("status"), FieldPanel("region")]),
                FieldRowPanel([FieldPanel("budget"), FieldPanel("currency")]),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
        FieldPanel("results"),
        InlinePanel("donor_relations", heading=_("Donors"), label=_("Donor")),
        MultipleChooserPanel(
            "partner_relations", chooser_field_name="partner", heading=_("Partners"), label=_("Partner")
        ),
        FieldPanel("disclaimer"),
        ThemedMixin.themes_panel,
    ]

    parent_page_types = ["home.ProjectsIndexPage"]
    subpage_types = []
    page_description = _("One project, with its donors, partners and results.")

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    def clean(self):
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("A project does not end before it starts.")})

    @classmethod
    def for_reading(cls):
        return super().for_reading().select_related("region")

    def is_about_this(self):
        # Whichever language's version of the project a page names.
        return {"project__translation_key": self.translation_key}

    @property
    def shown_budget(self):
        """Without the decimals of a round sum."""
        is_round = self.budget is not None and self.budget == self.budget.to_integral_value()
        return int(self.budget) if is_round else self.budget

    @cached_property
    def shown_region(self):
        return localized_entry(self.region)

    @cached_property
    def donors(self) -> list["ProjectDonor"]:
        """The donors' relations, each with the donor as this visitor can read it."""
        relations = list(self.donor_relations.select_related("donor"))
        for relation, donor in zip(relations, localized(each.donor for each in relations), strict=True):
            relation.shown_donor = donor
        return relations

    @cached_property
    def partners(self) -> list:
        return localized(relation.partner for relation in self.partner_relations.select_related("partner"))


class ProjectDonor(TranslatableMixin, Orderable):
    """A donor of a project, with an acknowledgement in the donor's words."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="donor_relations")
    donor = models.ForeignKey(
        "home.Donor", on_delete=models.CASCADE, related_name="+", verbose_name=_("donor")
    )
    grant_number = PlainCharField(_("number of the grant"), max_length=100, blank=True)
    acknowledgement = models.TextField(_("acknowledgement"), blank=True)

    panels = [FieldPanel("donor"), FieldPanel("grant_number"), FieldPanel("acknowledgement")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("donor of a project")
        verbose_name_plural = _("donors of projects")


class ProjectPartner(Orderable):
    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partner_relations")
    partner = models.ForeignKey(
        "home.Partner", on_delete=models.CASCADE, related_name="+", verbose_name=_("partner")
    )

    panels = [FieldPanel("partner")]


class ProjectPageTheme(ThemeRelation):
    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="theme_relations")
