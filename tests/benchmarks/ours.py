"""The steps by posync's own functions, on all pages of the world.

Each function prepares a step and returns what is measured; what that returns is checked by the benchmark.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from posync.core.results import RunResult, Severity
from posync.files.export_files import export as export_files
from posync.files.import_files import import_files
from posync.models import Catalog
from posync.publishing.publish import publish as publish_pages
from posync.reports.origins import provenance as records_of
from posync.sources.submit import submit_many
from posync.sync import sync as sync_all
from tests.benchmarks.world import source_pages

Step = Callable[[], dict[str, Any]]


def submit() -> Step:
    targets = [Locale.objects.get(language_code="bg")]
    return lambda: _outcome(submit_many(targets))


def export() -> Step:
    return lambda: _outcome(export_files())


def import_all() -> Step:
    return lambda: _outcome(import_files())


def import_one(file: str) -> Step:
    return lambda: _outcome(import_files([Path(file)]))


def publish() -> Step:
    return lambda: _outcome(publish_pages())


def publish_one(title: str) -> Step:
    page_id = source_pages().get(title=title).pk
    return lambda: _outcome(publish_pages(page_ids=[page_id]))


def sync() -> Step:
    return lambda: _outcome(sync_all())


def provenance() -> Step:
    catalogs = list(Catalog.objects.values_list("pk", flat=True))
    return lambda: {"records": sum(1 for _record in records_of(catalogs))}


def _outcome(result: RunResult) -> dict[str, Any]:
    """The counts, and what went wrong."""
    counts = result.as_dict()
    issues = [issue.message for issue in result.issues if issue.severity is not Severity.INFO]
    return {**counts, "issues": issues}
