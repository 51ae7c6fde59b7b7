"""Turns the blocks of a text into what a StreamField stores."""

import json
import re
from typing import Any

from home.demo.blocks import Block, PageKey, PictureName
from home.demo.identity import fixed_id
from home.demo.places import find_link_target, find_picture

_PAGE_LINK = re.compile(r'<a href="page:([\w-]+)">')


def stream(owner: str, language: str, blocks: list[Block]) -> str:
    """The JSON of a StreamField; a block's id follows from its owner and its place, so it is the same everywhere."""
    return json.dumps([_block(f"{owner}/{place}", language, *block) for place, block in enumerate(blocks)])


def _block(path: str, language: str, kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": _stored(path, language, value), "id": str(fixed_id("block", path))}


def _stored(path: str, language: str, value: Any) -> Any:
    match value:
        case PictureName():
            return find_picture(value).pk
        case PageKey():
            return find_link_target(value, language).pk
        case str():
            return rich_text(language, value)
        case dict():
            return {name: _stored(f"{path}/{name}", language, part) for name, part in value.items()}
        case list():
            return [_block(f"{path}/{place}", language, "item", part) for place, part in enumerate(value)]
        case _:
            return value


def rich_text(language: str, html: str) -> str:
    """Page links as Wagtail stores them: by id."""
    return _PAGE_LINK.sub(
        lambda link: f'<a linktype="page" id="{find_link_target(link[1], language).pk}">',
        html,
    )
