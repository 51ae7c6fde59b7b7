"""Publishes one target at a time by Wagtail's and wagtail-localize's own calls: snippets, and pages unfit for bulk."""

import logging

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import TranslationLog

from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs, slug_paths
from posync.core.results import RunResult
from posync.models import Catalog
from posync.publishing import issues
from posync.publishing.batching import Published
from posync.publishing.comparison import content_of
from posync.publishing.gate import Gate
from posync.publishing.locks import (
    lock_for_publishing,
    mark_published,
    mark_referrers_for_publishing,
    note_waiting,
)
from posync.publishing.passing import passing
from posync.publishing.target_slugs import make_slug, remember_slugs
from posync.publishing.view_restrictions import keep_private
from posync.sources.outdated_sources import mark_outdated, outdated
from posync.sources.refresh_sources import refresh

logger = logging.getLogger(__name__)


class _Refused(Exception):
    """A validation error, with its catalog and target for the wording."""

    def __init__(self, loaded: LoadedCatalog, error: ValidationError, target: object) -> None:
        super().__init__(error)
        self.loaded = loaded
        self.error = error
        self.target = target


class _Outdated(Exception):
    """The source is behind its object."""


def publish_single(
    catalog_id: int,
    user: AbstractBaseUser | None,
    *,
    asked: bool = False,
    wanted_by: AbstractBaseUser | None = None,
) -> RunResult:
    """Bring one target up to its approved translations, if the gate lets it through: for whom it is `wanted_by`.

    One not due is left alone, unless it is `asked` for. An outdated source is refreshed first. A failed refresh is reported; the translation waits until it succeeds.
    """
    catalog = active_catalogs().filter(pk=catalog_id).first()
    if catalog is None:
        return RunResult()
    refreshed = RunResult()
    try:
        try:
            return _publish(catalog_id, user, wanted_by, asked=asked)
        except _Outdated:
            mark_outdated([catalog.source.pk])
            refreshed = refresh([catalog.source.pk])
            return refreshed + _publish(catalog_id, user, wanted_by, asked=asked)
    except _Outdated:
        return refreshed
    except _Refused as refusal:
        return issues.refused(refusal.loaded, refusal.error, refusal.target)
    except Exception as error:
        logger.exception("Publishing %s failed", catalog)
        return issues.failed(catalog, error)


@transaction.atomic
def _publish(
    catalog_id: int, user: AbstractBaseUser | None, wanted_by: AbstractBaseUser | None, *, asked: bool
) -> RunResult:
    catalogs = lock_for_publishing([catalog_id], asked=asked)
    if not catalogs:
        return RunResult()
    (loaded,) = load_catalogs(catalogs)
    catalog = loaded.catalog
    blocker = Gate([loaded], wanted_by).blocker_for(loaded)
    if blocker is not None:
        note_waiting([(catalog, blocker)])
        return issues.waits(catalog, blocker)
    if outdated([catalog.source]):
        raise _Outdated
    published = _publish_target(loaded, user)
    mark_published(catalogs, [published] if published else [])
    return issues.published(catalog) if published else RunResult()


def _publish_target(loaded: LoadedCatalog, user: AbstractBaseUser | None) -> Published | None:
    """Bring the target up to its approved translations. Returns None where there was nothing to publish."""
    catalog = loaded.catalog
    created = not _target_exists(catalog)
    if created:
        _create_target(catalog)
        mark_referrers_for_publishing([catalog])
    before = catalog.source.get_translated_instance(catalog.locale)
    if isinstance(before, Page) and before.alias_of_id:
        before = ConvertAliasPageAction(before, user=user).execute(skip_permission_checks=True)
    target = _translated(catalog)
    is_offline = isinstance(before, DraftStateMixin) and not before.live
    if not (created or is_offline) and content_of(before) == content_of(target):
        return None
    try:
        if isinstance(target, Page) and is_offline and not before.first_published_at:
            _save_address(catalog, target)
        revision = _save(target, user)
    except ValidationError as error:
        raise _Refused(loaded, error, target) from error
    if isinstance(target, Page):
        keep_private(catalog.source.get_source_instance(), target)
    TranslationLog.objects.create(source=catalog.source, locale=catalog.locale, revision=revision)
    return Published(catalog, target, created)


def _target_exists(catalog: Catalog) -> bool:
    try:
        catalog.source.get_translated_instance(catalog.locale)
    except ObjectDoesNotExist:
        return False
    return True


def _create_target(catalog: Catalog) -> None:
    """Make a copy nobody sees yet: the same transaction fills it."""
    copy = catalog.source.as_instance().copy_for_translation(catalog.locale)
    if isinstance(copy, Page):
        return  # saved by Wagtail, as a draft
    if isinstance(copy, DraftStateMixin):
        copy.live = False
    copy.save()


def _translated(catalog: Catalog) -> TranslatableMixin:
    """The target with its translations in it, not saved."""
    source = catalog.source
    # The fallback never shows: the gate has seen a translation for every text. Only the slug has none, and needs it.
    target = source.get_ephemeral_translated_instance(catalog.locale, fallback=True)
    original = source.as_instance()
    slugs = slug_paths(catalog.source_model)
    # Filled in by wagtail-localize just now; of a page's snippets, those with a version in the language.
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


def _save_address(catalog: Catalog, target: Page) -> None:
    """Make the slug of a page never live so far, once, from its translated title, by the page's own rule.

    Without saving the page: a save tells Wagtail of a changed address, and a redirect is made from one never in use.
    """
    provisional = target.url_path
    make_slug(target, target.get_parent())
    Page.objects.filter(pk=target.pk).update(slug=target.slug, url_path=target.url_path)
    target._update_descendant_url_paths(provisional, target.url_path)
    remember_slugs([(catalog, target.slug)])


def _save(target: models.Model, user: AbstractBaseUser | None) -> models.Model | None:
    """Save and publish the target through a revision, where its model has them. Returns the revision."""
    if isinstance(target, DraftStateMixin):
        revision = target.save_revision(user=user)
        with passing(revision):
            revision.publish(user=user, skip_permission_checks=True)
        return revision  # type: ignore[no-any-return]
    target.full_clean()
    target.save()
    return target.save_revision(user=user, clean=False) if isinstance(target, RevisionMixin) else None
