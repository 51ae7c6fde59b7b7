"""Renders translated strings in wagtail-localize's own form without a parser."""

import re
from functools import lru_cache
from typing import Any

from bs4.element import NavigableString, PageElement, Tag
from wagtail_localize.strings import INLINE_TAGS, StringValue

from posync.sources.segments.fast_extract import is_shortened

_ENTITY = re.compile(r"&(amp|lt|gt|quot);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_PLAIN = re.compile(r"(?:[^<&]|&(?:amp|lt|gt|quot);)*")
#: A tag; a link has an id, the key to its attributes.
_TAG = re.compile(r'<(/?)([a-z]+)(?: id="(\w+)")?(/?)>')


class FastStringValue(StringValue):
    """Renders like StringValue without its run of BeautifulSoup, most of the cost of publishing."""

    def render_text(self) -> str:
        lines = self.data.split("<br/>")
        if all(_PLAIN.fullmatch(line) and not is_shortened(line) for line in lines):
            return "\n".join(map(_unescaped, lines))
        rendered: str = super().render_text()
        return rendered

    def render_soup(self, attrs: dict[str, dict[str, Any]]) -> PageElement:
        markup = _markup(self.data, attrs)
        if markup is not None:
            return _Markup(markup)
        rendered: PageElement = super().render_soup(attrs)
        return rendered


class _Markup(NavigableString):
    """Markup put out unchanged."""

    def output_ready(self, formatter: object = "minimal") -> str:
        return str(self)


def _markup(data: str, attrs: dict[str, dict[str, Any]]) -> str | None:
    """The string's markup with its links' attributes; None if it is not in the usual form."""
    pieces: list[str] = []
    open_tags: list[str] = []
    end = 0
    for tag in _TAG.finditer(data):
        text = data[end : tag.start()]
        closing, name, key, empty = tag.groups()
        if not _PLAIN.fullmatch(text) or is_shortened(text) or name not in INLINE_TAGS:
            return None
        pieces.append(_escaped(text))
        end = tag.end()
        if (name == "br") != bool(empty) or (key is not None and (closing or empty or key not in attrs)):
            return None
        if closing:
            if not open_tags or open_tags.pop() != name:
                return None
        elif not empty:
            open_tags.append(name)
        pieces.append(tag[0] if key is None else _opening(name, _hashable(attrs[key])))
    text = data[end:]
    if open_tags or not _PLAIN.fullmatch(text) or is_shortened(text):
        return None
    return "".join((*pieces, _escaped(text)))


def _hashable(attributes: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """BeautifulSoup has the attributes of several values, such as `rel`, as lists."""
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value) for name, value in attributes.items()
    )


@lru_cache(maxsize=1024)  # a site's pages have the same links
def _opening(name: str, attributes: tuple[tuple[str, Any], ...]) -> str:
    tag = Tag(name=name)
    tag.attrs = dict(attributes)
    return tag.decode().removesuffix(f"</{name}>")


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], text) if "&" in text else text


def _escaped(text: str) -> str:
    """The text as BeautifulSoup writes it."""
    return text.replace("&quot;", '"').replace(">", "&gt;") if ">" in text or "&quot;" in text else text
