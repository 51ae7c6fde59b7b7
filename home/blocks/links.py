"""Links that editors choose: to a page of the site, or to an address elsewhere."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError


def check_link_target(value, *, required=True):
    """Refuse a link with two targets, or with none where one is needed."""
    if value.get("page") and value.get("url"):
        message = _("Choose a page or give an address, not both.")
    elif required and not value.get("page") and not value.get("url"):
        message = _("Choose a page or give an address.")
    else:
        return
    raise StructBlockValidationError(block_errors={"url": ValidationError(message)})


class LinkBlock(blocks.StructBlock):
    """A labelled link."""

    label = blocks.CharBlock(label=_("Label"), max_length=80)
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("Visitors are led to the page's version in their own language."),
    )
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"

    def clean(self, value):
        value = super().clean(value)
        check_link_target(value)
        return value


class MenuItemBlock(blocks.StructBlock):
    """An entry of the main menu; one that has entries below it may do without a target."""

    label = blocks.CharBlock(label=_("Label"), max_length=80)
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("Visitors are led to the page's version in their own language."),
    )
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)
    children = blocks.ListBlock(LinkBlock(), label=_("Entries below"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Menu entry")
        label_format = "{label}"

    def clean(self, value):
        value = super().clean(value)
        check_link_target(value, required=not value["children"])
        return value


class LinkColumnBlock(blocks.StructBlock):
    """A titled group of links in the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{title}"


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
