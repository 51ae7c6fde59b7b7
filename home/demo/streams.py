"""From a text to its fields' values: pages, pictures and the like by name, blocks with their ids."""

import json
import re
from typing import Any

from django.db.models import Model

from home.demo.blocks import Block, DocumentName, EntryKey, PageKey, PictureName
from home.demo.identity import fixed_id
from home.demo.places import find_document, find_entry, find_link_target, find_picture

_PAGE_LINK = re.compile(r'<a href="page:([\w-]+)">')


def stream(owner: str, language: str, blocks: list[Block]) -> str:
    """The JSON of a StreamField; a block's id follows from its owner and its place, so it is the same everywhere."""
    return json.dumps([_block(f"{owner}/{place}", language, *block) for place, block in enumerate(blocks)])


def _block(path: str, language: str, kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": _stored(path, language, value), "id": str(fixed_id("block", path))}


def _stored(path: str, language: str, value: Any) -> Any:
    match value:
        case dict():
            return {name: _stored(f"{path}/{name}", language, part) for name, part in value.items()}
        case list():
            return [_block(f"{path}/{place}", language, "item", part) for place, part in enumerate(value)]
        case _:
            stored = field_value(language, value)
            return stored.pk if isinstance(stored, Model) else stored


def field_value(language: str, value: Any) -> Any:
    """The value for a field of a model; a name in the text gives the named thing itself."""
    match value:
        case PictureName():
            return find_picture(value)
        case DocumentName():
            return find_document(value)
        case EntryKey():
            return find_entry(value)
        case PageKey():
            return find_link_target(value, language).specific
        case str():
            return _rich_text(language, value)
        case _:
            return value


def _rich_text(language: str, html: str) -> str:
    """Page links as Wagtail stores them: by id."""
    return _PAGE_LINK.sub(
        lambda link: f'<a linktype="page" id="{find_link_target(link[1], language).pk}">',
        html,
    )
