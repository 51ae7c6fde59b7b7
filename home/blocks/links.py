"""Links of editors' choice: to a page of the site, or elsewhere."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError


class LinkBlock(blocks.StructBlock):
    """A labelled link to a page of the site, or elsewhere."""

    label = blocks.CharBlock(label=_("Label"), max_length=80)
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("Visitors are led to the page's version in their own language."),
    )
    url = blocks.URLBlock(label=_("External URL"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"

    def needs_target(self, value) -> bool:
        return True

    def clean(self, value):
        """Refuses two targets, and none where one is needed; a draft may still lack it."""
        value = super().clean(value)
        if value["page"] and value["url"]:
            message = _("Choose a page or give a URL, not both.")
        elif not (value["page"] or value["url"] or self.is_deferred_validation) and self.needs_target(value):
            message = _("Choose a page or give a URL.")
        else:
            return value
        raise StructBlockValidationError(block_errors={"url": ValidationError(message)})


class MenuItemBlock(LinkBlock):
    """An entry of the main menu; entries below it can stand in for a target."""

    children = blocks.ListBlock(LinkBlock(), label=_("Entries below"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Menu entry")

    def needs_target(self, value) -> bool:
        return not value["children"]


class LinkColumnBlock(blocks.StructBlock):
    """A titled group of links in the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{title}"


class AppealBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.TextBlock(label=_("Text"), required=False)


class CallToActionBlock(LinkBlock, AppealBlock):
    """Asks the reader to do one thing."""

    label = blocks.CharBlock(label=_("Label of the link"), max_length=80)

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
