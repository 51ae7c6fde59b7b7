"""Approved translations to pages, through the gate.

A page goes out when every text of it is approved, and only where no person has said otherwise: it is not locked,
not in a workflow, not taken offline, and has no draft of an editor's own waiting.
"""

import json
import logging
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import Q
from modelcluster.models import ClusterableModel, get_all_child_relations, get_serializable_data_for_fields
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import RelatedObjectSegment, StringSegment, StringTranslation, TranslationLog

from posync.carrying import TOOL_NAME
from posync.catalogs import CatalogContents, active_catalogs, batches, catalog_file, relative_name, slug_paths
from posync.core.results import Issue, PageCounts, RunResult, Severity
from posync.gate import Waiting, waiting
from posync.models import Catalog
from posync.refreshing import refresh_changed_sources
from posync.translations import user_of_runs

logger = logging.getLogger(__name__)


def publish(
    languages: Collection[str] = (),
    page_ids: Collection[int] = (),
    *,
    dry_run: bool = False,
    refresh: bool = True,
) -> RunResult:
    """Publish every translation that is complete and differs from what is live.

    `languages` are target language codes; `page_ids` are source or target pages; empty means all. With `dry_run`
    the gate is asked and nothing is written. `refresh` is False where the changed sources are refreshed already.
    """
    result = refresh_changed_sources() if refresh and not dry_run else RunResult()
    user = None if dry_run else user_of_runs()
    for of_pages in (False, True):  # snippets first, for the pages that show them
        for batch in batches(_candidates(languages, page_ids, of_pages=of_pages)):
            for contents in batch:
                result += _publish(contents, user, dry_run=dry_run)
    return result


def _candidates(
    languages: Collection[str], page_ids: Collection[int], *, of_pages: bool
) -> Iterator[Catalog]:
    """The catalogs of snippets, or those of pages: parents before their children."""
    is_page = Q(domain__object__content_type=ContentType.objects.get_for_model(Page))
    catalogs = active_catalogs().filter(is_page if of_pages else ~is_page, needs_publish=True)
    if languages:
        catalogs = catalogs.filter(locale__language_code__in=languages)
    if page_ids:
        keys = Page.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True)
        catalogs = catalogs.filter(domain__object_id__in=list(keys))
    found = list(catalogs)
    depths = {
        (key, locale): path
        for key, locale, path in Page.objects.filter(
            translation_key__in=[catalog.domain.object_id for catalog in found]
        ).values_list("translation_key", "locale_id", "path")
    }
    yield from sorted(
        found, key=lambda catalog: depths.get((catalog.domain.object_id, catalog.source.locale_id), "")
    )


def _publish(contents: CatalogContents, user: AbstractBaseUser | None, *, dry_run: bool) -> RunResult:
    catalog = contents.catalog
    try:
        held = waiting(contents)
        if held is not None:
            return _waiting(contents, held)
        if not dry_run and not _publish_target(catalog, user):
            return RunResult()
    except ValidationError as error:
        return _failed(contents, _worded(error))
    except Exception as error:
        logger.exception("Publishing %s failed", catalog)
        return _failed(contents, f"{type(error).__name__}: {error}")
    text = f"“{catalog.source.object_repr}” is published in {catalog.locale.language_code}."
    return RunResult(
        pages=PageCounts(published=1),
        issues=(Issue(Severity.INFO, "published", text, file=_file_name(catalog)),),
    )


def _waiting(contents: CatalogContents, held: Waiting) -> RunResult:
    issue = Issue(Severity.INFO, held.reason, held.message, file=_file_name(contents.catalog))
    return RunResult(pages=PageCounts(waiting=1), issues=(issue,))


def _failed(contents: CatalogContents, message: str) -> RunResult:
    text = f"“{contents.catalog.source.object_repr}” could not be published: {message}"
    issue = Issue(Severity.ERROR, "not-published", text, file=_file_name(contents.catalog))
    return RunResult(pages=PageCounts(failed=1), issues=(issue,))


def _file_name(catalog: Catalog) -> str:
    return relative_name(catalog_file(catalog))


def _worded(error: ValidationError) -> str:
    """A validation error by field; a StreamField's own errors have no such dict, but a text."""
    if hasattr(error, "error_dict"):
        return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return " ".join(error.messages)


@transaction.atomic
def _publish_target(catalog: Catalog, user: AbstractBaseUser | None) -> bool:
    """Bring the target up to its approved translations. Returns whether there was anything to publish."""
    created = not _target_exists(catalog)
    if created:
        _create_target(catalog)
        _remind_pages_that_show(catalog)
    before = catalog.source.get_translated_instance(catalog.locale)
    if isinstance(before, Page) and before.alias_of_id:
        before = ConvertAliasPageAction(before, user=user).execute(skip_permission_checks=True)
    target = _translated(catalog)
    never_live = isinstance(before, DraftStateMixin) and not before.live
    changed = created or never_live or _serialised(before) != _serialised(target)
    if changed:
        if isinstance(target, Page) and never_live:
            _settle_address(catalog, target)
        revision = _save(target, user)
        if isinstance(target, Page):
            catalog.source.sync_view_restrictions(catalog.source.as_instance(), target)
        TranslationLog.objects.create(source=catalog.source, locale=catalog.locale, revision=revision)
    Catalog.objects.filter(pk=catalog.pk).update(needs_publish=False)
    return changed


def _target_exists(catalog: Catalog) -> bool:
    try:
        catalog.source.get_translated_instance(catalog.locale)
    except ObjectDoesNotExist:
        return False
    return True


def _create_target(catalog: Catalog) -> None:
    """A copy that nobody sees yet; the transaction that makes it also fills it."""
    copy = catalog.source.as_instance().copy_for_translation(catalog.locale)
    if isinstance(copy, Page):
        return  # saved by Wagtail, as a draft
    if isinstance(copy, DraftStateMixin):
        copy.live = False
    copy.save()


def _remind_pages_that_show(catalog: Catalog) -> None:
    """What shows this object shows the original so far, if it is published already."""
    showing = RelatedObjectSegment.objects.filter(object_id=catalog.domain.object_id).values("source")
    Catalog.objects.filter(translation__source__in=showing, locale=catalog.locale).update(needs_publish=True)


def _translated(catalog: Catalog) -> TranslatableMixin:
    """The target with its translations in it, not saved."""
    source = catalog.source
    # The fallback never shows: the gate has seen that every text is translated. It spares the slug, which is none.
    target = source.get_ephemeral_translated_instance(catalog.locale, fallback=True)
    original = source.as_instance()
    slugs = slug_paths(catalog.source_model)
    # What wagtail-localize has just filled in. Of the snippets that a page shows, those that exist in the language.
    filled = {
        segment.path.split(".", 1)[0]
        for segment in source._get_segments_for_translation(catalog.locale, fallback=True)
    }
    for translatable in get_translatable_fields(type(original)):
        name = translatable.field_name
        field = translatable.get_field(type(original))
        if (
            name not in slugs
            and name not in filled
            and field.concrete
            and translatable.is_translated(original)
        ):
            # Nothing in it to translate: it was emptied, or holds pictures alone. wagtail-localize leaves such a
            # field of the target as it was.
            setattr(target, field.attname, getattr(original, field.attname))
    if slugs:
        live = source.get_translated_instance(catalog.locale)
        for name in slugs:
            setattr(target, name, getattr(live, name))
    return target


def _serialised(instance: models.Model) -> object:
    """The content, to be compared."""
    if isinstance(instance, ClusterableModel):
        return _comparable(type(instance), instance.serializable_data())
    return _comparable(type(instance), get_serializable_data_for_fields(instance))


def _comparable(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Serialised data with its StreamFields taken apart: PostgreSQL keeps the keys of JSON in an order of its own."""
    streams = {
        field.name: json.loads(data[field.name])
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and data.get(field.name)
    }
    children = {
        relation.name: [_comparable(relation.related_model, child) for child in data[relation.name]]
        for relation in get_all_child_relations(model)
        if relation.name in data
    }
    return {**data, **streams, **children}


def _settle_address(catalog: Catalog, target: Page) -> None:
    """Make the slug of a page that was never live, once, from its translated title, by the page's own rule.

    Not by saving the page: that would tell Wagtail of a changed address, and a redirect would be made from one that
    never was.
    """
    copied, provisional = target.slug, target.url_path
    target.slug = ""
    target.minimal_clean()
    # Where slugs are ASCII, Wagtail makes none from a title in another script: the original's is kept then.
    target.slug = target.slug or copied
    target.set_url_path(target.get_parent())
    Page.objects.filter(pk=target.pk).update(slug=target.slug, url_path=target.url_path)
    target._update_descendant_url_paths(provisional, target.url_path)
    # wagtail-localize's own “Publish” takes the slug from its translation; without one, from the source.
    segments = StringSegment.objects.filter(source=catalog.source, context__path="slug")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=catalog.locale,
                data=target.slug,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=TOOL_NAME,
            )
            for segment in segments
        ],
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "tool_name", "updated_at"],
    )


def _save(target: models.Model, user: AbstractBaseUser | None) -> models.Model | None:
    """Save and publish the target through a revision, where its model has them. Returns the revision."""
    if isinstance(target, DraftStateMixin):
        revision = target.save_revision(user=user)
        revision.publish(user=user, skip_permission_checks=True)
        return revision  # type: ignore[no-any-return]
    target.full_clean()
    target.save()
    return target.save_revision(user=user, clean=False) if isinstance(target, RevisionMixin) else None
