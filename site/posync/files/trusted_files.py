"""Says whose files approve translations."""

from pathlib import PurePosixPath

from posync.catalogs.paths import catalog_file, relative_name
from posync.conf import posync_settings
from posync.models import Catalog


def files_approve(catalog: Catalog) -> bool:
    """Whether translations in files for a catalog are approved ones: without a required review, or where they are trusted."""
    conf = posync_settings()
    if conf.REVIEW != "required":
        return True
    name = PurePosixPath(relative_name(catalog_file(catalog)))
    return any(
        trusted == catalog.locale.language_code or name.is_relative_to(trusted.strip("/"))
        for trusted in conf.TRUSTED
        if trusted.strip("/")
    )
