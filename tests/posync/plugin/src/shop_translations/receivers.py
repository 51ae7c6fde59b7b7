from pathlib import Path
from typing import Any

from django.conf import settings
from django.dispatch import receiver

from posync.hooks import ConflictOpened, conflict_opened


@receiver(conflict_opened)
def note_conflict(event: ConflictOpened, **kwargs: Any) -> None:
    """Write a line for each conflict."""
    line = (
        f"{event.conflict_id} {event.language} {event.msgctxt}: {event.file_text} / {event.database_text}\n"
    )
    with Path(settings.SHOP_CONFLICTS).open("a", encoding="utf-8") as file:
        file.write(line)
