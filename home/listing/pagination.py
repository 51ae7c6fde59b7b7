"""One page of a filtered list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as PageOfList
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from home.listing.filters import (
    ListFilter,
    Option,
)

ITEMS_PER_PAGE = 12


@dataclass(frozen=True)
class Question:
    """A filter as it stands on the page."""

    name: str
    label: str
    everything: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Listing:
    page: PageOfList
    questions: Sequence[Question] = field(default_factory=tuple)
    is_filtered: bool = False


def make_listing(items: QuerySet, filters: Sequence[ListFilter], asked: QueryDict) -> Listing:
    """Returns one page of the items under all filters. Raises Http404 for a missing page."""
    questions = []
    for each in filters:
        options = list(each.options(items, _value(each, asked)))
        if options:
            questions.append(Question(each.name, each.label, each.everything, options))
    try:
        page = paginate(items, filters, asked).page(asked.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    return Listing(page, questions, is_filtered=any(_value(each, asked) for each in filters))


def paginate(items: QuerySet, filters: Iterable[ListFilter], asked: QueryDict) -> Paginator:
    """Narrows the items down by all filters, and pages them."""
    for each in filters:
        value = _value(each, asked)
        items = each.narrow(items, value) if value else each.widen(items)
    return Paginator(items, ITEMS_PER_PAGE)


def _value(each: ListFilter, asked: QueryDict) -> str:
    value = asked.get(each.name, "").strip()
    return "" if "\0" in value else value
