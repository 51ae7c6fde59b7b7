"""Tells a cache of changes that could not be reached when they were committed.

The process of the change may be gone by then: a command ends, a server is restarted. So a worker does it.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import default_task_backend, task

from home.page_cache.store import store

SECONDS_BETWEEN_TRIES = 5


@task()
def begin_generation() -> None:
    """Begin a generation, now or at a later try."""
    if not store.begin_generation():
        tell_later()


def tell_later() -> None:
    """Have a worker begin a generation once the cache is reached. Without workers, the process itself does."""
    if default_task_backend.supports_defer:
        begin_generation.using(run_after=timezone.now() + timedelta(seconds=SECONDS_BETWEEN_TRIES)).enqueue()
