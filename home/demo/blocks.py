"""Short spellings for the blocks of a body: content modules read like text and not like storage.

Each function returns `(block type, value)`; `home.demo.streams` turns a list of them into a StreamField's value.
"""

from typing import Any

Block = tuple[str, dict[str, Any] | str]


class PageKey(str):
    """Stands for the page with this key wherever a block chooses a page."""

    __slots__ = ()


class PictureName(str):
    """Stands for the picture with this name wherever a block chooses an image."""

    __slots__ = ()


class DocumentName(str):
    """Stands for the file with this name wherever a block or a part of a page chooses one."""

    __slots__ = ()


class EntryKey(str):
    """Stands for the donor, the person, … with this key wherever one is chosen."""

    __slots__ = ()


def heading(text: str, level: str = "h2") -> Block:
    return "heading", {"text": text, "level": level}


def paragraph(*html: str) -> Block:
    """Rich text; a link to another demo page is written `<a href="page:KEY">`."""
    return "paragraph", "".join(html)


def demo_note(text: str) -> Block:
    """The visible line about invented figures and dates."""
    return paragraph(f"<p><i>{text}</i></p>")


def image(name: str, alt_text: str, caption: str = "", credit: str = "") -> Block:
    return "image", {
        "image": PictureName(name),
        "alt_text": alt_text,
        "decorative": not alt_text,
        "caption": caption,
        "credit": credit,
    }


def quote(text: str, attribution: str, role: str = "") -> Block:
    return "quote", {"text": text, "attribution": attribution, "role": role}


def key_figures(title: str, figures: list[tuple[str, str]], source: str) -> Block:
    return "key_figures", {
        "title": title,
        "figures": [{"value": value, "label": label} for value, label in figures],
        "source": source,
    }


def call_to_action(title: str, text: str, label: str, *, page: str = "", url: str = "") -> Block:
    return "call_to_action", {
        "title": title,
        "text": text,
        "label": label,
        "page": PageKey(page) if page else None,
        "url": url,
    }


def accordion(*items: tuple[str, str]) -> Block:
    return "accordion", {"items": [{"title": title, "text": html} for title, html in items]}


def table(caption: str, header: list[str], *rows: list[str]) -> Block:
    """The first cell of each row names it."""
    return "table", {
        "caption": caption,
        "header": header,
        "rows": [{"cells": cells} for cells in rows],
        "first_column_is_header": True,
    }


def gallery(title: str, *images: Block) -> Block:
    return "gallery", {"title": title, "pictures": [value for _kind, value in images]}


def timeline(title: str, *steps: tuple[str, str, str]) -> Block:
    return "timeline", {
        "title": title,
        "steps": [{"time": time, "title": step, "text": text} for time, step, text in steps],
    }


def embed(title: str, url: str, picture: str, caption: str) -> Block:
    return "embed", {"title": title, "url": url, "picture": PictureName(picture), "caption": caption}


def documents(title: str, *files: tuple[str, str]) -> Block:
    return "documents", {
        "title": title,
        "files": [{"document": DocumentName(name), "label": label} for name, label in files],
    }


def people(title: str, *keys: str) -> Block:
    return "people", {"title": title, "people": [EntryKey(key) for key in keys]}


def donors(title: str, *keys: str, acknowledgement: str = "") -> Block:
    return "donors", {
        "title": title,
        "donors": [EntryKey(key) for key in keys],
        "acknowledgement": acknowledgement,
    }


def related_pages(title: str, *keys: str) -> Block:
    return "related_pages", {"title": title, "pages": [PageKey(key) for key in keys]}
