"""Starts the tracking of pages and snippets: from here on their texts go to translators."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from posync.core.issue_codes import IssueCode
from posync.core.results import Issue, PageCounts, RunResult, Severity
from posync.db.bulk_sql import AnyOf
from posync.exceptions import PosyncError
from posync.models import Catalog
from posync.plugins import report_failures
from posync.progress import report
from posync.sources.create_catalogs import create_catalogs
from posync.sources.segments import create_translations, refresh_segments

#: Objects submitted at once.
BATCH_SIZE = 200


def snippet_models() -> list[type[models.Model]]:
    """The translatable snippet models."""
    return [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


def submit(instance: TranslatableMixin, targets: Sequence[Locale]) -> None:
    """Track an object for translation into the target locales; translations begun already stay as they are.

    No target page is made: visitors have a page in a language once its translation is approved. Raises PosyncError
    when wagtail-localize cannot take the object's text apart.
    """
    for error in _submit([_as_published(instance)], targets):
        raise PosyncError(error)


def _as_published(instance: TranslatableMixin) -> TranslatableMixin:
    """The object as the database has it: the caller's own may hold unpublished edits."""
    saved: TranslatableMixin = type(instance)._base_manager.get(pk=instance.pk)
    return saved.specific if isinstance(saved, Page) else saved


def _submit(instances: Sequence[TranslatableMixin], targets: Sequence[Locale]) -> list[str]:
    """Track many objects. Returns an error for each object that failed."""
    # Other languages of the same objects may get new texts by this. Noted before, it outlives a killed run.
    keys = [instance.translation_key for instance in instances]
    Catalog.objects.filter(AnyOf(F("domain__object"), keys)).update(source_changed=True)
    refreshed = refresh_segments(instances)
    sources = [one.source for one in refreshed if one.source is not None]
    with transaction.atomic():
        translations = create_translations(sources, targets)
        create_catalogs(translations, {one.instance.translation_key: one.instance for one in refreshed})
    return [f"“{one.instance}” cannot be taken apart: {one.error}" for one in refreshed if one.error]


def is_target(instance: TranslatableMixin) -> bool:
    """Whether the object is itself the translation of another."""
    translations = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    )
    return bool(translations.exists())


@report_failures
def submit_many(
    targets: Sequence[Locale],
    *,
    source: Locale | None = None,
    page_ids: Sequence[int] = (),
    dry_run: bool = False,
) -> RunResult:
    """Submit the pages named, or all live pages and snippets of the site.

    Without a source locale, all means the objects in one language alone; with one, every object of the locale except
    translations.
    """
    issues: list[Issue] = []
    submitted = failed = 0
    for batch in _batches(_chosen(targets, source, page_ids, issues)):
        wanted, stopped = _untracked(batch, targets)
        if page_ids:
            issues += map(_is_stopped, stopped)
        for instance, locales in wanted:
            languages = ", ".join(locale.language_code for locale in locales)
            text = f"“{instance}” is submitted for translation into {languages}."
            issues.append(Issue(Severity.INFO, IssueCode.SUBMITTED, text))
        errors = [] if dry_run else _submit([instance for instance, _locales in wanted], targets)
        issues += [Issue(Severity.ERROR, IssueCode.SOURCE_MARKUP, error) for error in errors]
        submitted += len(wanted) - len(errors)
        report("submit", submitted, 0)
        failed += len(errors)
    return RunResult(pages=PageCounts(waiting=submitted, failed=failed), issues=tuple(issues))


def _batches(instances: Iterable[TranslatableMixin]) -> Iterator[list[TranslatableMixin]]:
    remaining = iter(instances)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def _is_stopped(stopped: tuple[TranslatableMixin, Locale]) -> Issue:
    instance, locale = stopped
    text = (
        f"The translation of “{instance}” into {locale.language_code} was stopped. It stays so until it is started "
        "again in the admin: on the translated page, or by “Translate this page” where that was deleted."
    )
    return Issue(Severity.WARNING, IssueCode.STOPPED, text)


def _untracked(
    instances: Sequence[TranslatableMixin], targets: Sequence[Locale]
) -> tuple[list[tuple[TranslatableMixin, list[Locale]]], list[tuple[TranslatableMixin, Locale]]]:
    """The objects with targets still to begin, each with these; and the stopped translations."""
    keys = [instance.translation_key for instance in instances]
    rows = Translation.objects.filter(AnyOf(F("source__object"), keys)).values_list(
        "source__object_id", "source__locale_id", "target_locale_id", "enabled"
    )
    begun = {tuple(pair): enabled for *pair, enabled in rows}
    wanted = []
    stopped = []
    for instance in instances:
        locales = []
        for locale in targets:
            enabled = begun.get((instance.translation_key, instance.locale_id, locale.pk))
            if enabled is None and locale.pk != instance.locale_id:
                locales.append(locale)
            elif enabled is False:
                stopped.append((instance, locale))
        if locales:
            wanted.append((instance, locales))
    return wanted, stopped


def _chosen(
    targets: Sequence[Locale], source: Locale | None, page_ids: Sequence[int], issues: list[Issue]
) -> Iterator[TranslatableMixin]:
    if not page_ids:
        for snippet_model in snippet_models():
            yield from _all_of(snippet_model, targets, source)
        yield from _all_of(Page, targets, source)
        return
    found = {page.pk: page for page in Page.objects.filter(pk__in=page_ids).specific()}
    translated = set(
        Translation.objects.filter(
            AnyOf(F("source__object"), [page.translation_key for page in found.values()]), enabled=True
        ).values_list("source__object_id", "target_locale_id")
    )
    for page_id in page_ids:
        page = found.get(page_id)
        if page is None:
            issues.append(
                Issue(Severity.ERROR, IssueCode.NO_PAGE, f"There is no page with the id {page_id}.")
            )
        elif (page.translation_key, page.locale_id) in translated:
            issues.append(
                Issue(
                    Severity.ERROR,
                    IssueCode.IS_TRANSLATION,
                    f"“{page}” ({page_id}) is itself a translation; submit its original.",
                )
            )
        elif source is None or page.locale_id == source.pk:
            yield page


def _all_of(
    model: type[models.Model], targets: Sequence[Locale], source: Locale | None
) -> Iterator[TranslatableMixin]:
    objects = model._default_manager.all()
    if model is Page:
        objects = objects.filter(depth__gt=1, alias_of=None)
    if issubclass(model, DraftStateMixin):
        objects = objects.filter(live=True)
    if source is not None:
        objects = objects.filter(locale=source)
    translations = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id"), enabled=True
    )
    objects = objects.exclude(Exists(translations))
    if source is None:
        others = model._default_manager.filter(translation_key=OuterRef("translation_key")).exclude(
            pk=OuterRef("pk")
        )
        objects = objects.exclude(Exists(others) & ~Exists(_as_source()))
    if isinstance(objects, PageQuerySet):
        objects = objects.order_by("path").specific()
    else:
        objects = objects.order_by("pk")
    yield from objects.iterator(chunk_size=BATCH_SIZE)


def _as_source() -> QuerySet[TranslationSource]:
    sources: QuerySet[TranslationSource] = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), locale_id=OuterRef("locale_id"), translations__enabled=True
    )
    return sources
