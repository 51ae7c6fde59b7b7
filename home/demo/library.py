"""Fills the libraries for the texts: pictures, drawn here, and files from the demo."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.demo.blocks import DocumentName, PictureName
from home.demo.content import HOME, PAGES
from home.demo.illustrations import draw
from home.demo.journal import remember, remembered

PICTURE_SIZE = (1600, 900)
COVER_SIZE = (1080, 1440)
DOCUMENTS = Path(__file__).parent / "documents"


def library_title(name: str) -> str:
    """For editors only: visitors read the alt text or the label in the place of use."""
    return f"Demo: {name}"


def picture_names() -> list[str]:
    """The pictures in the texts, each once, in the order of their first use."""
    specs = [HOME, *PAGES]
    named = [name for spec in specs for name in (spec.picture, *_named_in(spec.body, PictureName)) if name]
    return list(dict.fromkeys(named))


def document_names() -> list[str]:
    named = [name for spec in PAGES for name in _named_in([spec.body, spec.parts], DocumentName)]
    return list(dict.fromkeys(named))


def _named_in(value: Any, kind: type[str]) -> Iterator[str]:
    if isinstance(value, kind):
        yield str(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _named_in(part, kind)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _named_in(part, kind)


def load_pictures() -> int:
    """Returns how many were drawn now."""
    missing = [name for name in picture_names() if not remembered(f"picture/{name}")]
    for name in missing:
        size = COVER_SIZE if name.endswith("-cover") else PICTURE_SIZE
        file = ImageFile(BytesIO(draw(name, size)), name=f"{name}.jpg")
        picture = get_image_model().objects.create(title=library_title(name), file=file)
        remember(picture, f"picture/{name}")
    return len(missing)


def load_documents() -> int:
    """Returns how many were added now."""
    missing = [name for name in document_names() if not remembered(f"document/{name}")]
    for name in missing:
        with Path(DOCUMENTS, f"{name}.pdf").open("rb") as content:
            file = File(content, name=f"{name}.pdf")
            document = get_document_model()(title=library_title(name), file=file, file_size=file.size)
            document.save()
        remember(document, f"document/{name}")
    return len(missing)
