from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.management.output import PosyncCommand, add_locale_option, language_codes, row_id
from posync.publishing.publish import publish


class Command(PosyncCommand):
    help = "Publish the translations whose every text is approved."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        parser.add_argument(
            "page_ids", nargs="*", type=row_id, metavar="PAGE_ID", help="Originals or translations."
        )

    def run(self, **options: Any) -> RunResult:
        return publish(language_codes(options), options["page_ids"], dry_run=options["dry_run"])
