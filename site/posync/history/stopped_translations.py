"""Finds stopped translations: they have no texts of translators' until they are started again."""

from collections.abc import Collection

from posync.models import Catalog


def stopped_of(catalog_ids: Collection[int]) -> list[Catalog]:
    """The catalogs whose translation is stopped, but for those without an original: these cannot be started again."""
    found = Catalog.objects.filter(pk__in=catalog_ids, translation__enabled=False).select_related(
        "domain__object", "locale", "translation__source__locale"
    )
    return [catalog for catalog in found if catalog.domain.object.has_translation(catalog.source.locale)]
