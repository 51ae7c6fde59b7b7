"""Draws the pictures that the texts name and puts them in the image library."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from home.demo.blocks import PictureName
from home.demo.content import HOME, PAGES
from home.demo.illustrations import draw
from home.demo.journal import remember, remembered

PICTURE_SIZE = (1600, 900)


def picture_title(name: str) -> str:
    """For editors only: the alternative text belongs to the place that shows the picture."""
    return f"Demo: {name}"


def picture_names() -> list[str]:
    """The pictures that the texts use, each once, in the order of their first use."""
    specs = [HOME, *PAGES]
    named = [name for spec in specs for name in (spec.picture, *_named_in(spec.body)) if name]
    return list(dict.fromkeys(named))


def _named_in(value: Any) -> Iterator[str]:
    if isinstance(value, PictureName):
        yield str(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _named_in(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _named_in(part)


def load_pictures() -> int:
    """Returns how many were drawn now."""
    missing = [name for name in picture_names() if not remembered(f"picture/{name}")]
    for name in missing:
        file = ImageFile(BytesIO(draw(name, PICTURE_SIZE)), name=f"{name}.jpg")
        picture = get_image_model().objects.create(title=picture_title(name), file=file)
        remember(picture, f"picture/{name}")
    return len(missing)
