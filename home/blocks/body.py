"""The blocks that the body of a page is made of.

People's words stand only in character, text and rich-text blocks: those are what translators are given.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from home.blocks.links import check_link_target
from home.blocks.media import EmbedBlock, GalleryBlock, ImageBlock
from home.blocks.references import DocumentsBlock, DonorsBlock, PeopleBlock, RelatedPagesBlock

RICH_TEXT_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "superscript",
    "subscript",
    "strikethrough",
]


class HeadingBlock(blocks.StructBlock):
    """A heading within the text, under the page's own."""

    text = blocks.CharBlock(label=_("Text"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section")), ("h4", _("Part of a part"))],
        default="h2",
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        template = "home/blocks/heading.html"
        description = _("Names what follows. Readers with a screen reader jump from one to the next.")
        preview_value = {"text": _("What we have achieved"), "level": "h2"}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"), help_text=_("Without quotation marks: the page sets them."))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=255)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"
        template = "home/blocks/quote.html"
        description = _("What somebody said, with the name and the role.")
        preview_value = {
            "text": _("Every child has the right to be heard."),
            "attribution": _("A legal representative"),
            "role": _("Harmanli"),
        }


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
    """Numbers that carry the message of a page."""

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


class CallToActionBlock(blocks.StructBlock):
    """Asks the reader to do one thing."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(label=_("Label of the link"), max_length=80)
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("Visitors are led to the page's version in their own language."),
    )
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        label_format = "{title}"
        template = "home/blocks/call_to_action.html"
        description = _("One thing to do, with a link that leads there.")
        preview_value = {
            "title": _("Seek help"),
            "text": _("Call us in confidence."),
            "label": _("How to reach us"),
            "url": "https://www.iom.int/",
        }

    def clean(self, value):
        value = super().clean(value)
        check_link_target(value)
        return value


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "arrow-down-big"
        label = _("Part")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """Parts that a reader opens one by one."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        template = "home/blocks/accordion.html"
        description = _("Questions and answers, or parts that few readers need all of.")
        preview_value = {
            "items": [
                {"title": _("Who can apply?"), "text": "<p>IOM</p>"},
                {"title": _("How long does it take?"), "text": "<p>IOM</p>"},
            ]
        }


class TableRowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Cells"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Row")


class TableBlock(blocks.StructBlock):
    """A table of plain text, made of blocks that translators can be given; Wagtail's own is opaque to them."""

    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=255,
        help_text=_("What the table tells. Screen readers announce it first."),
    )
    header = blocks.ListBlock(
        blocks.CharBlock(label=_("Column"), required=False), label=_("Heads of the columns"), min_num=1
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
    """What happened, or will, one thing after another."""

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


class BodyBlock(blocks.StreamBlock):
    """The body of every kind of page."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=RICH_TEXT_FEATURES,
        template="home/blocks/paragraph.html",
        description=_("Paragraphs, lists and links."),
        preview_value="<p>IOM works with <b>migrants</b> and for them.</p><ul><li>1951</li><li>2000</li></ul>",
    )
    image = ImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    key_figures = KeyFiguresBlock()
    call_to_action = CallToActionBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    embed = EmbedBlock()
    documents = DocumentsBlock()
    people = PeopleBlock()
    related_pages = RelatedPagesBlock()
    donors = DonorsBlock()

    def images(self, value) -> list:
        """The pictures that stand in the blocks of a body, so that one query fetches all their renditions."""
        return [
            image
            for child in value
            if hasattr(child.block, "images")
            for image in child.block.images(child.value)
        ]
