"""The pages a search finds for a visitor: live, public, of one language, with their lines in the list."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.safestring import SafeString
from modelsearch.conf import get_app_config
from wagtail.models import Locale, Page, Site
from wagtail.search.backends import get_search_backend

from home.search.highlighting import excerpt, highlighted
from home.search.queries import Query, search_url
from home.search.stems import without_stems
from home.search.suggestions import Vocabulary, suggested_queries

RESULTS_PER_PAGE = 10
FEW_OF_OTHER_LANGUAGE = 3
VOCABULARY_SECONDS = 60 * 60


@dataclass(frozen=True)
class Result:
    """One page found, as the list shows it."""

    page: Page
    url: str
    title: SafeString
    excerpt: SafeString
    date: datetime.date | None
    # The title of the page above, as a hint at the kind.
    section: str


@dataclass(frozen=True)
class OtherLanguage:
    """The results of the same search in another language."""

    code: str
    count: int
    results: Sequence[Result]
    # All of them.
    url: str

    @property
    def has_more(self) -> bool:
        return self.count > len(self.results)


class LanguageSearch:
    """A search in the pages of one language."""

    def __init__(self, request: HttpRequest, language: str, query: Query):
        self.request = request
        self.language = language
        self.query = query
        self.pages = readable_pages(request, language)

    def matching_all(self):
        """Pages with every word of the search, the best first."""
        return self._search(self.query.matching_all())

    def matching_any(self):
        """Pages with some of its words."""
        return self._search(self.query.matching_any())

    def results(self, pages: Iterable[Page]) -> list[Result]:
        """The lines of `pages` in the list: the same number of queries for any number of pages."""
        pages = list(pages)
        texts = IndexedText().bodies(pages)
        sections = _titles_above(pages)
        words, stems = self.query.words, self.query.stems
        return [
            Result(
                page=page,
                url=page.get_url(self.request),
                title=highlighted(page.title, words, stems),
                excerpt=excerpt(texts.get(page.pk, ""), words, stems),
                date=getattr(page, "search_date", None),
                section=sections.get(page.path[: -page.steplen], ""),
            )
            for page in pages
        ]

    def suggestions(self) -> list[str]:
        return suggested_queries(self.query.words, vocabulary(self.pages, self.language))

    def _search(self, search_query):
        return get_search_backend().search(search_query, self.pages)


def other_language(request: HttpRequest, code: str, query: Query) -> OtherLanguage:
    search = LanguageSearch(request, code, query)
    pages = Paginator(search.matching_all(), FEW_OF_OTHER_LANGUAGE)
    return OtherLanguage(code, pages.count, search.results(pages.page(1)), search_url(code, query))


def readable_pages(request: HttpRequest, language: str):
    """Every public page in `language`: below its live front page, since pages are served there alone."""
    site = Site.find_for_request(request)
    locale = Locale.objects.filter(language_code=language).first()
    if site is None or locale is None:
        return Page.objects.none()
    home = site.root_page.get_translations(inclusive=True).filter(locale=locale, live=True).first()
    if home is None:
        return Page.objects.none()
    pages = Page.objects.descendant_of(home, inclusive=True).filter(locale=locale).live().public()
    return pages.defer_streamfields().specific()


class IndexedText:
    """The texts of pages as they were indexed: they are there already, and need no look into each page's blocks."""

    def __init__(self):
        self.entries = get_app_config().get_model("IndexEntry").objects.all()
        # PostgreSQL keeps them beside its vectors.
        suffix = "_text" if connection.vendor == "postgresql" else ""
        self.title, self.body = f"title{suffix}", f"body{suffix}"

    def bodies(self, pages: Sequence[Page]) -> dict[int, str]:
        entries = self.entries.filter(
            content_type__in={page.content_type_id for page in pages},
            object_id__in=[str(page.pk) for page in pages],
        )
        return {
            int(pk): without_stems(text or "") for pk, text in entries.values_list("object_id", self.body)
        }

    def all_of(self, pages) -> Iterator[str]:
        pages = pages.order_by()
        entries = self.entries.filter(
            content_type__in=pages.values("content_type"),
            object_id__in=pages.annotate(pk_as_text=Cast("pk", TextField())).values("pk_as_text"),
        )
        for title_and_body in entries.values_list(self.title, self.body):
            yield from (without_stems(text or "") for text in title_and_body)


def _titles_above(pages: Sequence[Page]) -> dict[str, str]:
    """Titles of the live pages above `pages` by path; the front page, above all, says nothing."""
    paths = {page.path[: -page.steplen] for page in pages}
    above = Page.objects.live().filter(path__in=paths, depth__gt=2)
    return dict(above.values_list("path", "title"))


def vocabulary(pages, language: str) -> Vocabulary:
    """The words of `pages`, remembered until one of them is published or taken back."""
    state = pages.order_by().aggregate(latest=Max("last_published_at"), count=Count("pk"))
    latest = state["latest"].timestamp() if state["latest"] else ""
    key = f"search-vocabulary:{language}:{state['count']}:{latest}"
    return cache.get_or_set(key, lambda: Vocabulary.of(IndexedText().all_of(pages)), VOCABULARY_SECONDS)
