from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.files.import_files import import_files
from posync.management.output import (
    PosyncCommand,
    add_import_options,
    add_locale_option,
    existing_path,
    import_options,
    language_codes,
)


class Command(PosyncCommand):
    help = "Bring translations from PO files into the database: from the files that changed, or from those named."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        add_import_options(parser)
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
            options=import_options(options),
        )
