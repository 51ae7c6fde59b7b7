"""Words the outcome for each target."""

from collections.abc import Collection, Iterator
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import override
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from posync.catalogs.load import LoadedCatalog
from posync.catalogs.paths import catalog_file, relative_name
from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, PageCounts, RunResult, Severity
from posync.models import Catalog
from posync.publishing.batching import SingleModel
from posync.publishing.gate import Blocker

#: Of all issues.
_LANGUAGE = "en"


def published(catalog: Catalog) -> RunResult:
    text = f"“{catalog.source.object_repr}” is published in {catalog.locale.language_code}."
    return RunResult(
        pages=PageCounts(published=1),
        issues=(Issue(Severity.INFO, IssueCode.PUBLISHED, text, file=_file_name(catalog)),),
    )


def waits(catalog: Catalog, blocker: Blocker) -> RunResult:
    return RunResult(pages=PageCounts(waiting=1), issues=(_blocked(blocker, catalog_file(catalog)),))


def no_page(page_id: int) -> RunResult:
    text = f"There is no page with the id {page_id}."
    return RunResult(issues=(Issue(Severity.ERROR, IssueCode.NO_PAGE, text),))


def still_wait(waiting: Collection[tuple[Path, Blocker]]) -> RunResult:
    """Word targets the run has skipped, by their files and blockers."""
    issues = tuple(_blocked(blocker, path) for path, blocker in waiting)
    return RunResult(pages=PageCounts(waiting=len(issues)), issues=issues)


def _blocked(blocker: Blocker, path: Path) -> Issue:
    return Issue(Severity.INFO, blocker.reason, blocker.message, file=relative_name(path))


def published_singly(single: SingleModel) -> RunResult:
    return RunResult(issues=(Issue(Severity.INFO, IssueCode.ONE_AT_A_TIME, str(single)),))


def failed(catalog: Catalog, error: Exception) -> RunResult:
    """Something raised where nothing should: told as it is, but in English."""
    with override(_LANGUAGE):
        message = f"{type(error).__name__}: {error}"
    return RunResult(pages=PageCounts(failed=1), issues=(_issue(IssueCode.PUBLISH_FAILED, catalog, message),))


def refused(loaded: LoadedCatalog, error: ValidationError, target: object = None) -> RunResult:
    """The page's own rules refused it: an issue for each error, with its entry where there is one.

    `target` is the page as refused: errors in a StreamField find their block in it.
    """
    catalog = loaded.catalog
    texts = {entry.path for entry in loaded.current}
    # Django's messages are in the language of their reading.
    with override(_LANGUAGE):
        found = list(_by_path(error, target))
    issues = tuple(
        _issue(
            IssueCode.NOT_PUBLISHED,
            catalog,
            _with_remedy(f"{path}: {message}" if path else message, in_file=path in texts),
            loaded.msgctxt(path) if path in texts else "",
        )
        for path, message in found
    )
    return RunResult(pages=PageCounts(failed=1), issues=issues)


def _issue(code: IssueCode, catalog: Catalog, message: str, msgctxt: str = "") -> Issue:
    text = f"“{catalog.source.object_repr}” could not be published: {message}"
    return Issue(Severity.ERROR, code, text, file=_file_name(catalog), msgctxt=msgctxt)


def _with_remedy(message: str, *, in_file: bool) -> str:
    end = "" if message.endswith((".", "!", "?")) else "."
    where = "the text in its PO file or in the admin" if in_file else "it in the admin"
    return f"{message}{end} Mend {where}."


def _file_name(catalog: Catalog) -> str:
    return relative_name(catalog_file(catalog))


def _by_path(error: ValidationError, target: object) -> Iterator[tuple[str, str]]:
    """Pair each message with a path: a field, or a block by its id; "" for the whole page."""
    if not hasattr(error, "error_dict"):
        yield from _in_blocks("", error, None)
        return
    for name, errors in error.error_dict.items():
        path = "" if name == NON_FIELD_ERRORS else name
        for each in errors:
            yield from _in_blocks(path, each, getattr(target, name, None))


def _in_blocks(path: str, error: ValidationError, value: object) -> Iterator[tuple[str, str]]:
    if not isinstance(
        error, StreamBlockValidationError | ListBlockValidationError | StructBlockValidationError
    ):
        yield from ((path, message) for message in error.messages)
        return
    for each in error.non_block_errors.as_data():
        yield from _in_blocks(path, each, None)
    for key, each in error.block_errors.items():
        step, child = _child(value, key)
        yield from _in_blocks(f"{path}.{step}", each, child)


def _child(value: object, key: int | str) -> tuple[str, object]:
    """The block of a value by its index or name: the step to it in a path, and its own value."""
    if isinstance(value, StreamValue):
        return value[key].id or str(key), value[key].value
    if isinstance(value, ListValue):
        return value.bound_blocks[key].id or str(key), value.bound_blocks[key].value
    return str(key), value.get(key) if isinstance(value, dict) else None
