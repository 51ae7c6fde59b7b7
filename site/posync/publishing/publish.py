"""Publishes the due translations, in batches."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page

from posync.catalogs.load import BATCH_SIZE, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.paths import domain_file
from posync.core.results import RunResult, total
from posync.history.acting_user import acting_user
from posync.models import Catalog
from posync.plugins import report_failures
from posync.progress import report
from posync.publishing import issues
from posync.publishing.batching import Done, batch_publisher, single_models
from posync.publishing.gate import Blocker, Gate, blocked_by_entries
from posync.publishing.locks import lock_for_publishing, mark_published, note_waiting
from posync.publishing.single import publish_single
from posync.sources.outdated_sources import mark_outdated, outdated
from posync.sources.refresh_sources import refresh, refresh_changed_sources

logger = logging.getLogger(__name__)


@report_failures
def publish(
    languages: Collection[str] = (),
    page_ids: Collection[int] = (),
    *,
    dry_run: bool = False,
    refresh: bool = True,
) -> RunResult:
    """Publish every complete translation different from its live target.

    `languages` are target language codes; `page_ids` are source or target pages; empty means all. With `dry_run`
    the gate is asked and nothing is written. `refresh` is False where the changed sources are refreshed already.
    An id without a page is reported.
    """
    known = set(Page.objects.filter(pk__in=page_ids).values_list("pk", flat=True))
    results = [issues.no_page(page_id) for page_id in page_ids if page_id not in known]
    if page_ids and not known:
        return total(results)
    if refresh and not dry_run:
        results.append(refresh_changed_sources())
    user = None if dry_run else acting_user()
    page_models: set[type[models.Model]] = set()
    work = _work(languages, page_ids)
    snippets = work.snippets
    if dry_run:
        results += map(_foresee, _reported([*snippets, *work.pages]))
    else:
        for batch in _reported(snippets):
            results.extend(publish_single(catalog_id, user) for catalog_id in batch)
        if snippets:
            # The pages that show them: those of a new one are due with it.
            work = _work(languages, page_ids)
        results += [_publish_pages(batch, user, page_models) for batch in _reported(work.pages)]
    looked_at = set(chain(*snippets, *work.pages))
    results += map(issues.published_singly, single_models(page_models))
    results.append(
        issues.still_wait(
            [(path, blocked_by_entries(left)) for pk, path, left in work.incomplete if pk not in looked_at]
        )
    )
    return total(results)


def _chosen(languages: Collection[str], page_ids: Collection[int]) -> QuerySet[Catalog]:
    catalogs = active_catalogs()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    if page_ids:
        keys = Page.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True)
        catalogs = catalogs.filter(domain__object_id__in=list(keys))
    return catalogs


def _reported(batches: Sequence[list[int]]) -> Iterator[list[int]]:
    """The batches, each reported as done when the next one is asked for."""
    done, number = 0, sum(map(len, batches))
    for batch in batches:
        yield batch
        done += len(batch)
        report("publish", done, number)


@dataclass(frozen=True, slots=True)
class _Work:
    """The catalogs to look at, and those known to wait."""

    #: Batches of primary keys.
    snippets: list[list[int]]
    #: Likewise. None reaches over two levels of the tree: when it comes to a page, the one above is published.
    pages: list[list[int]]
    #: Incomplete since an earlier run: primary key, file and stored number of texts left.
    incomplete: list[tuple[int, Path, int]]


def _work(languages: Collection[str], page_ids: Collection[int]) -> _Work:
    """What there is to publish. One query, and no entry is loaded."""
    is_due = Q(needs_publish=True, stopped=False)
    is_incomplete = Q(needs_publish=False, texts_left__gt=0)
    source = Page.objects.filter(
        translation_key=OuterRef("domain__object_id"), locale_id=OuterRef("translation__source__locale_id")
    )
    rows = (
        _chosen(languages, page_ids)
        .filter(is_due | is_incomplete)
        .annotate(
            source_depth=Subquery(source.values("depth")[:1]), source_path=Subquery(source.values("path")[:1])
        )
        .order_by("source_depth", "source_path", "domain__name", "locale__language_code")
        .values_list(
            *("pk", "needs_publish", "source_depth", "domain__object__content_type"),
            *("locale__language_code", "domain__name", "texts_left"),
        )
    )
    page_type = ContentType.objects.get_for_model(Page).pk
    snippets: list[int] = []
    levels: dict[int | None, list[int]] = defaultdict(list)
    incomplete: list[tuple[int, Path, int]] = []
    for pk, needs_publish, depth, object_type, language, domain, texts_left in rows:
        if needs_publish:
            (levels[depth] if object_type == page_type else snippets).append(pk)
        else:
            incomplete.append((pk, domain_file(language, domain), texts_left))
    pages = [batch for level in levels.values() for batch in _batches(level)]
    return _Work(_batches(snippets), pages, incomplete)


def _batches(catalog_ids: list[int]) -> list[list[int]]:
    return [catalog_ids[start : start + BATCH_SIZE] for start in range(0, len(catalog_ids), BATCH_SIZE)]


def _foresee(catalog_ids: Sequence[int]) -> RunResult:
    """The outcome of publishing the catalogs, foreseen by the gate alone."""
    found = {catalog.pk: catalog for catalog in active_catalogs().filter(pk__in=catalog_ids)}
    batch = load_catalogs([found[catalog_id] for catalog_id in catalog_ids if catalog_id in found])
    try:
        return _foreseen(batch)
    except Exception:
        logger.exception("The gate failed for a batch; it is asked for one at a time")
    results = []
    for loaded in batch:
        try:
            results.append(_foreseen([loaded]))
        except Exception as error:
            logger.exception("The gate failed for %s", loaded.catalog)
            results.append(issues.failed(loaded.catalog, error))
    return total(results)


def _foreseen(batch: Sequence[LoadedCatalog]) -> RunResult:
    gate = Gate(batch)
    results = []
    for loaded in batch:
        blocker = gate.blocker_for(loaded)
        results.append(
            issues.published(loaded.catalog) if blocker is None else issues.waits(loaded.catalog, blocker)
        )
    return total(results)


@dataclass(frozen=True, slots=True)
class _Batch:
    """The outcome for the pages published together, and the catalogs of the others."""

    result: RunResult = RunResult()
    unusual: Sequence[int] = ()
    #: Their sources are behind their originals: by catalog.
    outdated: Mapping[int, int] = field(default_factory=dict)


def _publish_pages(
    catalog_ids: Sequence[int], user: AbstractBaseUser | None, page_models: set[type[models.Model]]
) -> RunResult:
    """Publish a batch of pages, those with outdated sources once these are refreshed.

    A source that cannot be refreshed is reported; its translation waits until it can. Adds the
    models of the pages that may go out to `page_models`.
    """
    result, outdated = _publish_together(catalog_ids, user, page_models)
    if outdated:
        result += refresh(sorted(set(outdated.values())))
        result += _publish_together(list(outdated), user, page_models)[0]
    return result


def _publish_together(
    catalog_ids: Sequence[int], user: AbstractBaseUser | None, page_models: set[type[models.Model]]
) -> tuple[RunResult, Mapping[int, int]]:
    """Publish pages in one transaction; the unusual ones, or all if it fails, each in its own."""
    try:
        with transaction.atomic():
            batch = _publish_batch(catalog_ids, user, page_models)
    except Exception:
        logger.exception("Publishing a batch failed; its pages are published one at a time")
        batch = _Batch(unusual=catalog_ids)
    singles = (publish_single(catalog_id, user) for catalog_id in batch.unusual)
    return total([batch.result, *singles]), batch.outdated


def _publish_batch(
    catalog_ids: Sequence[int], user: AbstractBaseUser | None, page_models: set[type[models.Model]]
) -> _Batch:
    catalogs = lock_for_publishing(catalog_ids)
    batch = load_catalogs(catalogs)
    gate = Gate(batch)
    results: list[RunResult] = []
    ready: list[LoadedCatalog] = []
    blocked: list[tuple[Catalog, Blocker]] = []
    for loaded in batch:
        blocker = gate.blocker_for(loaded)
        if blocker is None:
            ready.append(loaded)
            page_models.add(loaded.catalog.source_model)
            continue
        results.append(issues.waits(loaded.catalog, blocker))
        blocked.append((loaded.catalog, blocker))
    note_waiting(blocked)
    behind = outdated([loaded.catalog.source for loaded in ready])
    mark_outdated(behind)
    ready_now = [loaded for loaded in ready if loaded.catalog.source.pk not in behind]
    publisher = batch_publisher()
    done = (
        publisher.publish(ready_now, gate, user)
        if publisher
        else Done(unusual=[loaded.catalog for loaded in ready_now])
    )
    catalogs_published = [one.catalog for one in done.published]
    mark_published([*catalogs_published, *done.unchanged], done.published)
    results.extend(map(issues.published, catalogs_published))
    results.extend(issues.refused(*refusal) for refusal in done.refused)
    return _Batch(
        total(results),
        [catalog.pk for catalog in done.unusual],
        {
            loaded.catalog.pk: loaded.catalog.source.pk
            for loaded in ready
            if loaded.catalog.source.pk in behind
        },
    )
