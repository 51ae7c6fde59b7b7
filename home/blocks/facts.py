"""Figures, tables and timelines."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label=_("Figure"), max_length=40, help_text=_("As it is to be read, with its unit.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=255)

    class Meta:
        icon = "order"
        label = _("Figure")
        label_format = "{value} {label}"


class KeyFiguresBlock(blocks.StructBlock):
    """Numbers with the message of a page."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1)
    source = blocks.CharBlock(
        label=_("Source"),
        required=False,
        max_length=255,
        help_text=_("Where the figures come from, and of when."),
    )

    class Meta:
        icon = "order"
        label = _("Key figures")
        label_format = "{title}"
        template = "home/blocks/key_figures.html"
        description = _("A few numbers, each with what it counts, and their source.")
        preview_value = {
            "title": _("IOM in figures"),
            "figures": [
                {"value": "175", "label": _("member states")},
                {"value": "1951", "label": _("year of foundation")},
            ],
            "source": "IOM",
        }


class TableRowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Cells"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Row")


class TableBlock(blocks.StructBlock):
    """A table of plain text, of blocks for translators; Wagtail's own is opaque to them."""

    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=255,
        help_text=_("What the table tells. Screen readers announce it first."),
    )
    header = blocks.ListBlock(
        blocks.CharBlock(label=_("Column"), required=False), label=_("Column headers"), min_num=1
    )
    rows = blocks.ListBlock(TableRowBlock(), label=_("Rows"), min_num=1)
    first_column_is_header = blocks.BooleanBlock(
        label=_("The first cell names its row"), required=False, default=False
    )

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"
        template = "home/blocks/table.html"
        description = _("Figures or facts in rows and columns.")
        preview_value = {
            "caption": _("Projects by year"),
            "header": [_("Year"), _("Projects")],
            "rows": [{"cells": ["2024", "7"]}, {"cells": ["2025", "9"]}],
            "first_column_is_header": True,
        }

    def clean(self, value):
        value = super().clean(value)
        columns = len(value["header"])
        if any(len(row["cells"]) != columns for row in value["rows"]):
            message = _("Every row needs as many cells as there are columns.")
            raise StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        return value


class TimelineEntryBlock(blocks.StructBlock):
    time = blocks.CharBlock(
        label=_("When"), max_length=80, help_text=_("As it is to be read: a year, a month, a day.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "date"
        label = _("Step")
        label_format = "{time} {title}"


class TimelineBlock(blocks.StructBlock):
    """Past or future steps, one after another."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    steps = blocks.ListBlock(TimelineEntryBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        label_format = "{title}"
        template = "home/blocks/timeline.html"
        description = _("Steps in the order of time, each with its date.")
        preview_value = {
            "title": _("How the project went"),
            "steps": [
                {"time": "2024", "title": _("The work began"), "text": _("Representatives were trained.")},
                {"time": "2025", "title": _("The safety zone was opened"), "text": ""},
            ],
        }
