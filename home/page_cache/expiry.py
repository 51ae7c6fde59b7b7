"""Cache expiry of pages changed by time alone."""

import datetime
import math
import time

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

_ATTRIBUTE = "_page_cache_expires_at"


def expires_at(request: HttpRequest | None, *moments: datetime.datetime | None) -> None:
    """Notes, while a page is being made, each of `moments` as a change: an event ends, a vacancy closes.

    May be called any number of times; the earliest moment counts. Midnight needs no note.
    """
    known = [moment.timestamp() for moment in moments if moment is not None]
    if request is None or not known:
        return
    setattr(request, _ATTRIBUTE, min(*known, getattr(request, _ATTRIBUTE, math.inf)))


def end_of_entry(request: HttpRequest, begun: float) -> float:
    """The end of an entry begun at `begun`, in seconds since the epoch."""
    return min(
        begun + settings.PAGE_CACHE_SECONDS,
        # Closing days and past events go by the day: none of them outlives its own, whether its page said so or not.
        _next_midnight(begun),
        getattr(request, _ATTRIBUTE, math.inf),
    )


def _next_midnight(moment: float) -> float:
    zone = timezone.get_default_timezone()
    tomorrow = datetime.datetime.fromtimestamp(moment, zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time.min, zone).timestamp()


def now() -> float:
    return time.time()
