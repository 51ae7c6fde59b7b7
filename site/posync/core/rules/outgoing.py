"""What the next file carries for one entry."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How far an entry is, by gettext's words."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"


class Known(NamedTuple):
    """What we remember of one entry, and what the database says of it now."""

    database: str = ""  # approved there now
    approved: str = ""  # approved there when file and database last agreed
    draft: str = ""  # kept for a person to finish
    previous_msgid: str = ""  # the source that the draft translates, where it is another
    file_msgstr: str = ""  # what the file last carried


class Outgoing(NamedTuple):
    """What the file carries. This and `Known` are tuples because one of each is made for every entry of a run."""

    msgstr: str
    state: State
    previous_msgid: str = ""

    @property
    def fuzzy(self) -> bool:
        return self.state is State.FUZZY


_NOTHING = Outgoing("", State.UNTRANSLATED)


def outgoing(known: Known) -> Outgoing:
    """Decide what the file carries.

    A draft gives way to a text that was approved in the database after the draft was kept. A translation that was
    cleared in the database is not dropped from the file but offered there as fuzzy: somebody typed it.
    """
    if known.draft and known.database == known.approved:
        return Outgoing(known.draft, State.FUZZY, known.previous_msgid)
    if known.database:
        return Outgoing(known.database, State.TRANSLATED)
    kept = known.draft or known.file_msgstr
    return Outgoing(kept, State.FUZZY, known.previous_msgid) if kept else _NOTHING
