import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from posync.management.output import add_locale_option, database_in_reach, language_codes
from posync.management.pipes import PipedCommand
from posync.publishing.batching import single_models, translated_page_models
from posync.reports.status import StatusRow, status

_COLUMNS = (
    *("name", "source_language", "language", "state", "translated", "fuzzy", "for_review", "segments"),
    "words_left",
)
#: Headers in the words of translators. JSON keeps the names that programs know.
_HEADERS = {
    "segments": "texts",
    "source_language": "source language",
    "for_review": "for review",
    "words_left": "words left",
}


class Command(PipedCommand):
    help = "Show how far every page and snippet is in every language."

    def add_arguments(self, parser: CommandParser) -> None:
        add_locale_option(parser)
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of a table.")

    def handle(self, *args: Any, **options: Any) -> None:
        with database_in_reach():
            self._print(options)

    def _print(self, options: dict[str, Any]) -> None:
        rows = list(status(language_codes(options)))
        if options["json"]:
            printed = {
                "command": "po_status",
                "rows": [asdict(row) for row in rows],
                "one_at_a_time": [
                    {"model": single.name, "reasons": [obstacle.text for obstacle in single.obstacles]}
                    for single in single_models(translated_page_models())
                ],
            }
            self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2))
        else:
            self._print_table(rows)
            for row in rows:
                if row.private_in:
                    self.stdout.write(
                        f"{row.name}: private in {row.private_in} alone; make both so, or neither, in the admin."
                    )
            if options["verbosity"] > 1:
                self._print_single_models()

    def _print_single_models(self) -> None:
        for single in single_models(translated_page_models()):
            self.stdout.write(str(single))

    def _print_table(self, rows: Sequence[StatusRow]) -> None:
        header = tuple(_HEADERS.get(column, column) for column in _COLUMNS)
        table = [header, *(tuple(str(getattr(row, column)) for column in _COLUMNS) for row in rows)]
        widths = [max(len(line[column]) for line in table) for column in range(len(_COLUMNS))]
        for line in table:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
