"""“Review this version” of a target: its texts, to be taken again in the editor of the catalog."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Revision
from wagtail_localize.models import String
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from posync.catalogs.load import EntryId, LoadedCatalog
from posync.db.bulk_sql import AnyOf
from posync.publishing.action import catalog_of

#: The name of Wagtail's address, of pages and of snippets.
_REVERT = "revisions_revert"


def before_edit(request: HttpRequest, instance: models.Model) -> HttpResponseBase | None:
    """Lead from an earlier version of a target to the catalog's editor; None leaves the request to others."""
    match = request.resolver_match
    if match is None or match.url_name != _REVERT:
        return None
    catalog = catalog_of(instance)
    if catalog is None:
        return None
    address = reverse("posync_edit_catalog", args=[catalog.pk])
    return redirect(f"{address}?revision={match.kwargs['revision_id']}")


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """The texts of a revision that differ from those approved."""

    revision: Revision
    texts: Mapping[EntryId, str]


def earlier_version(loaded: LoadedCatalog, target: Any, revision_id: str) -> EarlierVersion | None:
    """What a revision of the target says otherwise; None where the target has no such revision.

    Texts of the original's language are none: a target begins as a copy. Of a field with more or fewer texts by now none is taken: which belongs to which is not known.
    """
    revisions = getattr(target, "revisions", None)
    revision = revisions.filter(pk=revision_id).first() if revisions and revision_id.isdecimal() else None
    if revision is None:
        return None
    shown: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(revision.as_object()):
        if isinstance(segment, StringSegmentValue):
            shown[segment.path].append(segment.string.data)
    of_originals = String.objects.filter(
        AnyOf(F("data"), list({text for texts in shown.values() for text in texts})),
        locale=loaded.catalog.source.locale_id,
    )
    untranslated = {"", *of_originals.values_list("data", flat=True)}
    wanted: dict[str, list[tuple[EntryId, str]]] = defaultdict(list)
    for entry in loaded.current:
        wanted[entry.path].append((entry.id, entry.approved))
    return EarlierVersion(
        revision,
        {
            entry_id: text
            for path, entries in wanted.items()
            if len(entries) == len(shown[path])
            for (entry_id, approved), text in zip(entries, shown[path], strict=True)
            if text != approved and text not in untranslated
        },
    )
