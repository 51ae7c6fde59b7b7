"""The checks of one entry of a catalog."""

from wagtail_localize.models import StringTranslation

from posync.catalogs.entry_labels import label
from posync.catalogs.load import CurrentEntry, LoadedCatalog, active_catalogs
from posync.core.rules.validation import Problem, is_plain
from posync.hooks import EntryToCheck
from posync.validators.run_checks import are_own, problems_of


def check_entry(loaded: LoadedCatalog, entry: CurrentEntry, text: str) -> list[Problem]:
    """What is wrong with a translation of the entry, repaired already; empty for a good one."""
    max_length = label(loaded.names.model, entry.field_path).max_length
    if is_plain(entry.msgid, text, max_length) and are_own():
        return []  # without asking each of them, tens of thousands of times
    return problems_of(entry_to_check(loaded, entry, text))


def check_stored(translation: StringTranslation) -> list[Problem]:
    """What is wrong with a translation on its way into the database; empty for one of no catalog, too. One query."""
    context = translation.context
    catalog = active_catalogs().filter(domain__object=context.object_id, locale=translation.locale_id).first()
    if catalog is None:
        return []
    names, msgid = LoadedCatalog(catalog).names, translation.translation_of.data
    max_length = label(names.model, context.field_path).max_length
    return problems_of(
        EntryToCheck(*names, context.path, context.field_path, msgid, translation.data, max_length)
    )


def entry_to_check(loaded: LoadedCatalog, entry: CurrentEntry, text: str) -> EntryToCheck:
    """The entry with the translation, as a check gets it."""
    names = loaded.names
    max_length = label(names.model, entry.field_path).max_length
    return EntryToCheck(*names, entry.path, entry.field_path, entry.msgid, text, max_length)
