"""The paths of catalogs' files."""

import os
from pathlib import Path

from django.utils.translation import to_locale

from posync.conf import posync_settings
from posync.core.po.naming import catalog_path
from posync.models import Catalog


def catalog_file(catalog: Catalog) -> Path:
    """The path of the catalog's file, whether it exists or not."""
    return domain_file(catalog.locale.language_code, catalog.domain.name)


def domain_file(language_code: str, domain: str) -> Path:
    """The path of a domain's file in a language."""
    return posync_settings().ROOT / catalog_path(to_locale(language_code), domain)


def placed(path: Path) -> Path:
    """A file's path with the configured root before it, from whichever folder it was named; others stay as they are.

    A link keeps its own name, not its destination's.
    """
    root = posync_settings().ROOT
    if path.is_relative_to(root) and ".." not in path.parts:
        return path
    named, resolved, resolved_root = Path(os.path.abspath(path)), path.resolve(), root.resolve()
    places = [named, resolved] if named.resolve() == resolved else [resolved]
    for place in places:
        for folder in (Path(os.path.abspath(root)), resolved_root):
            if place.is_relative_to(folder):
                return root / place.relative_to(folder)
    return path


def relative_name(path: Path) -> str:
    """A file's path below the root for messages; the whole path when it lies elsewhere."""
    try:
        return path.relative_to(posync_settings().ROOT).as_posix()
    except ValueError:
        return str(path)
