"""How far every page is in every language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import strip_tags

from posync.catalogs.load import LoadedCatalog, active_catalogs, batches
from posync.core.rules.outgoing import State
from posync.publishing.gate import Gate, is_reached


class TranslationState(StrEnum):
    UNTRANSLATED = "untranslated"  # nobody has begun
    IN_PROGRESS = "in progress"  # begun, and never published
    WAITING = "waiting"  # every text is approved; not published yet
    OUTDATED = "outdated"  # published, and the original has changed since
    PUBLISHED = "published"  # published, and up to date


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One page or snippet in one language."""

    name: str
    title: str
    source_language: str
    language: str
    state: TranslationState
    segments: int
    translated: int
    fuzzy: int
    #: Words of the source in texts that are not approved.
    words_left: int


def status(languages: Collection[str] = ()) -> Iterator[StatusRow]:
    """A row for every catalog, by name. `languages` are target language codes; empty means all."""
    catalogs = active_catalogs()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    for batch in batches(catalogs):
        gate = Gate(batch)
        for loaded in batch:
            yield _row(loaded, gate)


def _row(loaded: LoadedCatalog, gate: Gate) -> StatusRow:
    catalog = loaded.catalog
    states = [entry.outgoing.state for entry in loaded.current]
    translated = states.count(State.TRANSLATED)
    return StatusRow(
        name=catalog.domain.name,
        title=catalog.source.object_repr,
        source_language=catalog.source.locale.language_code,
        language=catalog.locale.language_code,
        state=_state(loaded, states, gate),
        segments=len(states),
        translated=translated,
        fuzzy=states.count(State.FUZZY),
        words_left=sum(
            len(strip_tags(entry.msgid).split())
            for entry, state in zip(loaded.current, states, strict=True)
            if state is not State.TRANSLATED
        ),
    )


def _state(loaded: LoadedCatalog, states: list[State], gate: Gate) -> TranslationState:
    catalog = loaded.catalog
    complete = all(state is State.TRANSLATED for state in states)
    if is_reached(gate.target(catalog)):
        if not complete:
            return TranslationState.OUTDATED
        return TranslationState.WAITING if catalog.needs_publish else TranslationState.PUBLISHED
    if complete:
        return TranslationState.WAITING
    begun = any(state is not State.UNTRANSLATED for state in states)
    return TranslationState.IN_PROGRESS if begun else TranslationState.UNTRANSLATED
