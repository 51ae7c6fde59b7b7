"""A target's slug: made once, from its translated title, and remembered by wagtail-localize."""

from collections.abc import Sequence

from wagtail.models import Page
from wagtail_localize.models import StringSegment

from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.models import Catalog


def make_slug(target: Page, parent: Page) -> None:
    """Give a new page its slug and address, unsaved, by the page's own rule.

    Where slugs are ASCII, Wagtail makes none from a title in another script: the original's is kept then.
    Raises ValidationError when the page's rules refuse it.
    """
    copied = target.slug
    target.slug = ""
    target.minimal_clean()
    target.slug = target.slug or copied
    target.set_url_path(parent)


def remember_slugs(made: Sequence[tuple[Catalog, str]]) -> None:
    """Store the slugs of new targets as the translations of their originals'.

    wagtail-localize's own “Publish” takes the slug from its translation; without one, from the source.
    """
    slugs = [(catalog.source.pk, catalog.locale_id, slug) for catalog, slug in made]
    segments = StringSegment.objects.filter(
        source__in={source_id for source_id, _, _ in slugs}, context__path="slug"
    ).values_list("source_id", "string_id", "context_id")
    of_source = {source_id: (string_id, context_id) for source_id, string_id, context_id in segments}
    approve(
        [
            Approved(*of_source[source_id], locale_id, slug)
            for source_id, locale_id, slug in slugs
            if source_id in of_source
        ],
        TOOL_NAME,
    )
