"""posync's own lines for translators: members of `POSYNC["ENTRY_COMMENTS"]` unless the site lists others."""

from posync.catalogs.entry_labels import label
from posync.conf import posync_settings
from posync.core.po.change_line import change_line
from posync.core.po.entries import Entry
from posync.core.rules.validation import repair
from posync.hooks import EntryToCheck, EntryToComment
from posync.validators.run_checks import problems_of

_IN_USE = "In use: "
_WAITS = "Waits for review"


def place(entry: EntryToComment) -> tuple[str, ...]:
    """Where the text stands: "News page › Body › Quote › Text"."""
    return (label(entry.model, entry.field_path).place,)


def limit(entry: EntryToComment) -> tuple[str, ...]:
    """How long the translation may be."""
    max_length = label(entry.model, entry.field_path).max_length
    return () if max_length is None else (f"At most {max_length} characters.",)


def in_use(entry: EntryToComment) -> tuple[str, ...]:
    """The approved translation, where the file carries a draft instead."""
    is_draft = entry.fuzzy or entry.for_review
    if not is_draft or not entry.approved or entry.approved == entry.msgstr:
        return ()
    return (in_use_line(entry.approved),)


def in_use_line(text: str) -> str:
    """The line of the translation in use."""
    return f"{_IN_USE}{text}"


def text_in_use(line: str) -> str:
    """The translation in use by such a line; "" for any other line."""
    return line.removeprefix(_IN_USE) if line.startswith(_IN_USE) else ""


def shows_what_is_in_use() -> bool:
    """Whether the site's files have that line."""
    return f"{__name__}.{in_use.__name__}" in posync_settings().ENTRY_COMMENTS


def review(entry: EntryToComment) -> tuple[str, ...]:
    """That the translation waits for a reviewer, or why one has sent it back."""
    if entry.for_review:
        return (_WAITS,)
    return (f"Sent back: {entry.sent_back}",) if entry.fuzzy and entry.sent_back else ()


def waits_for_review(entry: Entry) -> bool:
    """Whether a file's entry says so: it is not fuzzy, and nobody has approved it."""
    return not entry.fuzzy and bool(entry.msgstr) and _WAITS in entry.extracted_comments


def problems(entry: EntryToComment) -> list[str]:
    """The checks' findings in a draft."""
    if not entry.fuzzy:
        return []
    checked = EntryToCheck(
        catalog=entry.catalog,
        language=entry.language,
        source_language=entry.source_language,
        model=entry.model,
        path=entry.path,
        field_path=entry.field_path,
        msgid=entry.msgid,
        msgstr=repair(entry.msgid, entry.msgstr),
        max_length=label(entry.model, entry.field_path).max_length,
    )
    return [f"Check: {problem.message}" for problem in problems_of(checked)]


def link(entry: EntryToComment) -> tuple[str, ...]:
    """The address where the source text can be seen."""
    return (entry.link,) if entry.link else ()


def change(entry: EntryToComment) -> tuple[str, ...]:
    """The change of the source since the draft was written, word by word."""
    if not entry.fuzzy or entry.previous_msgid in ("", entry.msgid):
        return ()
    return (f"Changed: {change_line(entry.previous_msgid, entry.msgid)}",)
