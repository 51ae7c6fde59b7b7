from typing import Any

from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity
from posync.history.pruning import prune
from posync.management.output import PosyncCommand


class Command(PosyncCommand):
    tells_from = 1
    help = (
        "Remove texts from the history that were superseded more than POSYNC['HISTORY_DAYS'] days ago. Their digests stay: an "
        "older file with such a text is recognised. A run with one cannot be undone any more."
    )

    @property
    def nothing(self) -> str:  # type: ignore[override] # the setting is of the moment
        return (
            "nothing to remove"
            if posync_settings().HISTORY_DAYS
            else "HISTORY_DAYS is not set: texts stay for ever"
        )

    def run(self, **options: Any) -> RunResult:
        days = posync_settings().HISTORY_DAYS
        if days is None:
            return RunResult()
        pruned = prune(days, dry_run=options["dry_run"])
        if not (pruned.changes or pruned.conflicts):
            return RunResult()
        text = f"Older than {days} days: {pruned.changes} changes and {pruned.conflicts} conflicts without their texts now."
        return RunResult(issues=(Issue(Severity.INFO, IssueCode.PRUNED, text),))
