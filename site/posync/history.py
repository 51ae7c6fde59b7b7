"""The append-only history of texts that were replaced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from posync.bulk import insert_rows
from posync.models import Catalog, Change, Run

_FIELDS = (
    *("catalog", "domain", "language", "path", "msgid", "kind", "before", "after"),
    *("run", "file", "tool", "user", "created_at"),
)


@dataclass(slots=True)
class ChangeLog:
    """Collects the changes of one step, and writes them at once."""

    run: Run | None = None
    user: AbstractBaseUser | None = None
    file: str = ""
    tool: str = ""
    changes: list[tuple[object, ...]] = field(default_factory=list)
    #: The catalog of the last change, and its names: most changes of a step are of one catalog after another.
    _catalog: Catalog | None = None
    _names: tuple[object, ...] = ()

    def add(
        self, catalog: Catalog, kind: Change.Kind, message_id: tuple[str, str], before: str, after: str
    ) -> None:
        """Note that `before` gave way to `after`; nothing is noted where they are the same."""
        if before != after:
            if catalog is not self._catalog:
                self._catalog = catalog
                self._names = (catalog.pk, catalog.domain.name, catalog.locale.language_code)
            self.changes.append((*self._names, *message_id, kind.value, before, after))

    def keep(self, domain: str, language: str, message_id: tuple[str, str], text: str) -> None:
        """Note a text of a file that found no place. It is of no catalog: undoing the run does not bring it in."""
        if text:
            self.changes.append(
                (None, domain[:500], language, *message_id, Change.Kind.DRAFT.value, text, "")
            )


def save_changes(logs: Iterable[ChangeLog]) -> None:
    """Write what was noted."""
    now = timezone.now()
    insert_rows(Change, _FIELDS, (row for log in logs for row in _rows(log, now)))


def _rows(log: ChangeLog, now: datetime) -> Iterator[tuple[object, ...]]:
    run, user = log.run.pk if log.run else None, log.user.pk if log.user else None
    of_all = (run, log.file, log.tool[:255], user, now)
    return ((*change, *of_all) for change in log.changes)
