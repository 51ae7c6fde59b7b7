"""“Review this version” of a target: its texts, to be taken again in the editor of the catalog."""

from collections import Counter, defaultdict
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

from posync.admin.row_keys import as_key
from posync.catalogs.load import EntryId, LoadedCatalog
from posync.db.bulk_sql import AnyOf
from posync.models import Change
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

    Texts of the original's language are none: a target begins as a copy. Where a field has several texts, those are taken
    that the history knows as translations of the same source text: the field's order may have changed since.
    """
    revision = _revision(target, revision_id)
    if revision is None:
        return None
    shown: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(revision.as_object()):
        if isinstance(segment, StringSegmentValue):
            shown[segment.path].append(segment.string.data)
    texts = list({text for texts in shown.values() for text in texts})
    of_originals = String.objects.filter(AnyOf(F("data"), texts), locale=loaded.catalog.source.locale_id)
    untranslated = {"", *of_originals.values_list("data", flat=True)}
    known = set(
        Change.objects.filter(
            AnyOf(F("after"), texts), catalog=loaded.catalog, kind=Change.Kind.APPROVED
        ).values_list("path", "msgid", "after")
    )
    numbers = Counter(entry.path for entry in loaded.current)
    found: dict[EntryId, str] = {}
    for entry in loaded.current:
        here = shown[entry.path]
        if entry.approved in here:
            continue
        is_single = numbers[entry.path] == len(here) == 1
        texts_of_entry = here if is_single else [text for text in here if (*entry.id, text) in known]
        if len(texts_of_entry) == 1 and texts_of_entry[0] not in untranslated:
            found[entry.id] = texts_of_entry[0]
    return EarlierVersion(revision, found)


def _revision(target: Any, revision_id: str) -> Revision | None:
    key, revisions = as_key(revision_id), getattr(target, "revisions", None)
    found: Revision | None = None if key is None or revisions is None else revisions.filter(pk=key).first()
    return found
