"""Tells drafts typed for an earlier source from those of the entry's own, by what was ever stored."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from django.db.models import F
from wagtail_localize.models import StringTranslation

from posync.catalogs.load import EntryId
from posync.db.bulk_sql import AnyOf
from posync.models import Catalog, Change, Draft


def earlier_sources(catalog: Catalog, drafts: Mapping[EntryId, Draft]) -> dict[EntryId, str]:
    """The earlier source at its place that each draft was typed for, last; none for those of the entry's own."""
    if not drafts:
        return {}
    texts = list({draft.text for draft in drafts.values()})
    stored = StringTranslation.objects.filter(
        AnyOf(F("data"), texts), context__object_id=catalog.domain.object_id, locale=catalog.locale_id
    ).order_by("updated_at")
    typed = Change.objects.filter(AnyOf(F("after"), texts), catalog=catalog).order_by("pk")
    places: dict[tuple[str, str], list[EntryId]] = defaultdict(list)
    for entry_id, draft in drafts.items():
        places[entry_id[0], draft.text].append(entry_id)
    found: dict[EntryId, str] = {}
    for path, text, msgid in chain(
        stored.values_list("context__path", "data", "translation_of__data"),
        typed.values_list("path", "after", "msgid"),
    ):
        for entry_id in places.get((path, text), ()):
            found[entry_id] = msgid
    return {entry_id: msgid for entry_id, msgid in found.items() if msgid != entry_id[1]}
