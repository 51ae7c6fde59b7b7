"""The body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.facts import KeyFiguresBlock, TableBlock, TimelineBlock
from home.blocks.images import GalleryBlock, ImageBlock
from home.blocks.links import CallToActionBlock
from home.blocks.references import DocumentsBlock, DonorsBlock, PeopleBlock, RelatedPagesBlock
from home.blocks.text import RICH_TEXT_FEATURES, AccordionBlock, HeadingBlock, QuoteBlock
from home.blocks.video import EmbedBlock


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
        """The images in a body's blocks: one query then fetches all their renditions."""
        return [
            image
            for child in value
            if hasattr(child.block, "images")
            for image in child.block.images(child.value)
        ]
