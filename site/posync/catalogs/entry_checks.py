"""The checks of one entry of a catalog."""

from posync.catalogs.entry_labels import label
from posync.catalogs.load import CurrentEntry, LoadedCatalog
from posync.core.rules.validation import Problem
from posync.hooks import EntryToCheck
from posync.validators.run_checks import problems_of


def check_entry(loaded: LoadedCatalog, entry: CurrentEntry, text: str) -> list[Problem]:
    """What is wrong with a translation of the entry, repaired already; empty for a good one."""
    return problems_of(entry_to_check(loaded, entry, text))


def entry_to_check(loaded: LoadedCatalog, entry: CurrentEntry, text: str) -> EntryToCheck:
    """The entry with the translation, as a check gets it."""
    catalog = loaded.catalog
    model = catalog.source_model
    return EntryToCheck(
        catalog=catalog.domain.name,
        language=catalog.locale.language_code,
        source_language=catalog.source.locale.language_code,
        model=model,
        path=entry.path,
        field_path=entry.field_path,
        msgid=entry.msgid,
        msgstr=text,
        max_length=label(model, entry.field_path).max_length,
    )
