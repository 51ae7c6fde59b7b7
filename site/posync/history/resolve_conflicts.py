"""Lists conflicts, and resolves them with either text or a third one."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q, QuerySet
from wagtail_localize.models import StringSegment

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve, lock_translations, places_of
from posync.core.issue_codes import IssueCode
from posync.core.po.naming import join_msgctxt
from posync.core.results import EntryCounts, Issue, RunResult, Severity, total
from posync.core.rules.validation import repair
from posync.db.bulk_sql import AnyOf
from posync.exceptions import PosyncError
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.history.stopped_translations import stopped_catalogs
from posync.hooks import EntryToCheck
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.plugins import report_failures
from posync.validators.run_checks import blocks, problems_of


class Choice(StrEnum):
    """Whose text to take."""

    FILE = "file"
    DATABASE = "database"
    TEXT = "text"


def open_conflicts() -> QuerySet[Conflict]:
    """The unresolved conflicts, oldest first."""
    return Conflict.objects.filter(resolved_at=None).select_related("catalog__domain", "catalog__locale")


@report_failures
def resolve(
    conflict_ids: Collection[int], choice: Choice, text: str = "", *, dry_run: bool = False
) -> RunResult:
    """Resolve open conflicts, all of them where none is named, as one run. The text not chosen goes to the history.

    A text failing the checks is refused, and its conflict stays open; so does that of a stopped translation. Raises
    PosyncError for an id without an open conflict, and for a third text without one named conflict.
    """
    conflicts = list(open_conflicts().filter(pk__in=conflict_ids) if conflict_ids else open_conflicts())
    if unknown := set(conflict_ids) - {conflict.pk for conflict in conflicts}:
        raise PosyncError(f"There is no open conflict {', '.join(map(str, sorted(unknown)))}.")
    if choice is Choice.TEXT and len(set(conflict_ids)) != 1:
        raise PosyncError("A text of your own resolves one conflict: name it by its id.")
    stopped = {
        catalog.pk for catalog in stopped_catalogs(Q(pk__in={conflict.catalog_id for conflict in conflicts}))
    }
    results = [_stopped(conflict) for conflict in conflicts if conflict.catalog_id in stopped]
    conflicts = [conflict for conflict in conflicts if conflict.catalog_id not in stopped]
    if not conflicts:
        return total(results)
    if not dry_run:
        return total([*results, *_resolve_all(conflicts, choice, text)])
    with transaction.atomic():
        results += _resolve_all(conflicts, choice, text)
        transaction.set_rollback(True)
    return total(results)


def _resolve_all(conflicts: Sequence[Conflict], choice: Choice, text: str) -> list[RunResult]:
    user = acting_user()
    run = Run.objects.create(kind=Run.Kind.RESOLVE, user=user)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
    return [_resolve(conflict, choice, text, run, user) for conflict in conflicts]


def _stopped(conflict: Conflict) -> RunResult:
    text = f"Conflict {conflict.pk}: the translation was stopped. Start it again in the admin, then choose."
    msgctxt = join_msgctxt(conflict.catalog.domain.name, conflict.path)
    issue = Issue(Severity.WARNING, IssueCode.STOPPED, text, msgctxt=msgctxt)
    return RunResult(entries=EntryCounts(unknown=1), issues=(issue,))


@transaction.atomic
def _resolve(
    conflict: Conflict, choice: Choice, text: str, run: Run, user: AbstractBaseUser | None
) -> RunResult:
    lock_translations()
    chosen = {
        Choice.FILE: conflict.file_text,
        Choice.DATABASE: conflict.database_text,
        Choice.TEXT: text,
    }[choice]
    catalog = active_catalogs().filter(pk=conflict.catalog_id).first()
    loaded = load_catalogs([catalog])[0] if catalog is not None else None
    entry = loaded.entries.get((conflict.path, conflict.msgid)) if loaded else None
    issues: list[Issue] = []
    log = ChangeLog(run=run, user=user)
    if loaded is not None and entry is not None and choice is not Choice.DATABASE:
        chosen = repair(entry.msgid, chosen)
        problems = check_entry(loaded, entry, chosen)
        msgctxt = join_msgctxt(conflict.catalog.domain.name, conflict.path)
        issues = [
            Issue(one.severity, one.code, f"Conflict {conflict.pk}: {one.message}", msgctxt=msgctxt)
            for one in problems
        ]
        if blocks(problems):
            return RunResult(entries=EntryCounts(blocked=1), issues=tuple(issues))
        approve(
            [Approved(entry.string_id, entry.context_id, conflict.catalog.locale_id, chosen)],
            TOOL_NAME,
            user,
        )
        log.add(conflict.catalog, Change.Kind.APPROVED, entry.id, entry.database, chosen)
    elif entry is None:
        if choice is not Choice.DATABASE and (blocked := _refused(conflict, chosen)):
            return RunResult(entries=EntryCounts(blocked=1), issues=blocked)
        issues = [_chosen_for_later(conflict, loaded, chosen, log)]
    for draft in Draft.objects.filter(catalog=conflict.catalog_id, key=conflict.key):
        log.add(conflict.catalog, Change.Kind.DRAFT, (draft.path, draft.msgid), draft.text, "")
        draft.delete()
    save_changes([log])
    conflict.resolve(chosen, user)
    Catalog.objects.filter(pk=conflict.catalog_id).mark_changed()
    counts = EntryCounts(unknown=1) if entry is None else EntryCounts(imported=1)
    return RunResult(entries=counts, issues=tuple(issues))


def _refused(conflict: Conflict, chosen: str) -> tuple[Issue, ...]:
    """The problems of a choice about a text that the page no longer has; none where it may be in use some day."""
    names = conflict.catalog.domain.name, conflict.catalog.locale.language_code
    problems = problems_of(EntryToCheck(*names, "", None, conflict.path, "", conflict.msgid, chosen, None))
    msgctxt = join_msgctxt(names[0], conflict.path)
    found = (
        Issue(one.severity, one.code, f"Conflict {conflict.pk}: {one.message}", msgctxt=msgctxt)
        for one in problems
    )
    return tuple(found) if chosen and blocks(problems) else ()


def _chosen_for_later(conflict: Conflict, loaded: LoadedCatalog | None, chosen: str, log: ChangeLog) -> Issue:
    """Take a choice about a text that the page no longer has, for the day of its return, and for the offers made from it."""
    names = conflict.catalog.domain.name, conflict.catalog.locale.language_code
    entry_id = conflict.path, conflict.msgid
    log.keep(*names, entry_id, chosen)
    place = places_of(loaded.catalog, [entry_id]).get(entry_id) if loaded else None
    if loaded and place:
        if place.text != chosen:
            approve(
                [Approved(place.string_id, place.context_id, loaded.catalog.locale_id, chosen)],
                TOOL_NAME,
                log.user,
            )
            log.add(loaded.catalog, Change.Kind.APPROVED, entry_id, place.text, chosen)
        for entry in loaded.current:
            draft = entry.draft
            if (
                draft
                and (draft.previous_msgid, draft.text) == (conflict.msgid, conflict.file_text)
                and chosen
            ):
                log.add(loaded.catalog, Change.Kind.DRAFT, entry.id, draft.text, chosen)
                draft.text = chosen
                draft.save(update_fields=["text"])
    text = (
        f"Conflict {conflict.pk}: The page no longer has the text. The translation chosen is in use nowhere, and kept for "
        "its return."
    )
    return Issue(
        Severity.WARNING, IssueCode.UNKNOWN_ENTRY, text, msgctxt=join_msgctxt(names[0], conflict.path)
    )


def of_gone_texts(conflicts: Collection[Conflict]) -> set[int]:
    """Those of the conflicts, by primary key, whose texts their pages no longer have. One query."""
    standing = set(
        StringSegment.objects.filter(
            AnyOf(F("string__data"), list({conflict.msgid for conflict in conflicts})),
            source__translations__catalog__in={conflict.catalog_id for conflict in conflicts},
        )
        .order_by()
        .values_list("source__translations__catalog", "context__path", "string__data")
    )
    return {one.pk for one in conflicts if (one.catalog_id, one.path, one.msgid) not in standing}
