"""Files that are no catalog's own: mailed, left behind, or holding many pages.

Nobody knows what such a file was made from, and it may be read at every sync. So what happened since tells what it brings.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from posync.catalogs.load import CurrentEntry, EntryId
from posync.catalogs.paths import catalog_file
from posync.core.po.entries import Entry
from posync.files.parse import ReadFile
from posync.history.change_log import Replaced, replaced
from posync.models import Catalog, Change, Conflict


def is_own(file: ReadFile, catalog: Catalog) -> bool:
    """Whether the file is the catalog's own."""
    own = catalog_file(catalog)
    return file.path == own or file.path.resolve() == own.resolve()


@dataclass(frozen=True, slots=True)
class History:
    """What has become of the texts of copies."""

    #: Those that have given way to others.
    older: Collection[Replaced] = frozenset()
    #: Those that wait in a conflict for somebody to choose: by catalog, entry, file and text.
    disputed: Collection[tuple[int, EntryId, str, str]] = frozenset()

    def is_superseded(self, catalog: Catalog, current: CurrentEntry, entry: Entry) -> bool:
        """Whether there is newer work than the copy's: another text, or the approval of the same one."""
        if entry.msgstr == current.approved:
            return entry.fuzzy
        return bool(current.outgoing.msgstr) and (catalog.pk, current.id, entry.msgstr) in self.older

    def is_disputed(self, file: ReadFile, catalog: Catalog, current: CurrentEntry, entry: Entry) -> bool:
        """Whether the text opened a conflict that is open, and the file only lies there still."""
        return (catalog.pk, current.id, file.name, entry.msgstr) in self.disputed


def history_of(wanted: Sequence[tuple[ReadFile, str, Catalog]]) -> History:
    """What is to be known of files, with the domains and catalogs that they are read for."""
    copies = [(file, domain, catalog) for file, domain, catalog in wanted if not is_own(file, catalog)]
    if not copies:
        return History()
    catalogs = {catalog.pk for _file, _domain, catalog in copies}
    texts = {entry.msgstr for file, domain, _catalog in copies for entry in file.by_domain[domain]}
    conflicts = Conflict.objects.filter(catalog__in=catalogs, resolved_at=None)
    return History(
        replaced(catalogs, texts - {""}, [Change.Kind.APPROVED, Change.Kind.DRAFT]),
        {
            (catalog_id, (path, msgid), file, text)
            for catalog_id, path, msgid, file, text in conflicts.values_list(
                "catalog_id", "path", "msgid", "file", "file_text"
            )
        },
    )
