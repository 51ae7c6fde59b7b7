from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager

from home.blocks.body import BodyBlock
from home.calendars import calendar_response
from home.fields import translated_url_field
from home.i18n.languages import language_choices
from home.listing.filters import TimeFilter, YearFilter
from home.models.base import BasePage, BasePageQuerySet, IllustratedMixin
from home.models.listing_page import ListingPage
from home.models.themed import ProjectFilter, ProjectRelatedMixin, ThemedMixin, ThemeFilter, ThemeRelation
from home.page_cache.expiry import expires_at
from home.renditions import with_pictures
from home.seo.structured_data import event


def default_time_zone():
    return settings.TIME_ZONE


def time_zone_choices():
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


class EventFilter(TimeFilter):
    """Events still to come, soonest first; or past ones, latest first."""

    label = _("When")
    everything = _("Upcoming")
    current = "upcoming"
    past = "past"
    past_label = _("Past")


class EventsIndexPage(RoutablePageMixin, ListingPage):
    """All events of one language."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.EventPage"]
    page_description = _("Lists the events: those to come, and those that are over.")

    class Meta:
        verbose_name = _("events index page")
        verbose_name_plural = _("events index pages")

    def get_items(self):
        return EventPage.objects.child_of(self).listed()

    def get_filters(self):
        return [EventFilter(), ThemeFilter(), YearFilter("start"), ProjectFilter()]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["shows_past"] = request.GET.get(EventFilter.name) == EventFilter.past
        # An event at its end moves from one list to the other, and its successors move up.
        expires_at(request, EventPage.objects.child_of(self).live().next_finish() if self.pk else None)
        return context

    # Wagtail's addresses have no dots, and so no ending .ics.
    @path("calendar/", name="calendar")
    def calendar(self, request):
        events = EventPage.objects.child_of(self).live().public().order_by("start", "pk")
        return calendar_response(request, self.title, self.slug, self.locale.language_code, events)


class EventPageQuerySet(BasePageQuerySet):
    def listed(self):
        """Visitors' events, ready to be listed."""
        return with_pictures(self.live().public(), "image")

    def _with_finish(self):
        return self.annotate(finish=Coalesce("end", "start"))

    def upcoming(self):
        return self._with_finish().filter(finish__gte=timezone.now()).order_by("start", "pk")

    def next_finish(self):
        """The next end of one still to come."""
        return self.upcoming().aggregate(next=Min("finish"))["next"]

    def past(self):
        return self._with_finish().filter(finish__lt=timezone.now()).order_by("-start", "-pk")


class EventPage(RoutablePageMixin, ThemedMixin, ProjectRelatedMixin, IllustratedMixin, BasePage):
    """One event."""

    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        choices=time_zone_choices,
        default=default_time_zone,
        help_text=_(
            "Where the event takes place: visitors see its beginning and its end in this zone's time."
        ),
    )
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    address = models.TextField(_("address"), blank=True)
    online_url = models.URLField(_("link for taking part online"), max_length=500, blank=True)
    event_language = models.CharField(
        _("language of the event"), max_length=10, choices=language_choices, blank=True
    )
    registration_url = translated_url_field(_("link for registration"))
    lead = models.TextField(
        _("lead"), help_text=_("What it is about, in one or two sentences. Lists show it too.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(EventPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("event_language")]),
            ],
            heading=_("Time"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("venue"),
                FieldPanel("address"),
                FieldPanel("online_url"),
                FieldPanel("registration_url"),
            ],
            heading=_("Place"),
        ),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
        ThemedMixin.themes_panel,
        FieldPanel("project"),
    ]

    parent_page_types = ["home.EventsIndexPage"]
    subpage_types = []
    page_description = _("One event, with its place and time.")

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self):
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("An event does not end before it starts.")})

    @property
    def last_moment(self):
        return self.end or self.start

    @property
    def is_over(self) -> bool:
        return self.last_moment < timezone.now()

    def get_context(self, request, *args, **kwargs):
        if not self.is_over:
            expires_at(request, self.last_moment)
        return super().get_context(request, *args, **kwargs)

    @cached_property
    def local_start(self):
        return self.start.astimezone(ZoneInfo(self.time_zone))

    @cached_property
    def local_end(self):
        return self.end and self.end.astimezone(ZoneInfo(self.time_zone))

    @property
    def ends_on_the_same_day(self) -> bool:
        return self.local_end is not None and self.local_end.date() == self.local_start.date()

    @property
    def time_zone_to_tell(self) -> str:
        """The zone by its place, unless it is the site's own."""
        if self.time_zone == default_time_zone():
            return ""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    def structured_data(self, request):
        return [event(request, self)]

    @path("calendar/", name="calendar")
    def calendar(self, request):
        return calendar_response(request, self.title, self.slug, self.locale.language_code, [self])


class EventPageTheme(ThemeRelation):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="theme_relations")
