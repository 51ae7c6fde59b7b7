"""One block of every kind that a StreamField can hold."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=60)
    text = blocks.RichTextBlock()
    level = blocks.ChoiceBlock(choices=[("h2", "Two"), ("h3", "Three")], default="h2")


class EveryBlock(blocks.StreamBlock):
    char = blocks.CharBlock(required=False)
    text = blocks.TextBlock(required=False)
    quote = blocks.BlockQuoteBlock(required=False)
    rich = blocks.RichTextBlock(required=False)
    section = SectionBlock(required=False)
    points = blocks.ListBlock(blocks.CharBlock())
    sections = blocks.ListBlock(SectionBlock())
    nested = blocks.StreamBlock(
        [("note", blocks.CharBlock()), ("rich", blocks.RichTextBlock())], required=False
    )
    picture = ImageBlock(required=False)
    image = ImageChooserBlock(required=False)
    page = blocks.PageChooserBlock(required=False)
    topic = SnippetChooserBlock("testapp.Topic", required=False)
    url = blocks.URLBlock(required=False)
    email = blocks.EmailBlock(required=False)
    number = blocks.IntegerBlock(required=False)
    date = blocks.DateBlock(required=False)
    flag = blocks.BooleanBlock(required=False)
