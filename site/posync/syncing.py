"""The whole way, as a scheduler runs it."""

from collections.abc import Collection

from posync.core.results import RunResult
from posync.exporting import export
from posync.importing import import_files
from posync.publishing import publish
from posync.refreshing import refresh_changed_sources


def sync(languages: Collection[str] = (), *, dry_run: bool = False) -> RunResult:
    """Import what translators did, publish what is complete, export what changed.

    Sources are refreshed first, so that a file is merged with the text that is published now.
    """
    result = RunResult() if dry_run else refresh_changed_sources()
    result += import_files(languages=languages, dry_run=dry_run)
    result += publish(languages, dry_run=dry_run, refresh=False)
    return result + export(languages, dry_run=dry_run, refresh=False)
