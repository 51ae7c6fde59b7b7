"""Acts as the table writes them: `POST wagtailadmin_pages:edit @changed/en with action=publish`.

`@` names an object of the small site. After `with` stand the fields: `form` for those that the address itself shows to a
superuser, `json` for a body in JSON, `text-*` for the last of the fields with such a name.
"""

import base64
import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import polib
from bs4 import BeautifulSoup, Tag
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from tests.walk.people import client_of


@dataclass(frozen=True)
class Act:
    title: str
    method: str
    name: str
    arguments: tuple[str, ...] = ()
    query: str = ""
    #: "form", "json" or "".
    kind: str = ""
    fields: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, title: str) -> "Act":
        address, _with, body = title.partition(" with ")
        method, name, *rest = address.split()
        query = rest.pop()[1:] if rest and rest[-1].startswith("?") else ""
        tokens = shlex.split(body)
        kind = tokens.pop(0) if tokens and tokens[0] in ("form", "json") else ""
        pairs = tuple(
            (key, value if equals else "on")
            for key, equals, value in (token.partition("=") for token in tokens)
        )
        return cls(title, method, name, tuple(rest), query, kind, pairs)

    @property
    def is_read(self) -> bool:
        return self.method == "GET"

    def address(self, names: Mapping[str, object]) -> str:
        path = reverse(self.name, args=[_value(argument, names) for argument in self.arguments])
        pairs = [pair.partition("=") for pair in self.query.split("&") if pair]
        query = urlencode([(key, _value(value, names)) for key, _equals, value in pairs])
        return f"{path}?{query}" if query else path

    def send(self, client: Client, names: Mapping[str, object], forms: "Forms") -> HttpResponse:
        address = self.address(names)
        fields = {key: _value(value, names) for key, value in self.fields}
        if self.kind == "json":
            data = {key: _typed(value) for key, value in fields.items()}
            return client.generic(self.method, address, json.dumps(data), content_type="application/json")
        if self.method in ("PUT", "DELETE"):
            # wagtail-localize's own editor sends its fields so.
            return client.generic(
                self.method, address, urlencode(fields), content_type="application/x-www-form-urlencoded"
            )
        if self.method == "GET":
            return client.get(address)
        data = forms.at(address) if self.kind == "form" else {}
        for key, value in fields.items():
            data[_last(key, data)] = forms.content(value)
        return client.post(address, data)


def _value(token: str, names: Mapping[str, object]) -> str:
    """The token, with the key of the object that it names."""
    before, _at, name = token.partition("@")
    return f"{before}{names[name]}" if name in names else token


def _typed(value: str) -> object:
    return {"true": True, "false": False}.get(value, int(value) if value.isdecimal() else value)


def _last(key: str, data: Mapping[str, object]) -> str:
    if not key.endswith("*"):
        return key
    return [name for name in data if name.startswith(key[:-1])][-1]


class Forms:
    """What the forms of the admin hold before anybody changed anything, as a browser would send it."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        self._client = client_of("superuser", cookies)
        self._found: dict[str, dict[str, object]] = {}

    def has(self, address: str) -> bool:
        """Whether the form was there already. If not, it is now."""
        was_there = address in self._found
        self.at(address)
        return was_there

    def at(self, address: str) -> dict[str, object]:
        if address not in self._found:
            self._found[address] = _form(self._client.get(address).content)
        return dict(self._found[address])

    def content(self, value: str) -> object:
        """The value of a field. A PO file is named by its kind and the key of its translation or catalog: `posync-po:3`."""
        kind, _colon, key = value.partition(":")
        match kind:
            case "localize-po":
                return _filled(Translation.objects.get(pk=key).export_po())
            case "posync-po":
                return _filled(self._download(key))
            case "signed-po":
                # What the upload's first step hands to the second.
                content = base64.b64encode(_filled(self._download(key)).read()).decode()
                return signing.dumps([int(key), "loaded.po", content], salt="posync.upload", compress=True)
        return value

    def _download(self, key: str) -> polib.POFile:
        response = self._client.get(reverse("posync_download_catalog", args=[key]))
        return polib.pofile(response.content.decode())


def _filled(po: polib.POFile) -> SimpleUploadedFile:
    """Fill in each text, the first one fuzzy."""
    for number, entry in enumerate(po):
        entry.msgstr, entry.flags = "Loaded", [] if number else ["fuzzy"]
    return SimpleUploadedFile("loaded.po", str(po).encode(), content_type="text/x-gettext-translation")


def _form(content: bytes) -> dict[str, object]:
    forms = BeautifulSoup(content, "html.parser").find_all(
        "form", method=lambda method: (method or "").lower() == "post"
    )
    found: dict[str, object] = {}
    for element in max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"]))).find_all(
        True
    ):
        name, kind = element.get("name"), element.get("type")
        if element.name == "textarea" and name:
            found[name] = element.text.removeprefix("\n")
        elif element.name == "select" and name:
            chosen = element.find("option", selected=True) or element.find("option")
            found[name] = chosen.get("value", "") if chosen else ""
        elif element.name == "input" and name and _is_sent(element):
            found[name] = element.get("value", "on" if kind == "checkbox" else "")
        if element.get("data-block") is not None and element.get("id"):
            found[f"{element['id']}-count"] = "0"
    return found


def _is_sent(element: Tag) -> bool:
    kind = element.get("type")
    return kind not in ("submit", "file", "button") and (
        kind not in ("checkbox", "radio") or element.has_attr("checked")
    )
