"""Removes superseded texts from the history after a time, as `HISTORY_DAYS` says. Their digests stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from wagtail_localize.models import SegmentOverride, StringTranslation

from posync.db.bulk_sql import AnyOf, update_rows
from posync.history.digests import PREFIX, digest_of
from posync.models import Change, Conflict, Draft

_BATCH = 2_000
#: Of no translation, or of one neither stopped nor waiting.
_SHOWS_ITS_LATEST = Q(catalog=None) | Q(
    catalog__needs_publish=False, catalog__texts_left=0, catalog__stopped=False
)

#: A language's code, and a text in it.
_InUse = set[tuple[str, str]]

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Pruned:
    """The numbers of changes and of conflicts with a text removed."""

    changes: int = 0
    conflicts: int = 0


def prune(days: int, *, dry_run: bool = False) -> Pruned:
    """Remove the texts from the history that were superseded more than `days` days ago, batch by batch.

    The records of what is in use stay, a draft or in an open conflict; so does all of a translation that is stopped or
    waits: its page shows earlier texts. Killed, the next call goes on.
    """
    until = timezone.now() - timedelta(days=days)
    return Pruned(_prune_changes(until, dry_run=dry_run), _prune_conflicts(until, dry_run=dry_run))


def _prune_changes(until: datetime, *, dry_run: bool) -> int:
    # A change pruned while its later text was in use is looked at again.
    is_done = Q(pruned=True) & (Q(after="") | Q(after__startswith=PREFIX))
    changes = Change.objects.filter(_SHOWS_ITS_LATEST, created_at__lt=until).exclude(is_done)
    number = 0
    for batch in _batches(changes):
        in_use = _in_use({one.after for one in batch} - {""})
        rows = []
        for one in batch:
            before = one.before if one.pruned else digest_of(one.before)
            is_kept = one.kind != Change.Kind.COMMENT and (one.language, one.after) in in_use
            after = one.after if is_kept else digest_of(one.after)
            if (before, after) != (one.before, one.after):
                rows.append((one.pk, before, after, True))
        number += len(rows)
        if not dry_run:
            update_rows(Change, ("before", "after", "pruned"), rows)
    return number


def _prune_conflicts(until: datetime, *, dry_run: bool) -> int:
    fields = ("base_text", "file_text", "database_text", "resolution")
    conflicts = Conflict.objects.filter(_SHOWS_ITS_LATEST, resolved_at__lt=until, pruned=False)
    number = 0
    for batch in _batches(conflicts):
        rows = [(one.pk, *(digest_of(getattr(one, field)) for field in fields), True) for one in batch]
        number += len(rows)
        if not dry_run:
            update_rows(Conflict, (*fields, "pruned"), rows)
    return number


def _batches(rows: QuerySet[_Row]) -> Iterator[Sequence[_Row]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _in_use(texts: set[str]) -> _InUse:
    """Those of the texts in use in a language, in a draft, or in an open conflict. Five queries."""
    wanted = list(texts)
    if not wanted:
        return set()
    open_conflicts = Conflict.objects.filter(resolved_at=None)
    found: _InUse = set()
    for rows, field, language in (
        (StringTranslation.objects.all(), "data", "locale__language_code"),
        (SegmentOverride.objects.all(), "data_json", "locale__language_code"),
        (Draft.objects.all(), "text", "catalog__locale__language_code"),
        (open_conflicts, "file_text", "catalog__locale__language_code"),
        (open_conflicts, "database_text", "catalog__locale__language_code"),
    ):
        found.update(rows.filter(AnyOf(F(field), wanted)).order_by().values_list(language, field))
    return found
