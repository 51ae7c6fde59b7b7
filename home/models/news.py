from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from home.blocks.body import BodyBlock
from home.listing.filters import YearFilter
from home.models.base import BasePage, BasePageQuerySet, IllustratedMixin
from home.models.listing_page import ListingPage
from home.models.themed import ProjectFilter, ProjectRelatedMixin, ThemedMixin, ThemeFilter, ThemeRelation
from home.renditions import with_pictures
from home.routing.visibility import without_private
from home.seo.structured_data import news_article


class NewsIndexPage(ListingPage):
    """All news of one language, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    page_description = _("Lists the news, newest first.")

    class Meta:
        verbose_name = _("news index page")
        verbose_name_plural = _("news index pages")

    def get_items(self):
        return NewsPage.objects.newest_first().child_of(self)

    def get_filters(self):
        return [ThemeFilter(), YearFilter("date"), ProjectFilter()]


class NewsPageQuerySet(BasePageQuerySet):
    def newest_first(self):
        """Visitors' news, newest first, ready to be listed."""
        return with_pictures(self.live().public().order_by("-date", "-pk"), "image")


class NewsPage(ThemedMixin, ProjectRelatedMixin, IllustratedMixin, BasePage):
    """One news item."""

    date = models.DateField(_("date"), default=timezone.localdate)
    place = models.CharField(_("place"), max_length=100, blank=True)
    lead = models.TextField(
        _("lead"), help_text=_("What happened, in one or two sentences. Lists show it too.")
    )
    image_caption = models.CharField(_("caption"), max_length=255, blank=True)
    image_credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made the image or owns it.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_caption"),
                FieldPanel("image_credit"),
            ],
            heading=_("Image"),
        ),
        FieldPanel("body"),
        ThemedMixin.themes_panel,
        FieldPanel("project"),
    ]

    shared_kind = "article"
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types = []
    page_description = _("One news item.")

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    @property
    def search_date(self):
        return self.date

    def structured_data(self, request):
        return [news_article(request, self)]

    @property
    def previous_news(self):
        """The item before this one in time."""
        return self._neighbours[0]

    @property
    def next_news(self):
        """The item after this one in time."""
        return self._neighbours[1]

    @cached_property
    def _neighbours(self) -> tuple["NewsPage | None", "NewsPage | None"]:
        # Tells items of one day apart; a page being previewed before it is first saved has no key yet.
        key = self.pk or 0
        others = without_private(NewsPage.objects.child_of(self.get_parent()).exclude(pk=key).live())
        older = others.filter(Q(date__lt=self.date) | Q(date=self.date, pk__lt=key)).order_by("-date", "-pk")
        newer = others.filter(Q(date__gt=self.date) | Q(date=self.date, pk__gt=key)).order_by("date", "pk")
        found = NewsPage.objects.filter(Q(pk__in=older.values("pk")[:1]) | Q(pk__in=newer.values("pk")[:1]))
        previous = following = None
        for page in found:
            if (page.date, page.pk) < (self.date, key):
                previous = page
            else:
                following = page
        return previous, following


class NewsPageTheme(ThemeRelation):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="theme_relations")
