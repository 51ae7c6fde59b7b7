"""What a stranger reads, in both languages, and the difference that an act makes to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from wagtail.models import Page

_CYRILLIC, _LATIN = re.compile("[А-Яа-я]"), re.compile("[A-Za-z]{2}")
_FOREIGN = {"en": _CYRILLIC, "bg": _LATIN}
#: Of the frame, which is the same on each page or follows from other pages' titles.
_FRAME = {"languages", "also-in", "breadcrumbs"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Shown:
    """A page as a stranger finds it."""

    language: str
    #: "" for a page shown.
    refusal: str = ""
    lines: tuple[str, ...] = ()
    #: Those in another language than they say.
    foreign: tuple[str, ...] = ()


Reading = Mapping[str, Shown]


class _Words(HTMLParser):
    """Collects the words of a page, each with the language that it says to be in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._languages = [""]
        self._silent = [False]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "meta" and values.get("name") == "description":
            self._add(values.get("content") or "")
        if tag == "a" and ":" in (values.get("href") or ""):
            self.found.append(("", values["href"]))
        if tag not in _VOID:
            self._languages.append(values.get("lang") or self._languages[-1])
            is_frame = not _FRAME.isdisjoint((values.get("class") or "").split())
            self._silent.append(self._silent[-1] or is_frame or tag in ("script", "style", "svg"))

    def handle_endtag(self, tag):
        if tag not in _VOID and len(self._languages) > 1:
            self._languages.pop()
            self._silent.pop()

    def handle_data(self, data):
        self._add(data)

    def _add(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._silent[-1]:
            self.found.append((self._languages[-1], text))


def read_all(names: Mapping[int, str]) -> Reading:
    """Read each live page; `names` has those of pages by their key."""
    # Without the test client, which keeps a copy of each template's context.
    handler = BaseHandler()
    handler.load_middleware()
    pages = Page.objects.live().filter(depth__gt=1).order_by("path")
    # As the address has the page's language, from the path of the tree: a site may be gone, with all addresses.
    return {name_of(page, names): _read(handler, f"/{page.url_path.lstrip('/')}") for page in pages}


def name_of(page: Page, names: Mapping[int, str]) -> str:
    return names.get(page.pk) or page.url_path


def _read(handler: BaseHandler, address: str) -> Shown:
    response = handler.get_response(RequestFactory().get(address))
    language = address.split("/")[1]
    if response.status_code != 200:
        return Shown(language, str(response.status_code))
    words = _Words()
    words.feed(response.content.decode())
    lines = tuple(text for _language, text in words.found)
    foreign = tuple(
        text for said, text in words.found if said and _FOREIGN[said].search(text) and "://" not in text
    )
    return Shown(language, "", lines, foreign)


def difference(before: Reading, after: Reading) -> list[str]:
    """The pages that came, went and changed, in words."""
    said: dict[str, list[str]] = {}
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            said.setdefault(_change(before.get(name), after.get(name)), []).append(name)
    return [
        f"{', '.join(names) if len(names) < 4 else f'{len(names)} pages'}: {change}"
        for change, names in said.items()
    ]


def _change(before: Shown | None, after: Shown | None) -> str:
    if after is None:
        return "goes"
    if before is None:
        return f"comes, answers {after.refusal}" if after.refusal else "comes"
    if before.refusal != after.refusal:
        return f"answers {after.refusal or 200}"
    gone = [f"“{line}”" for line in dict.fromkeys(before.lines) if line not in after.lines]
    new = [f"“{line}”" for line in dict.fromkeys(after.lines) if line not in before.lines]
    return f"{', '.join(gone) or '–'} → {', '.join(new) or '–'}" if gone or new else "other order"
