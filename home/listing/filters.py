"""Filters of a list, by GET parameter: `?theme=protection&year=2026&page=2`.

Their values are the same in every language: one query shows the same part of either language's list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateTimeField, QuerySet
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    #: Where the label is not in the language of the page.
    language: str = ""
    is_selected: bool = False


class ListFilter:
    """One question to a list."""

    name = ""
    label = ""
    #: The label of the unasked question.
    everything = _("All")

    def options(self, items: QuerySet, value: str) -> Iterable[Option]:
        raise NotImplementedError

    def narrow(self, items: QuerySet, value: str) -> QuerySet:
        raise NotImplementedError

    def widen(self, items: QuerySet) -> QuerySet:
        """Narrows the list down as far as the unasked question does."""
        return items


class YearFilter(ListFilter):
    name = "year"
    label = _("Year")

    def __init__(self, field_name: str):
        self.field_name = field_name

    def options(self, items, value):
        items = bare_items(items)
        is_moment = isinstance(items.model._meta.get_field(self.field_name), DateTimeField)
        years = (items.datetimes if is_moment else items.dates)(self.field_name, "year", order="DESC")
        for year in (str(date.year) for date in years):
            yield Option(year, year, is_selected=year == value)

    def narrow(self, items, value):
        if len(value) != 4 or not (value.isascii() and value.isdecimal()) or value == "0000":
            return items.none()
        return items.filter(**{f"{self.field_name}__year": int(value)})


class ChoiceFilter(ListFilter):
    """By a field with choices."""

    def __init__(self, field_name: str, label: str):
        self.name = self.field_name = field_name
        self.label = label

    def options(self, items, value):
        used = set(bare_items(items).order_by().values_list(self.field_name, flat=True).distinct())
        for choice, label in items.model._meta.get_field(self.field_name).flatchoices:
            if choice in used:
                yield Option(choice, label, is_selected=choice == value)

    def narrow(self, items, value):
        return items.filter(**{self.field_name: value})


class TimeFilter(ListFilter):
    """Parts a list in time: the current items at first, those of the past on demand.

    A subclass names the two methods of the queryset; the name of the past one is the parameter's value.
    """

    name = "when"
    current = ""
    past = ""
    past_label = ""

    def options(self, items, value):
        return [Option(self.past, self.past_label, is_selected=value == self.past)]

    def narrow(self, items, value):
        return getattr(items, self.past)() if value == self.past else items.none()

    def widen(self, items):
        return getattr(items, self.current)()


def bare_items(items: QuerySet) -> QuerySet:
    """The items without joins and prefetches for display alone."""
    return items.prefetch_related(None).select_related(None)
