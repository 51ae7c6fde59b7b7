from typing import Any

from django.core.management.base import CommandParser

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity
from posync.history.resolve_conflicts import Choice, of_gone_texts, open_conflicts, resolve
from posync.management.output import PosyncCommand, row_id
from posync.models import Conflict


class Command(PosyncCommand):
    tells_from = 1
    nothing = "no conflict is open"
    help = "List the open conflicts, or resolve some: with the file's text, the database's, or a third one."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "conflict_ids",
            nargs="*",
            type=row_id,
            metavar="CONFLICT_ID",
            help="All open ones, where none is named.",
        )
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--file", action="store_true", help="Take the file's text.")
        chosen.add_argument("--database", action="store_true", help="Keep the database's text.")
        chosen.add_argument("--text", help="Take this text. Name one conflict.")

    def run(self, **options: Any) -> RunResult:
        if options["file"]:
            return resolve(options["conflict_ids"], Choice.FILE, dry_run=options["dry_run"])
        if options["database"]:
            return resolve(options["conflict_ids"], Choice.DATABASE, dry_run=options["dry_run"])
        if options["text"] is not None:
            return resolve(options["conflict_ids"], Choice.TEXT, options["text"], dry_run=options["dry_run"])
        conflicts = list(open_conflicts())
        gone = of_gone_texts(conflicts) if conflicts else set()
        return RunResult(issues=tuple(_listed(one, is_gone=one.pk in gone) for one in conflicts))


def _listed(conflict: Conflict, *, is_gone: bool) -> Issue:
    state = "the page no longer has the text" if is_gone else "in use"
    text = (
        f"Conflict {conflict.pk}, {conflict.created_at:%Y-%m-%d %H:%M}\n"
        f"  source:   {conflict.msgid}\n"
        f"  before:   {conflict.base_text}\n"
        f"  file:     {conflict.file_text}\n"
        f"  database: {conflict.database_text} ({state})"
    )
    msgctxt = f"{conflict.catalog.domain}:{conflict.path}"
    return Issue(Severity.INFO, IssueCode.OPEN_CONFLICT, text, file=conflict.file, msgctxt=msgctxt)
