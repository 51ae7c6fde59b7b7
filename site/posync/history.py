"""The append-only history of texts that were replaced."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser

from posync.models import Catalog, Change, Run


@dataclass(slots=True)
class ChangeLog:
    """Collects the changes of one step, and writes them at once."""

    run: Run | None = None
    user: AbstractBaseUser | None = None
    file: str = ""
    tool: str = ""
    changes: list[Change] = field(default_factory=list)

    def add(
        self, catalog: Catalog, kind: Change.Kind, message_id: tuple[str, str], before: str, after: str
    ) -> None:
        """Note that `before` gave way to `after`; nothing is noted where they are the same."""
        if before == after:
            return
        path, msgid = message_id
        self.changes.append(
            Change(
                catalog=catalog,
                domain=catalog.domain.name,
                language=catalog.locale.language_code,
                path=path,
                msgid=msgid,
                kind=kind,
                before=before,
                after=after,
                run=self.run,
                file=self.file,
                tool=self.tool[:255],
                user=self.user,  # type: ignore[misc] # whatever AUTH_USER_MODEL is
            )
        )


def save_changes(changes: Sequence[Change]) -> None:
    Change.objects.bulk_create(changes)
