"""The sockets of posync: signals for receivers, and registries by dotted path in `POSYNC`.

This module is safe to import in a settings file: `POSYNC = {"CHECKS": [*hooks.CHECKS, "shop.checks.no_prices"]}` adds a
check to posync's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.dispatch import Signal

from posync.core.results import RunResult
from posync.core.rules.validation import Problem

if TYPE_CHECKING:  # models cannot be imported while the settings are read
    from django.db import models

__all__ = [
    "CatalogName",
    "Check",
    "ConflictOpened",
    "EntriesImported",
    "EntryComment",
    "EntryToCheck",
    "EntryToComment",
    "EntryToFill",
    "ImportedEntry",
    "Problem",
    "ReuseSource",
    "Suggestion",
    "SyncFinished",
    "TranslationPublished",
    "TranslationWaiting",
    "conflict_opened",
    "entries_imported",
    "sources_changed",
    "sync_finished",
    "translation_published",
    "translation_waiting",
]

# Signals


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """A translation approved by an import."""

    #: Primary key of `posync.models.Catalog`.
    catalog_id: int
    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The entry's identity in its file, "news/opening:body.<uuid>.heading".
    msgctxt: str
    #: The source text.
    msgid: str
    #: The translation now; "" where it was cleared.
    text: str
    #: The translation until now; "" for a first one.
    before: str
    #: The file, below `ROOT`.
    file: str


@dataclass(frozen=True, slots=True)
class EntriesImported:
    """Translations approved by an import and stored together."""

    #: Primary key of `posync.models.Run`, by which `undo_po` takes the import back.
    run_id: int
    #: The translations, in the files' order.
    entries: tuple[ImportedEntry, ...]


@dataclass(frozen=True, slots=True)
class ConflictOpened:
    """A translation changed in a file and in the database, differently."""

    #: Primary key of `posync.models.Conflict`, for `resolve_po`.
    conflict_id: int
    #: Primary key of `posync.models.Catalog`.
    catalog_id: int
    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The entry's identity in its file, "news/opening:body.<uuid>.heading".
    msgctxt: str
    #: The source text.
    msgid: str
    #: The translation of both sides before.
    base_text: str
    #: The file's translation, kept as a draft.
    file_text: str
    #: The database's translation, still in use.
    database_text: str
    #: The file, below `ROOT`.
    file: str
    #: The program of the file's last save, by its own word; "" for none.
    tool: str
    #: Primary key of `posync.models.Run`.
    run_id: int


@dataclass(frozen=True, slots=True)
class TranslationWaiting:
    """A translation held back by the gate."""

    #: Primary key of `posync.models.Catalog`.
    catalog_id: int
    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The source object's title.
    title: str
    #: Why, as a code: "incomplete", "parent", "related", "locked", "in-workflow", "edited", "unpublished",
    #: "source-unpublished" or "source-deleted".
    reason: str
    #: The code of its blocker until now; "" where it did not wait.
    previous_reason: str
    #: Why, in English, and the remedy.
    message: str
    #: Texts without an approved translation.
    texts_left: int


@dataclass(frozen=True, slots=True)
class TranslationPublished:
    """A target page or snippet gone live, or changed while live."""

    #: Primary key of `posync.models.Catalog`.
    catalog_id: int
    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The source object's title.
    title: str
    #: The target's model, "home.newspage".
    model: str
    #: The target's primary key, as a string.
    target_id: str
    #: Shared by all versions of the object.
    translation_key: UUID
    #: Whether this publication made the target.
    created: bool


@dataclass(frozen=True, slots=True)
class SyncFinished:
    """A finished sync."""

    #: Its counts and issues.
    result: RunResult
    #: Its target languages; empty for all.
    languages: tuple[str, ...]
    #: How long it took.
    seconds: float


#: Sources were published and their segments wait to be taken again. Sent without an event.
sources_changed = Signal()
#: An import approved translations: once for each batch of files, with `EntriesImported`.
entries_imported = Signal()
#: A conflict was opened: once for each, with `ConflictOpened`. Not sent again while it stays open.
conflict_opened = Signal()
#: A complete or begun translation began to wait, or waits for something else than before: with `TranslationWaiting`.
#: Not sent again while it waits for the same.
translation_waiting = Signal()
#: A translation was published: once for each page or snippet, with `TranslationPublished`.
translation_published = Signal()
#: `sync_po` came to its end, quiet or not: with `SyncFinished`.
sync_finished = Signal()


# Registries


@dataclass(frozen=True, slots=True)
class EntryToCheck:
    """A translation before anything of it is stored."""

    #: The catalog's name, "news/opening"; "" in a file of no catalog.
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The source language's code, "en"; "" in a file of no catalog.
    source_language: str
    #: The source object's model; None in a file of no catalog.
    model: type[models.Model] | None
    #: The entry's path in the object, "body.<uuid>.heading".
    path: str
    #: The path by names alone, "body.quote.heading"; "" for an unknown one.
    field_path: str
    #: The source text, a fragment of HTML: inline tags, and links by their `id`.
    msgid: str
    #: The translation, of the same form, already repaired.
    msgstr: str
    #: The field's limit in characters of plain text; None for no limit.
    max_length: int | None


class Check(Protocol):
    """A member of `CHECKS`: what is wrong with a translation.

    An error blocks the translation: it stays a draft, and its file says why. A warning is reported and blocks nothing.
    Called for each translation of an import, of `check_po`, of a resolved conflict, of a reuse source, and for each
    draft that is written to a file.
    """

    def __call__(self, entry: EntryToCheck, /) -> Iterable[Problem]:
        """The problems of the entry; empty for none."""


@dataclass(frozen=True, slots=True)
class EntryToComment:
    """An entry on its way into a file."""

    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The source language's code, "en".
    source_language: str
    #: The source object's model.
    model: type[models.Model]
    #: The entry's path in the object, "body.<uuid>.heading".
    path: str
    #: The path by names alone, "body.quote.heading".
    field_path: str
    #: The source text.
    msgid: str
    #: The translation in the file; "" for none.
    msgstr: str
    #: Whether the translation is a draft.
    fuzzy: bool
    #: The source text that the draft translates; "" for the present one.
    previous_msgid: str
    #: The approved translation, in use on the page; "" for none.
    approved: str
    #: The public address of the source page; "" for none.
    link: str
    #: Whether the translation is done by its translator's word, and waits for a reviewer.
    for_review: bool = False
    #: A reviewer's reason for sending the draft back; "" for none.
    sent_back: str = ""


class EntryComment(Protocol):
    """A member of `ENTRY_COMMENTS`: lines for the translator, `#.` in the file.

    Called for each entry of each file written. The same entry must get the same lines each time, whoever exports and
    when: any other line rewrites the file.
    """

    def __call__(self, entry: EntryToComment, /) -> Iterable[str]:
        """The lines; empty for none."""


@dataclass(frozen=True, slots=True)
class EntryToFill:
    """A new entry without a translation."""

    #: The catalog's name, "news/opening".
    catalog: str
    #: The target language's code, "bg".
    language: str
    #: The source language's code, "en".
    source_language: str
    #: The source object's model.
    model: type[models.Model]
    #: The entry's path in the object, "body.<uuid>.heading".
    path: str
    #: The path by names alone, "body.quote.heading".
    field_path: str
    #: The source text.
    msgid: str
    #: Primary key of wagtail-localize's `String`.
    string_id: int
    #: Primary key of wagtail-localize's `TranslationContext`.
    context_id: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation for a new entry."""

    #: One of the entries asked about.
    entry: EntryToFill
    #: The translation; a fragment of HTML, as the source text.
    text: str
    #: Whether it may go live as it is. Otherwise, and where a check finds an error, it is a draft.
    approved: bool = False

    def __post_init__(self) -> None:
        """Raise TypeError or ValueError for what no database takes."""
        if not isinstance(self.entry, EntryToFill):
            raise TypeError(f"a Suggestion is for an EntryToFill, not {self.entry!r:.60}")
        if not isinstance(self.text, str) or not isinstance(self.approved, bool):
            raise TypeError(
                f"a Suggestion has a text, and True or False: not {self.text!r:.60}, {self.approved!r:.20}"
            )
        if "\x00" in self.text:
            raise ValueError(f"a Suggestion with a NUL in it: {self.text!r:.60}")


class ReuseSource(Protocol):
    """A member of `REUSE_SOURCES`: where new texts get translations from.

    Called within a transaction, once for a batch of entries of one target language. The first source that has a
    suggestion for an entry gives it; the next is asked about the rest. Query for the batch, not for each entry.
    """

    def __call__(self, entries: Sequence[EntryToFill], /) -> Iterable[Suggestion]:
        """The suggestions, one at most for an entry."""


class CatalogName(Protocol):
    """`CATALOG_NAME`: the name of an object's catalogs, and of their files.

    Called once for an object, when its first translation begins; the name never changes afterwards. posync makes it
    safe as a path, and unique with a number.
    """

    def __call__(self, instance: Any, /) -> str:
        """The name of a page (in its specific class) or a snippet, components divided by "/"."""


#: Checks of translations beside the safety checks, which no setting turns off: markup that cannot be read, tags, attributes
#: or links that the source does not have, script addresses, control characters.
CHECKS: tuple[str, ...] = (
    "posync.validators.general.tags",
    "posync.validators.general.links",
    "posync.validators.general.empty",
    "posync.validators.general.placeholders",
    "posync.validators.general.emails",
    "posync.validators.general.length",
)
#: Lines for translators, in their order. The line of a changed source stands last, wherever it is listed: directly above
#: the old source text Git does not join it with another version's.
ENTRY_COMMENTS: tuple[str, ...] = (
    "posync.files.comment_lines.place",
    "posync.files.comment_lines.limit",
    "posync.files.comment_lines.link",
    "posync.files.comment_lines.in_use",
    "posync.files.comment_lines.review",
    "posync.files.comment_lines.problems",
    "posync.files.comment_lines.change",
)
#: Where new texts get translations from, asked in this order.
REUSE_SOURCES: tuple[str, ...] = ("posync.sources.other_pages.same_text",)
#: The callable that names an object's catalogs.
CATALOG_NAME = "posync.sources.catalog_names.by_address"
#: Inline tags kept inside a sentence beside wagtail-localize's own. Choose them before the first translation: sentences
#: that were divided otherwise before are new texts afterwards.
INLINE_TAGS: tuple[str, ...] = ("sub", "sup", "s")
#: What publishes many pages at once, a `posync.publishing.batching.BatchPublisher`; None publishes each by Wagtail's own
#: calls.
BATCH_PUBLISHER = "posync.publishing.batch.publish_batch.SqlBatchPublisher"
