"""Holds back a language with too many live translations changed at once: a wrong file is likelier than new work."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.models import Count, F
from wagtail_localize.models import StringSegment, StringTranslation

from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, Severity
from posync.db.bulk_sql import AnyOf
from posync.files.merge_catalog import CatalogMerge
from posync.models import Catalog


class MassChange(Exception):
    """The changes of a language are too many. Raised inside its transaction, to roll it back."""

    def __init__(self, issue: Issue, language: str) -> None:
        super().__init__(language)
        self.issue = issue
        self.language = language


@dataclass
class MassChangeGuard:
    """Counts a run's changes of live translations, by language. `released`: any number is meant."""

    released: bool
    #: The hashes of the entries changed, by language: a delivery and its copies change each but once.
    _changed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _live: dict[str, int] = field(default_factory=dict)

    def count(self, merges: Iterable[CatalogMerge]) -> None:
        """Add up the merges' changes. Raises MassChange for the first language above its limit.

        Asks the database for the number of live translations only where enough of them change.
        """
        if self.released:
            return
        conf = posync_settings()
        for merge in merges:
            catalog = merge.catalog
            self._changed[catalog.locale.language_code].update(
                hash((catalog.pk, entry_id)) for entry_id in merge.live_changes
            )
        for language, changed in ((language, len(hashes)) for language, hashes in self._changed.items()):
            if changed >= conf.MASS_CHANGE_MINIMUM:
                live = self._number_of_live(language)
                if changed > live * conf.MASS_CHANGE_SHARE:
                    raise MassChange(_issue(language, changed, live), language)

    def _number_of_live(self, language: str) -> int:
        """As the run found it: asked once, for it costs a look at each text."""
        if language not in self._live:
            self._live[language] = _live_translations(language)
        return self._live[language]

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget what was counted in the block if it fails."""
        before = {language: set(hashes) for language, hashes in self._changed.items()}
        try:
            yield
        except Exception:
            self._changed.clear()
            self._changed.update(before)
            raise


def stored_translations(languages: Collection[str]) -> Mapping[str, int]:
    """The number of stored translations by language, past sources' too: at least that of the live ones.

    `languages` are codes; empty means all.
    """
    stored = StringTranslation.objects.filter(has_error=False).order_by()
    if languages:
        stored = stored.filter(locale__language_code__in=languages)
    return dict(stored.values_list("locale__language_code").annotate(Count("pk")))


def _live_translations(language: str) -> int:
    catalogs = Catalog.objects.filter(translation__enabled=True, locale__language_code=language)
    sources = list(catalogs.values_list("translation__source_id", flat=True))
    # Two plain queries: PostgreSQL plans the join of fresh tables as if they had one row, and takes minutes.
    translated = StringTranslation.objects.filter(locale__language_code=language, has_error=False)
    strings = set(translated.values_list("translation_of_id", "context_id"))
    segments = StringSegment.objects.filter(AnyOf(F("source"), sources))
    return sum(string in strings for string in segments.values_list("string_id", "context_id").iterator())


def _issue(language: str, changed: int, live: int) -> Issue:
    text = (
        f"At least {changed} of {live} translations in use in {language} would change at once. Nothing of this language was "
        "imported, and none of its files is overwritten. Compare the files with an earlier version; if they are as "
        "they should be: import_po --yes."
    )
    return Issue(Severity.ERROR, IssueCode.MASS_CHANGE, text)
