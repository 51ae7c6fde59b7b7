"""The whole way, as a scheduler runs it."""

import time
from collections.abc import Collection

from posync.core.results import RunResult
from posync.files.export_files import export_due
from posync.files.folder_lock import catalog_root_lock
from posync.files.import_files import import_due
from posync.hooks import SyncFinished, sync_finished
from posync.plugins import announce, report_failures
from posync.publishing.publish import publish
from posync.sources.refresh_sources import refresh_changed_sources


@report_failures
def sync(languages: Collection[str] = (), *, dry_run: bool = False, allow_clear: bool = False) -> RunResult:
    """Import what translators did, publish what is complete, export what changed.

    Sources are refreshed first, so that a file is merged with the text that is published now. Raises PosyncError
    when another process is at work on the files.
    """
    started = time.monotonic()
    if dry_run:
        result = import_due((), languages, dry_run=True, allow_clear=allow_clear)
        return result + publish(languages, dry_run=True) + export_due(languages, (), dry_run=True)
    with catalog_root_lock():
        result = refresh_changed_sources()
        result += import_due((), languages, dry_run=False, allow_clear=allow_clear)
        result += publish(languages, refresh=False)
        result += export_due(languages, (), dry_run=False)
    seconds = time.monotonic() - started
    announce(sync_finished, lambda: [SyncFinished(result, tuple(languages), seconds)])
    return result
