"""Approves drafts that wait for review, or sends them back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve, lock_translations
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.naming import join_msgctxt
from posync.core.results import EntryCounts, Issue, RunResult, Severity
from posync.core.rules.outgoing import State
from posync.core.rules.validation import repair
from posync.history.acting_user import acting_user
from posync.history.change_log import ChangeLog, save_changes
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.plugins import report_failures
from posync.validators.run_checks import blocks


def waiting_for_review(
    languages: Collection[str] = (), page_ids: Collection[int] = (), runs: Collection[int] = ()
) -> QuerySet[Draft]:
    """The drafts for review of translations not stopped, by catalog: of some languages, pages or imports; empty means all.

    `languages` are target language codes, `page_ids` source or target pages, `runs` the primary keys of imports that
    brought the texts.
    """
    drafts = Draft.objects.filter(
        for_review=True, catalog__stopped=False, catalog__translation__enabled=True
    ).select_related("catalog__domain", "catalog__locale", "author")
    if languages:
        drafts = drafts.filter(catalog__locale__language_code__in=languages)
    if page_ids:
        keys = Page.objects.filter(pk__in=page_ids).values("translation_key")
        drafts = drafts.filter(catalog__domain__object__in=keys)
    if runs:
        brought = Change.objects.filter(
            run__in=runs,
            kind=Change.Kind.DRAFT,
            catalog=OuterRef("catalog"),
            path=OuterRef("path"),
            msgid=OuterRef("msgid"),
            after=OuterRef("text"),
        )
        drafts = drafts.filter(Exists(brought))
    return drafts.order_by("catalog__domain__name", "catalog__locale__language_code", "pk")


@report_failures
def approve_drafts(
    seen: Collection[Draft], user: AbstractBaseUser | None = None, *, dry_run: bool = False
) -> RunResult:
    """Approve drafts for review as one run, for a person; None is the system, for whoever `USER` names.

    `seen` are the drafts as the person read them. Each is reported and stays whose text is another by now, that a check
    refuses, or that the person typed where a second one is to approve. Rights are the caller's to ask about.
    """
    with transaction.atomic():
        lock_translations()
        Catalog.objects.filter(pk__in={draft.catalog_id for draft in seen}).lock()
        drafts = list(waiting_for_review().filter(pk__in=[draft.pk for draft in seen]))  # of now
        result = _approve(drafts, {draft.pk: draft.text for draft in seen}, user) if drafts else RunResult()
        if dry_run:
            transaction.set_rollback(True)
    return result


def _approve(drafts: Sequence[Draft], read: Mapping[int, str], user: AbstractBaseUser | None) -> RunResult:
    person = user or acting_user()
    run = Run(kind=Run.Kind.APPROVE, user=person)  # type: ignore[misc] # whatever AUTH_USER_MODEL is
    log = ChangeLog(run=run, user=person)
    by_catalog: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_catalog[draft.catalog_id].append(draft)
    approved: list[Approved] = []
    done: list[Draft] = []
    issues: list[Issue] = []
    for loaded in load_catalogs(list(active_catalogs().filter(pk__in=by_catalog))):
        for draft in by_catalog[loaded.catalog.pk]:
            said, text = _judged(loaded, draft, read[draft.pk], user)
            issues += said
            if text is None:
                continue
            entry = loaded.entries[draft.path, draft.msgid]
            approved.append(Approved(entry.string_id, entry.context_id, loaded.catalog.locale_id, text))
            log.add(loaded.catalog, Change.Kind.DRAFT, entry.id, draft.text, "")
            log.add(loaded.catalog, Change.Kind.APPROVED, entry.id, entry.approved, text)
            done.append(draft)
    save_changes([log])
    approve(approved, TOOL_NAME, person)
    Draft.objects.filter(pk__in=[draft.pk for draft in done]).delete()
    chosen = {(draft.catalog_id, draft.key): one.text for draft, one in zip(done, approved, strict=True)}
    for conflict in Conflict.objects.filter(catalog__in=by_catalog, resolved_at=None):
        if (conflict.catalog_id, conflict.key) in chosen:
            conflict.resolve(chosen[conflict.catalog_id, conflict.key], person)
    Catalog.objects.filter(pk__in={draft.catalog_id for draft in done}).mark_changed()
    counts = EntryCounts(imported=len(done), blocked=len(drafts) - len(done))
    return RunResult(entries=counts, issues=tuple(issues))


def _judged(
    loaded: LoadedCatalog, draft: Draft, read: str, user: AbstractBaseUser | None
) -> tuple[list[Issue], str | None]:
    """What is to be said of a draft, and its text to approve; None for a refused one."""
    msgctxt = join_msgctxt(loaded.catalog.domain.name, draft.path)

    def said(severity: Severity, code: IssueCode, text: str) -> Issue:
        return Issue(severity, code, f"“{draft.text:.60}” was not approved: {text}", msgctxt=msgctxt)

    entry = loaded.entries.get((draft.path, draft.msgid))
    if entry is None:
        return [said(Severity.WARNING, IssueCode.UNKNOWN_ENTRY, "the page no longer has the text.")], None
    if draft.text != read or entry.outgoing.state is not State.FOR_REVIEW:
        text = "it was changed, or another text was approved, since."
        return [said(Severity.WARNING, IssueCode.OVERTAKEN, text)], None
    if user is not None and draft.author_id == user.pk and posync_settings().REVIEW == "required":
        text = "a second person is to approve what you typed."
        return [said(Severity.WARNING, IssueCode.SECOND_PERSON, text)], None
    text = repair(entry.msgid, draft.text)
    problems = check_entry(loaded, entry, text)
    issues = [Issue(one.severity, one.code, one.message, msgctxt=msgctxt) for one in problems]
    return issues, None if blocks(problems) else text


def send_back(reasons: Mapping[Draft, str]) -> int:
    """Make drafts for review plain drafts again, fuzzy in their files, each with the reviewer's reason.

    A draft with another text by now than the reviewer read stays. Returns the number sent back.
    """
    with transaction.atomic():
        Catalog.objects.filter(pk__in={draft.catalog_id for draft in reasons}).lock()
        read = {draft.pk: (draft.text, reason) for draft, reason in reasons.items()}
        drafts = [
            draft
            for draft in Draft.objects.filter(pk__in=read, for_review=True)
            if draft.text == read[draft.pk][0]
        ]
        for draft in drafts:
            draft.for_review, draft.sent_back = False, " ".join(read[draft.pk][1].split())
        Draft.objects.bulk_update(drafts, ["for_review", "sent_back"])
        Catalog.objects.filter(pk__in={draft.catalog_id for draft in drafts}).mark_changed()
    return len(drafts)
