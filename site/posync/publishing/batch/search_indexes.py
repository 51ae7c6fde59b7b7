"""Updates the search index and the reference index for a batch of pages; Wagtail does one page at a time."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from modelsearch.backends import get_search_backends
from modelsearch.index import RelatedFields, class_is_indexed
from wagtail.models import Page, ReferenceIndex

logger = logging.getLogger(__name__)


def refresh_search_index(pages: Sequence[Page]) -> None:
    """Index the pages: in the transaction where the index is in the database, else after it.

    In a fixed number of queries, but on SQLite: Wagtail's backend for it updates existing rows by a query for each
    page.
    """
    by_model: dict[type[models.Model], list[Any]] = defaultdict(list)
    for page in pages:
        instance = page.get_indexed_instance()
        if instance is not None and class_is_indexed(type(instance)):
            by_model[type(instance)].append(instance)
    for model, instances in by_model.items():
        if not getattr(model, "search_auto_update", True):
            continue
        indexed = _indexed(model, instances)
        for backend in get_search_backends(with_auto_update=True):
            if backend.catch_indexing_errors:
                transaction.on_commit(partial(_add_elsewhere, backend, model, indexed))
            else:
                backend.add_bulk(model, indexed)


def _indexed(model: Any, instances: Sequence[Any]) -> list[Any]:
    """The instances wanted in the index by their model."""
    found = model.get_indexed_objects().filter(pk__in=[instance.pk for instance in instances])
    if any(isinstance(field, RelatedFields) for field in model.get_search_fields()):
        return list(found)  # related objects come with them
    wanted = set(found.values_list("pk", flat=True))
    return [instance for instance in instances if instance.pk in wanted]


def _add_elsewhere(backend: Any, model: type[models.Model], instances: Sequence[Any]) -> None:
    """A search server out of reach must not undo a publication: `update_index` makes up for it."""
    try:
        backend.add_bulk(model, instances)
    except Exception:
        logger.exception("Pages could not be added to the search index")


def refresh_reference_index(pages: Sequence[Page]) -> None:
    """ReferenceIndex.create_or_update_for_object for many pages: one query to read, two to write."""
    indexed = [page for page in pages if ReferenceIndex.is_indexed(type(page))]
    if not indexed:
        return
    base_content_type = ContentType.objects.get_for_model(Page)
    stored: dict[str, dict[tuple[Any, ...], tuple[int, int]]] = defaultdict(dict)
    for row_id, object_id, content_type_id, *reference in ReferenceIndex.objects.filter(
        base_content_type=base_content_type, object_id__in=[str(page.pk) for page in indexed]
    ).values_list(
        "pk",
        "object_id",
        "content_type_id",
        "to_content_type_id",
        "to_object_id",
        "model_path",
        "content_path",
    ):
        stored[object_id][tuple(reference)] = (row_id, content_type_id)
    new: list[ReferenceIndex] = []
    gone: list[int] = []
    for page in indexed:
        references = set(ReferenceIndex._extract_references_from_object(page))
        had = stored[str(page.pk)]
        content_types = [
            ContentType.objects.get_for_model(model, for_concrete_model=False).pk
            for model in (type(page), *page._meta.get_parent_list())
        ]
        new.extend(
            ReferenceIndex(
                content_type_id=content_types[0],
                base_content_type=base_content_type,
                object_id=str(page.pk),
                to_content_type_id=to_content_type_id,
                to_object_id=to_object_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for to_content_type_id, to_object_id, model_path, content_path in references - had.keys()
        )
        gone.extend(
            row_id
            for reference, (row_id, content_type_id) in had.items()
            if reference not in references and content_type_id in content_types
        )
    ReferenceIndex.objects.bulk_create(new, ignore_conflicts=True)
    if gone:
        ReferenceIndex.objects.filter(pk__in=gone).delete()
