"""Spreadsheets of the admin: what a visitor has typed into a form runs in nobody's program."""

from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.forms.views import SubmissionsListView

#: A cell that begins so is a formula, or may become one: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_text(value: Any) -> Any:
    """The value, and a text that a spreadsheet would take for a formula behind an apostrophe."""
    text = force_str(value, strings_only=True)
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_BEGINS) else text


def _listed(values: list[Any]) -> Any:
    return as_text(", ".join(force_str(value) for value in values))


def escape_formulas() -> None:
    """Have all exports of Wagtail's, by its own table of what to do with a value: dates stay as they are."""
    known = SpreadsheetExportMixin.custom_value_preprocess
    formats = SpreadsheetExportMixin.FORMATS
    # In order: what no row before is about comes last.
    SpreadsheetExportMixin.custom_value_preprocess = {
        **known,
        list: dict.fromkeys(formats, _listed),
        object: dict.fromkeys(formats, as_text),
    }


class ReadersSubmissionsListView(SubmissionsListView):
    """The list of what was sent, with the labels of an editor's own fields as texts in a spreadsheet."""

    def get_heading(self, queryset: Any, field: str) -> str:
        return as_text(super().get_heading(queryset, field))
