"""Writes the rows of save_revision() and revision.publish() for a batch of pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision, Site
from wagtail.signals import page_published, published
from wagtail_localize.models import TranslationLog

from posync.db.bulk_sql import update_rows
from posync.models import Catalog
from posync.publishing.batch.search_indexes import refresh_reference_index, refresh_search_index
from posync.publishing.comparison import clocks
from posync.sources.changed_sources import already_noted, announce_changed_sources, mark_targets_as_sources

#: Set by a publication beside the content.
_STATE = (
    "draft_title",
    "url_path",
    "live",
    "expired",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A target page with its new content, not saved."""

    catalog: Catalog
    page: Page
    #: The revision's content.
    revision_data: dict[str, Any]
    #: The fields whose content is another than in the database.
    changed: frozenset[str]
    #: The page's title before; "" without an earlier revision.
    old_title: str = ""


def record(publications: Sequence[Publication], user: AbstractBaseUser | None) -> None:
    """Write the publications, and tell of them when the transaction is committed."""
    if not publications:
        return
    pages = [publication.page for publication in publications]
    now = timezone.now()
    revisions = create_revisions([(one.page, one.revision_data) for one in publications], now, user)
    Revision.objects.filter(
        base_content_type=_page_type(),
        object_id__in=[str(page.pk) for page in pages],
        approved_go_live_at__isnull=False,
    ).update(approved_go_live_at=None)
    for page, revision in zip(pages, revisions, strict=True):
        _mark_published(page, revision, now)
    _write(publications)
    if Site.objects.filter(root_page__translation_key__in={page.translation_key for page in pages}).exists():
        Site.clear_site_root_paths_cache()
    refresh_reference_index(pages)
    refresh_search_index(pages)
    _log(publications, revisions, now, user)
    TranslationLog.objects.bulk_create(
        TranslationLog(source=one.catalog.source, locale=one.catalog.locale, revision=revision)
        for one, revision in zip(publications, revisions, strict=True)
    )
    if mark_targets_as_sources(pages):
        announce_changed_sources()
    transaction.on_commit(lambda: _tell(list(zip(pages, revisions, strict=True))))


def create_revisions(
    contents: Iterable[tuple[Page, dict[str, Any]]], now: datetime, user: AbstractBaseUser | None
) -> list[Revision]:
    created: list[Revision] = Revision.objects.bulk_create(
        Revision(
            content_type=content_type_of(page),
            base_content_type=_page_type(),
            object_id=str(page.pk),
            created_at=now,
            user=user,
            object_str=str(page),
            content=content,
        )
        for page, content in contents
    )
    return created


def content_type_of(page: Page) -> ContentType:
    return ContentType.objects.get_for_model(page, for_concrete_model=False)


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _mark_published(page: Page, revision: Revision, now: datetime) -> None:
    page.draft_title = page.title
    page.live = True
    page.expired = False
    page.has_unpublished_changes = False
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    page.last_published_at = now
    page.first_published_at = page.first_published_at or now


def _write(publications: Iterable[Publication]) -> None:
    """Write the columns changed on any page of the batch, and no others: a move in the tree may run beside it."""
    by_model: dict[type[models.Model], list[Publication]] = defaultdict(list)
    for publication in publications:
        by_model[type(publication.page)].append(publication)
    for model, of_model in by_model.items():
        changed = frozenset(_STATE) | clocks(model) | frozenset().union(*(one.changed for one in of_model))
        for table in tables(model):
            fields = [field for field in table._meta.local_concrete_fields if field.name in changed]
            if fields:
                update_rows(
                    table,
                    [field.name for field in fields],
                    (
                        [one.page.pk, *(field.pre_save(one.page, add=False) for field in fields)]
                        for one in of_model
                    ),
                )


def tables(model: type[models.Model]) -> list[type[models.Model]]:
    """The models whose tables hold a page of the model, Page first."""
    return [*reversed(model._meta.get_parent_list()), model]


def log_entry(page: Page, action: str, now: datetime, user_id: Any, **values: Any) -> PageLogEntry:
    """A line of the page's history, as wagtail.log_actions.log() makes it; not saved."""
    context = get_active_log_context()
    return PageLogEntry(
        content_type=content_type_of(page),
        label=page.get_admin_display_title(),
        action=action,
        timestamp=now,
        page_id=page.pk,
        user_id=user_id or (context.user.pk if context.user else None),
        uuid=context.uuid,
        **values,
    )


def _log(
    publications: Iterable[Publication],
    revisions: Iterable[Revision],
    now: datetime,
    user: AbstractBaseUser | None,
) -> None:
    entries = []
    user_id = user.pk if user else None
    for one, revision in zip(publications, revisions, strict=True):
        data = {}
        if one.old_title and one.old_title != str(one.page):
            data = {"title": {"old": one.old_title, "new": str(one.page)}}
            entries.append(log_entry(one.page, "wagtail.rename", now, user_id, data=data, revision=revision))
        entries.append(
            log_entry(
                one.page, "wagtail.publish", now, user_id, data=data, revision=revision, content_changed=True
            )
        )
    PageLogEntry.objects.bulk_create(entries)


def _tell(publications: Sequence[tuple[Page, Revision]]) -> None:
    """Send Wagtail's signals. A failing receiver keeps no other from hearing; Django logs its error."""
    with already_noted([page for page, _revision in publications]):
        for page, revision in publications:
            page_published.send_robust(sender=type(page), instance=page, revision=revision)
            published.send_robust(sender=type(page), instance=page, revision=revision)
