"""Database to files."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from posync.catalogs import (
    CatalogContents,
    active_catalogs,
    batches,
    catalog_file,
    domain_file,
    relative_name,
)
from posync.core.pofile import write_po
from posync.core.results import FileCounts, Issue, RunResult, Severity
from posync.files import digest, read_or_none, replace
from posync.models import Catalog, CatalogEntry
from posync.refreshing import refresh_changed_sources
from posync.rendering import render, source_link

_UPDATED_FIELDS = ["order", "file_msgstr", "file_fuzzy", "approved", "draft", "previous_msgid"]


def export(
    languages: Collection[str] = (),
    paths: Collection[Path] = (),
    *,
    dry_run: bool = False,
    refresh: bool = True,
) -> RunResult:
    """Write the files whose content has changed, and those that are missing.

    `languages` are language codes, `paths` are files or folders; empty means all. A file named by a path is
    written anew whether it was due or not. Nothing is written with `dry_run`. `refresh` is False where the changed
    sources are refreshed already.
    """
    result = refresh_changed_sources() if refresh and not dry_run else RunResult()
    for batch in batches(_due(languages, paths)):
        links = _links(batch)
        for contents in batch:
            result += _export(contents, links.get(contents.catalog.source.pk, ""), dry_run=dry_run)
    return result


def _due(languages: Collection[str], paths: Collection[Path]) -> Iterable[Catalog]:
    catalogs = active_catalogs()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    if paths:
        wanted = [path.resolve() for path in paths]
        return [
            catalog
            for catalog in catalogs
            if any(catalog_file(catalog).resolve().is_relative_to(path) for path in wanted)
        ]
    missing = [
        pk
        for pk, language, name in catalogs.filter(needs_export=False).values_list(
            "pk", "locale__language_code", "domain__name"
        )
        if not domain_file(language, name).exists()
    ]
    return catalogs.filter(Q(needs_export=True) | Q(pk__in=missing))


def _links(batch: Sequence[CatalogContents]) -> dict[int, str]:
    """The addresses of the batch's source pages by the ids of their sources."""
    sources = [contents.catalog.source for contents in batch]
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=[source.object_id for source in sources])
    }
    return {source.pk: source_link(pages.get((source.object_id, source.locale_id))) for source in sources}


def _export(contents: CatalogContents, link: str, *, dry_run: bool) -> RunResult:
    path = catalog_file(contents.catalog)
    try:
        found = read_or_none(path)
        if found is not None and digest(found) != contents.catalog.file_digest:
            text = (
                "The file was changed and not imported yet, so it was left alone. Run import_po, or sync_po."
            )
            return _failed(path, Severity.WARNING, "not-imported", text)
        content = write_po(render(contents, link))
        changed = content != found
        if changed and not dry_run:
            replace(path, content)
    except OSError as error:
        return _failed(path, Severity.ERROR, "unwritable", f"The file cannot be written: {error.strerror}.")
    if not dry_run:
        _remember(contents, content)
    return RunResult(files=FileCounts(written=1) if changed else FileCounts(unchanged=1))


def _failed(path: Path, severity: Severity, code: str, text: str) -> RunResult:
    issue = Issue(severity, code, text, file=relative_name(path))
    return RunResult(files=FileCounts(failed=1), issues=(issue,))


@transaction.atomic
def _remember(contents: CatalogContents, content: bytes) -> None:
    """Make what the file carries now the base of the next merge."""
    catalog = contents.catalog
    new: list[CatalogEntry] = []
    changed: list[CatalogEntry] = []
    for message in contents.current:
        outgoing = message.outgoing
        entry = message.entry or CatalogEntry(
            catalog=catalog, key=message.key, path=message.path, msgid=message.msgid
        )
        before = _state(entry)
        entry.order = message.order
        entry.file_msgstr = outgoing.msgstr
        entry.file_fuzzy = outgoing.fuzzy
        entry.approved = message.approved
        entry.draft = outgoing.msgstr if outgoing.fuzzy else ""
        entry.previous_msgid = outgoing.previous_msgid
        if message.entry is None:
            new.append(entry)
        elif _state(entry) != before:
            changed.append(entry)
    CatalogEntry.objects.bulk_create(new)
    CatalogEntry.objects.bulk_update(changed, _UPDATED_FIELDS)
    Catalog.objects.filter(pk=catalog.pk).update(file_digest=digest(content), needs_export=False)


def _state(entry: CatalogEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in _UPDATED_FIELDS)
