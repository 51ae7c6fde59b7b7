"""The whole way, as a scheduler runs it."""

from collections.abc import Collection

from posync.core.results import RunResult
from posync.files.export_files import export_due
from posync.files.folder_lock import catalog_root_lock
from posync.files.import_files import DEFAULTS, ImportOptions, import_due
from posync.publishing.publish import publish
from posync.sources.refresh_sources import refresh_changed_sources


def sync(
    languages: Collection[str] = (), *, dry_run: bool = False, options: ImportOptions = DEFAULTS
) -> RunResult:
    """Import what translators did, publish what is complete, export what changed.

    Sources are refreshed first, so that a file is merged with the text that is published now. Raises PosyncError
    when another process is at work on the files.
    """
    if dry_run:
        imported = import_due((), languages, dry_run=True, options=options)
        result = imported.result + publish(languages, dry_run=True)
        return result + export_due(languages, (), dry_run=True, held=imported.held)
    with catalog_root_lock():
        result = refresh_changed_sources()
        imported = import_due((), languages, dry_run=False, options=options)
        result += imported.result + publish(languages, refresh=False)
        return result + export_due(languages, (), dry_run=False, held=imported.held)
