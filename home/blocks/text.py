"""Headings, quotes and accordions.

Words stand in character, text and rich-text blocks alone: these reach translators.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

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

    text = blocks.TextBlock(label=_("Quote"), help_text=_("Without quotation marks: the page sets them."))
    attribution = blocks.CharBlock(label=_("Attribution"), required=False, max_length=255)
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


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "arrow-down-big"
        label = _("Part")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """Parts to open one by one."""

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
