"""Undoes runs: restores every replaced text, unless somebody has changed it since."""

from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import Approved, approve, lock_translations, withdraw
from posync.core.issue_codes import IssueCode
from posync.core.po.entries import entry_key
from posync.core.po.naming import join_msgctxt
from posync.core.results import EntryCounts, Issue, RunResult, Severity
from posync.exceptions import PosyncError
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.history.resolve_conflicts import TOOL_NAME
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.validators.run_checks import blocks


@transaction.atomic
def undo(run_id: int, *, dry_run: bool = False) -> RunResult:
    """Undo a run, as a run of its own: the whole of it, or nothing when the command is killed.

    A text changed again since the run is left alone and reported. Raises PosyncError when there is no such run, or
    when it was undone already.
    """
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise PosyncError(f"There is no run {run_id}.")
    if Run.objects.filter(undoes=run).exists():
        raise PosyncError(f"Run {run_id} was undone already.")
    # Comments stay: nothing is published of them. The replaced ones are in the history, and a translator can write
    # another in the place of one.
    changes = (
        run.changes.exclude(catalog=None).exclude(kind=Change.Kind.COMMENT).order_by("catalog_id", "-pk")
    )
    if dry_run:
        return RunResult(entries=EntryCounts(imported=changes.count()))
    lock_translations()
    user = acting_user()
    undoing = Run.objects.create(kind=Run.Kind.UNDO, user=user, undoes=run)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
    result = RunResult()
    for catalog_id, of_catalog in groupby(changes, key=attrgetter("catalog_id")):
        result += _undo_in(catalog_id, list(of_catalog), undoing, user)
    for conflict in run.conflicts.filter(resolved_at=None):
        draft = Draft.objects.filter(catalog=conflict.catalog_id, key=conflict.key).first()
        if draft is None:
            conflict.resolve(conflict.database_text, user)
        elif draft.text != conflict.file_text:
            # Another file's text is disputed still.
            conflict.file_text = draft.text
            conflict.save(update_fields=["file_text"])
    return result


def _undo_in(catalog_id: int, changes: list[Change], run: Run, user: AbstractBaseUser | None) -> RunResult:
    catalog = active_catalogs().filter(pk=catalog_id).first()
    if catalog is None:
        issue = Issue(
            Severity.WARNING, IssueCode.NOT_TRANSLATED, f"{changes[0].domain} is not translated any more."
        )
        return RunResult(entries=EntryCounts(unknown=len(changes)), issues=(issue,))
    loaded = load_catalogs([catalog])[0]
    log = ChangeLog(run=run, user=user)
    done: list[Change] = []
    issues: list[Issue] = []
    # A draft belongs beside the text in use, so that comes first.
    for change in sorted(changes, key=lambda change: change.kind == Change.Kind.DRAFT):
        restore = _restore_approved if change.kind == Change.Kind.APPROVED else _restore_draft
        if restore(loaded, change, log):
            done.append(change)
        else:
            text = "The text was changed again since; it was left alone."
            msgctxt = join_msgctxt(change.domain, change.path)
            issues.append(Issue(Severity.WARNING, IssueCode.CHANGED_SINCE, text, msgctxt=msgctxt))
    _reopen_conflicts(loaded, done)
    save_changes([log])
    Catalog.objects.filter(pk=catalog.pk).mark_changed()
    return RunResult(entries=EntryCounts(imported=len(done), unchanged=len(issues)), issues=tuple(issues))


def _restore_approved(loaded: LoadedCatalog, change: Change, log: ChangeLog) -> bool:
    entry: CurrentEntry | None = loaded.entries.get((change.path, change.msgid))
    if entry is None or entry.database != change.after:
        return False
    catalog = loaded.catalog
    before = change.before
    if before and blocks(check_entry(loaded, entry, before)):
        # Safe for no page, whoever had approved it.
        log.keep(change.domain, change.language, entry.id, before)
        before = ""
    if before:
        approve(
            [Approved(entry.string_id, entry.context_id, catalog.locale_id, before)],
            TOOL_NAME,
            log.user,
        )
    else:
        withdraw(entry.string_id, entry.context_id, catalog.locale_id)
    loaded.entries[entry.id] = entry._replace(database=before, has_error=False)
    log.add(catalog, Change.Kind.APPROVED, entry.id, change.after, before)
    return True


def _restore_draft(loaded: LoadedCatalog, change: Change, log: ChangeLog) -> bool:
    catalog = loaded.catalog
    key = entry_key(change.path, change.msgid)
    draft = Draft.objects.filter(catalog=catalog, key=key).first()
    if (draft.text if draft else "") != change.after:
        return False
    entry = loaded.entries.get((change.path, change.msgid))
    if not change.before:
        Draft.objects.filter(catalog=catalog, key=key).delete()
    else:
        Draft.objects.update_or_create(
            catalog=catalog,
            key=key,
            defaults={
                "path": change.path,
                "msgid": change.msgid,
                "text": change.before,
                "previous_msgid": _source_of(catalog, change),
                "approved": entry.approved if entry else "",
            },
        )
    log.add(catalog, Change.Kind.DRAFT, (change.path, change.msgid), change.after, change.before)
    return True


def _source_of(catalog: Catalog, change: Change) -> str:
    """The earlier source at the place that a draft is the translation of; "" for the entry's own."""
    earlier = StringTranslation.objects.filter(
        context__object=catalog.domain.object_id,
        context__path=change.path,
        locale=catalog.locale_id,
        data=change.before,
    ).exclude(translation_of__data=change.msgid)
    return earlier.values_list("translation_of__data", flat=True).order_by("-updated_at").first() or ""


def _reopen_conflicts(loaded: LoadedCatalog, undone: list[Change]) -> None:
    """Open the conflicts again that the run settled, each with its disputed text as a draft."""
    begun = [change.run.created_at for change in undone if change.run]
    if not begun:
        return
    settled = Conflict.objects.filter(catalog=loaded.catalog, resolved_at__gte=min(begun))
    disputed = {(change.path, change.msgid): set[str]() for change in undone}
    for change in undone:
        disputed[change.path, change.msgid] |= {change.before, change.after}
    for conflict in settled.order_by("-pk"):
        entry_id = conflict.path, conflict.msgid
        if conflict.file_text in disputed.pop(entry_id, ()) and not _is_open(conflict):
            conflict.reopen()
            entry = loaded.entries.get(entry_id)
            Draft.objects.get_or_create(
                catalog=loaded.catalog,
                key=conflict.key,
                defaults={
                    "path": conflict.path,
                    "msgid": conflict.msgid,
                    "text": conflict.file_text,
                    "approved": entry.approved if entry else "",
                },
            )


def _is_open(conflict: Conflict) -> bool:
    return Conflict.objects.filter(catalog=conflict.catalog_id, key=conflict.key, resolved_at=None).exists()
