"""posync's own tables, beside wagtail-localize's."""

from posync.models.catalog import Catalog, CatalogQuerySet, TextDomain
from posync.models.change import Change
from posync.models.conflict import Conflict
from posync.models.draft import Draft
from posync.models.entry_rename import EntryRename
from posync.models.root_mark import RootMark
from posync.models.run import Run
from posync.models.translation_right import TranslationRight

__all__ = [
    "Catalog",
    "CatalogQuerySet",
    "Change",
    "Conflict",
    "Draft",
    "EntryRename",
    "RootMark",
    "Run",
    "TextDomain",
    "TranslationRight",
]
