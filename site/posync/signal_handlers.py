"""Follows publications and translations, whoever makes them: an editor, the scheduler or a script."""

import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext
from wagtail.models import DraftStateMixin, Locale, Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import page_published, post_page_move, published
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from posync.admin.problem_words import in_words
from posync.catalogs.entry_checks import check_stored
from posync.conf import posync_settings
from posync.core.po.entries import entry_key
from posync.core.results import Severity
from posync.core.rules.validation import is_unsafe_address
from posync.db.bulk_sql import AnyOf
from posync.exceptions import PosyncError
from posync.history.change_log import ChangeLog, save_changes
from posync.history.machine_engines import with_version
from posync.models import Catalog, Change, Conflict, Draft
from posync.publishing.view_restrictions import follow, keep_private
from posync.sources.changed_sources import announce_changed_sources, is_noted, mark_source_changed
from posync.sources.create_catalogs import create_catalogs
from posync.sources.restart import restart
from posync.sources.submit import is_target, snippet_models, submit

logger = logging.getLogger(__name__)


@receiver(page_published)
def page_was_published(instance: Page, alias: bool = False, **kwargs: Any) -> None:
    if not alias and not is_noted(instance):
        _was_published(instance)


@receiver(published)
def snippet_was_published(instance: models.Model, **kwargs: Any) -> None:
    # Pages send this too, beside page_published.
    if not isinstance(instance, Page) and isinstance(instance, TranslatableMixin):
        _was_published(instance)


@receiver(post_save)
def plain_snippet_was_saved(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Saving publishes a snippet without drafts."""
    if raw or not isinstance(instance, TranslatableMixin) or isinstance(instance, DraftStateMixin):
        return
    if type(instance) in snippet_models():
        _was_published(instance)


def _was_published(instance: models.Model) -> None:
    translation_key, locale_id = instance.translation_key, instance.locale_id  # type: ignore[attr-defined]
    if mark_source_changed(translation_key, locale_id):
        announce_changed_sources()
    elif posync_settings().SUBMIT_ON_PUBLISH and _exists_in_one_language(instance):
        try:
            submit(instance, Locale.objects.exclude(pk=locale_id))
        except PosyncError:
            # The editor's publication goes through; the page can be submitted once its text is mended.
            logger.exception("“%s” was published, but could not be submitted for translation", instance)


def _exists_in_one_language(instance: models.Model) -> bool:
    others = type(instance)._default_manager.filter(translation_key=instance.translation_key)  # type: ignore[attr-defined]
    return not is_target(instance) and not others.exclude(pk=instance.pk).exists()


@receiver(post_save, sender=PageViewRestriction)
def page_was_restricted(
    instance: PageViewRestriction, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A page made private is so in every language at once. A version that was private before keeps its own restriction."""
    if raw:
        return
    for target in _targets_of(instance.page):
        if not (created and target.view_restrictions.exists()):
            follow(instance, target)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def groups_were_chosen(instance: PageViewRestriction, action: str, **kwargs: Any) -> None:
    """A restriction to groups is saved before its groups are."""
    if isinstance(instance, PageViewRestriction) and action.startswith("post_"):
        for target in _targets_of(instance.page):
            follow(instance, target)


@receiver(post_delete, sender=PageViewRestriction)
def page_was_made_public(instance: PageViewRestriction, **kwargs: Any) -> None:
    """What its translations say may be meant for other people: an editor makes each public by itself."""
    for target in _targets_of(instance.page):
        if target.view_restrictions.exists():
            logger.warning(
                "“%s” is public again. Its translation “%s” is still private; make it public in the admin, if it is to be.",
                instance.page,
                target,
            )


@receiver(post_page_move)
def page_was_moved(instance: Page, **kwargs: Any) -> None:
    """A page below a private one is private, and so are its translations, wherever they stand."""
    if not instance.get_view_restrictions().exists():
        return
    moved = {page.translation_key: page for page in instance.get_descendants(inclusive=True)}
    done: tuple[str, ...] = ()
    for target in _targets_of(*moved.values()).order_by("path"):
        if not target.path.startswith(done):  # below one that is private by now
            keep_private(moved[target.translation_key], target)
            done += (target.path,)


def _targets_of(*pages: Page) -> QuerySet[Page]:
    """The translations of pages of one language that are their sources. One query."""
    translated = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        source__locale__in={page.locale_id for page in pages},
        target_locale=OuterRef("locale"),
        enabled=True,
    )
    found: QuerySet[Page] = Page.objects.filter(
        Exists(translated), AnyOf(F("translation_key"), [page.translation_key for page in pages])
    )
    return found


@receiver(pre_save, sender=Translation)
def translation_is_saved(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    """Whether it was stopped, only the database knows: a queryset's update sends no signal."""
    if not raw and instance.pk is not None:
        Catalog.objects.filter(translation=instance.pk, translation__enabled=False).update(stopped=True)


@receiver(post_save, sender=Translation)
def translation_was_saved(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if not instance.enabled:
        Catalog.objects.filter(translation=instance).update(stopped=True)
        return
    try:
        originals = {instance.source.object_id: instance.source.get_source_instance()}
    except ObjectDoesNotExist:
        # The next publication says so. The catalog keeps its texts.
        originals = {}
    create_catalogs([instance], originals)
    stopped = Catalog.objects.filter(translation=instance, stopped=True)
    for restarted in restart(list(stopped.values_list("pk", flat=True))):
        for issue in restarted.issues:
            logger.warning("%s %s", issue.msgctxt, issue.message)


@receiver(post_save, sender=TranslationSource)
def source_was_saved(instance: TranslationSource, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An editor pressed “Sync translated pages”. Its segments are written after this signal: hence on commit."""
    if not created and not raw and mark_source_changed(instance.object_id, instance.locale_id):
        announce_changed_sources()


@receiver([post_save, post_delete], sender=StringTranslation)
@receiver([post_save, post_delete], sender=SegmentOverride)
def translation_was_typed(instance: StringTranslation | SegmentOverride, **kwargs: Any) -> None:
    """Somebody translated in the admin."""
    if instance.context_id and not kwargs.get("raw"):
        Catalog.objects.filter(
            domain__object_id=instance.context.object_id, locale_id=instance.locale_id
        ).mark_changed()


@receiver(post_save, sender=StringTranslation)
def translation_was_begun(
    instance: StringTranslation, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Keep the first text too: its source may be gone before any file has carried it."""
    if not created or raw or not instance.context_id:
        return
    if instance.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        _make_draft(instance)
    else:
        _note(instance, "", instance.data)


def _make_draft(instance: StringTranslation) -> None:
    """Make a machine's text a draft: nobody has read it."""
    entry_id = instance.context.path, instance.translation_of.data
    catalogs = list(_catalogs_of(instance).filter(translation__enabled=True, stopped=False))
    for catalog in catalogs:
        if not Draft.objects.filter(catalog=catalog, key=entry_key(*entry_id)).exists():
            Draft.of(catalog, entry_id, instance.data).save()
        log = ChangeLog(user=instance.last_translated_by, tool=with_version(instance.tool_name))
        log.add(catalog, Change.Kind.DRAFT, entry_id, "", instance.data)
        save_changes([log])
    if catalogs:
        row = StringTranslation.objects.filter(pk=instance.pk)
        row._raw_delete(row.db)  # it was never approved: no history of that


@receiver(post_save, sender=StringTranslation)
def translation_was_chosen(
    instance: StringTranslation, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Resolve an open conflict with a text typed anew: somebody has chosen it over both sides.

    Not before it is saved: an import locks translations and then conflicts, and neither waits for ever.
    """
    update_fields = kwargs.get("update_fields")
    if raw or not instance.context_id or not instance.data or (update_fields and "data" not in update_fields):
        return
    if instance.has_error:
        return  # in use nowhere
    conflicts = Conflict.objects.filter(
        catalog__domain__object_id=instance.context.object_id,
        catalog__locale_id=instance.locale_id,
        key=entry_key(instance.context.path, instance.translation_of.data),
        resolved_at=None,
    )
    for conflict in conflicts:
        if created or conflict.database_text != instance.data:
            conflict.resolve(instance.data, instance.last_translated_by)


@receiver(pre_save, sender=StringTranslation)
def translation_is_checked(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Let no text into use that no file could bring in: whoever types it, by whatever view, reads why."""
    update_fields = kwargs.get("update_fields")
    if (
        raw
        or instance.has_error
        or not instance.context_id
        or (update_fields and "data" not in update_fields)
    ):
        return
    problems = [problem for problem in check_stored(instance) if problem.severity is Severity.ERROR]
    if problems:
        instance.has_error, instance.field_error = True, in_words(problems[0])


@receiver(pre_save, sender=SegmentOverride)
def override_is_checked(instance: SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    """Likewise for the links, files and values that a translation has of its own, and note the former ones."""
    update_fields = kwargs.get("update_fields")
    if raw or not instance.context_id or (update_fields and "data_json" not in update_fields):
        return
    value = instance.data
    if not isinstance(value, str | int | float | bool | None) or (
        isinstance(value, str) and is_unsafe_address(value)
    ):
        instance.has_error = True
        instance.field_error = gettext("This is no address to go to: begin it with https:// or /.")
    before = SegmentOverride.objects.filter(pk=instance.pk).values_list("data_json", flat=True).first()
    _note_override(instance, before or "", instance.data_json)


@receiver(pre_delete, sender=SegmentOverride)
def override_is_deleted(instance: SegmentOverride, **kwargs: Any) -> None:
    if instance.context_id:
        _note_override(instance, instance.data_json, "")


def _note_override(instance: SegmentOverride, before: str, after: str) -> None:
    for catalog in _catalogs_of(instance):
        log = ChangeLog(user=instance.last_translated_by)
        log.add(catalog, Change.Kind.OVERRIDE, (instance.context.path, ""), before, after)
        save_changes([log])


@receiver(pre_save, sender=StringTranslation)
def translation_is_replaced(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Keep the text overwritten by an editor."""
    update_fields = kwargs.get("update_fields")
    if (
        raw
        or instance.pk is None
        or not instance.context_id
        or (update_fields and "data" not in update_fields)
    ):
        return
    before = StringTranslation.objects.filter(pk=instance.pk).values_list("data", flat=True).first()
    if before:
        _note(instance, before, instance.data)


@receiver(pre_delete, sender=StringTranslation)
def translation_is_deleted(instance: StringTranslation, **kwargs: Any) -> None:
    if instance.context_id:
        _note(instance, instance.data, "")


def _catalogs_of(instance: StringTranslation | SegmentOverride) -> QuerySet[Catalog]:
    catalogs = Catalog.objects.filter(
        domain__object_id=instance.context.object_id, locale_id=instance.locale_id
    )
    return catalogs.select_related("domain", "locale").defer("base")


def _note(instance: StringTranslation, before: str, after: str) -> None:
    for catalog in _catalogs_of(instance):
        log = ChangeLog(user=instance.last_translated_by, tool=instance.tool_name)
        log.add(
            catalog,
            Change.Kind.APPROVED,
            (instance.context.path, instance.translation_of.data),
            before,
            after,
        )
        save_changes([log])
