from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, RunResult, Severity
from posync.exceptions import PosyncError
from posync.history.forget import forget_account
from posync.management.output import PosyncCommand


class Command(PosyncCommand):
    tells_from = 1
    help = (
        "Replace a person in posync's history by a pseudonym: what they did stays. wagtail-localize's and Wagtail's own "
        "rows name an account as long as it is not deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "person",
            metavar="USERNAME|ID",
            help="The account's user name; of one deleted already, its id, as `provenance --json` tells it.",
        )

    def run(self, **options: Any) -> RunResult:
        forgotten = forget_account(_id_of(options["person"]), dry_run=options["dry_run"])
        if not forgotten.rows:
            text = f"Nothing in the history is by {options['person']}."
            return RunResult(issues=(Issue(Severity.WARNING, IssueCode.NOBODY, text),))
        text = f"{options['person']} is {forgotten.pseudonym} in the history now. Rows: {forgotten.rows}."
        return RunResult(issues=(Issue(Severity.INFO, IssueCode.FORGOTTEN, text),))


def _id_of(person: str) -> object:
    """Raises PosyncError for what is neither."""
    users = get_user_model()
    user = users._default_manager.filter(**{users.USERNAME_FIELD: person}).first()
    if user is not None:
        return user.pk
    try:
        return users._meta.pk.to_python(person)
    except ValidationError as error:
        raise PosyncError(f"There is no account {person!r}, and it is no account's id.") from error
