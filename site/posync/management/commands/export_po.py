from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.files.export_files import export
from posync.management.output import PosyncCommand, add_locale_option, language_codes


class Command(PosyncCommand):
    help = "Write page text into PO files: those that changed or are missing, or those named."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_locale_option(parser)
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="Catalog files, or folders of them."
        )

    def run(self, **options: Any) -> RunResult:
        return export(language_codes(options), options["paths"], dry_run=options["dry_run"])
