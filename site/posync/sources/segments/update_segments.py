"""Brings sources up to the published content."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DataError, IntegrityError
from django.db.models import F
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import TranslatableObject, TranslationSource
from wagtail_localize.segments import RelatedObjectSegmentValue

from posync.db.bulk_sql import AnyOf
from posync.sources.segments.candidates import Candidate
from posync.sources.segments.extraction import extract
from posync.sources.segments.serialization import serialize
from posync.sources.segments.store_segments import find_sources, store

#: Objects in one transaction.
BATCH_SIZE = 200


@dataclass(frozen=True, slots=True)
class SourceRefresh:
    """The outcome for an object's source."""

    #: None where there was none, and none could be made.
    source: TranslationSource | None
    instance: TranslatableMixin
    created: bool
    #: The source has new content, as every source just created.
    changed: bool
    #: The reason for a source behind its object; "" where it is up to date.
    error: str = ""


def refresh_segments(instances: Sequence[TranslatableMixin]) -> list[SourceRefresh]:
    """Give objects a source with their present content and segments, as update_or_create_from_instance does.

    The instances are as the database has them, pages of their specific class; there is one result for each object.
    Unchanged objects write nothing. Objects beyond extraction are reported, and stop no others.
    Each batch is a transaction of its own. No signal is sent.
    """
    specific = (instance.specific if isinstance(instance, Page) else instance for instance in instances)
    distinct = list({(type(instance), instance.pk): instance for instance in specific}.values())
    return [
        SourceRefresh(
            candidate.source, candidate.instance, candidate.created, candidate.stored, candidate.error
        )
        for start in range(0, len(distinct), BATCH_SIZE)
        for candidate in _refresh([Candidate(instance) for instance in distinct[start : start + BATCH_SIZE]])
    ]


def _refresh(batch: list[Candidate]) -> list[Candidate]:
    # Reading and taking apart take time; only then the database is locked.
    serialize(batch)
    find_sources(batch)
    changed = [candidate for candidate in batch if not candidate.error and not _is_unchanged(candidate)]
    extract(changed)
    _refuse_what_cannot_be_stored(changed)
    _store([candidate for candidate in changed if not candidate.error])
    return batch


def _is_unchanged(candidate: Candidate) -> bool:
    if candidate.source is None:
        return False
    before, now = candidate.source.content_json, candidate.content_json
    return bool(before == now or json.loads(before) == json.loads(now))


def _refuse_what_cannot_be_stored(changed: Sequence[Candidate]) -> None:
    """wagtail-localize knows an object by its translation key alone, and a source never changes its model."""
    mentioned = {candidate: _objects_of(candidate) for candidate in changed}
    keys = [key for objects in mentioned.values() for key, _content_type in objects]
    known = TranslatableObject.objects.filter(AnyOf(F("pk"), keys))
    content_types: dict[UUID, int] = dict(known.values_list("pk", "content_type"))
    for candidate, objects in mentioned.items():
        if candidate.source and candidate.source.specific_content_type_id != candidate.content_type_id:
            candidate.error = (
                f"It was of another model when its source was made: {candidate.source.specific_content_type}."
            )
        for key, content_type in objects:
            if content_types.setdefault(key, content_type) != content_type:
                candidate.error = f"The translation key {key} is used by objects of two models."


def _objects_of(candidate: Candidate) -> list[tuple[UUID, int]]:
    related = (value for value in candidate.values if isinstance(value, RelatedObjectSegmentValue))
    return [
        (candidate.object_id, candidate.object_type_id),
        *((value.translation_key, value.content_type.pk) for value in related),
    ]


def _store(candidates: Sequence[Candidate]) -> None:
    """All at once; each alone where the database refuses one of them, or one is deleted at the same time."""
    if not candidates:
        return
    before = {candidate: candidate.source for candidate in candidates}
    try:
        store(candidates)
    except (DataError, IntegrityError, LookupError, ValueError) as error:
        for candidate, source in before.items():
            candidate.source = source
        if len(candidates) == 1:
            candidates[0].fail(error)
            return
        for candidate in candidates:
            _store([candidate])
    else:
        for candidate in candidates:
            candidate.stored = True
            candidate.created = before[candidate] is None
