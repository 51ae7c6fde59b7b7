"""The three-way merge of one entry: a pure function of what was, what the file says and what the database says."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Base:
    """What both sides last agreed on."""

    #: What the file last carried.
    msgstr: str = ""
    fuzzy: bool = False
    #: What the database had approved at that time.
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What the file carries now."""

    msgstr: str
    fuzzy: bool = False


class Action(StrEnum):
    KEEP = "keep"  # the file brings nothing new
    ACCEPT = "accept"  # the file's text is approved and replaces the database's
    AGREE = "agree"  # both sides have come to the same text
    DRAFT = "draft"  # the file's text is not approved: it is kept, and shown to nobody
    CLEARED = "cleared"  # the file's text was taken away: asked about, not obeyed
    CONFLICT = (
        "conflict"  # both sides changed differently: the database's stays, the file's is kept as a draft
    )


@dataclass(frozen=True, slots=True)
class Merged:
    action: Action
    #: The text approved after the merge; "" for none.
    approved: str
    #: The text to keep without using it; "" for none.
    draft: str = ""


def merge(base: Base, carried: Carried | None, database: str) -> Merged:
    """Decide one entry.

    `base` is empty for an entry that no file has carried yet; `carried` is None where the file does not have it;
    `database` is the translation approved there now, "" for none.
    """
    if carried is None or (carried.msgstr, carried.fuzzy) == (base.msgstr, base.fuzzy):
        return Merged(Action.KEEP, database)
    if not carried.msgstr.strip():
        return Merged(Action.CLEARED if base.msgstr else Action.KEEP, database)
    if database not in (base.approved, carried.msgstr):
        return Merged(Action.CONFLICT, database, carried.msgstr)
    if carried.fuzzy:
        return Merged(Action.DRAFT, database, carried.msgstr)
    if carried.msgstr == database:
        return Merged(Action.AGREE, database)
    return Merged(Action.ACCEPT, carried.msgstr)
