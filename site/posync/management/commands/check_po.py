from typing import Any

from django.core.management.base import CommandParser

from posync.core.results import RunResult
from posync.files.check_files import check_files
from posync.management.output import PosyncCommand, existing_path


class Command(PosyncCommand):
    help = "Check PO files as an import does, and write nothing."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "files", nargs="*", type=existing_path, metavar="FILE", help="All, where none is named."
        )

    def run(self, **options: Any) -> RunResult:
        return check_files(options["files"])
