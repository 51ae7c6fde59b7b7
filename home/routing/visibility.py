"""Private pages: restricted themselves, or below a restricted page."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction


def is_private() -> Exists:
    """Whether a page of the query, or one above it, is not for everybody."""
    above = PageViewRestriction.objects.annotate(below=ExpressionWrapper(OuterRef("path"), CharField()))
    return Exists(above.filter(below__startswith=F("page__path")))


def without_private(pages: QuerySet) -> QuerySet:
    """Wagtail's `.public()`, without its query beforehand."""
    return pages.filter(~is_private())
