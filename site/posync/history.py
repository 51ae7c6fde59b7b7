"""The append-only history of texts that were replaced."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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

    def add(
        self, catalog: Catalog, kind: Change.Kind, message_id: tuple[str, str], before: str, after: str
    ) -> None:
        """Note that `before` gave way to `after`; nothing is noted where they are the same."""
        if before != after:
            names = (catalog.pk, catalog.domain.name, catalog.locale.language_code, *message_id)
            self.changes.append((*names, kind.value, before, after))

    def keep(self, domain: str, language: str, message_id: tuple[str, str], text: str) -> None:
        """Note a text of a file that found no place. It is of no catalog: undoing the run does not bring it in."""
        if text:
            self.changes.append(
                (None, domain[:500], language, *message_id, Change.Kind.DRAFT.value, text, "")
            )


def save_changes(logs: Iterable[ChangeLog]) -> None:
    """Write what was noted."""
    now = timezone.now()
    insert_rows(
        Change,
        _FIELDS,
        (
            (
                *change,
                log.run.pk if log.run else None,
                log.file,
                log.tool[:255],
                log.user.pk if log.user else None,
                now,
            )
            for log in logs
            for change in log.changes
        ),
    )
