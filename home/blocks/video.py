"""Videos from other hosts."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock


@dataclass(frozen=True)
class Provider:
    """A host of videos. Visitors without scripts are led to the video's page there."""

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
        label=_("Video URL"),
        help_text=_("Of its page on YouTube or Vimeo, as the browser shows it."),
    )
    picture = ImageChooserBlock(
        label=_("Image"),
        required=False,
        help_text=_("Stands there until the video is played; decorative."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        template = "home/blocks/embed.html"
        description = _("A video from YouTube or Vimeo, which loads only once the visitor wants it.")
        preview_value = {
            "title": _("How the safety zone works"),
            "url": "https://vimeo.com/76979871",
            "picture": None,
            "caption": "",
        }

    def clean(self, value):
        value = super().clean(value)
        if find_provider(value["url"]) is None:
            message = _("Give the URL of a video on YouTube or Vimeo.")
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return value

    def images(self, value):
        return [value["picture"]]

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["provider"] = provider = find_provider(value["url"])
        context["player"] = provider.player_of(value["url"]) if provider else ""
        return context
