"""The text domains and catalogs of translations: made when a translation begins, and kept for ever."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation

from posync.catalogs.load import active_catalogs, load_catalogs
from posync.core.po.naming import unique_domain
from posync.db.bulk_sql import AnyOf, insert_rows
from posync.models import Catalog, TextDomain
from posync.sources.carry_over import carry_over
from posync.sources.catalog_names import wanted_name

_NEW_CATALOG = {
    "base": b"",
    "file_digest": "",
    "writing_digest": "",
    "file_versions": b"",
    "revision": 0,
    "source_changed": False,
    "stopped": False,
    "restarted": False,
    "needs_export": True,
    "needs_publish": True,
    "texts_left": 0,
    "waiting_for": "",
}


@transaction.atomic
def create_catalogs(translations: Sequence[Translation], instances: Mapping[UUID, TranslatableMixin]) -> None:
    """Give translations their catalogs, and their objects permanent text domains.

    `instances` are the originals by translation key; a deleted one keeps the domain it has, and without one gets no
    domain and no catalog. The catalog of an earlier translation of the same object, given up or deleted since, is taken
    over with all it knows, as a stopped one.
    """
    domains = _text_domains({translation.source.object_id: None for translation in translations}, instances)
    translations = [translation for translation in translations if translation.source.object_id in domains]
    found = Catalog.objects.filter(AnyOf(F("domain"), [domain.pk for domain in domains.values()])).defer(
        "base"
    )
    catalogs = {(catalog.domain_id, catalog.locale_id): catalog for catalog in found}
    new = []
    for translation in translations:
        domain = domains[translation.source.object_id]
        catalog = catalogs.get((domain.pk, translation.target_locale_id))
        if catalog is None:
            new.append((domain.pk, translation.target_locale_id, translation.pk, *_NEW_CATALOG.values()))
        elif catalog.translation_id != translation.pk:
            Catalog.objects.filter(pk=catalog.pk).update(translation=translation, stopped=True)
            Catalog.objects.filter(pk=catalog.pk).mark_changed()
    insert_rows(Catalog, ("domain", "locale", "translation", *_NEW_CATALOG), new, on_conflict="ignore")
    begun = active_catalogs().filter(AnyOf(F("translation"), [row[2] for row in new]))
    # Their texts may have translations elsewhere.
    carry_over(load_catalogs(list(begun)))


def _text_domains(
    object_ids: Mapping[UUID, None], instances: Mapping[UUID, TranslatableMixin]
) -> dict[UUID, TextDomain]:
    """The domains of objects, made where missing. A name lost to another process gives way to the next free one."""
    while True:
        found = TextDomain.objects.filter(AnyOf(F("object"), list(object_ids)))
        domains = {domain.object_id: domain for domain in found}
        missing = [
            object_id for object_id in instances if object_id in object_ids and object_id not in domains
        ]
        if not missing:
            return domains
        wanted = {object_id: wanted_name(instances[object_id]) for object_id in missing}
        taken = _taken(set(wanted.values()))
        rows = []
        for object_id, name in wanted.items():
            unique = unique_domain(name, taken)
            taken.add(unique)
            rows.append((object_id, unique))
        insert_rows(TextDomain, ("object", "name"), rows, on_conflict="ignore")


def _taken(wanted: set[str]) -> set[str]:
    """The wanted names already in use, with their numbered variants."""
    taken = set(TextDomain.objects.filter(AnyOf(F("name"), list(wanted))).values_list("name", flat=True))
    for name in tuple(taken):
        numbered = TextDomain.objects.filter(name__startswith=f"{name}-")
        taken.update(numbered.values_list("name", flat=True))
    return taken
