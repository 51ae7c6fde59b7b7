"""wagtail-localize's translations of strings, read and written many at a time."""

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation, TranslationContext

from posync.db.bulk_sql import AnyOf, Overwrite, insert_rows
from posync.models import Catalog

#: Under this name translations taken over by posync itself appear in wagtail-localize's editor.
TOOL_NAME = "posync"


class Approved(NamedTuple):
    """A translation to store. A tuple because tens of thousands are made in a run."""

    string_id: int
    context_id: int
    locale_id: int
    text: str


_KEY = ("locale", "translation_of", "context")
_VALUES = (
    "data",
    "translation_type",
    "tool_name",
    "last_translated_by",
    "updated_at",
    "has_error",
    "field_error",
)


class Place(NamedTuple):
    """A text at a place that its source may have given up, with its translation in the database: "" for none."""

    string_id: int
    context_id: int
    text: str


def places_of(catalog: Catalog, entry_ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Place]:
    """The places of a catalog's entries, each by its path and source text, as far as wagtail-localize ever knew them.

    Three queries; none for no entry.
    """
    if not entry_ids:
        return {}
    hashes = {String._get_data_hash(msgid): msgid for _path, msgid in entry_ids}
    strings = {
        hashes[data_hash]: pk
        for pk, data_hash in String.objects.filter(
            AnyOf(F("data_hash"), list(hashes)), locale=catalog.source.locale_id
        ).values_list("pk", "data_hash")
    }
    contexts = dict(
        TranslationContext.objects.filter(
            AnyOf(F("path"), list({path for path, _msgid in entry_ids})), object=catalog.domain.object_id
        ).values_list("path", "pk")
    )
    stored = {
        (string_id, context_id): data
        for string_id, context_id, data in StringTranslation.objects.filter(
            AnyOf(F("context"), list(contexts.values())), locale=catalog.locale_id, has_error=False
        ).values_list("translation_of_id", "context_id", "data")
    }
    return {
        (path, msgid): Place(strings[msgid], contexts[path], stored.get((strings[msgid], contexts[path]), ""))
        for path, msgid in entry_ids
        if msgid in strings and path in contexts
    }


def lock_translations() -> None:
    """Let nobody else write translations until the transaction ends.

    An editor who types one in the meantime waits, and then overwrites the imported text, in sight of the history;
    without the lock the import could overwrite the editor's text unseen. SQLite has one writer at a time anyhow.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(StringTranslation._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def approve(translations: Sequence[Approved], tool: str, user: AbstractBaseUser | None = None) -> None:
    """Store translations as approved, over present ones. Sends no signals."""
    now = timezone.now()
    manual = StringTranslation.TRANSLATION_TYPE_MANUAL
    user_id = user.pk if user else None
    insert_rows(
        StringTranslation,
        (*_KEY, *_VALUES, "created_at"),
        # In one order for all: two writers of the same rows never wait for each other.
        (
            (
                one.locale_id,
                one.string_id,
                one.context_id,
                one.text,
                manual,
                tool,
                user_id,
                now,
                False,
                "",
                now,
            )
            for one in sorted(translations, key=attrgetter("locale_id", "string_id", "context_id"))
        ),
        on_conflict=Overwrite(unique=_KEY, update=_VALUES),
    )


def withdraw(strings: Collection[tuple[int, int]], locale_id: int) -> None:
    """Delete translations, without signals. `strings` are ids of strings, each with its context's."""
    if not strings:
        return
    of_contexts = StringTranslation.objects.filter(
        AnyOf(F("context"), [context_id for _string_id, context_id in strings]), locale=locale_id
    )
    withdrawn = [
        pk
        for pk, *string in of_contexts.values_list("pk", "translation_of_id", "context_id")
        if tuple(string) in strings
    ]
    if withdrawn:
        found = StringTranslation.objects.filter(AnyOf(F("pk"), withdrawn))
        found._raw_delete(found.db)
