from django.db import models
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.blocks.body import BodyBlock
from home.models.base import BasePage
from home.models.events import EventPage, EventsIndexPage
from home.models.news import NewsIndexPage, NewsPage
from home.page_cache.expiry import expires_at
from home.routing.visibility import without_private
from home.seo.structured_data import organization, website

LATEST_NEWS = 3
NEXT_EVENTS = 3


class HomePage(BasePage):
    """The front page of one language; each language's is a translation of the same page."""

    hero_title = models.CharField(
        _("opening line"), max_length=120, help_text=_("The large line at the top of the page.")
    )
    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences under the opening line.")
    )
    hero_image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opening image"),
    )
    hero_image_alt = models.CharField(
        _("alt text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for those who do not see it. Leave empty if it is decorative."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("lead"),
                FieldPanel("hero_image"),
                FieldPanel("hero_image_alt"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("body"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.SectionPage",
        "home.NewsIndexPage",
        "home.EventsIndexPage",
        "home.ProjectsIndexPage",
        "home.PublicationsIndexPage",
        "home.VacanciesIndexPage",
        "home.ThemePage",
        "home.ContactPage",
        "home.FormPage",
        "home.StandardPage",
    ]
    page_description = _("The front page of one language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request, path_components):
        """Serve an address in its own language only.

        Wagtail routes /en/… from the default language's home page while the English one is not live, and so would show
        Bulgarian under an English address and lose every English page below.
        """
        language = translation.get_language()
        way = self._look_around(path_components)
        if self.locale.language_code == language:
            return self._follow(request, path_components, way)
        home = self.get_translations().filter(locale__language_code=language).first()
        if home is None:
            raise Http404
        return home.route(request, path_components)

    @property
    def shared_image(self):
        return self.hero_image

    @property
    def shared_image_alt(self):
        return self.hero_image_alt

    def structured_data(self, request):
        return [organization(request), website(request, self)]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["latest_news"] = NewsPage.objects.newest_first().descendant_of(self)[:LATEST_NEWS]
        context["news_index"] = without_private(NewsIndexPage.objects.child_of(self).live()).first()
        context["next_events"] = list(EventPage.objects.listed().upcoming().descendant_of(self)[:NEXT_EVENTS])
        expires_at(request, *(event.last_moment for event in context["next_events"]))
        events_indexes = EventsIndexPage.objects.descendant_of(self).live()
        context["events_index"] = without_private(events_indexes).first()
        return context
