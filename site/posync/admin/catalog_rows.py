"""The rows of a catalog's editor: its texts as a person sees them, and what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from posync.catalogs.entry_labels import label, place_in_words
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.core.po.change_line import change_line
from posync.core.po.entries import entry_key
from posync.core.rules.outgoing import State
from posync.history.typed_texts import Step, TypedText, seen
from posync.models import Conflict


class Verdict(StrEnum):
    """A reviewer's decision on a text that waits."""

    APPROVE = "approve"
    SEND_BACK = "back"


class Shown(StrEnum):
    """Which texts are shown, by the address."""

    ALL = "all"
    LEFT = "left"
    REVIEW = "review"
    CONFLICTS = "conflicts"


STATES = {
    State.TRANSLATED: gettext_lazy("Approved"),
    State.FOR_REVIEW: gettext_lazy("Waits for review"),
    State.FUZZY: gettext_lazy("Draft"),
    State.UNTRANSLATED: gettext_lazy("Not translated"),
}


@dataclass(slots=True)
class Row:
    """One text of the original with its translation."""

    entry: CurrentEntry
    place: str
    max_length: int | None
    conflict: Conflict | None
    #: As typed, or as stored.
    text: str
    step: Step
    #: The entry as the person saw it.
    seen: str
    verdict: str = ""
    reason: str = ""
    #: Another by now than the person saw.
    is_stale: bool = False
    #: What became of the text typed, where it was not stored as asked.
    messages: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The row's name in the form."""
        return entry_key(*self.entry.id).hex

    @property
    def state(self) -> State:
        return self.entry.outgoing.state

    @property
    def state_in_words(self) -> str:
        return str(STATES[self.state])

    @property
    def waits(self) -> bool:
        return self.state is State.FOR_REVIEW

    @property
    def in_use(self) -> str:
        """The approved translation, where another text stands in the row."""
        approved = self.entry.approved
        return approved if approved != self.entry.outgoing.msgstr else ""

    @property
    def change(self) -> str:
        """How the original has changed since the draft was made; "" for no change."""
        previous = self.entry.outgoing.previous_msgid
        return change_line(previous, self.entry.msgid) if previous not in ("", self.entry.msgid) else ""

    @property
    def refusal(self) -> str:
        """Why the text in the database is in no use; "" for no refusal."""
        return self.entry.database if self.entry.has_error else ""


def rows_of(loaded: LoadedCatalog, conflicts: Mapping[EntryId, Conflict]) -> list[Row]:
    """A row for each text, in the original's order."""
    model = loaded.names.model
    return [
        Row(
            entry,
            place_in_words(model, entry.field_path),
            label(model, entry.field_path).max_length,
            conflicts.get(entry.id),
            entry.outgoing.msgstr,
            Step.DRAFT if entry.outgoing.state is State.FUZZY else Step.DONE,
            seen(entry),
        )
        for entry in loaded.current
    ]


def chosen(rows: Sequence[Row], shown: Shown) -> list[Row]:
    """The rows that an address asks for."""
    match shown:
        case Shown.LEFT:
            return [row for row in rows if row.state in (State.UNTRANSLATED, State.FUZZY)]
        case Shown.REVIEW:
            return [row for row in rows if row.waits]
        case Shown.CONFLICTS:
            return [row for row in rows if row.conflict is not None]
        case _:
            return list(rows)


def typed_in(rows: Sequence[Row], data: QueryDict) -> Iterator[tuple[Row, TypedText]]:
    """The rows of a form that were changed, each with what was typed. They show it from then on."""
    for row in rows:
        text = data.get(f"text-{row.key}")
        if text is None:
            continue
        # No database keeps NUL; nobody types it.
        text = text.replace("\r\n", "\n").replace("\0", "")
        step = Step.DRAFT if data.get(f"step-{row.key}") == Step.DRAFT else Step.DONE
        row.is_stale = data.get(f"seen-{row.key}") != row.seen
        row.verdict = data.get(f"verdict-{row.key}", "")
        row.reason = data.get(f"reason-{row.key}", "").replace("\0", "")
        if (text, step) == (row.text, row.step) or (not text.strip() and not row.text):
            continue
        row.text, row.step = text, step
        yield row, TypedText(row.entry.id, text, step, data.get(f"seen-{row.key}", ""))
