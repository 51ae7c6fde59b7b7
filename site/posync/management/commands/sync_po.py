from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.management.output import (
    PosyncCommand,
    add_import_options,
    add_locale_option,
    import_options,
    language_codes,
)
from posync.sync import sync


class Command(PosyncCommand):
    help = "Import, publish, export: what a scheduler runs."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        add_import_options(parser)
        parser.add_argument(
            "--adopt-root",
            action="store_true",
            help="Let the folder of catalogs be this site's from now on, whose it was before.",
        )

    def run(self, **options: Any) -> RunResult:
        return sync(
            language_codes(options),
            dry_run=options["dry_run"],
            options=import_options(options),
            adopt_root=options["adopt_root"],
        )
