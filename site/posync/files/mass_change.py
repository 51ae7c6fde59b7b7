"""Holds back a language with too many live translations changed at once: a wrong file is likelier than new work."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F
from wagtail_localize.models import StringSegment

from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, Severity
from posync.files.merge_catalog import CatalogMerge


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
    _changed: Counter[str] = field(default_factory=Counter)

    def count(self, merges: Iterable[CatalogMerge]) -> None:
        """Add up the merges' changes. Raises MassChange for the first language above its limit.

        Asks the database for the number of live translations only where enough of them change.
        """
        if self.released:
            return
        conf = posync_settings()
        for merge in merges:
            self._changed[merge.catalog.locale.language_code] += merge.live_changes
        for language, changed in self._changed.items():
            if changed >= conf.MASS_CHANGE_MINIMUM:
                live = live_translations([language])[language]
                if changed > live * conf.MASS_CHANGE_SHARE:
                    raise MassChange(_issue(language, changed, live), language)

    def forget(self) -> None:
        """Begin to count anew after a rollback."""
        self._changed.clear()


def live_translations(languages: Collection[str] = ()) -> Mapping[str, int]:
    """The number of live translations by language. `languages` are codes; empty means all."""
    asked = {"source__translations__target_locale__language_code__in": languages} if languages else {}
    segments = StringSegment.objects.filter(
        source__translations__enabled=True,
        source__translations__catalog__isnull=False,
        string__translations__has_error=False,
        string__translations__context=F("context"),
        string__translations__locale=F("source__translations__target_locale"),
        **asked,
    )
    by_language = segments.order_by().values("source__translations__target_locale__language_code")
    return Counter(
        dict(
            by_language.annotate(Count("pk")).values_list(
                "source__translations__target_locale__language_code", "pk__count"
            )
        )
    )


def _issue(language: str, changed: int, live: int) -> Issue:
    text = (
        f"{changed} of {live} translations in use in {language} would change at once. Nothing of this language was "
        "imported, and none of its files is overwritten. Compare the files with an earlier version; if they are as "
        "they should be: import_po --yes."
    )
    return Issue(Severity.ERROR, IssueCode.MASS_CHANGE, text)
