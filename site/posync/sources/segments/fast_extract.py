"""Extracts wagtail-localize's strings without a parser from markup in the form of Wagtail's editor.

wagtail-localize runs BeautifulSoup for each text, and for rich text once more for each of its sentences: most of the
cost of a submission. Any other form goes to its own functions, for the same strings in every case.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from wagtail_localize import strings
from wagtail_localize.strings import INLINE_TAGS, StringValue

#: A string, and the attributes of its tags by the ids in their place.
ExtractedString: TypeAlias = tuple[StringValue, dict[str, dict[str, Any]]]

#: White space shortened by BeautifulSoup where a text has nothing else.
_SPACES = " \n\t\f\r"
_TEXT = re.compile(r"[^<>&]*(?:&(?:amp|lt|gt);[^<>&]*)*")
#: A block with text alone, the beginning or the end of a list, or a line.
_BLOCK = re.compile(
    r"""(?P<opening><(?P<name>p|h[1-6]|li|blockquote)(?:\ data-block-key="\w*")?>)
        (?P<content>.*?)
        (?P<closing></(?P=name)>)
    |<(?P<list_end>/?)(?P<list>ul|ol)>
    |<hr/>""",
    re.DOTALL | re.VERBOSE,
)
#: An element alone in its block.
_ELEMENT = re.compile(
    r"(?P<opening><(?P<name>[a-z]+)>)(?P<content>(?:(?!</?(?P=name)>).)*)(?P<closing></(?P=name)>)", re.DOTALL
)
#: BeautifulSoup makes a list of none of these.
_ATTRIBUTE = re.compile(r' (href|linktype|id|target|title)="([^<>&"]*(?:&amp;[^<>&"]*)*)"')
_TAG = re.compile(rf"<(?P<closing>/?)(?P<name>[a-z]+)(?P<attributes>(?:{_ATTRIBUTE.pattern})*)(?P<empty>/?)>")


def from_plaintext(text: str) -> StringValue:
    """As StringValue.from_plaintext."""
    lines = text.split("\n")
    if any(map(is_shortened, lines)):
        return StringValue.from_plaintext(text)
    return StringValue("<br/>".join(map(_escaped, lines)))


def extract_strings(html: str) -> tuple[str, list[ExtractedString]]:
    """As wagtail-localize's extract_strings: a template, and the strings at its positions."""
    usual = _extract_usual(html)
    if usual is None:
        extracted: tuple[str, list[ExtractedString]] = strings.extract_strings(html)
        return extracted
    return usual


def _extract_usual(html: str) -> tuple[str, list[ExtractedString]] | None:
    """One block after the other, each a string or nothing; None if the markup is not in the usual form."""
    template: list[str] = []
    found: list[ExtractedString] = []
    inside = ""
    end = 0
    for block in _BLOCK.finditer(html):
        if block.start() != end:
            return None
        end = block.end()
        if block["list"]:
            # A list in a list is in one of its items, and is no usual block.
            if inside != (block["list"] if block["list_end"] else ""):
                return None
            inside = "" if block["list_end"] else block["list"]
        if not block["content"]:
            template.append(block[0])
            continue
        sentence = _sentence(block["content"])
        if sentence is None:
            return None
        text = f'<text position="{len(found)}"></text>' if sentence.string else ""
        template += (block["opening"], sentence.before, text, sentence.after, block["closing"])
        if sentence.string:
            found.append(sentence.string)
    return None if inside or end != len(html) else ("".join(template), found)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The content of a block."""

    #: The template's part around the string.
    before: str
    after: str
    #: None where there is white space alone.
    string: ExtractedString | None


def _sentence(content: str) -> _Sentence | None:
    before = after = ""
    # Of an element alone in its block, and no link, the content alone is a string.
    while (element := _ELEMENT.fullmatch(content)) and _is_left_out(element["name"]):
        before += element["opening"]
        after = element["closing"] + after
        content = element["content"]
    string = _string(content)
    if string is None:
        return None
    stripped = content.strip()
    if not stripped:
        return _Sentence(before + content, after, None)
    start = content.index(stripped)
    return _Sentence(before + content[:start], content[start + len(stripped) :] + after, string)


def _is_left_out(name: str) -> bool:
    return name in INLINE_TAGS and name not in ("a", "br")


def _string(content: str) -> ExtractedString | None:
    """The string of text and inline elements; None if wagtail-localize would divide it, or write it in another way."""
    pieces: list[str] = []
    attributes: dict[str, dict[str, Any]] = {}
    open_elements: list[str] = []
    after_element = False
    #: Texts and elements of the outermost level.
    children = 0
    end = 0
    for tag in _TAG.finditer(content):
        text = content[end : tag.start()]
        name = tag["name"]
        if name not in INLINE_TAGS or not _is_usual(text):
            return None
        children += (bool(text) + (not tag["closing"])) if not open_elements else 0
        end = tag.end()
        pieces += (text, tag[0])
        if tag["closing"]:
            # An element without text would have to be left out at either end of the string.
            if not open_elements or open_elements.pop() != name or not (text or after_element):
                return None
        elif not tag["empty"]:
            open_elements.append(name)
        if (name == "br") != bool(tag["empty"]) or (tag["closing"] and (tag["empty"] or tag["attributes"])):
            return None
        if tag["attributes"]:
            pairs = _ATTRIBUTE.findall(tag["attributes"])
            identifier = f"a{len(attributes) + 1}"
            # BeautifulSoup writes them in this order.
            attributes[identifier] = {key: value.replace("&amp;", "&") for key, value in sorted(pairs)}
            if name != "a" or len(attributes[identifier]) != len(pairs):
                return None
            pieces[-1] = f'<a id="{identifier}">'
        after_element = bool(tag["closing"])
    text = content[end:]
    if open_elements or not _is_usual(text) or content.startswith("<br/>") or content.endswith("<br/>"):
        return None
    # An element alone, other than a link, is not in its string.
    if children == 1 and not text and not content.startswith(("<a>", "<a ")):
        return None
    return StringValue("".join((*pieces, text)).strip()), attributes


def _is_usual(text: str) -> bool:
    """Whether BeautifulSoup writes the text of a piece of markup as it is."""
    return _TEXT.fullmatch(text) is not None and not is_shortened(text)


def is_shortened(text: str) -> bool:
    """Whether BeautifulSoup replaces this white space by less of it."""
    return not text.strip(_SPACES) and text not in ("", " ", "\n")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
