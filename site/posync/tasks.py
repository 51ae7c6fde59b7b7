"""Work that an editor's request hands over, in Wagtail's own task framework."""

from django_tasks import task

from posync.sources.refresh_sources import refresh_changed_sources


@task()
def refresh_sources() -> None:
    """Refresh what was published. Idempotent: whatever a lost task left undone, the next one or the next sync does."""
    refresh_changed_sources()
