from typing import Any

from django.core.management.base import CommandError, CommandParser

from posync.core.issue_codes import IssueCode
from posync.core.po.naming import join_msgctxt
from posync.core.results import ExitCode, Issue, RunResult, Severity
from posync.history.review import approve_drafts, waiting_for_review
from posync.management.output import PosyncCommand, add_locale_option, language_codes, row_id
from posync.models import Draft


class Command(PosyncCommand):
    tells_from = 1
    nothing = "nothing waits for review"
    help = "List the translations that wait for review, or approve some: by page, language or run, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        parser.add_argument(
            "page_ids", nargs="*", type=row_id, metavar="PAGE_ID", help="Source or target pages."
        )
        parser.add_argument(
            "--run",
            action="append",
            dest="runs",
            type=row_id,
            metavar="RUN_ID",
            help="What an import brought. May be repeated.",
        )
        parser.add_argument("--approve", action="store_true", help="Approve what is listed otherwise.")
        parser.add_argument(
            "--all", action="store_true", help="Approve all, where no page, language or run is named."
        )

    def run(self, **options: Any) -> RunResult:
        languages, pages, runs = language_codes(options), options["page_ids"], options["runs"] or ()
        drafts = waiting_for_review(languages, pages, runs)
        if not options["approve"]:
            return RunResult(issues=tuple(map(_listed, drafts)))
        if not (languages or pages or runs or options["all"]):
            text = "Name pages, languages or runs, or approve all with --all."
            raise CommandError(text, returncode=ExitCode.NOT_RUN)
        return approve_drafts(list(drafts), dry_run=options["dry_run"])


def _listed(draft: Draft) -> Issue:
    by = f", by {draft.author}" if draft.author else ""
    text = (
        f"Waits for review in {draft.catalog.locale.language_code}{by}\n"
        f"  source:      {draft.msgid}\n"
        f"  translation: {draft.text}" + (f"\n  in use:      {draft.approved}" if draft.approved else "")
    )
    msgctxt = join_msgctxt(draft.catalog.domain.name, draft.path)
    return Issue(Severity.INFO, IssueCode.FOR_REVIEW, text, msgctxt=msgctxt)
