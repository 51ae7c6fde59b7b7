"""Breadcrumbs."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str


def breadcrumbs(request: HttpRequest | None, page: Page | None) -> list[Crumb]:
    """The live pages above `page`, from the front page down; a front page has none."""
    if page is None or page.depth is None or page.depth <= 2:
        return []
    return [Crumb(ancestor.title, ancestor.get_url(request)) for ancestor in page.live_ancestors]
