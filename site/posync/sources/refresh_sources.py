"""Brings segments and translations up to newly published sources."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db import transaction
from wagtail_localize.models import TranslationSource

from posync.catalogs.load import active_catalogs, load_catalogs
from posync.catalogs.stored_translations import lock_translations
from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity
from posync.models import Catalog
from posync.plugins import report_failures
from posync.progress import report
from posync.sources.carry_over import carry_over
from posync.sources.handing_over import Leaving, hand_over
from posync.sources.originals import originals
from posync.sources.outdated_sources import mark_sources_before_migrations
from posync.sources.restart import restart_translations
from posync.sources.segments import refresh_segments
from posync.sources.turnover import entries_before

#: Sources refreshed in one transaction.
BATCH_SIZE = 200


@report_failures
def refresh_changed_sources() -> RunResult:
    """Refresh every source published, or changed by a migration, since its segments were taken.

    Translations started again come first: their targets translate the sources as they were.
    """
    found = _look()
    restarted = restart_translations() if found.restarts else RunResult()
    marked = mark_sources_before_migrations(found.versions)
    if not (found.changes or found.restarts or marked):
        return restarted
    changed = active_catalogs().filter(source_changed=True).order_by("translation__source_id")
    source_ids = list(changed.values_list("translation__source_id", flat=True).distinct())
    return restarted + refresh(source_ids)


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to do. Most syncs find nothing, and are to find that out by one query."""

    #: Translations stopped or started again without a signal.
    restarts: bool
    #: Sources published since their segments were taken.
    changes: bool
    #: The sources' apps, each with the migration that its content was taken after.
    versions: Set[tuple[str, str]]


def _look() -> _Found:
    states = Catalog.objects.filter(translation__isnull=False).order_by()
    rows = set(
        states.values_list(
            "translation__enabled",
            "stopped",
            "source_changed",
            "translation__source__specific_content_type__app_label",
            "translation__source__schema_version",
        ).distinct()
    )
    return _Found(
        any(enabled == stopped for enabled, stopped, *_ in rows),
        any(enabled and changed for enabled, _stopped, changed, *_ in rows),
        {(app_label, version) for enabled, _stopped, _changed, app_label, version in rows if enabled},
    )


def refresh(source_ids: Sequence[int]) -> RunResult:
    """Refresh sources, a batch in a transaction."""
    issues: list[Issue] = []
    for start in range(0, len(source_ids), BATCH_SIZE):
        batch = source_ids[start : start + BATCH_SIZE]
        found, leaving = _refresh(batch)
        issues += found
        hand_over(leaving)
        report("refresh", start + len(batch), len(source_ids))
    return RunResult(issues=tuple(issues))


@transaction.atomic
def _refresh(source_ids: Sequence[int]) -> tuple[list[Issue], list[Leaving]]:
    """Take the segments of the published content, and carry translations over to changed strings.

    Returns the issues, and the entries gone for which there may be a place elsewhere.
    """
    # In the order of an editor's save, who writes a translation and then marks its catalog: neither waits for ever.
    lock_translations()
    # Whoever publishes in the meantime waits here before marking the source as changed again.
    locked = Catalog.objects.select_for_update().filter(translation__source__in=source_ids).order_by("pk")
    pending = locked.values_list("translation__source", "needs_export")
    # The files of the others tell what their sources had.
    before = entries_before({source_id for source_id, needs_export in pending if needs_export})
    sources = list(
        TranslationSource.objects.filter(pk__in=source_ids).select_related("specific_content_type")
    )
    instances = originals(sources)
    failed: set[int] = set()
    issues: list[Issue] = []
    for source in sources:
        if source.pk not in instances:
            failed.add(source.pk)
            text = f"“{source.object_repr}” was deleted; its translations are kept."
            issues.append(Issue(Severity.WARNING, IssueCode.SOURCE_DELETED, text))
    for refreshed in refresh_segments(list(instances.values())):
        if refreshed.error and refreshed.source is not None:
            # wagtail-localize refuses some markup, such as an attribute on an inline tag.
            failed.add(refreshed.source.pk)
            text = f"The text of “{refreshed.instance}” cannot be taken apart: {refreshed.error}"
            issues.append(Issue(Severity.ERROR, IssueCode.SOURCE_MARKUP, text))
    done = [source.pk for source in sources if source.pk not in failed]
    catalogs = list(active_catalogs(with_base=True).filter(translation__source__in=done))
    leaving = carry_over(load_catalogs(catalogs, with_base=True), before)
    finished = Catalog.objects.filter(pk__in=[catalog.pk for catalog in catalogs])
    finished.update(source_changed=False)
    finished.mark_changed()
    return issues, leaving
