"""The append-only history of replaced texts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone

from posync.db.bulk_sql import AnyOf, insert_rows
from posync.history.digests import Sought
from posync.models import Catalog, Change, Run
from posync.models.actor import name_of

#: A replaced text: the catalog's primary key, the entry's path and source text, and the text.
Replaced: TypeAlias = tuple[int, tuple[str, str], str]

#: A text in the history: its domain, language, the entry's path, and the text.
Recorded: TypeAlias = tuple[str, str, str, str]

_FIELDS = (
    *("catalog", "domain", "language", "path", "msgid", "kind", "before", "after"),
    *("run", "file", "file_digest", "tool", "user", "user_name", "created_at", "pruned"),
)


@dataclass(slots=True)
class ChangeLog:
    """Collects the changes of one step, and writes them at once.

    The run may be unsaved: its first change saves it.
    """

    run: Run | None = None
    user: AbstractBaseUser | None = None
    file: str = ""
    #: Of the file's bytes.
    file_digest: str = ""
    tool: str = ""
    #: When it was done; None for now.
    at: datetime | None = None
    changes: list[tuple[object, ...]] = field(default_factory=list)
    #: Domain, language, path, msgid, kind and text of what found no place.
    kept: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)
    #: The catalog of the last change, and its names: most changes of a step are of one catalog after another.
    _catalog: Catalog | None = None
    _names: tuple[object, ...] = ()

    def add(
        self, catalog: Catalog, kind: Change.Kind, entry_id: tuple[str, str], before: str, after: str
    ) -> None:
        """Note the change from `before` to `after`, unless they are the same."""
        if before != after:
            if catalog is not self._catalog:
                self._catalog = catalog
                self._names = (catalog.pk, catalog.domain.name, catalog.locale.language_code)
            self.changes.append((*self._names, *entry_id, kind.value, before, after))

    def keep(
        self,
        domain: str,
        language: str,
        entry_id: tuple[str, str],
        text: str,
        kind: Change.Kind = Change.Kind.DRAFT,
    ) -> None:
        """Note a text, or a comment, without an entry, once, however often its file is read.

        It is of no catalog: undoing the run does not bring it in.
        """
        if text:
            self.kept.append((domain[:500], language, *entry_id, kind.value, text))


def save_changes(logs: Iterable[ChangeLog]) -> None:
    """Write the changes of all logs at once, and save their runs."""
    now = timezone.now()
    logs = list(logs)
    _note_kept(logs)
    noted = [log for log in logs if log.changes]
    for log in noted:
        store_run(log.run)
    insert_rows(Change, _FIELDS, (row for log in noted for row in _rows(log, now)))


def _note_kept(logs: Iterable[ChangeLog]) -> None:
    """Make changes of what found no place, but for what was noted before."""
    texts = {text for log in logs for *_place, text in log.kept}
    if not texts:
        return
    sought = Sought.of(texts)
    noted = Change.objects.filter(
        AnyOf(F("before"), sought.stored) | AnyOf(F("after"), sought.stored),
        domain__in={domain for log in logs for domain, *_rest in log.kept},
    ).order_by()
    rows = noted.values_list("domain", "language", "path", "msgid", "kind", "before", "after")
    known = {
        (*place, Change.Kind.DRAFT.value if kind == Change.Kind.APPROVED else kind, sought.text(text))
        for *place, kind, before, after in rows
        for text in (before, after)
    }
    for log in logs:
        for one in log.kept:
            if one not in known:
                known.add(one)
                *place, text = one
                log.changes.append((None, *place, text, ""))
        log.kept.clear()


def store_run(run: Run | None) -> None:
    """Save a run at its first change or conflict: one without either leaves no row."""
    if run is not None and run.pk is None:
        run.save()


def replaced(
    catalog_ids: Collection[int], texts: Collection[str], kinds: Collection[Change.Kind]
) -> set[Replaced]:
    """The replacements of any of the texts in the catalogs, of the given kinds."""
    if not catalog_ids or not texts:
        return set()
    sought = Sought.of(texts)
    changes = Change.objects.filter(
        AnyOf(F("before"), sought.stored), catalog__in=catalog_ids, kind__in=kinds
    ).order_by()
    rows = changes.values_list("catalog_id", "path", "msgid", "before")
    return {(catalog_id, (path, msgid), sought.text(before)) for catalog_id, path, msgid, before in rows}


def withdrawn(catalog_ids: Collection[int], texts: Collection[str]) -> set[Replaced]:
    """Where an undoing took any of the texts out of use, with nothing in its stead."""
    if not catalog_ids or not texts:
        return set()
    sought = Sought.of(texts)
    changes = Change.objects.filter(
        AnyOf(F("before"), sought.stored),
        catalog__in=catalog_ids,
        after="",
        kind=Change.Kind.APPROVED,
        run__kind=Run.Kind.UNDO,
    ).order_by()
    rows = changes.values_list("catalog_id", "path", "msgid", "before")
    return {(catalog_id, (path, msgid), sought.text(before)) for catalog_id, path, msgid, before in rows}


def recorded(domains: Collection[str], texts: Collection[str]) -> set[Recorded]:
    """Those of the texts that the history has, whether they came or went."""
    if not domains or not texts:
        return set()
    sought = Sought.of(texts)
    changes = Change.objects.filter(
        AnyOf(F("before"), sought.stored) | AnyOf(F("after"), sought.stored),
        domain__in=domains,
        kind__in=[Change.Kind.APPROVED, Change.Kind.DRAFT],
    ).order_by()
    rows = changes.values_list("domain", "language", "path", "before", "after")
    return {
        (domain, language, path, sought.text(text))
        for domain, language, path, before, after in rows
        for text in (before, after)
        if text
    }


def _rows(log: ChangeLog, now: datetime) -> Iterator[tuple[object, ...]]:
    run, user = log.run.pk if log.run else None, log.user.pk if log.user else None
    of_all = (run, log.file, log.file_digest, log.tool[:255], user, name_of(log.user), log.at or now, False)
    return ((*change, *of_all) for change in log.changes)
