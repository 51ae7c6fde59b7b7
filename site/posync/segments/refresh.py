"""Sources brought up to what is published."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DataError, IntegrityError
from django.db.models import F
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import TranslatableObject, TranslationContext, TranslationSource
from wagtail_localize.segments import RelatedObjectSegmentValue

from posync.bulk import AnyOf
from posync.segments.candidates import Candidate
from posync.segments.extraction import (
    UNREADABLE,
    extracted,
    field_path,
    load_references,
    rebuilt,
    serialized,
    with_children,
)
from posync.segments.storage import store

#: Objects in one transaction.
BATCH_SIZE = 200


@dataclass(frozen=True, slots=True)
class SourceRefresh:
    """What became of an object's source."""

    instance: TranslatableMixin
    #: None where there was none, and none could be made.
    source: TranslationSource | None
    created: bool
    #: The source has new content; also when it was created.
    changed: bool
    #: Why the source is not what the object has now; "" when it is.
    error: str = ""


def refresh_sources(instances: Sequence[TranslatableMixin]) -> list[SourceRefresh]:
    """Give every object a source with its present content and segments, as update_or_create_from_instance does.

    The instances are as the database has them, pages in their specific class; one result for each object. What is
    unchanged is not written. An object that cannot be taken apart is reported, and does not stop the others.
    Each batch is a transaction of its own. No signal is sent.
    """
    specific = (instance.specific if isinstance(instance, Page) else instance for instance in instances)
    distinct = {(type(instance), instance.pk): instance for instance in specific}
    candidates = [Candidate(instance) for instance in distinct.values()]
    results: list[SourceRefresh] = []
    while candidates:
        batch, candidates = candidates[:BATCH_SIZE], candidates[BATCH_SIZE:]
        results += _refresh(batch)
    return results


def _refresh(batch: list[Candidate]) -> list[SourceRefresh]:
    _serialize(batch)
    _find_sources(batch)
    existing = {id(candidate) for candidate in batch if candidate.source}
    changed = [candidate for candidate in batch if not candidate.error and not _is_unchanged(candidate)]
    _take_apart(changed)
    _check_objects(changed)
    _store(changed)
    written = {id(candidate) for candidate in changed if not candidate.error}
    return [
        SourceRefresh(
            candidate.instance,
            candidate.source,
            created=id(candidate) in written - existing,
            changed=id(candidate) in written,
            error=candidate.error,
        )
        for candidate in batch
    ]


def _by_model(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    groups: dict[type, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[type(candidate.instance)].append(candidate)
    return list(groups.values())


def _serialize(batch: list[Candidate]) -> None:
    for group in _by_model(batch):
        complete = with_children([candidate.instance for candidate in group])
        for candidate, instance in zip(group, complete, strict=True):
            try:
                candidate.content_json = serialized(instance)
            except UNREADABLE as error:
                candidate.fail(error)


def _find_sources(batch: list[Candidate]) -> None:
    found = TranslationSource.objects.filter(
        AnyOf(F("object"), [candidate.object_id for candidate in batch]),
        locale__in={candidate.locale_id for candidate in batch},
    )
    sources = {(source.object_id, source.locale_id): source for source in found}
    for candidate in batch:
        candidate.source = sources.get((candidate.object_id, candidate.locale_id))


def _is_unchanged(candidate: Candidate) -> bool:
    if candidate.source is None:
        return False
    before, now = candidate.source.content_json, candidate.content_json
    return bool(before == now or json.loads(before) == json.loads(now))


def _take_apart(changed: list[Candidate]) -> None:
    copies = []
    for group in _by_model(changed):
        readable = []
        for candidate in group:
            try:
                copied = rebuilt(candidate.instance, json.loads(candidate.content_json))
            except UNREADABLE as error:
                candidate.fail(error)
            else:
                readable.append((candidate, copied))
        load_references([copied for _candidate, copied in readable])
        copies += readable
    named = _named_paths([candidate for candidate, _copied in copies])
    for candidate, copied in copies:
        try:
            candidate.values = extracted(copied)
            paths = {value.path for value in candidate.values} - named[candidate.object_id]
            candidate.field_paths = {path: field_path(path, copied) for path in paths}
        except UNREADABLE as error:
            candidate.fail(error)


def _named_paths(candidates: list[Candidate]) -> dict[UUID, set[str]]:
    """The paths of each object that have a field_path already: it is made once, and stays."""
    contexts = TranslationContext.objects.filter(
        AnyOf(F("object"), [candidate.object_id for candidate in candidates])
    ).exclude(field_path="")
    named: dict[UUID, set[str]] = defaultdict(set)
    for object_id, path in contexts.values_list("object_id", "path"):
        named[object_id].add(path)
    return named


def _check_objects(changed: list[Candidate]) -> None:
    """Refuse what wagtail-localize's tables cannot hold: a translation key with two models."""
    mentioned = {
        candidate: [
            (candidate.object_id, candidate.object_type_id),
            *(
                (value.translation_key, value.content_type.pk)
                for value in candidate.values
                if isinstance(value, RelatedObjectSegmentValue)
            ),
        ]
        for candidate in changed
    }
