"""Database to files."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from posync.catalogs.load import BATCH_SIZE, LoadedCatalog, active_catalogs, batches, id_of
from posync.catalogs.paths import catalog_file, domain_file, placed, relative_name
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.po.limits import MAX_ENTRY_LENGTH, UnusableFile, fit
from posync.core.results import FileCounts, Issue, RunResult, Severity, total
from posync.core.rules.outgoing import State
from posync.db.bulk_sql import AnyOf, update_rows
from posync.files.atomic_replacement import Replacements, SavedMeanwhile, has_displaced, settle
from posync.files.comment_lines import waits_for_review
from posync.files.disk import digest, read_or_none
from posync.files.mark_root import MarkNotWritten, OwnRoot, look_at_mark, own_root
from posync.files.render import render, source_link
from posync.history.change_log import ChangeLog, replaced, save_changes
from posync.models import Catalog, Change, Conflict, Draft
from posync.plugins import report_failures
from posync.progress import report
from posync.sources.refresh_sources import refresh_changed_sources


@report_failures
def export(
    languages: Collection[str] = (), paths: Collection[Path] = (), *, dry_run: bool = False
) -> RunResult:
    """Write changed and missing files.

    `languages` are language codes, `paths` are files or folders; empty means all. A file named by a path is
    written anew whether it was due or not. Nothing is written with `dry_run`. Raises PosyncError when another
    process is at work on the files, or when the folder is another site's.
    """
    if dry_run:
        return look_at_mark() + export_due(languages, paths, None)
    with own_root() as root:
        return root.result + refresh_changed_sources() + export_due(languages, paths, root)


@report_failures
def export_due(
    languages: Collection[str],
    paths: Collection[Path],
    root: OwnRoot | None,
    *,
    held: Collection[str] = (),
    after_import: bool = False,
) -> RunResult:
    """`export`, for a caller who holds the `root` and has refreshed the sources; a dry run holds none.

    Nothing is written of the `held` languages, by their codes. In a dry run `after_import`, what the files hold counts as
    imported.
    """
    files = [file for file in _files(languages) if file.language not in held]
    named = _named(paths, files)
    results = [_of_no_catalog(path) for path, pks in named.items() if not pks]
    due = (
        {pk for pks in named.values() for pk in pks} if paths else {file.pk for file in files if file.is_due}
    )
    done = 0
    for batch in batches(_catalogs_of(due), with_base=True):
        results.append(_export_batch(batch, root, after_import=after_import))
        done += len(batch)
        report("export", done, len(due))
    if root is not None and files:
        with suppress(MarkNotWritten):  # said of each file left unwritten for it
            root.mark()
    return total(results)


class _File(NamedTuple):
    """A catalog's file, without its catalog."""

    pk: int
    language: str
    domain: str
    needs_export: bool

    @property
    def path(self) -> Path:
        return domain_file(self.language, self.domain)

    @property
    def is_due(self) -> bool:
        return self.needs_export or not self.path.is_file()


def _named(paths: Collection[Path], files: Collection[_File]) -> dict[Path, list[int]]:
    """The catalogs of each path, by primary key."""
    if not paths:
        return {}
    resolved = [(file.pk, file.path.resolve()) for file in files]
    folders = [(path, path.resolve()) for path in paths]
    return {path: [pk for pk, place in resolved if place.is_relative_to(folder)] for path, folder in folders}


def _files(languages: Collection[str]) -> list[_File]:
    catalogs = active_catalogs()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    return list(
        starmap(_File, catalogs.values_list("pk", "locale__language_code", "domain__name", "needs_export"))
    )


def _catalogs_of(pks: Collection[int]) -> Iterable[Catalog]:
    """The catalogs with their bases, by primary key, a few at a time."""
    if not pks:
        return []
    found = active_catalogs(with_base=True).filter(AnyOf(F("pk"), list(pks)))
    return found.iterator(chunk_size=BATCH_SIZE)


def _of_no_catalog(path: Path) -> RunResult:
    text = "No page or snippet that is translated has its file here."
    return _failed(placed(path), Severity.ERROR, IssueCode.UNKNOWN_PATH, text)


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A catalog and the bytes of its file; `changed` where those on disk are others."""

    loaded: LoadedCatalog
    path: Path
    content: bytes
    changed: bool
    #: Obsolete entries without room in the file.
    dropped: Sequence[Entry]

    @property
    def catalog(self) -> Catalog:
        return self.loaded.catalog


def _export_batch(batch: Sequence[LoadedCatalog], root: OwnRoot | None, *, after_import: bool) -> RunResult:
    links = _links(batch)
    rendered: list[_Rendered] = []
    failures: list[RunResult] = []
    for loaded in batch:
        link = links.get(loaded.catalog.source.pk, "")
        outcome = _rendered(loaded, link, failures, after_import=after_import)
        if isinstance(outcome, _Rendered):
            rendered.append(outcome)
        else:
            failures.append(outcome)
    if root is not None:
        rendered = _written(rendered, root, failures)
        _remember(rendered)
    changed = sum(one.changed for one in rendered)
    counts = FileCounts(written=changed, unchanged=len(rendered) - changed)
    return total([*failures, RunResult(files=counts)])


def _written(rendered: Sequence[_Rendered], root: OwnRoot, failures: list[RunResult]) -> list[_Rendered]:
    """Write the changed files. Returns all now as they should be; reports the others."""
    changed = [one for one in rendered if one.changed]
    failed: set[Path] = set()
    if changed:
        try:
            root.count_export()
        except MarkNotWritten as error:
            failures.extend(
                _failed(one.path, Severity.ERROR, IssueCode.UNWRITABLE, str(error)) for one in changed
            )
            return [one for one in rendered if not one.changed]
    _announce(changed)
    with Replacements() as replacements:
        for one in changed:
            replacements.prepare(one.path, one.content)
        replacements.flush()
        for one in changed:
            try:
                # Asked again: a translator may have saved the file while the batch was rendered.
                found = read_or_none(one.path)
                if _is_not_imported(one.catalog, found):
                    raise SavedMeanwhile
                replacements.put(one.path, found)
            except SavedMeanwhile:
                failures.append(_not_imported(one.path))
                failed.add(one.path)
            except (OSError, UnusableFile) as error:
                failures.append(_unwritable(one.path, error))
                failed.add(one.path)
    settle(one.path for one in changed if one.path not in failed)
    return [one for one in rendered if one.path not in failed]


def _links(batch: Sequence[LoadedCatalog]) -> dict[int, str]:
    """The addresses of the batch's source pages by the ids of their sources."""
    sources = [loaded.catalog.source for loaded in batch]
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=[source.object_id for source in sources]).only(
            "translation_key", "locale", "live", "path", "url_path"
        )
    }
    return {source.pk: source_link(pages.get((source.object_id, source.locale_id))) for source in sources}


def _rendered(
    loaded: LoadedCatalog, link: str, reports: list[RunResult], *, after_import: bool
) -> _Rendered | RunResult:
    """The catalog's file, or the reason against one. Entries without room in it go to `reports`."""
    path = catalog_file(loaded.catalog)
    try:
        found = read_or_none(path)
    except (OSError, UnusableFile) as error:
        return _unwritable(path, error)
    if not after_import and (_is_not_imported(loaded.catalog, found) or has_displaced(path)):
        return _not_imported(path)
    try:
        fitted = fit(render(loaded, link))
    except UnusableFile:
        return _too_large(path, loaded.catalog)
    reports += [_too_long(path, loaded.catalog, entry) for entry in fitted.too_long]
    changed = fitted.content != found
    if fitted.dropped and changed:
        reports.append(_dropped(path, len(fitted.dropped)))
    return _Rendered(loaded, path, fitted.content, changed, fitted.dropped)


def _too_large(path: Path, catalog: Catalog) -> RunResult:
    text = f"{catalog.source.object_repr!r} has more text than a file may have. Move a part of it to another page."
    return _failed(path, Severity.ERROR, IssueCode.TOO_LARGE, text)


def _too_long(path: Path, catalog: Catalog, entry: Entry) -> RunResult:
    text = (
        f"{catalog.source.object_repr!r} has a text of more than {MAX_ENTRY_LENGTH:,} characters. It is not in the file. "
        "Divide it, or translate it in the admin."
    )
    issue = Issue(Severity.ERROR, IssueCode.TOO_LONG, text, relative_name(path), msgctxt=entry.msgctxt)
    return RunResult(issues=(issue,))


def _dropped(path: Path, number: int) -> RunResult:
    text = f"There was no room for the oldest obsolete entries ({number}). They are kept in the history."
    return RunResult(issues=(Issue(Severity.INFO, IssueCode.OBSOLETE_DROPPED, text, relative_name(path)),))


def _is_not_imported(catalog: Catalog, found: bytes | None) -> bool:
    return found is not None and digest(found) != catalog.file_digest


def _not_imported(path: Path) -> RunResult:
    text = (
        "The file holds changes that are not imported: newer ones, or such as the import named an error. It was left alone. "
        "Run import_po or sync_po, and mend what it names."
    )
    return _failed(path, Severity.WARNING, IssueCode.NOT_IMPORTED, text)


def _unwritable(path: Path, error: OSError | UnusableFile) -> RunResult:
    if isinstance(error, UnusableFile):
        return _failed(path, Severity.ERROR, error.code, str(error))
    return _failed(
        path, Severity.ERROR, IssueCode.UNWRITABLE, f"The file cannot be written: {error.strerror}."
    )


def _failed(path: Path, severity: Severity, code: str, text: str) -> RunResult:
    issue = Issue(severity, code, text, file=relative_name(path))
    return RunResult(files=FileCounts(failed=1), issues=(issue,))


@transaction.atomic
def _announce(rendered: Sequence[_Rendered]) -> None:
    """Note the files about to be written: killed half-way, the next sync knows them for its own."""
    digests = [(one.catalog.pk, digest(one.content)) for one in rendered]
    Catalog.objects.filter(pk__in=[pk for pk, _digest in digests]).lock()
    update_rows(Catalog, ("writing_digest",), digests)


@transaction.atomic
def _remember(written: Sequence[_Rendered]) -> None:
    """Make the files' content of now the base of the next merge."""
    catalogs = Catalog.objects.filter(pk__in=[one.catalog.pk for one in written])
    catalogs.lock()
    revisions = dict(catalogs.values_list("pk", "revision"))
    log = ChangeLog()
    new_drafts: list[Draft] = []
    overtaken: list[tuple[Draft, str]] = []
    alone: list[int] = []
    updated: list[Catalog] = []
    for one in written:
        catalog = one.catalog
        # Of a catalog changed meanwhile the drafts may be others by now: the next export settles them.
        if revisions.get(catalog.pk) == catalog.revision:
            _settle_drafts(one.loaded, log, new_drafts, overtaken)
            alone += _left_alone(one.loaded)
        for entry in one.dropped:
            _keep(catalog, entry, log)
        _keep_comments(one, log)
        if not one.changed and catalog.base == one.content:
            continue
        updated.append(catalog)
        catalog.base = one.content
        catalog.note_file(digest(one.content))
    if overtaken:
        Draft.objects.filter(pk__in=[draft.pk for draft, _text in overtaken]).delete()
        _settle_conflicts(overtaken)
    if alone:
        Draft.objects.filter(pk__in=alone).update(approved="")
    Draft.objects.bulk_create(new_drafts)
    _note_silent_changes(written, log)
    save_changes([log])
    update_rows(
        Catalog,
        ("base", *Catalog.FILE_FIELDS),
        [(catalog.pk, catalog.base, *catalog.file_values) for catalog in updated],
    )
    if restarted := [one.catalog.pk for one in written if one.catalog.restarted]:
        Catalog.objects.filter(pk__in=restarted).update(restarted=False)
    # But not of a catalog changed since its loading.
    exported = [(one.catalog.pk, one.catalog.revision, False) for one in written]
    update_rows(Catalog, ("needs_export",), exported, key=("pk", "revision"))


def _keep(catalog: Catalog, entry: Entry, log: ChangeLog) -> None:
    """Keep in the history the text of an entry left out of the file, and the translator's comment on it."""
    for text, kind in ((entry.msgstr, Change.Kind.DRAFT), (entry.translator_comment, Change.Kind.COMMENT)):
        log.keep(catalog.domain.name, catalog.locale.language_code, id_of(entry), text, kind)


def _keep_comments(written: _Rendered, log: ChangeLog) -> None:
    """Keep in the history the translators' comments on texts gone from the source that the file is written without."""
    loaded = written.loaded
    gone = [
        (key, entry.translator_comment)
        for key, entry in loaded.carried.items()
        if entry.translator_comment and key not in loaded.entries
    ]
    if not gone:
        return
    lines = set(written.content.decode().splitlines())
    names = loaded.catalog.domain.name, loaded.catalog.locale.language_code
    for key, comment in gone:
        if any(f"# {line}".rstrip() not in lines for line in comment.split("\n")):
            log.keep(*names, key, comment, Change.Kind.COMMENT)


def _settle_drafts(
    loaded: LoadedCatalog, log: ChangeLog, new_drafts: list[Draft], overtaken: list[tuple[Draft, str]]
) -> None:
    """Drop drafts overtaken by an approval in the database, each with the text; keep texts cleared there as drafts."""
    for entry in loaded.current:
        draft = entry.draft
        if draft is not None:
            if entry.outgoing.state is State.TRANSLATED:
                overtaken.append((draft, entry.approved))
                log.add(loaded.catalog, Change.Kind.DRAFT, entry.id, draft.text, "")
        elif entry.file_msgstr and not entry.database:
            new_drafts.append(Draft.of(loaded.catalog, entry.id, entry.file_msgstr))


def _settle_conflicts(overtaken: Sequence[tuple[Draft, str]]) -> None:
    """Resolve open conflicts about overtaken drafts: whoever approved another text in the database has chosen it."""
    chosen = {(draft.catalog_id, draft.key): text for draft, text in overtaken}
    drafts, _texts = zip(*overtaken, strict=True)
    found = Conflict.objects.filter(
        catalog__in={draft.catalog_id for draft in drafts},
        key__in=[draft.key for draft in drafts],
        resolved_at=None,
    )
    for conflict in found:
        if (conflict.catalog_id, conflict.key) in chosen:
            conflict.resolve(chosen[conflict.catalog_id, conflict.key], None)


def _note_silent_changes(written: Sequence[_Rendered], log: ChangeLog) -> None:
    """Note approvals replaced in the database without a word to the history, as by SQL: else an old copy brings them back.

    `loaded.carried` is the base of before. One query, where a text in use is another than the file's.
    """
    found = [
        (one.catalog, entry.id, before.msgstr, entry.approved)
        for one in written
        for entry in one.loaded.current
        if entry.file_msgstr != entry.approved
        and entry.approved
        and (before := one.loaded.carried.get(entry.id)) is not None
        and before.msgstr
        and not before.fuzzy
        and not waits_for_review(before)
        # A text in dispute was never in use.
        and (entry.draft is None or entry.draft.text != before.msgstr)
    ]
    catalogs, texts = {catalog.pk for catalog, *_rest in found}, {text for _c, _id, text, _now in found}
    known = replaced(catalogs, texts, [Change.Kind.APPROVED])
    for catalog, entry_id, text, now in found:
        if (catalog.pk, entry_id, text) not in known:
            log.add(catalog, Change.Kind.APPROVED, entry_id, text, now)


def _left_alone(loaded: LoadedCatalog) -> list[int]:
    """The drafts beside a translation cleared in the database since: nothing is in use beside them now."""
    return [
        entry.draft.pk
        for entry in loaded.current
        if entry.draft is not None and entry.draft.approved and not entry.approved
    ]
