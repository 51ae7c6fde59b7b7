"""Files besides the catalogs' own: mailed, left behind, or holding many pages.

The origin of such a file is unknown, and it may be read at every sync. So the history since tells its news.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from posync.catalogs.load import EntryId
from posync.core.rules.facts import FileKind
from posync.db.bulk_sql import AnyOf
from posync.files.assign_entries import Wanted
from posync.history.change_log import Recorded, Replaced, recorded, replaced, withdrawn
from posync.history.digests import Sought
from posync.models import Catalog, Change, Conflict


@dataclass(frozen=True, slots=True)
class History:
    """The past of the texts in foreign files."""

    superseded: Collection[Replaced] = frozenset()
    #: Those that an undoing took out of use, with nothing in their stead.
    withdrawn: Collection[Replaced] = frozenset()
    #: Those in the history, whether they came or went.
    recorded: Collection[Recorded] = frozenset()
    #: Entries gone from their catalogs, by catalog and entry; of a catalog's own file, those that its base lacks too.
    former: Collection[tuple[int, EntryId]] = frozenset()
    #: Those of them with the translation that the database keeps for their return.
    kept: Collection[tuple[int, EntryId]] = frozenset()


def history_of(wanted: Sequence[Wanted]) -> History:
    """The history of the texts of foreign files. Four queries."""
    foreign = [one for one in wanted if one.kind is not FileKind.OWN]
    if not foreign:
        return History()
    texts = {entry.msgstr for one in foreign for entry in one.entries} - {""}
    catalogs = {one.catalog.pk for one in foreign}
    return History(
        superseded(catalogs, texts),
        withdrawn(catalogs, texts),
        recorded({one.catalog.domain.name for one in foreign}, texts),
    )


def superseded(catalog_ids: Collection[int], texts: Collection[str]) -> set[Replaced]:
    """Where the texts gave way to others in the catalogs, or were not chosen. Two queries."""
    kinds = [Change.Kind.APPROVED, Change.Kind.DRAFT]
    return replaced(catalog_ids, texts, kinds) | _rejected(catalog_ids, texts)


def _rejected(catalog_ids: Collection[int], texts: Collection[str]) -> set[Replaced]:
    """Those of the texts not chosen when their conflicts were resolved."""
    sought = Sought.of(texts)
    settled = Conflict.objects.filter(
        AnyOf(F("file_text"), sought.stored), catalog__in=catalog_ids, resolved_at__isnull=False
    ).exclude(resolution=F("file_text"))
    rows = settled.order_by().values_list("catalog_id", "path", "msgid", "file_text")
    return {(catalog_id, (path, msgid), sought.text(text)) for catalog_id, path, msgid, text in rows}


def open_conflicts_of(catalogs: Iterable[Catalog]) -> dict[int, dict[EntryId, Conflict]]:
    """The open conflicts by catalog and entry. One query. They belong to entry and text, whatever file brought them."""
    found: dict[int, dict[EntryId, Conflict]] = defaultdict(dict)
    for conflict in Conflict.objects.filter(catalog__in=[one.pk for one in catalogs], resolved_at=None):
        found[conflict.catalog_id][conflict.path, conflict.msgid] = conflict
    return found
