"""Lists that visitors narrow down by what stands in the address, such as `?theme=protection&year=2026&page=2`.

The values are the same in every language, so that the same address below the other language's list shows the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as PageOfList
from django.db.models import DateTimeField, QuerySet
from django.http import Http404, QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.i18n.collation import by_name, sort_key
from home.i18n.versions import foreign_language
from home.models.vocabulary import Theme
from home.routing.visibility import without_private

ITEMS_PER_PAGE = 12


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    #: Where the label is not in the language of the page.
    language: str = ""
    is_selected: bool = False


class ListFilter:
    """One question that a list can be asked."""

    name = ""
    label = ""
    #: What the list shows when the question is not asked.
    everything = _("All")

    def options(self, items: QuerySet, value: str) -> Iterable[Option]:
        raise NotImplementedError

    def narrow(self, items: QuerySet, value: str) -> QuerySet:
        raise NotImplementedError

    def widen(self, items: QuerySet) -> QuerySet:
        """What the list shows when the question is not asked."""
        return items


class ThemeFilter(ListFilter):
    name = "theme"
    label = _("Theme")

    def options(self, items, value):
        codes = _bare(items).values("theme_relations__theme__code")
        themes = list(Theme.for_display().filter(code__in=codes).order_by(by_name("name")))
        shown = {}
        for theme in themes:
            if theme.code not in shown or not foreign_language(theme):
                shown[theme.code] = theme
        for theme in themes:
            if shown[theme.code] is theme:
                yield Option(theme.code, theme.name, foreign_language(theme), theme.code == value)

    def narrow(self, items, value):
        return items.filter(pk__in=_bare(items).filter(theme_relations__theme__code=value).values("pk"))


class YearFilter(ListFilter):
    name = "year"
    label = _("Year")

    def __init__(self, field_name: str):
        self.field_name = field_name

    def options(self, items, value):
        items = _bare(items)
        is_moment = isinstance(items.model._meta.get_field(self.field_name), DateTimeField)
        years = (items.datetimes if is_moment else items.dates)(self.field_name, "year", order="DESC")
        for year in (str(date.year) for date in years):
            yield Option(year, year, is_selected=year == value)

    def narrow(self, items, value):
        if len(value) != 4 or not (value.isascii() and value.isdecimal()) or value == "0000":
            return items.none()
        return items.filter(**{f"{self.field_name}__year": int(value)})


class ChoiceFilter(ListFilter):
    """By a field of the model that has choices."""

    def __init__(self, field_name: str, label: str):
        self.name = self.field_name = field_name
        self.label = label

    def options(self, items, value):
        used = set(_bare(items).order_by().values_list(self.field_name, flat=True).distinct())
        for choice, label in items.model._meta.get_field(self.field_name).flatchoices:
            if choice in used:
                yield Option(choice, label, is_selected=choice == value)

    def narrow(self, items, value):
        return items.filter(**{self.field_name: value})


class ProjectFilter(ListFilter):
    """By a project: named by the number of its page, in any language."""

    name = "project"
    label = _("Project")

    def options(self, items, value):
        keys = _bare(items).values("project__translation_key")
        versions = {}
        projects = (
            without_private(Page.objects.live()).filter(translation_key__in=keys).select_related("locale")
        )
        for version in projects.order_by("pk"):
            versions.setdefault(version.translation_key, []).append(version)
        active = translation.get_language()
        options = []
        for family in versions.values():
            shown = next((page for page in family if page.locale.language_code == active), family[0])
            is_selected = value in {str(page.pk) for page in family}
            # The first page's number, so that both languages' lists name the project alike.
            options.append(Option(str(family[0].pk), shown.title, foreign_language(shown), is_selected))
        return sorted(options, key=lambda option: sort_key(option.label, active))

    def narrow(self, items, value):
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            return items.none()
        family = Page.objects.filter(pk=int(value)).values("translation_key")
        return items.filter(project__translation_key__in=family)


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
    """One page of the items that answer to all that was asked. Raises Http404 for a page that is not there."""
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
    """The items that answer to all that was asked, in parts."""
    for each in filters:
        value = _value(each, asked)
        items = each.narrow(items, value) if value else each.widen(items)
    return Paginator(items, ITEMS_PER_PAGE)


def _value(each: ListFilter, asked: QueryDict) -> str:
    value = asked.get(each.name, "").strip()
    return "" if "\0" in value else value


def _bare(items: QuerySet) -> QuerySet:
    """The items without what only their display needs."""
    return items.prefetch_related(None).select_related(None)
