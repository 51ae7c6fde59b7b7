"""The facts about an entry in an imported file, for the decision table."""

from enum import StrEnum
from typing import NamedTuple


class FileKind(StrEnum):
    """Where the file comes from. Only its own file has a base to compare with."""

    OWN = "own"  # the catalog's canonical file
    COPY = "copy"  # a file of one catalog, elsewhere or under another name
    PART = "part"  # a file of many catalogs
    UPLOAD = "upload"  # sent through the admin
    RETURN = "return"  # a job's file, come back


class Content(StrEnum):
    """A translation on one side: in the base, the file or the database."""

    ABSENT = "absent"  # the side does not know the entry
    EMPTY = "empty"
    FUZZY = "fuzzy"  # not approved; in the database: refused, and not in use
    REVIEW = "for review"  # not fuzzy, and not approved: it waits for a reviewer, by the base's word or the file's own
    TRANSLATED = "translated"


class EntryState(StrEnum):
    """The fate of the entry's source, or of the entry on its way in."""

    CURRENT = "current"  # the source has it, if at another place since
    SET_ASIDE = "set aside"  # the source has it; the file carries it as obsolete
    MOVED = "moved"  # the source has it no more; another entry takes over its translation
    GONE = "gone"  # the source has it no more
    OBSOLETE = "obsolete"  # gone, and the file carries it as obsolete
    UNKNOWN = "unknown"  # the source has it not, and never had it: of foreign files alone
    REFUSED = "refused"  # a check refuses the file's text
    UNUSABLE = "unusable"  # too long, or a second time in the file


class Change(StrEnum):
    """The file's translation, beside the base's."""

    UNCHANGED = "unchanged"
    FLAG = "flag"  # the same text; only its fuzzy flag came or went
    TEXT = "text"


class Compared(StrEnum):
    """The text of a draft or an open conflict, beside the file's."""

    NONE = "none"
    SAME = "same"
    OTHER = "other"


class Facts(NamedTuple):
    """One entry of an imported file, beside its base, database and history.

    For a moved entry, `database` and `draft` are its successor's.
    """

    kind: FileKind
    base: Content
    file: Content
    database: Content
    change: Change
    #: The texts alone: a fuzzy one may be the same as one in use.
    file_is_database: bool
    #: The translation in use is unchanged since the own file was written.
    database_is_base: bool
    entry: EntryState
    draft: Compared
    conflict: Compared
    #: The text gave way to another one before.
    superseded: bool
    #: Whoever brings the file may approve.
    may_approve: bool


#: By their short names, each written many times in the table. Python 3.11 finds a member by its enum's name slowly, too.
OWN = FileKind.OWN
ABSENT, EMPTY, FUZZY, REVIEW, TRANSLATED = Content
UNCHANGED, FLAG, TEXT = Change
NONE, SAME, OTHER = Compared
CURRENT, SET_ASIDE, MOVED, GONE, OBSOLETE, UNKNOWN, REFUSED, UNUSABLE = EntryState
