"""A translated string rendered without a parser where it holds no tags to speak of, as most do."""

import re

from bs4.element import NavigableString, PageElement
from wagtail_localize.strings import StringValue

#: Text, the entities that every text has, and line breaks, in the one form that wagtail-localize writes.
_PLAIN = re.compile(r"(?:[^<&]|&(?:amp|lt|gt|quot);|<br/>)*")
_ENTITY = re.compile(r"&(amp|lt|gt|quot);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}


class QuickString(StringValue):
    """Renders as StringValue does, of which each rendering is a run of BeautifulSoup: most of what publishing costs."""

    def render_text(self) -> str:
        lines = self.data.split("<br/>")
        if _PLAIN.fullmatch(self.data) and not any(map(_is_blank, lines)):
            return "\n".join(map(_unescaped, lines))
        rendered: str = super().render_text()
        return rendered

    def render_soup(self, attrs: object) -> PageElement:
        if "<" not in self.data and _PLAIN.fullmatch(self.data) and not _is_blank(self.data):
            return NavigableString(_unescaped(self.data))
        rendered: PageElement = super().render_soup(attrs)
        return rendered


def _is_blank(text: str) -> bool:
    """Whether the text is white space alone, which BeautifulSoup makes shorter."""
    return text != "" and not text.strip()


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], text) if "&" in text else text
