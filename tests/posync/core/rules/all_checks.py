"""The checks of a translation that need no site, all together."""

from posync.core.rules.validation import (
    OPTIONAL_INLINE_TAGS,
    USUAL_INLINE_TAGS,
    compare_emails,
    compare_placeholders,
    find_empty,
    find_too_long,
    find_unsafe,
    lost_links,
    lost_tags,
)

INLINE_TAGS = USUAL_INLINE_TAGS | {"sub", "sup", "s"}
assert INLINE_TAGS <= USUAL_INLINE_TAGS | OPTIONAL_INLINE_TAGS


def check(msgid, msgstr, max_length=None):
    return [
        *find_unsafe(msgid, msgstr, INLINE_TAGS),
        *lost_tags(msgid, msgstr, INLINE_TAGS),
        *lost_links(msgid, msgstr, INLINE_TAGS),
        *find_empty(msgid, msgstr, INLINE_TAGS),
        *compare_placeholders(msgid, msgstr),
        *compare_emails(msgid, msgstr),
        *find_too_long(msgstr, max_length),
    ]
