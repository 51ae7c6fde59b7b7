from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.listing.filters import ListFilter
from home.listing.pagination import make_listing, paginate
from home.models.base import BasePage
from home.routing.query import PAGE_NUMBER


class ListingPage(BasePage):
    """All pages of one kind below this one, in parts of twelve, narrowed down by GET parameters."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    max_count_per_parent = 1

    class Meta:
        abstract = True

    def get_items(self) -> models.QuerySet:
        """Visitors' pages, in the order of the list, ready to be shown."""
        raise NotImplementedError

    def get_filters(self) -> list[ListFilter]:
        return []

    @property
    def query_parameters(self) -> tuple[str, ...]:
        """The names of the list's parameters, the same in any language."""
        return (*(each.name for each in self.get_filters()), PAGE_NUMBER)

    def number_of_pages(self, parameters: QueryDict) -> int:
        """The number of the list's pages under `parameters`, whichever of them these name."""
        return paginate(self.get_items(), self.get_filters(), parameters).num_pages

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.pk:
            context["listing"] = make_listing(self.get_items(), self.get_filters(), request.GET)
        else:
            # Being previewed before it is first saved, it has no place in the tree, and so nothing below it.
            context["listing"] = make_listing(Page.objects.none(), [], request.GET)
        context["items"] = context["listing"].page
        return context
