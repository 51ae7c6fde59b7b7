"""What posync must remember beside wagtail-localize's own tables."""

from posync.models.catalog import Catalog, CatalogQuerySet, Change, Conflict, Draft, Run, TextDomain

__all__ = ["Catalog", "CatalogQuerySet", "Change", "Conflict", "Draft", "Run", "TextDomain"]
