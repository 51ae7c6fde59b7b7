"""Walks: does an act as a role, and says what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags

from posync.sync import sync
from tests.walk import harm, rows, strangers
from tests.walk.acts import Act, Forms
from tests.walk.copies import Copy
from tests.walk.harm import Before, stopped_translations
from tests.walk.people import client_of

#: Characters of a message that the table shows.
_LENGTH = 90
_MOMENT = re.compile(r"\d{1,2} \w+ \d{4}\D{1,8}\d\d:\d\d")


@dataclass(frozen=True)
class Outcome:
    """What the table says of an act by a role."""

    answer: str
    message: str = ""
    #: For strangers, at once.
    effect: str = ""
    #: For strangers, at the next sync, beside that.
    later: str = ""
    rows: str = ""


class Walk:
    """The small site as it is laid down, and what acts make of it."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.names = {key: value for key, value in copy.names.items() if key != "cookies"}
        self.pages = {
            value: key
            for key, value in self.names.items()
            if key.endswith(("/bg", "/en")) and not key.startswith(_NO_PAGES)
        }
        self.cookies: Mapping[str, str] = copy.names["cookies"]
        self._readings: dict[int, strangers.Reading] = {}
        self._later: dict[tuple[str, int], strangers.Reading] = {}
        self.is_clean = False
        self.lay_down()
        self.forms = Forms(self.cookies)
        state = rows.all_rows()
        self.before = Before(state, self.read(state), stopped_translations(), self.pages, self._originals())
        sync()
        self.is_clean = False
        #: What strangers read after a sync without any act.
        self.anyway = self.read(rows.all_rows())

    def _originals(self) -> dict[str, str]:
        """The name of each page's translation, with that of the page itself: both are named alike but for the language."""
        sources = {name.partition(":")[0] for name in self.names if name.endswith(":source")}
        pairs = (
            (name, f"{name[:-2]}{'en' if name.endswith('bg') else 'bg'}") for name in self.pages.values()
        )
        return {name: other for name, other in pairs if other in sources}

    def lay_down(self) -> None:
        if not self.is_clean:
            self.copy.lay_down()
            self.is_clean = True

    def _lay_down_for(self, *acts: Act) -> None:
        """Ask for the forms beforehand: showing one writes rows of its own."""
        self.lay_down()
        for act in acts:
            if act.kind == "form":
                self.is_clean = self.forms.has(act.address(self.names)) and self.is_clean
        self.lay_down()

    def read(self, state: rows.Rows) -> strangers.Reading:
        digest = rows.seen(state)
        if digest not in self._readings:
            self._readings[digest] = strangers.read_all(self.pages)
        return self._readings[digest]

    def do(self, act: Act, role: str) -> tuple[Outcome, list[str]]:
        """The outcome on the site laid down anew, and the harm, in words."""
        self._lay_down_for(act)
        statements = connection.connection.total_changes
        response = act.send(client_of(role, self.cookies), self.names, self.forms)
        answer, message = _answer(response, act.address(self.names)), _message(response)
        harms = [*harm.answered(act, response)]
        if connection.connection.total_changes == statements:
            return Outcome(answer, message), harms
        self.is_clean = False
        state = rows.all_rows()
        changes = rows.changed(self.before.rows, state)
        if not changes:
            return Outcome(answer, message), harms
        reading = self.read(state)
        harms += harm.at_once(act, role, self.before, state, reading)
        harms += harm.started([act], self.before.reading, reading)
        later = reading
        if not changes.keys() <= _OF_NO_SYNC:
            later = self._after_sync(act, state)
            harms += harm.later(act, role, self.before, state, later, self.anyway)
        effect = strangers.difference(self.before.reading, reading)
        anyway = strangers.difference(self.before.reading, self.anyway)
        afterwards = [one for one in strangers.difference(reading, later) if one not in anyway]
        outcome = Outcome(answer, message, "; ".join(effect), "; ".join(afterwards), rows.in_words(changes))
        return outcome, harms

    def _after_sync(self, act: Act, state: rows.Rows) -> strangers.Reading:
        """What strangers read once posync has synced; the same whoever did the act."""
        key = act.title, rows.digest(state)
        if key not in self._later:
            sync()
            self._later[key] = self.read(rows.all_rows())
        return self._later[key]

    def harm_of(self, acts: Sequence[Act], role: str) -> list[str]:
        """The harm of acts one after the other, each judged by what the one before has left, and of a sync after all."""
        self._lay_down_for(*acts)
        self.is_clean = False
        client, found, before = client_of(role, self.cookies), [], self.before
        for act in acts:
            found += harm.answered(act, act.send(client, self.names, self.forms))
            state = rows.all_rows()
            reading = self.read(state)
            found += harm.at_once(act, role, before, state, reading)
            before = replace(before, rows=state, reading=reading)
        found += harm.started(acts, self.before.reading, before.reading)
        if found or before.rows == self.before.rows:
            return found
        sync()
        found += harm.later(act, role, before, before.rows, self.read(rows.all_rows()), self.anyway)
        return found


#: No sync asks for these.
_OF_NO_SYNC = {
    "Collection", "CollectionViewRestriction", "Document", "FormSubmission", "Group", "GroupApprovalTask",
    "GroupApprovalTask_groups", "Group_permissions", "Image", "PageSubscription", "Redirect", "Rendition", "Tag",
    "TaggedItem", "Task", "TranslationRight", "User", "UserProfile", "User_groups", "Workflow",
}  # fmt: skip
_NO_PAGES = ("menu/", "notice/", "region/", "locale/")


def _answer(response: HttpResponse, address: str) -> str:
    if not 300 <= response.status_code < 400:
        return f"{response.status_code}{_errors(response)}"
    location = response.headers["Location"]
    if location.partition("?")[0] == address.partition("?")[0]:
        return "→ itself"
    try:
        return f"→ {resolve(location.partition('?')[0]).view_name}"
    except Resolver404:
        return f"→ {location}"


def _errors(response: HttpResponse) -> str:
    """The fields that a form was shown again for."""
    context: Any = getattr(response, "context", None)
    form = context.get("form") if context is not None and "form" in context else None
    errors = getattr(form, "_errors", None) or {}
    return f", asks for {', '.join(sorted(errors))}" if errors else ""


def _message(response: HttpResponse) -> str:
    if response.headers.get("Content-Type") == "application/json":
        data = response.json()
        said = [
            str(data[key]) for key in ("message", "detail", "error") if isinstance(data, dict) and key in data
        ]
    else:
        said = [str(message) for message in get_messages(response.wsgi_request)]
    text = " ".join(strip_tags(unescape(" / ".join(one.partition("<span")[0] for one in said))).split())
    text = _MOMENT.sub("…", text)
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH].rpartition(' ')[0]}…"
