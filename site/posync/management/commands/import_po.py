from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.importing import import_files
from posync.management.output import (
    PosyncCommand,
    add_allow_clear_option,
    add_locale_option,
    existing_path,
    language_codes,
)


class Command(PosyncCommand):
    help = "Bring translations from PO files into the database: from the files that changed, or from those named."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        add_allow_clear_option(parser)
        parser.add_argument(
            "files",
            nargs="*",
            type=existing_path,
            metavar="FILE",
            help="PO files, lying anywhere, under any name.",
        )

    def run(self, **options: Any) -> RunResult:
        return import_files(
            options["files"],
            language_codes(options),
            dry_run=options["dry_run"],
            allow_clear=options["allow_clear"],
        )
