from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Count

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity
from posync.history.undo_run import undo
from posync.management.output import PosyncCommand, row_id
from posync.models import Run

#: Runs in the list.
_NEWEST = 20


class Command(PosyncCommand):
    tells_from = 1
    nothing = "no runs yet"
    help = "List the newest runs, or take one back: its texts give way to those they replaced."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("run_id", nargs="?", type=row_id, metavar="RUN", help="The run to take back.")

    def run(self, **options: Any) -> RunResult:
        if options["run_id"] is not None:
            return undo(options["run_id"], dry_run=options["dry_run"])
        # The model's own order does not hold where rows are counted.
        runs = Run.objects.annotate(changed=Count("changes")).select_related("undone_by").order_by("-pk")
        return RunResult(issues=tuple(_listed(run) for run in runs[:_NEWEST]))


def _listed(run: Run) -> Issue:
    undone = f", undone by run {run.undone_by.pk}" if hasattr(run, "undone_by") else ""
    changed: int = run.changed  # type: ignore[attr-defined] # counted by the query
    changes = "1 change" if changed == 1 else f"{changed} changes"
    text = f"Run {run.pk}: {run.kind}, {run.created_at:%Y-%m-%d %H:%M}, {changes}{undone}"
    return Issue(Severity.INFO, IssueCode.RUN, text)
