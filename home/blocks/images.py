"""Images and galleries, with texts of their own in the language of the page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from home.renditions import prefetch_renditions


class ImageBlock(blocks.StructBlock):
    """A picture in the text.

    The alternative text belongs to the place where the picture stands, and is written in the language of the page: the
    image library keeps one title for all languages.
    """

    image = ImageChooserBlock(label=_("Picture"))
    decorative = blocks.BooleanBlock(
        label=_("Only decoration"),
        required=False,
        help_text=_("The picture says nothing that the text does not, and screen readers pass over it."),
    )
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=255, help_text=_("Who made the picture or owns it.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        template = "home/blocks/image.html"
        description = _("A picture with its alternative text, caption and credit.")

    def clean(self, value):
        value = super().clean(value)
        if value["decorative"] and value["alt_text"]:
            message = _("A picture that is only decoration has no alternative text.")
        elif not value["decorative"] and not value["alt_text"]:
            message = _("Say what the picture shows, or mark it as only decoration.")
        else:
            return value
        raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})

    def images(self, value):
        return [value["image"]]

    def get_preview_value(self):
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("-created_at").first(),
                "decorative": False,
                "alt_text": _("A road through a field"),
                "caption": _("The road to the centre in Harmanli"),
                "credit": "IOM",
            }
        )


class GalleryBlock(blocks.StructBlock):
    """Several pictures that belong together."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    pictures = blocks.ListBlock(ImageBlock(), label=_("Pictures"), min_num=2)

    class Meta:
        icon = "image"
        label = _("Gallery")
        label_format = "{title}"
        template = "home/blocks/gallery.html"
        description = _("Several pictures side by side, each with its alternative text and caption.")

    def images(self, value):
        return [picture["image"] for picture in value["pictures"]]

    def get_context(self, value, parent_context=None):
        # Where the gallery stands alone, as in its preview; a page has fetched those of its whole body by now.
        prefetch_renditions(self.images(value))
        return super().get_context(value, parent_context)

    def get_preview_value(self):
        picture = {
            "image": get_image_model().objects.order_by("-created_at").first(),
            "decorative": False,
            "alt_text": _("A road through a field"),
            "caption": _("The road to the centre in Harmanli"),
            "credit": "IOM",
        }
        return self.normalize({"title": _("From the meeting"), "pictures": [picture] * 3})
