from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.exceptions import PosyncError
from posync.management.output import PosyncCommand, locale_option, row_id
from posync.sources.submit import submit_many


class Command(PosyncCommand):
    help = (
        "Start to track pages and snippets for translation. Says nothing to visitors: no target page is made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("page_ids", nargs="*", type=row_id, metavar="PAGE_ID", help="Pages to submit.")
        parser.add_argument("--all", action="store_true", help="Submit all live pages and snippets.")
        parser.add_argument(
            "--to",
            action="append",
            type=locale_option,
            required=True,
            metavar="LANG",
            help="A language to translate into. Repeat it for more.",
        )
        parser.add_argument(
            "--from",
            dest="source",
            type=locale_option,
            metavar="LANG",
            help="Submit only what is written in this language. With --all, also what exists in the others already.",
        )

    def run(self, **options: Any) -> RunResult:
        if bool(options["page_ids"]) == options["all"]:
            raise PosyncError("Name the pages by their ids, or say --all.")
        return submit_many(
            options["to"], source=options["source"], page_ids=options["page_ids"], dry_run=options["dry_run"]
        )
