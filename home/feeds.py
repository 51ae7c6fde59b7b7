"""News, events and publications for feed readers: a feed of each kind in each language, as RSS and as Atom."""

import datetime
import re
import uuid
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from home.i18n.languages import home_url
from home.models import (
    EventPage,
    EventsIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationPage,
    PublicationsIndexPage,
)

ITEMS_IN_A_FEED = 20
FORMATS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


#: Characters that XML cannot hold. Wagtail takes them from an editor's clipboard.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


class PageFeed(Feed):
    """The newest pages of one kind in the language of the address.

    A further kind is a subclass in `FEEDS` with its list, and the day of each page.
    """

    kind: str
    name: str
    index_model: type[Page]

    def __init__(self, request: HttpRequest, feed_type: type[SyndicationFeed]):
        # One for each request, and so free to keep the request: Django passes it to no method of an item.
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        self.request = request
        self.root_url = site.root_url
        self.feed_type = feed_type

    def listed(self) -> QuerySet[Page]:
        """All public pages in the active language, newest first."""
        raise NotImplementedError

    def day_of(self, page: Page) -> datetime.date:
        raise NotImplementedError

    def summary_of(self, page: Page) -> str:
        raise NotImplementedError

    def get_object(self, request, *args, **kwargs):
        """The index page of the same kind; a language may lack it."""
        return (
            self.index_model.objects.live()
            .public()
            .filter(locale__language_code=translation.get_language())
            .order_by("path")
            .first()
        )

    def title(self, index):
        return writable(f"{index.title if index else self.name} – {_('IOM Bulgaria')}")

    def description(self, index):
        return writable(getattr(index, "intro", "")) or _("The latest from IOM Bulgaria.")

    def subtitle(self, index):
        return self.description(index)

    def link(self, index):
        if index is None:
            return self.root_url + home_url(translation.get_language())
        return index.get_full_url(self.request)

    def feed_url(self, index):
        return self.root_url + self.request.path

    def feed_guid(self, index):
        return self.feed_url(index)

    def author_name(self, index):
        return _("IOM Bulgaria")

    def items(self, index):
        return self.listed()[:ITEMS_IN_A_FEED]

    def item_title(self, page):
        return writable(page.title)

    def item_description(self, page):
        return writable(self.summary_of(page))

    def item_link(self, page):
        return page.get_full_url(self.request)

    def item_guid(self, page):
        """Stays when the address changes, and is another in each language: readers must not merge the versions."""
        return uuid.uuid5(page.translation_key, translation.get_language()).urn

    item_guid_is_permalink = False

    def item_pubdate(self, page):
        return timezone.make_aware(datetime.datetime.combine(self.day_of(page), datetime.time()))

    def item_updateddate(self, page):
        return page.last_published_at


class NewsFeed(PageFeed):
    kind = "news"
    name = gettext_lazy("News")
    index_model = NewsIndexPage

    def listed(self):
        news = NewsPage.objects.newest_first().filter(locale__language_code=translation.get_language())
        return news.prefetch_related(None)  # no pictures

    def day_of(self, page):
        return page.date

    def summary_of(self, page):
        return page.lead


class EventsFeed(PageFeed):
    """Events as they are announced: when each takes place is for the calendars."""

    kind = "events"
    name = gettext_lazy("Events")
    index_model = EventsIndexPage

    def listed(self):
        events = EventPage.objects.live().public().filter(locale__language_code=translation.get_language())
        return events.order_by("-first_published_at", "-pk")

    def day_of(self, page):
        return timezone.localdate(page.first_published_at or page.latest_revision_created_at or page.start)

    def summary_of(self, page):
        when = date_format(page.local_start, "DATETIME_FORMAT")
        return f"{when}. {page.lead}"


class PublicationsFeed(PageFeed):
    kind = "publications"
    name = gettext_lazy("Publications")
    index_model = PublicationsIndexPage

    def listed(self):
        publications = PublicationPage.objects.listed().filter(
            locale__language_code=translation.get_language()
        )
        return publications.prefetch_related(None)  # no pictures

    def day_of(self, page):
        return page.date

    def summary_of(self, page):
        return page.lead


FEEDS = [NewsFeed, EventsFeed, PublicationsFeed]


@dataclass(frozen=True)
class FeedLink:
    """One `<link>` for browsers and readers to find a feed."""

    title: str
    content_type: str
    url: str


def feed_links() -> list[FeedLink]:
    """Those in the active language."""
    return [
        FeedLink(
            f"{feed.name} – {_('IOM Bulgaria')} ({extension})",
            feed_type.content_type.partition(";")[0],
            reverse(_url_name(feed, extension)),
        )
        for feed in FEEDS
        for extension, feed_type in FORMATS.items()
    ]


def _url_name(feed: type[PageFeed], extension: str) -> str:
    return f"feed_{feed.kind}_{extension}"


def _view(feed: type[PageFeed], feed_type: type[SyndicationFeed]):
    def view(request):
        return feed(request, feed_type)(request)

    return view


urlpatterns = [
    path(f"{feed.kind}.{extension}", _view(feed, feed_type), name=_url_name(feed, extension))
    for feed in FEEDS
    for extension, feed_type in FORMATS.items()
]
