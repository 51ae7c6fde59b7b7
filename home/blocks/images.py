"""Images and galleries, with texts of their own in the language of the page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from home.renditions import prefetch_renditions


class ImageBlock(blocks.StructBlock):
    """An image with its alt text in the language of the page; the library keeps one title for all languages.

    Paths, labels and validation are those of Wagtail's block. Wagtail's own stores an image's three values alone, with
    no room for caption and credit.
    """

    image = ImageChooserBlock(label=_("Image"))
    decorative = blocks.BooleanBlock(
        label=_("Image is decorative"),
        required=False,
        help_text=_("The image says nothing that the text does not, and screen readers pass over it."),
    )
    alt_text = blocks.CharBlock(
        label=_("Alt text"),
        required=False,
        max_length=255,
        help_text=_("What the image shows, for those who do not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=255, help_text=_("Who made the image or owns it.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        template = "home/blocks/image.html"
        description = _("An image with its alt text, caption and credit.")

    def clean(self, value):
        value = super().clean(value)
        if value["decorative"]:
            value["alt_text"] = ""
        elif not value["alt_text"] and not self.is_deferred_validation:
            message = _("Please add some alt text for your image or mark it as decorative")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return value

    def images(self, value):
        return [value["image"]]

    def get_preview_value(self):
        return self.normalize(preview_image())


class GalleryBlock(blocks.StructBlock):
    """Several related images."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    pictures = blocks.ListBlock(ImageBlock(), label=_("Images"), min_num=2)

    class Meta:
        icon = "image"
        label = _("Gallery")
        label_format = "{title}"
        template = "home/blocks/gallery.html"
        description = _("Several images side by side, each with its alt text and caption.")

    def images(self, value):
        return [picture["image"] for picture in value["pictures"]]

    def get_context(self, value, parent_context=None):
        # Where the gallery stands alone, as in its preview; a page has fetched those of its whole body by now.
        prefetch_renditions(self.images(value))
        return super().get_context(value, parent_context)

    def get_preview_value(self):
        return self.normalize({"title": _("From the meeting"), "pictures": [preview_image()] * 3})


def preview_image() -> dict:
    """Returns the latest image of the library, with sample texts."""
    return {
        "image": get_image_model().objects.order_by("-created_at").first(),
        "decorative": False,
        "alt_text": _("A road through a field"),
        "caption": _("The road to the centre in Harmanli"),
        "credit": "IOM",
    }
