"""Names of text domains, of their files, and of the entries within all of them."""

import re
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

#: Page text lives beside LC_MESSAGES, never in it: compilemessages would compile it.
CONTENT_FOLDER = "content"
SNIPPETS_FOLDER = "snippets"
HOME = "home"

_UNSAFE = re.compile(r"[^\w-]+")
#: In bytes: file systems take 255, and a number, an ending and a temporary file's marks come on top.
_LONGEST_COMPONENT = 150
#: In characters; a number may come on top.
_LONGEST_DOMAIN = 400


def page_domain(url_path: str) -> str:
    """The text domain of a page, from Wagtail's `url_path` ("/home-bg/news/opening/" gives "news/opening").

    The first component is the tree's own home page, one for each language; so it is left out, and is itself "home".
    """
    return safe_domain(url_path.strip("/").partition("/")[2])


def safe_domain(name: str) -> str:
    """A name of components divided by "/", unable to climb out of its folder; "home" where nothing is left of it."""
    parts = [_component(part) for part in name.split("/")]
    return "/".join(part for part in parts if part)[:_LONGEST_DOMAIN].strip("/-") or HOME


def snippet_domain(model_name: str, identifier: str) -> str:
    """The text domain of a snippet, from its model's name and its slug or id."""
    return f"{SNIPPETS_FOLDER}/{_component(model_name)}/{_component(identifier) or 'unnamed'}"


def _component(text: str) -> str:
    """A path component confined to its folder, and distinct on file systems blind to case, too."""
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", text.casefold()))
    return safe.encode()[:_LONGEST_COMPONENT].decode(errors="ignore").strip("-")


def unique_domain(wanted: str, taken: Container[str]) -> str:
    """`wanted` where it is free, else with the first free number: "news/opening-2"."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def catalog_path(language: str, domain: str) -> PurePosixPath:
    """Where a domain's catalog lies below the root: "bg/content/news/opening.po"."""
    return PurePosixPath(language, CONTENT_FOLDER, f"{domain}.po")


def language_of_path(path: PurePosixPath) -> str:
    """The language folder of a path below the root, or "" where the path is not of the form of `catalog_path`."""
    parts = path.parts
    return parts[0] if len(parts) > 2 and parts[1] == CONTENT_FOLDER else ""


def join_msgctxt(domain: str, path: str) -> str:
    """The `msgctxt` of an entry: "news/opening:body.<uuid>.heading"."""
    return f"{domain}:{path}"


def split_msgctxt(msgctxt: str) -> tuple[str, str]:
    """The domain and the content path of a `msgctxt`; the domain is "" where it names none."""
    domain, separator, path = msgctxt.partition(":")
    return (domain, path) if separator else ("", msgctxt)
