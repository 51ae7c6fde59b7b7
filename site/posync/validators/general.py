"""posync's own checks: members of `POSYNC["CHECKS"]` unless the site lists others."""

from posync.conf import inline_tags
from posync.core.rules.validation import (
    Problem,
    compare_emails,
    compare_placeholders,
    find_empty,
    find_too_long,
    lost_links,
    lost_tags,
)
from posync.hooks import EntryToCheck


def tags(entry: EntryToCheck) -> list[Problem]:
    """Tags of the source missing in the translation, such as <b> or <br/>."""
    return lost_tags(entry.msgid, entry.msgstr, inline_tags())


def links(entry: EntryToCheck) -> list[Problem]:
    """Links of the source missing in the translation."""
    return lost_links(entry.msgid, entry.msgstr, inline_tags())


def empty(entry: EntryToCheck) -> list[Problem]:
    """Markup, white space or characters without a shape, in place of a text."""
    return find_empty(entry.msgid, entry.msgstr, inline_tags())


def placeholders(entry: EntryToCheck) -> list[Problem]:
    """Placeholders, such as %(name)s or {name}, lost or new."""
    return compare_placeholders(entry.msgid, entry.msgstr)


def emails(entry: EntryToCheck) -> list[Problem]:
    """E-mail addresses lost or new."""
    return compare_emails(entry.msgid, entry.msgstr)


def length(entry: EntryToCheck) -> list[Problem]:
    """Texts over the limit of their field."""
    return find_too_long(entry.msgstr, entry.max_length)
