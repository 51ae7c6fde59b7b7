"""After a source was published anew: its segments taken again, and old translations carried to the new texts."""

from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from wagtail_localize.models import StringTranslation, TranslationSource

from posync.catalogs import CatalogContents, CurrentMessage, active_catalogs, load_contents
from posync.core.matching import Pair, Place, match
from posync.core.messages import message_key
from posync.core.results import Issue, RunResult, Severity
from posync.models import Catalog, CatalogEntry

#: Under this name carried translations appear in wagtail-localize's editor.
TOOL_NAME = "posync"


def mark_source_changed(translation_key: object, locale_id: int) -> int:
    """Note that an object was published in a locale. Returns how many catalogs wait for a refresh that did not before.

    A translation that was stopped is marked too: it takes up what it missed when it is started again.
    """
    return Catalog.objects.filter(
        source_changed=False,
        translation__source__object_id=translation_key,
        translation__source__locale_id=locale_id,
    ).update(source_changed=True)


def refresh_changed_sources() -> RunResult:
    """Refresh every source that was published since its segments were taken."""
    issues: list[Issue] = []
    source_ids = (
        active_catalogs()
        .filter(source_changed=True)
        .order_by()
        .values_list("translation__source_id", flat=True)
        .distinct()
    )
    for source in TranslationSource.objects.filter(pk__in=list(source_ids)).select_related("locale"):
        try:
            refresh_source(source)
        except ObjectDoesNotExist:
            issues.append(
                Issue(
                    Severity.WARNING,
                    "source-deleted",
                    f"“{source.object_repr}” was deleted; its translations are kept.",
                )
            )
        except ValueError as error:
            # wagtail-localize refuses markup that it cannot take apart, such as an attribute on an inline tag.
            issues.append(
                Issue(
                    Severity.ERROR,
                    "source-markup",
                    f"The text of “{source.object_repr}” cannot be taken apart: {error}",
                )
            )
    return RunResult(issues=tuple(issues))


@transaction.atomic
def refresh_source(source: TranslationSource) -> None:
    """Take a source's segments again from what is published, and carry translations to the texts that changed.

    Raises ObjectDoesNotExist when the object was deleted, ValueError when its markup cannot be taken apart.
    """
    TranslationSource.update_or_create_from_instance(source.get_source_instance())
    catalogs = list(active_catalogs().filter(translation__source=source))
    for contents in load_contents(catalogs):
        _carry_over(contents)
    Catalog.objects.filter(pk__in=[catalog.pk for catalog in catalogs]).update(
        source_changed=False, needs_export=True, needs_publish=True
    )


def _carry_over(contents: CatalogContents) -> None:
    """Give each new message the translation of the one it replaces: as it was if the text only moved, else as a draft."""
    new = [message for message in contents.current if message.entry is None and not message.database]
    translations = _translations(contents)
    old = {
        (entry.path, entry.msgid): entry
        for entry in contents.retired
        if _text(entry, translations.get((entry.path, entry.msgid), ""))
    }
    pairs = match(
        [Place(message.path, message.msgid, message.order) for message in new],
        [Place(entry.path, entry.msgid, entry.order) for entry in old.values()],
    )
    messages = {(message.path, message.msgid): message for message in new}
    moved: list[StringTranslation] = []
    entries: list[CatalogEntry] = []
    consumed: list[int] = []
    for pair in pairs:
        message = messages[pair.added.path, pair.added.msgid]
        entry = old[pair.removed.path, pair.removed.msgid]
        database = translations.get((entry.path, entry.msgid), "")
        consumed.append(entry.pk)
        if pair.moved and database and not entry.draft:
            moved.append(_moved_translation(contents, message, database))
            entries.append(_entry(contents, message, entry, approved=database))
        else:
            entries.append(
                _entry(
                    contents, message, entry, draft=_text(entry, database), previous=_previous(pair, entry)
                )
            )
    CatalogEntry.objects.filter(pk__in=consumed).delete()
    StringTranslation.objects.bulk_create(moved)
    CatalogEntry.objects.bulk_create(entries)
    left = [entry.pk for entry in contents.retired if entry.pk not in set(consumed)]
    CatalogEntry.objects.filter(pk__in=left, obsolete=False).update(obsolete=True)
    back = [message.entry.pk for message in contents.current if message.entry and message.entry.obsolete]
    CatalogEntry.objects.filter(pk__in=back).update(obsolete=False)


def _translations(contents: CatalogContents) -> dict[tuple[str, str], str]:
    """The database's texts of the messages that the source no longer has."""
    if not contents.retired:
        return {}
    rows: Iterable[tuple[str, str, str]] = StringTranslation.objects.filter(
        locale=contents.catalog.locale,
        context__object_id=contents.catalog.domain.object_id,
        context__path__in={entry.path for entry in contents.retired},
        has_error=False,
    ).values_list("context__path", "translation_of__data", "data")
    return {(path, msgid): data for path, msgid, data in rows}


def _text(entry: CatalogEntry, database: str) -> str:
    return entry.draft or database or entry.file_msgstr


def _previous(pair: Pair, entry: CatalogEntry) -> str:
    """The source that the draft translates. A draft that was itself carried over keeps its own, older one."""
    if entry.draft and entry.previous_msgid:
        return entry.previous_msgid
    return "" if pair.moved else entry.msgid


def _entry(
    contents: CatalogContents,
    message: CurrentMessage,
    old: CatalogEntry,
    *,
    approved: str = "",
    draft: str = "",
    previous: str = "",
) -> CatalogEntry:
    return CatalogEntry(
        catalog=contents.catalog,
        key=message_key(message.path, message.msgid),
        path=message.path,
        msgid=message.msgid,
        order=message.order,
        approved=approved,
        draft=draft,
        previous_msgid=previous,
        translator_comment=old.translator_comment,
    )


def _moved_translation(contents: CatalogContents, message: CurrentMessage, data: str) -> StringTranslation:
    return StringTranslation(
        translation_of_id=message.string_id,
        context_id=message.context_id,
        locale=contents.catalog.locale,
        data=data,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name=TOOL_NAME,
    )
