"""Gives new entries what the site's reuse sources suggest, and what came with them from other pages."""

from collections.abc import Sequence

from posync.catalogs.entry_checks import check_entry
from posync.catalogs.load import CurrentEntry, LoadedCatalog
from posync.catalogs.stored_translations import TOOL_NAME, Approved, approve
from posync.conf import posync_settings
from posync.core.rules.validation import repair
from posync.hooks import EntryToFill, Suggestion
from posync.models import Draft
from posync.plugins import answers, members
from posync.validators.run_checks import blocks


def reuse(locale_id: int, entries: Sequence[tuple[LoadedCatalog, CurrentEntry]]) -> None:
    """Give entries of one target language what the site's reuse sources suggest."""
    open_entries = {_to_fill(loaded, entry): (loaded, entry) for loaded, entry in entries}
    approved: list[Approved] = []
    drafts: list[Draft] = []
    for member in members(posync_settings().REUSE_SOURCES):
        if not open_entries:
            break
        for suggestion in answers((member,), Suggestion, tuple(open_entries)):
            if not suggestion.text or suggestion.entry not in open_entries:
                continue
            loaded, entry = open_entries.pop(suggestion.entry)
            text = repair(entry.msgid, suggestion.text)
            if suggestion.approved and not blocks(check_entry(loaded, entry, text)):
                approved.append(Approved(entry.string_id, entry.context_id, locale_id, text))
            else:
                drafts.append(Draft.of(loaded.catalog, entry.id, suggestion.text))
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
