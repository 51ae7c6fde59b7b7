"""Finds stopped translations: they have no texts of translators' until they are started again."""

from django.db.models import Q

from posync.models import Catalog


def stopped_catalogs(chosen: Q) -> list[Catalog]:
    """Those of the chosen catalogs with a stopped translation, but for the ones without an original: these cannot be
    started again."""
    found = Catalog.objects.filter(chosen, translation__enabled=False).select_related(
        "domain__object", "locale", "translation__source__locale"
    )
    return [
        catalog
        for catalog in found.defer("base", "translation__source__content_json")
        if catalog.domain.object.has_translation(catalog.source.locale)
    ]
