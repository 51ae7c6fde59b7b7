"""Finds the files to import, in the order of their reading."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from django.utils.translation import to_locale

from posync.catalogs.paths import domain_file, placed
from posync.conf import posync_settings
from posync.core.po.limits import UnusableFile
from posync.core.po.naming import language_of_path
from posync.files.atomic_replacement import displaced_file, has_displaced, is_displaced, original_place
from posync.files.disk import content_files, digest, read_found
from posync.files.displaced_files import brings_news, take_up
from posync.models import Catalog


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """The files to read, and the number of those below the root without news."""

    paths: Sequence[Path]
    unchanged: int = 0
    #: They were named by a person, and may lie anywhere.
    named: bool = False


def named_files(files: Sequence[Path], *, dry_run: bool) -> ChangedFiles:
    """The files named, each after the remains of a killed export beside it."""
    known = _KnownFiles()
    paths: list[Path] = []
    for path in map(placed, files):
        if has_displaced(path) and _is_news(displaced_file(path), known, dry_run=dry_run):
            paths.append(displaced_file(path))
        paths.append(path)
    return ChangedFiles(paths, named=True)


def changed_files(languages: Collection[str], *, dry_run: bool) -> ChangedFiles:
    """The files below the root with another writer than us. `languages` are language codes; none means all.

    The catalogs' own come first: a copy left there is read at every sync, and must find what they brought already.
    """
    known = _KnownFiles()
    unchanged = 0
    foreign: list[Path] = []
    files = [path for path in content_files(posync_settings().ROOT) if _is_wanted(path, languages)]
    displaced = [path for path in files if is_displaced(path)]
    changed = [path for path in displaced if _is_news(path, known, dry_run=dry_run)]
    put_back = {place for place in map(original_place, displaced) if os.path.lexists(place)}
    for path in sorted(put_back.union(files).difference(displaced)):
        try:
            content = read_found(path)
        except (OSError, UnusableFile):
            changed.append(path)  # its reading says why it cannot be read
            continue
        catalog, found = known.of(path), digest(content)
        if catalog is None:
            foreign.append(path)
        elif catalog.file_digest == found:
            unchanged += 1
        elif catalog.writing_digest == found:
            unchanged += 1
            if not dry_run:
                _finish_writing(catalog, content)
        else:
            changed.append(path)
    return ChangedFiles(changed + foreign, unchanged)


def _is_wanted(path: Path, languages: Collection[str]) -> bool:
    if not languages:
        return True
    folder = language_of_path(PurePosixPath(path.relative_to(posync_settings().ROOT)))
    return folder in {to_locale(language) for language in languages}


def _is_news(displaced: Path, known: "_KnownFiles", *, dry_run: bool) -> bool:
    """Whether a file displaced by an export is to be merged, before its replacement."""
    catalog = known.of(original_place(displaced))
    try:
        return brings_news(displaced, catalog) if dry_run else take_up(displaced, catalog)
    except (OSError, UnusableFile):
        return True  # its reading says why it cannot be read


class _KnownFiles:
    """The catalogs by their files, with their digests alone; queried when first asked about one."""

    @cached_property
    def _by_path(self) -> dict[Path, Catalog]:
        catalogs = Catalog.objects.select_related("domain", "locale").only(
            "file_digest", "writing_digest", "domain__name", "locale__language_code"
        )
        return {
            domain_file(catalog.locale.language_code, catalog.domain.name): catalog for catalog in catalogs
        }

    def of(self, path: Path) -> Catalog | None:
        """The catalog whose file lies at the path, or behind the links of it."""
        return self._by_path.get(path) or self._by_real_path.get(os.path.realpath(path))

    @cached_property
    def _by_real_path(self) -> dict[str, Catalog]:
        """The same by real places, behind links within the root."""
        folders = {path.parent: os.path.realpath(path.parent) for path in self._by_path}
        return {
            os.path.realpath(path)
            if path.is_symlink()
            else os.path.join(folders[path.parent], path.name): catalog
            for path, catalog in self._by_path.items()
        }


def _finish_writing(catalog: Catalog, content: bytes) -> None:
    """Take up an export killed between file and database: the file there is our own.

    It is exported again, for the work left undone.
    """
    known = Catalog.objects.defer("base").get(pk=catalog.pk)
    known.note_file(digest(content))
    values = dict(zip(Catalog.FILE_FIELDS, known.file_values, strict=True))
    Catalog.objects.filter(pk=catalog.pk).update(base=content, needs_export=True, **values)
