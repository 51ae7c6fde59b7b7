"""Tells receivers of an import's news."""

from collections.abc import Iterator, Sequence

from posync.core.po.naming import join_msgctxt
from posync.files.merge_catalog import CatalogMerge
from posync.hooks import ConflictOpened, EntriesImported, ImportedEntry, conflict_opened, entries_imported
from posync.models import Change, Conflict, Run
from posync.plugins import announce


def announce_merges(merges: Sequence[CatalogMerge]) -> None:
    """Tell of translations approved and of conflicts opened, once the transaction is committed."""
    run = merges[0].run if merges else None
    if run is not None:
        announce(entries_imported, lambda: _imported(run, merges))
        announce(conflict_opened, lambda: _conflicts(run, merges))


def _imported(run: Run, merges: Sequence[CatalogMerge]) -> Iterator[EntriesImported]:
    entries = tuple(entry for merge in merges for entry in _entries(merge))
    if entries:
        yield EntriesImported(run.pk, entries)


def _entries(merge: CatalogMerge) -> Iterator[ImportedEntry]:
    catalog = merge.catalog
    for _catalog_id, domain, language, path, msgid, kind, before, after in merge.log.changes:
        if kind == Change.Kind.APPROVED:
            yield ImportedEntry(
                catalog_id=catalog.pk,
                catalog=str(domain),
                language=str(language),
                msgctxt=join_msgctxt(str(domain), str(path)),
                msgid=str(msgid),
                text=str(after),
                before=str(before),
                file=merge.file.name,
            )


def _conflicts(run: Run, merges: Sequence[CatalogMerge]) -> Iterator[ConflictOpened]:
    # A conflict going on is stored already, and its double is not.
    opened = (conflict for merge in merges for conflict in merge.conflicts if conflict.pk is not None)
    return (_opened(run, conflict) for conflict in opened)


def _opened(run: Run, conflict: Conflict) -> ConflictOpened:
    catalog = conflict.catalog
    return ConflictOpened(
        conflict_id=conflict.pk,
        catalog_id=catalog.pk,
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        msgctxt=join_msgctxt(catalog.domain.name, conflict.path),
        msgid=conflict.msgid,
        base_text=conflict.base_text,
        file_text=conflict.file_text,
        database_text=conflict.database_text,
        file=conflict.file,
        tool=conflict.tool,
        run_id=run.pk,
    )
