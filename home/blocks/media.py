"""Pictures and films in the body of a page, each with words of its own in the language of the page."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from home.images import prefetch_renditions


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


@dataclass(frozen=True)
class Provider:
    """Where films can be shown from. Its own page is what a visitor without scripts is led to."""

    name: str
    address: re.Pattern
    player: str

    def player_of(self, url: str) -> str:
        found = self.address.match(url)
        return self.player.format(id=found["id"]) if found else ""


PROVIDERS = [
    Provider(
        "YouTube",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|live/|shorts/)|youtu\.be/)(?P<id>[\w-]{11})"
        ),
        # Sets no cookie until the film is played.
        "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
    ),
    Provider(
        "Vimeo",
        re.compile(r"https://(?:www\.)?vimeo\.com/(?P<id>\d+)"),
        "https://player.vimeo.com/video/{id}?autoplay=1&dnt=1",
    ),
]


def find_provider(url: str) -> Provider | None:
    return next((provider for provider in PROVIDERS if provider.player_of(url)), None)


class EmbedBlock(blocks.StructBlock):
    """A film from elsewhere.

    Nothing is asked of its host before the visitor says so: neither by the browser, nor by this server. Wagtail's own
    block asks the host for the markup and puts it on the page, from where it loads at once.
    """

    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("What one will see; screen readers announce it.")
    )
    url = blocks.URLBlock(
        label=_("Address of the film"),
        help_text=_("Of its page on YouTube or Vimeo, as the browser shows it."),
    )
    picture = ImageChooserBlock(
        label=_("Picture"),
        required=False,
        help_text=_("Stands there until the film is played; decoration only."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "media"
        label = _("Film")
        label_format = "{title}"
        template = "home/blocks/embed.html"
        description = _("A film from YouTube or Vimeo, which loads only once the visitor wants it.")
        preview_value = {
            "title": _("How the safety zone works"),
            "url": "https://vimeo.com/76979871",
            "picture": None,
            "caption": "",
        }

    def clean(self, value):
        value = super().clean(value)
        if find_provider(value["url"]) is None:
            message = _("Give the address of a film on YouTube or Vimeo.")
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return value

    def images(self, value):
        return [value["picture"]]

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["provider"] = provider = find_provider(value["url"])
        context["player"] = provider.player_of(value["url"]) if provider else ""
        return context
