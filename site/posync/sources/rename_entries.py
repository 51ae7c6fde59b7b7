"""Lets entries follow a renamed field or block of their model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, router, transaction
from django.db.models import F
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from posync.core.po.codec import read_po, write_po
from posync.core.po.entries import Entry, entry_key
from posync.core.po.naming import join_msgctxt, split_msgctxt
from posync.core.po.renaming import Located, Renaming
from posync.db.bulk_sql import AnyOf, update_rows
from posync.exceptions import PosyncError
from posync.models import Catalog, Change, Conflict, Draft, EntryRename

#: Objects whose entries are in memory at the same time.
BATCH_SIZE = 200

#: The new path of an object's entry by its old one; None where it keeps it.
NewPath: TypeAlias = Callable[[UUID, str], str | None]

_SEGMENTS: tuple[type[models.Model], ...] = (
    StringSegment,
    TemplateSegment,
    RelatedObjectSegment,
    OverridableSegment,
)


def rename_entries(model: type[models.Model], old_path: str, new_path: str) -> int:
    """Let entries follow a renamed field, block or inline relation, for RunPython in a migration.

    `model` is the page or snippet model, a historical one too: its label alone counts, and its subclasses follow. The
    paths are of names, as "intro" or "body.quote.text", equally deep. Translations stay approved and live; drafts,
    conflicts, history and bases move with them. Files saved before still find their entries.

    Returns the number of paths renamed. Once renamed, there are none: a second call changes nothing, one with the
    paths swapped goes back. Raises ValueError for paths of different depth, PosyncError where the migration does not
    depend on posync's.
    """
    renaming = Renaming(old_path, new_path)
    _require_tables()
    label = (model._meta.app_label, model._meta.model_name or "")
    with transaction.atomic(using=router.db_for_write(TranslationContext)):
        _remember(label, renaming)
        object_ids = _objects(label)
        return sum(
            _rename(object_ids[start : start + BATCH_SIZE], renaming)
            for start in range(0, len(object_ids), BATCH_SIZE)
        )


def _require_tables() -> None:
    tables = connections[router.db_for_write(EntryRename)].introspection.table_names()
    if EntryRename._meta.db_table not in tables:
        raise PosyncError(
            "rename_entries needs posync's tables: add "
            '("posync", "0005_remember_renamed_entries") to the dependencies of the migration.'
        )


def _remember(label: tuple[str, str], renaming: Renaming) -> None:
    """Keep the old names for files saved under them. A renaming made again comes last."""
    app_label, model_name = label
    EntryRename.objects.filter(
        app_label=app_label, model_name=model_name, old_path=renaming.old, new_path=renaming.new
    ).delete()
    EntryRename.objects.create(
        app_label=app_label, model_name=model_name, old_path=renaming.old, new_path=renaming.new
    )


def _objects(label: tuple[str, str]) -> list[UUID]:
    """The translation keys of a model's submitted objects, with its subclasses'."""
    app_label, model_name = label
    present = apps.all_models[app_label].get(model_name)
    labels = {label} | {
        (each._meta.app_label, each._meta.model_name or "")
        for each in apps.get_models()
        if present is not None and issubclass(each, present)
    }
    content_types = [
        content_type.pk
        for content_type in ContentType.objects.filter(app_label__in={app for app, _name in labels})
        if (content_type.app_label, content_type.model) in labels
    ]
    sources = TranslationSource.objects.filter(specific_content_type__in=content_types)
    return list(sources.order_by("object_id").values_list("object_id", flat=True).distinct())


def _rename(object_ids: Sequence[UUID], renaming: Renaming) -> int:
    contexts = _contexts(object_ids)
    renamed = {
        (object_id, path): located
        for (object_id, path), (_pk, field_path) in contexts.items()
        if (located := renaming.applied(path, field_path))
    }
    _rename_contexts(contexts, renamed)

    def new_path(object_id: UUID, path: str) -> str | None:
        # A deleted segment's context may be gone.
        known = (object_id, path) in contexts
        located = renamed.get((object_id, path)) if known else renaming.applied(path, "")
        return None if located is None or located[0] == path else located[0]

    catalogs = Catalog.objects.filter(AnyOf(F("domain__object"), list(object_ids)))
    objects: dict[int, UUID] = dict(catalogs.values_list("pk", "domain__object_id"))
    _rename_keyed(Draft, objects, new_path, Draft.objects.all())
    _rename_keyed(Conflict, objects, new_path, Conflict.objects.filter(resolved_at=None))
    _rename_resolved_conflicts(objects, new_path)
    _rename_changes(catalogs, new_path)
    _rename_bases(catalogs, new_path)
    touched = Catalog.objects.filter(
        AnyOf(F("domain__object"), list({object_id for object_id, _path in renamed}))
    )
    # The source has its content under the old name still.
    touched.update(source_changed=True)
    touched.mark_changed()
    return len(renamed)


def _contexts(object_ids: Sequence[UUID]) -> dict[tuple[UUID, str], tuple[int, str]]:
    """The primary key and the field path of each context, by object and path."""
    rows = TranslationContext.objects.filter(AnyOf(F("object"), list(object_ids)))
    return {
        (object_id, path): (pk, field_path)
        for object_id, path, pk, field_path in rows.values_list("object_id", "path", "pk", "field_path")
    }


def _rename_contexts(
    contexts: dict[tuple[UUID, str], tuple[int, str]], renamed: dict[tuple[UUID, str], Located]
) -> None:
    rows = []
    for (object_id, path), (new_path, field_path) in renamed.items():
        pk, _field_path = contexts[object_id, path]
        present = contexts.get((object_id, new_path))
        if present is None or present[0] == pk:
            rows.append((pk, new_path, TranslationContext._get_path_id(new_path), field_path))
        else:
            _join_contexts(pk, present[0])
    update_rows(TranslationContext, ("path", "path_id", "field_path"), rows)


def _join_contexts(old_id: int, new_id: int) -> None:
    """Move the rows of one context to another existing one.

    Where both have a translation of the same string, the one in use wins; the other stays at the old context.
    """
    in_use = StringSegment.objects.filter(context=old_id).exists()
    for kind in _SEGMENTS:
        kind._default_manager.filter(context=old_id).update(context=new_id)
    present = {
        (locale_id, string_id): (pk, data, has_error)
        for locale_id, string_id, pk, data, has_error in _translations(new_id)
    }
    swapped = []
    for locale_id, string_id, pk, data, has_error in _translations(old_id):
        other = present.get((locale_id, string_id))
        if other is None:
            StringTranslation.objects.filter(pk=pk).update(context=new_id)
        elif in_use and other[1] != data:
            swapped += [(pk, *other[1:]), (other[0], data, has_error)]
    update_rows(StringTranslation, ("data", "has_error"), swapped)
    overridden = SegmentOverride.objects.filter(context=new_id).values("locale")
    SegmentOverride.objects.filter(context=old_id).exclude(locale__in=overridden).update(context=new_id)


def _translations(context_id: int) -> list[tuple[Any, ...]]:
    rows = StringTranslation.objects.filter(context=context_id)
    return list(rows.values_list("locale_id", "translation_of_id", "pk", "data", "has_error"))


def _rename_keyed(
    kind: type[Draft] | type[Conflict],
    objects: dict[int, UUID],
    new_path: NewPath,
    rows: "models.QuerySet[Any]",
) -> None:
    """Rename drafts or open conflicts, at most one an entry. Where the new path has one already, both stay."""
    found = list(rows.filter(catalog__in=objects).values_list("pk", "catalog_id", "path", "msgid", "key"))
    taken = {(catalog_id, key) for _pk, catalog_id, _path, _msgid, key in found}
    changed = []
    for pk, catalog_id, path, msgid, _key in found:
        renamed = new_path(objects[catalog_id], path)
        if renamed is None:
            continue
        key = entry_key(renamed, msgid)
        if (catalog_id, key) not in taken:
            changed.append((pk, renamed, key))
    update_rows(kind, ("path", "key"), changed)


def _rename_resolved_conflicts(objects: dict[int, UUID], new_path: NewPath) -> None:
    rows = Conflict.objects.filter(catalog__in=objects, resolved_at__isnull=False)
    update_rows(
        Conflict,
        ("path", "key"),
        [
            (pk, renamed, entry_key(renamed, msgid))
            for pk, catalog_id, path, msgid in rows.values_list("pk", "catalog_id", "path", "msgid")
            if (renamed := new_path(objects[catalog_id], path)) is not None
        ],
    )


def _rename_changes(catalogs: "models.QuerySet[Catalog]", new_path: NewPath) -> None:
    """Rename in the history, deleted catalogs' included."""
    objects: dict[str, UUID] = dict(catalogs.values_list("domain__name", "domain__object_id"))
    rows = Change.objects.filter(AnyOf(F("domain"), list(objects))).order_by()
    update_rows(
        Change,
        ("path",),
        [
            (pk, renamed)
            for pk, domain, path in rows.values_list("pk", "domain", "path")
            if (renamed := new_path(objects[domain], path)) is not None
        ],
    )


def _rename_bases(catalogs: "models.QuerySet[Catalog]", new_path: NewPath) -> None:
    """Rename in the bases: for the next merge and export nothing but the name is new."""
    rows = []
    for pk, object_id, base in catalogs.values_list("pk", "domain__object_id", "base"):
        if not base:
            continue
        po = read_po(base)
        entries = tuple(_renamed(po.entries, object_id, new_path))
        if entries != po.entries:
            rows.append((pk, write_po(replace(po, entries=entries))))
    update_rows(Catalog, ("base",), rows)


def _renamed(entries: Sequence[Entry], object_id: UUID, new_path: NewPath) -> Iterator[Entry]:
    """Entries under their new names, the first where two would have the same."""
    seen = {(entry.msgctxt, entry.msgid) for entry in entries}
    for entry in entries:
        domain, path = split_msgctxt(entry.msgctxt)
        renamed = new_path(object_id, path)
        msgctxt = entry.msgctxt if renamed is None else join_msgctxt(domain, renamed)
        yield entry if (msgctxt, entry.msgid) in seen else replace(entry, msgctxt=msgctxt)
