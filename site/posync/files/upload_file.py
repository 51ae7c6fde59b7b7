"""A PO file sent to one catalog through the admin: looked at first, then imported as a run of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import AbstractBaseUser

from posync.core.issue_codes import IssueCode
from posync.core.po.entries import Entry
from posync.core.results import Issue, RunResult, Severity
from posync.core.rules.facts import FileKind
from posync.core.rules.table import Decision
from posync.files.assign_entries import Assigned, Wanted, mended
from posync.files.import_files import DEFAULTS, Importer
from posync.files.mark_root import own_root
from posync.files.merge_catalog import CatalogMerge
from posync.files.parse import ReadFile
from posync.history.review import waiting_for_review
from posync.models import Catalog, Draft, Run

#: In bytes: a page's file has a hundredth of it.
MAX_UPLOAD = 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """What an uploaded file brings, or has brought."""

    result: RunResult
    #: Each entry of the catalog with its decision.
    outcomes: Sequence[tuple[Entry, Decision]] = ()
    #: None where nothing changed, and of a dry run.
    run: Run | None = None


def upload(
    catalog: Catalog,
    name: str,
    content: bytes,
    user: AbstractBaseUser,
    *,
    may_approve: bool,
    dry_run: bool,
) -> Upload:
    """Import one catalog's entries of a file, for a person; entries of other pages are left alone and reported.

    `name` is the file's own, for the history. Where the person may not approve, translations wait for review. Raises
    PosyncError when another process is at work on the files.
    """
    importer = _UploadImporter(catalog, user, may_approve=may_approve, dry_run=dry_run)
    with _as_file(name, content) as path:
        if dry_run:
            result = importer.run([path]).result
        else:
            with own_root():
                result = importer.run([path]).result
    issues = tuple(
        replace(issue, file=Path(issue.file).name if issue.file else "") for issue in result.issues
    )
    run = importer.stored_run
    if run is not None and run.pk:
        _sign_drafts(catalog, run)
    return Upload(replace(result, issues=issues), importer.outcomes, run if run and run.pk else None)


def _sign_drafts(catalog: Catalog, run: Run) -> None:
    """Note whose texts wait for review: a second person is to approve them."""
    brought = waiting_for_review(runs=[run.pk]).filter(catalog=catalog, author=None)
    Draft.objects.filter(pk__in=brought.order_by().values("pk")).update(author=run.user)


@contextmanager
def _as_file(name: str, content: bytes) -> Iterator[Path]:
    """The content under its own name in a folder that is nobody else's: nothing of the name leads out of it."""
    with TemporaryDirectory(prefix="posync-upload-") as folder:
        path = Path(folder, "upload", Path(name.replace("\\", "/")).name.lstrip(".")[:100] or "upload.po")
        path.parent.mkdir()
        path.write_bytes(content)
        yield path


class _UploadImporter(Importer):
    """An import of one file into one catalog."""

    passes_on = False
    keeps_outcomes = True

    def __init__(self, catalog: Catalog, user: AbstractBaseUser, *, may_approve: bool, dry_run: bool) -> None:
        super().__init__([catalog.locale.language_code], DEFAULTS, dry_run=dry_run)
        if not dry_run:
            self.stored_run = Run(kind=Run.Kind.IMPORT, user=user)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
        self._catalog = catalog
        self._may_approve = may_approve
        self.outcomes: list[tuple[Entry, Decision]] = []

    def may_approve(self, catalog: Catalog) -> bool:
        return self._may_approve

    def merged(self, merges: Sequence[CatalogMerge]) -> None:
        self.outcomes += [outcome for merge in merges for outcome in merge.outcomes or ()]

    def assign(self, files: Sequence[ReadFile]) -> Assigned:
        found = Assigned()
        name = self._catalog.domain.name
        for file in (replace(one, called=one.path.name) for one in files):
            own = file.by_domain.get(name, [])
            if others := sum(len(entries) for domain, entries in file.by_domain.items() if domain != name):
                text = f"Entries of other pages in the file, left alone: {others}. Upload it there, too."
                found.result += _warned(file, IssueCode.ANOTHER_PAGE, text)
            if not own:
                found.result += _warned(file, IssueCode.NO_ENTRIES, "No entry in the file is of this page.")
                continue
            if file.language and file.language != self._catalog.locale.language_code.lower():
                text = f"The file is in the language {file.language}; nothing of it was taken."
                found.result += _warned(file, IssueCode.WRONG_LANGUAGE, text, Severity.ERROR)
                continue
            found.wanted.append(Wanted(file, FileKind.UPLOAD, self._catalog, mended(own)))
        return found


def _warned(file: ReadFile, code: IssueCode, text: str, severity: Severity = Severity.WARNING) -> RunResult:
    return RunResult(issues=(Issue(severity, code, text, file.name),))
