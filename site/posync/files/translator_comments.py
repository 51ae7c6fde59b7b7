"""Takes over translators' comments from files other than a catalog's own: those by mail, or of many pages.

In its own file a translator's comment is simply there. In another one it may be new, or older than the own file's
present one: the history tells, since it keeps every replaced comment.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from posync.catalogs.load import EntryId, LoadedCatalog
from posync.core.po.codec import write_po
from posync.core.po.entries import Entry, PoFile
from posync.db.bulk_sql import update_rows
from posync.history.change_log import ChangeLog, replaced
from posync.models import Catalog, Change


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment missing in the catalog's own file as last read or written."""

    loaded: LoadedCatalog
    entry_id: EntryId
    text: str
    log: ChangeLog
    #: The translation, kept from now on in an obsolete entry; "" for an entry in the source.
    obsolete: str = ""


def take_over(found: Sequence[FoundComment]) -> None:
    """Add the comments to the catalogs' own, for their next files. Comments replaced before are left out."""
    older = replaced(
        {one.loaded.catalog.pk for one in found}, {one.text for one in found}, [Change.Kind.COMMENT]
    )
    by_catalog: dict[int, list[FoundComment]] = defaultdict(list)
    for one in found:
        if (one.loaded.catalog.pk, one.entry_id, one.text) not in older:
            by_catalog[one.loaded.catalog.pk].append(one)
    changed = [added[0].loaded.catalog for added in by_catalog.values() if _add(added)]
    update_rows(Catalog, ("base", "needs_export"), [(catalog.pk, catalog.base, True) for catalog in changed])


def _add(found: Sequence[FoundComment]) -> bool:
    """Add comments of one catalog, in memory. Returns whether any is new to it."""
    loaded = found[0].loaded
    entries = dict(loaded.carried)
    for one in found:
        path, msgid = one.entry_id
        new = Entry(loaded.msgctxt(path), msgid, one.obsolete, obsolete=bool(one.obsolete))
        entry = entries.get(one.entry_id) or new
        if one.entry_id not in loaded.entries and not entry.msgstr:
            # No file carries the entry any more.
            one.log.add(loaded.catalog, Change.Kind.COMMENT, one.entry_id, one.text, "")
            continue
        comment = _joined(entry.translator_comment, one.text)
        if comment != entry.translator_comment:
            one.log.add(loaded.catalog, Change.Kind.COMMENT, one.entry_id, entry.translator_comment, comment)
            entries[one.entry_id] = replace(entry, translator_comment=comment)
    if entries == loaded.carried:
        return False
    loaded.base = PoFile(loaded.base.header, tuple(entries.values()), loaded.base.header_comment)
    loaded.catalog.base = write_po(loaded.base)
    return True


def _joined(comment: str, other: str) -> str:
    """Both, a line common to both once."""
    lines = comment.split("\n") if comment else []
    return "\n".join([*lines, *(line for line in other.split("\n") if line not in lines)])
