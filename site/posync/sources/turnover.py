"""What a refresh gave to a source and took from it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from wagtail_localize.models import StringSegment

from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog, slug_paths

#: The entries of sources, by primary key, before their refresh.
Before = Mapping[int, Set[EntryId]]


def entries_before(source_ids: Collection[int]) -> Before:
    """The entries of sources, slugs too. One query; none for no source."""
    found: dict[int, set[EntryId]] = defaultdict(set)
    if source_ids:
        segments = StringSegment.objects.filter(source_id__in=source_ids).order_by()
        for source_id, path, msgid in segments.values_list("source_id", "context__path", "string__data"):
            found[source_id].add((path, msgid))
    return found


@dataclass(frozen=True, slots=True)
class Turnover:
    """The comings and goings in a catalog's source."""

    loaded: LoadedCatalog
    #: The entries that the source had until now.
    former: Set[EntryId]

    @property
    def new(self) -> list[CurrentEntry]:
        """The entries without a draft that came now, or that no file has shown yet."""
        carried, former = self.loaded.carried, self.former
        return [
            entry
            for entry in self.loaded.current
            if entry.draft is None and (entry.id not in carried or entry.id not in former)
        ]

    @property
    def gone(self) -> list[EntryId]:
        """The entries gone from the source: those with drafts, those that went now, then the file's others."""
        loaded = self.loaded
        keys = dict.fromkeys((*loaded.retired_drafts, *self.former, *loaded.carried))
        return [key for key in keys if key not in loaded.entries]

    def is_stale(self, entry_id: EntryId) -> bool:
        """Whether the source had given the entry up before."""
        return entry_id not in self.former


def turnovers(batch: Sequence[LoadedCatalog], before: Before) -> list[Turnover]:
    """The turnover of each catalog's source, in order.

    What a file shows is what its source had, unless the source was refreshed since: `before` tells of those.
    """
    return [Turnover(loaded, _refreshed_again(loaded, before) or _in_file(loaded)) for loaded in batch]


def _refreshed_again(loaded: LoadedCatalog, before: Before) -> Set[EntryId]:
    slugs = slug_paths(loaded.catalog.source_model)
    found = {key for key in before.get(loaded.catalog.source.pk, ()) if key[0] not in slugs}
    # Nothing came or went: if anything did, wagtail-localize took it up, and the file alone tells of what was before.
    return set() if found == loaded.entries.keys() else found


def _in_file(loaded: LoadedCatalog) -> Set[EntryId]:
    return {key for key, entry in loaded.carried.items() if not entry.obsolete}
