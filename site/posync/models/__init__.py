"""What posync must remember beside wagtail-localize's own tables."""

from posync.models.catalog import Catalog, CatalogQuerySet, TextDomain
from posync.models.change import Change
from posync.models.conflict import Conflict
from posync.models.draft import Draft
from posync.models.root_mark import RootMark
from posync.models.run import Run

__all__ = ["Catalog", "CatalogQuerySet", "Change", "Conflict", "Draft", "RootMark", "Run", "TextDomain"]
