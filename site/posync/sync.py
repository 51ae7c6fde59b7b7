"""Imports, publishes and exports in one run, for a scheduler."""

import time
from collections.abc import Collection

from posync.core.results import RunResult
from posync.files.export_files import export_due
from posync.files.import_files import DEFAULTS, ImportOptions, import_due
from posync.files.mark_root import look_at_mark, own_root
from posync.hooks import SyncFinished, sync_finished
from posync.plugins import announce, report_failures
from posync.publishing.publish import publish
from posync.sources.refresh_sources import refresh_changed_sources


@report_failures
def sync(
    languages: Collection[str] = (),
    *,
    dry_run: bool = False,
    options: ImportOptions = DEFAULTS,
    adopt_root: bool = False,
) -> RunResult:
    """Import translators' work, publish complete translations, export changed catalogs.

    Sources are refreshed first: a file is merged with the text published now. With `adopt_root`, a folder of another
    site becomes this one's: here and in no step alone, for its files must be read before any is written.
    Raises PosyncError when another process is at work on the files, or when they are another site's.
    """
    started = time.monotonic()
    if dry_run:
        result = RunResult() if adopt_root else look_at_mark()
        imported = import_due((), languages, dry_run=True, options=options)
        result += imported.result + publish(languages, dry_run=True)
        return result + export_due(languages, (), None, held=imported.held, after_import=True)
    with own_root(adopt=adopt_root) as root:
        result = root.result + refresh_changed_sources()
        imported = import_due((), languages, dry_run=False, options=options)
        result += imported.result + publish(languages, refresh=False)
        result += export_due(languages, (), root, held=imported.held)
    seconds = time.monotonic() - started
    announce(sync_finished, lambda: [SyncFinished(result, tuple(languages), seconds)])
    return result
