"""Carries Wagtail page text into PO files for translators, and their work back into the pages."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posync.sources.rename_entries import rename_entries as rename_entries

_PUBLIC = {"rename_entries": "posync.sources.rename_entries"}


def __getattr__(name: str) -> Any:
    """Import the functions for migrations late: Django imports this package before it can import models."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)
