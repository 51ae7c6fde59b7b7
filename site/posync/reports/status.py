"""The state of every page's translation in every language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import strip_tags

from posync.catalogs.load import LoadedCatalog, active_catalogs, batches
from posync.core.rules.outgoing import State
from posync.models import Catalog
from posync.publishing.gate import Gate, is_reached
from posync.publishing.view_restrictions import Privacy


class TranslationState(StrEnum):
    """How far a page or snippet is in one language."""

    #: Nobody has begun.
    UNTRANSLATED = "untranslated"
    #: Begun, and never published.
    IN_PROGRESS = "in progress"
    #: Every text is translated, and some wait for a reviewer.
    FOR_REVIEW = "for review"
    #: Every text is approved, and the page is not published yet.
    WAITING = "waiting"
    #: Published, and the original has changed since.
    OUTDATED = "outdated"
    #: Published, and up to date.
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One page or snippet in one language."""

    #: The name of its PO file, without folder and ending.
    name: str
    #: The original's title.
    title: str
    source_language: str
    language: str
    state: TranslationState
    #: Texts in all.
    segments: int
    #: Texts approved.
    translated: int
    #: Texts with a draft.
    fuzzy: int
    #: Texts that wait for a reviewer.
    for_review: int
    #: Words of the source in texts without a translation, approved or for review.
    words_left: int
    #: Of the two languages, the one in which alone the page is private; "" where they are alike.
    private_in: str


def status(languages: Collection[str] = ()) -> Iterator[StatusRow]:
    """A row for every catalog, by name. `languages` are target language codes; empty means all."""
    catalogs = active_catalogs()
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    privacy = Privacy()
    for batch in batches(catalogs):
        gate = Gate(batch)
        for loaded in batch:
            yield _row(loaded, gate, privacy)


#: Nobody has to translate these.
_DONE = frozenset({State.TRANSLATED, State.FOR_REVIEW})


def _row(loaded: LoadedCatalog, gate: Gate, privacy: Privacy) -> StatusRow:
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
        for_review=states.count(State.FOR_REVIEW),
        words_left=sum(
            len(strip_tags(entry.msgid).split())
            for entry, state in zip(loaded.current, states, strict=True)
            if state not in _DONE
        ),
        private_in=_private_in(catalog, gate, privacy),
    )


def _private_in(catalog: Catalog, gate: Gate, privacy: Privacy) -> str:
    target = gate.target(catalog)
    original_is, target_is = privacy.is_private(gate.original(catalog)), privacy.is_private(target)
    if target is None or original_is == target_is:
        return ""
    return str((catalog.source.locale if original_is else catalog.locale).language_code)


def _state(loaded: LoadedCatalog, states: list[State], gate: Gate) -> TranslationState:
    catalog = loaded.catalog
    complete = all(state is State.TRANSLATED for state in states)
    if not complete and all(state in _DONE for state in states):
        return TranslationState.FOR_REVIEW
    if is_reached(gate.target(catalog)):
        if not complete:
            return TranslationState.OUTDATED
        return TranslationState.WAITING if catalog.needs_publish else TranslationState.PUBLISHED
    if complete:
        return TranslationState.WAITING
    begun = any(state is not State.UNTRANSLATED for state in states)
    return TranslationState.IN_PROGRESS if begun else TranslationState.UNTRANSLATED
