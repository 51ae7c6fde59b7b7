"""Finds the entries of files saved before a field or block was renamed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.db.models import F
from wagtail_localize.models import TranslationContext

from posync.catalogs.load import LoadedCatalog
from posync.core.po.entries import Entry
from posync.core.po.naming import split_msgctxt
from posync.core.po.renaming import Renaming, former_paths
from posync.db.bulk_sql import AnyOf
from posync.models import Catalog, EntryRename


class FormerPaths:
    """The former paths of a batch of catalogs' entries. Costs nothing until a file has an unknown one."""

    def __init__(self, batch: Sequence[LoadedCatalog]) -> None:
        self._batch = batch
        self._by_catalog: dict[int, dict[str, str]] = {}

    def resolve(self, loaded: LoadedCatalog, entries: Sequence[Entry]) -> list[Entry]:
        """A file's entries of a catalog, those with a former path under their present one."""
        known = {path for path, _msgid in loaded.entries}
        if all(split_msgctxt(entry.msgctxt)[1] in known for entry in entries) or not self._renamings:
            return list(entries)
        present = {
            former: path for former, path in self._paths(loaded.catalog).items() if former not in known
        }
        return [_resolved(loaded, entry, present) for entry in entries]

    @cached_property
    def _renamings(self) -> dict[tuple[str, str], list[Renaming]]:
        """By the label of the model, in the order of their time."""
        found: dict[tuple[str, str], list[Renaming]] = defaultdict(list)
        for rename in EntryRename.objects.all():
            found[rename.app_label, rename.model_name].append(rename.renaming)
        return found

    @cached_property
    def _contexts(self) -> dict[object, list[tuple[str, str]]]:
        """The path and field path of every context of the batch's objects, past ones too, by object."""
        contexts = TranslationContext.objects.filter(
            AnyOf(F("object"), [loaded.catalog.domain.object_id for loaded in self._batch])
        )
        found: dict[object, list[tuple[str, str]]] = defaultdict(list)
        for object_id, path, field_path in contexts.order_by("pk").values_list(
            "object_id", "path", "field_path"
        ):
            found[object_id].append((path, field_path))
        return found

    def _paths(self, catalog: Catalog) -> dict[str, str]:
        """The present paths of a catalog by the former ones."""
        if catalog.pk not in self._by_catalog:
            renamings = [
                renaming
                for model in reversed(catalog.source_model.__mro__)
                if hasattr(model, "_meta")
                for renaming in self._renamings.get((model._meta.app_label, model._meta.model_name), ())
            ]
            self._by_catalog[catalog.pk] = {
                former: path
                for path, field_path in self._contexts[catalog.domain.object_id]
                for former in former_paths(path, field_path, renamings)
            }
        return self._by_catalog[catalog.pk]


def _resolved(loaded: LoadedCatalog, entry: Entry, present: dict[str, str]) -> Entry:
    path = present.get(split_msgctxt(entry.msgctxt)[1])
    return entry if path is None else replace(entry, msgctxt=loaded.msgctxt(path))
