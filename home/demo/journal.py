"""Remembers, in Wagtail's own history, what the demo has made.

A demo page that an editor deleted must not come back the next time the demo is loaded: the history outlives the page.
"""

from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry


def remember(made: Model, name: str, action: str = "wagtail.create") -> None:
    log(made, action, data={"demo": name})


def remembered(name: str) -> bool:
    return any(entries.objects.filter(data__demo=name).exists() for entries in (PageLogEntry, ModelLogEntry))
