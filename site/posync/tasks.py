"""Work handed over by requests, in Wagtail's own task framework."""

from typing import Any

from django.dispatch import receiver
from django_tasks import task

from posync.hooks import sources_changed
from posync.sources.refresh_sources import refresh_changed_sources


@task()
def refresh_sources() -> None:
    """Refresh published sources. Idempotent: the next task or sync does the work of a lost one."""
    refresh_changed_sources()


@receiver(sources_changed)
def enqueue_refresh(**kwargs: Any) -> None:
    refresh_sources.enqueue()
