"""Remembers the demo's work in Wagtail's own history.

A demo page deleted by an editor must not come back with the next load: the history outlives the page.
"""

from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry


def remember(made: Model, name: str, action: str = "wagtail.create") -> None:
    log(made, action, data={"demo": name})


def remembered(name: str) -> bool:
    return any(entries.objects.filter(data__demo=name).exists() for entries in (PageLogEntry, ModelLogEntry))
