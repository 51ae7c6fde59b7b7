"""What becomes of translations when a source has changed: carried to the texts that replace theirs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, EntryId, LoadedCatalog
from posync.catalogs.stored_translations import Approved, approve
from posync.conf import posync_settings
from posync.core.po.entries import entry_key
from posync.core.rules.matching import Place, match
from posync.core.rules.validation import repair
from posync.hooks import EntryToFill, Suggestion
from posync.models import Draft
from posync.plugins import answers, members
from posync.validators.run_checks import blocks

#: Under this name carried translations appear in wagtail-localize's editor.
TOOL_NAME = "posync"


@dataclass(frozen=True, slots=True)
class _Old:
    """What is left of an entry that the source no longer has."""

    text: str
    approved: bool
    previous_msgid: str
    draft: Draft | None


def carry_over(batch: Sequence[LoadedCatalog]) -> None:
    """Give each new entry the translation of the one it replaces: as it was if the text only moved, else as a draft.

    The site's reuse sources are asked about what is left. Call it in a transaction.
    """
    by_locale: dict[int, list[tuple[LoadedCatalog, CurrentEntry]]] = defaultdict(list)
    for loaded in batch:
        new = [
            entry
            for entry in loaded.current
            if not entry.database and entry.draft is None and entry.id not in loaded.carried
        ]
        taken = _carry_within(loaded, new)
        left = [(loaded, entry) for entry in new if entry.id not in taken]
        if left:
            by_locale[loaded.catalog.locale_id] += left
    for locale_id, entries in by_locale.items():
        _reuse(locale_id, entries)


def _carry_within(loaded: LoadedCatalog, new: Sequence[CurrentEntry]) -> set[EntryId]:
    """Carry texts over within a catalog. Returns the entries that got one."""
    old = _old_entries(loaded)
    if not new or not old:
        return set()
    order = {key: number for number, key in enumerate(loaded.carried)}
    pairs = match(
        [Place(*entry.id, number) for number, entry in enumerate(new)],
        [Place(*key, order.get(key, len(order))) for key in old],
    )
    entries = {entry.id: entry for entry in new}
    moved: list[Approved] = []
    drafts: list[Draft] = []
    consumed: list[int] = []
    for pair in pairs:
        entry = entries[pair.added.path, pair.added.msgid]
        left = old[pair.removed.path, pair.removed.msgid]
        if left.draft is not None:
            consumed.append(left.draft.pk)
        if pair.moved and left.approved:
            moved.append(Approved(entry.string_id, entry.context_id, loaded.catalog.locale_id, left.text))
        else:
            drafts.append(
                Draft(
                    catalog=loaded.catalog,
                    key=entry_key(*entry.id),
                    path=entry.path,
                    msgid=entry.msgid,
                    text=left.text,
                    previous_msgid=left.previous_msgid or ("" if pair.moved else pair.removed.msgid),
                )
            )
    Draft.objects.filter(pk__in=consumed).delete()
    Draft.objects.bulk_create(drafts)
    approve(moved, TOOL_NAME)
    return {(pair.added.path, pair.added.msgid) for pair in pairs}


def _reuse(locale_id: int, entries: Sequence[tuple[LoadedCatalog, CurrentEntry]]) -> None:
    """Give entries of one target language what the site's reuse sources suggest."""
    open_entries = {_to_fill(loaded, entry): (loaded, entry) for loaded, entry in entries}
    approved: list[Approved] = []
    drafts: list[Draft] = []
    for member in members(posync_settings().REUSE_SOURCES):
        if not open_entries:
            break
        for suggestion in answers(member, Suggestion, tuple(open_entries)):
            # Of an entry that has its text already, or that nobody asked about.
            if suggestion.entry not in open_entries or not suggestion.text:
                continue
            loaded, entry = open_entries.pop(suggestion.entry)
            text = repair(entry.msgid, suggestion.text)
            if suggestion.approved and not blocks(check_entry(loaded, entry, text)):
                approved.append(Approved(entry.string_id, entry.context_id, locale_id, text))
            else:
                drafts.append(
                    Draft(
                        catalog=loaded.catalog,
                        key=entry_key(*entry.id),
                        path=entry.path,
                        msgid=entry.msgid,
                        text=suggestion.text,
                    )
                )
    approve(approved, TOOL_NAME)
    Draft.objects.bulk_create(drafts)


def _to_fill(loaded: LoadedCatalog, entry: CurrentEntry) -> EntryToFill:
    catalog = loaded.catalog
    return EntryToFill(
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        source_language=catalog.source.locale.language_code,
        model=catalog.source_model,
        path=entry.path,
        field_path=entry.field_path,
        msgid=entry.msgid,
        string_id=entry.string_id,
        context_id=entry.context_id,
    )


def _old_entries(loaded: LoadedCatalog) -> dict[EntryId, _Old]:
    """What is left to take over, by entry: drafts, the database's texts, and what the file carried."""
    old: dict[EntryId, _Old] = {
        key: _Old(draft.text, False, draft.previous_msgid, draft)
        for key, draft in loaded.retired_drafts.items()
    }
    gone = {key: entry for key, entry in loaded.carried.items() if key not in loaded.entries}
    if not gone:
        return old
    translations = _translations(loaded, {path for path, _msgid in gone})
    for key, entry in gone.items():
        if key in old:
            continue
        if key in translations:
            old[key] = _Old(translations[key], True, "", None)
        elif entry.msgstr:
            old[key] = _Old(entry.msgstr, False, entry.previous_msgid, None)
    return old


def _translations(loaded: LoadedCatalog, paths: set[str]) -> dict[EntryId, str]:
    """The database's texts at these paths, whether the source still has their entries or not."""
    rows: Iterable[tuple[str, str, str]] = StringTranslation.objects.filter(
        locale=loaded.catalog.locale,
        context__object_id=loaded.catalog.domain.object_id,
        context__path__in=paths,
        has_error=False,
    ).values_list("context__path", "translation_of__data", "data")
    return {(path, msgid): data for path, msgid, data in rows}
