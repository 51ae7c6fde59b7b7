"""Decides an entry's text and state in the next file."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How far an entry is, by gettext's words, and one of ours."""

    TRANSLATED = "translated"
    #: A draft that its translator holds to be done: somebody else is to approve it.
    FOR_REVIEW = "for review"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"


class Known(NamedTuple):
    """Our memory of one entry, and its present translation in the database."""

    database: str = ""  # approved there now
    approved: str = ""  # approved there when file and database last agreed
    draft: str = ""  # kept for a person to finish
    previous_msgid: str = ""  # the draft's source, where it is another
    file_msgstr: str = ""  # its text in the base
    for_review: bool = False  # the draft waits for approval


class Outgoing(NamedTuple):
    """An entry in the next file. A tuple, as `Known`, because one of each is made for every entry of a run."""

    msgstr: str
    state: State
    previous_msgid: str = ""

    @property
    def fuzzy(self) -> bool:
        return self.state is State.FUZZY


_NOTHING = Outgoing("", State.UNTRANSLATED)


def outgoing(known: Known) -> Outgoing:
    """Decide an entry's text and state in the next file.

    A draft gives way to a text approved in the database after the draft was kept. A translation cleared in the
    database is not dropped from the file but offered there as fuzzy: somebody typed it.
    """
    if known.draft and (known.database == known.approved or not known.database):
        if known.for_review:
            return Outgoing(known.draft, State.FOR_REVIEW)
        return Outgoing(known.draft, State.FUZZY, known.previous_msgid)
    if known.database:
        return Outgoing(known.database, State.TRANSLATED)
    kept = known.file_msgstr
    return Outgoing(kept, State.FUZZY, known.previous_msgid) if kept else _NOTHING
