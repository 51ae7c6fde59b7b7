from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from home.blocks.body import BodyBlock
from home.fields import PlainCharField, translated_url_field
from home.listing.filters import ChoiceFilter, TimeFilter
from home.models.base import BasePage, BasePageQuerySet
from home.models.listing_page import ListingPage
from home.seo.structured_data import job_posting


class OpenFilter(TimeFilter):
    """Open vacancies, the nearest deadline first; or closed ones, latest first."""

    label = _("Applications")
    everything = _("Open")
    current = "open"
    past = "closed"
    past_label = _("Closed")


class VacanciesIndexPage(ListingPage):
    """All vacancies and calls of one language."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.VacancyPage"]
    page_description = _("Lists the vacancies and calls: those that are open, and those that are closed.")

    class Meta:
        verbose_name = _("vacancies index page")
        verbose_name_plural = _("vacancies index pages")

    def get_items(self):
        return VacancyPage.objects.child_of(self).live().public()

    def get_filters(self):
        return [OpenFilter(), ChoiceFilter("kind", _("Kind"))]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["shows_closed"] = request.GET.get(OpenFilter.name) == OpenFilter.past
        return context


class VacancyPageQuerySet(BasePageQuerySet):
    def open(self):
        return self.filter(deadline__gte=timezone.localdate()).order_by("deadline", "pk")

    def closed(self):
        return self.filter(deadline__lt=timezone.localdate()).order_by("-deadline", "-pk")


class VacancyPage(BasePage):
    """One vacancy or call; it closes by itself when the day of its deadline is over."""

    class Kind(models.TextChoices):
        JOB = "job", _("Job")
        INTERNSHIP = "internship", _("Internship")
        CONSULTANCY = "consultancy", _("Consultancy")
        PROCUREMENT = "procurement", _("Procurement")

    lead = models.TextField(
        _("lead"), help_text=_("What it is about, in one or two sentences. Lists show it too.")
    )
    deadline = models.DateField(_("deadline"), help_text=_("The last day to apply."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.JOB)
    place = models.CharField(_("place"), max_length=255, blank=True)
    contract = models.CharField(
        _("contract"), max_length=255, blank=True, help_text=_("Its kind and its length.")
    )
    reference = PlainCharField(_("reference number"), max_length=100, blank=True)
    application_url = translated_url_field(_("link for applications"))
    application_email = models.EmailField(_("e-mail for applications"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(VacancyPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("deadline"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("contract")]),
                FieldPanel("reference"),
                FieldRowPanel([FieldPanel("application_url"), FieldPanel("application_email")]),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
    ]

    parent_page_types = ["home.VacanciesIndexPage"]
    subpage_types = []
    page_description = _("One vacancy or call, which closes after its deadline.")

    class Meta:
        verbose_name = _("vacancy page")
        verbose_name_plural = _("vacancy pages")

    def structured_data(self, request):
        # A call for offers hires nobody.
        is_told_of = not self.is_closed and self.kind != self.Kind.PROCUREMENT
        return [job_posting(request, self)] if is_told_of else []

    @property
    def is_closed(self) -> bool:
        return self.deadline < timezone.localdate()
