"""Starts the tracking of pages and snippets: from here on their texts go to translators."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from posync.core.naming import page_domain, snippet_domain, unique_domain
from posync.core.results import EntryCounts, Issue, PageCounts, RunResult, Severity
from posync.models import Catalog, TextDomain


def snippet_models() -> list[type[models.Model]]:
    """The snippets that exist once for each language."""
    return [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


def submit(instance: TranslatableMixin, targets: Iterable[Locale]) -> list[Translation]:
    """Track an object for translation into the target locales; what is tracked already stays as it is.

    No target page is made: a page exists for visitors in a language once it was approved there.
    """
    with transaction.atomic():
        source, _created = TranslationSource.get_or_create_from_instance(_as_published(instance))
        return [
            Translation.objects.get_or_create(
                source=source, target_locale=locale, defaults={"enabled": True}
            )[0]
            for locale in targets
            if locale.pk != source.locale_id
        ]


def _as_published(instance: TranslatableMixin) -> TranslatableMixin:
    """The object as the database has it: the caller's own may hold edits that nobody has published."""
    saved: TranslatableMixin = type(instance)._base_manager.get(pk=instance.pk)
    return saved.specific if isinstance(saved, Page) else saved


def track(translation: Translation) -> Catalog:
    """The catalog of a translation, made when it is new, under the name that its object keeps for ever."""
    domain = _text_domain(translation.source)
    catalog, created = Catalog.objects.get_or_create(
        domain=domain, locale=translation.target_locale, defaults={"translation": translation}
    )
    if not created and catalog.translation_id != translation.pk:
        # The other direction was given up, or the page was deleted and submitted again.
        catalog.translation = translation
        catalog.needs_export = catalog.needs_publish = True
        catalog.save(update_fields=["translation", "needs_export", "needs_publish"])
    return catalog


def _text_domain(source: TranslationSource) -> TextDomain:
    existing = TextDomain.objects.filter(object_id=source.object_id).first()
    if existing:
        return existing
    wanted = _wanted_domain(source.get_source_instance())
    taken = set(TextDomain.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    return TextDomain.objects.create(object_id=source.object_id, name=unique_domain(wanted, taken))


def _wanted_domain(instance: TranslatableMixin) -> str:
    if isinstance(instance, Page):
        return page_domain(instance.url_path)
    identifier = getattr(instance, "slug", "") or str(instance.pk)
    return snippet_domain(instance._meta.model_name or "", identifier)


def is_target(instance: TranslatableMixin) -> bool:
    """Whether the object is itself the translation of another."""
    translations = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    )
    return bool(translations.exists())


def submit_many(
    targets: Sequence[Locale],
    *,
    source: Locale | None = None,
    page_ids: Sequence[int] = (),
    dry_run: bool = False,
) -> RunResult:
    """Submit the pages named, or all live pages and snippets of the site.

    Without a source locale, all means what exists in one language alone; with one, every object of that locale
    that is not itself a translation.
    """
    issues: list[Issue] = []
    submitted = 0
    for instance in _chosen(targets, source, page_ids, issues):
        missing = [
            locale for locale in targets if locale.pk != instance.locale_id and not _tracked(instance, locale)
        ]
        if not missing:
            continue
        submitted += 1
        languages = ", ".join(locale.language_code for locale in missing)
        issues.append(
            Issue(Severity.INFO, "submitted", f"“{instance}” is submitted for translation into {languages}.")
        )
        if not dry_run:
            submit(instance, missing)
    return RunResult(pages=PageCounts(waiting=submitted), entries=EntryCounts(), issues=tuple(issues))


def _tracked(instance: TranslatableMixin, target: Locale) -> bool:
    translations = Translation.objects.filter(
        source__object_id=instance.translation_key, source__locale_id=instance.locale_id, target_locale=target
    )
    return bool(translations.exists())


def _chosen(
    targets: Sequence[Locale], source: Locale | None, page_ids: Sequence[int], issues: list[Issue]
) -> Iterator[TranslatableMixin]:
    if not page_ids:
        for snippet_model in snippet_models():
            yield from _all_of(snippet_model, targets, source)
        yield from _all_of(Page, targets, source)
        return
    found = {page.pk: page for page in Page.objects.filter(pk__in=page_ids).specific()}
    for page_id in page_ids:
        page = found.get(page_id)
        if page is None:
            issues.append(Issue(Severity.ERROR, "no-page", f"There is no page with the id {page_id}."))
        elif is_target(page):
            issues.append(
                Issue(
                    Severity.ERROR,
                    "is-translation",
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
    objects = objects.order_by("path") if model is Page else objects.order_by("pk")
    for instance in objects.iterator(chunk_size=200):
        yield instance.specific if isinstance(instance, Page) else instance


def _as_source() -> QuerySet[TranslationSource]:
    sources: QuerySet[TranslationSource] = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), locale_id=OuterRef("locale_id"), translations__enabled=True
    )
    return sources
