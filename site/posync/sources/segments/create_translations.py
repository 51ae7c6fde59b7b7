"""Translations begun in bulk."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from posync.db.bulk_sql import AnyOf, insert_rows


@transaction.atomic
def create_translations(sources: Sequence[TranslationSource], targets: Sequence[Locale]) -> list[Translation]:
    """Create the missing translations, enabled, and return these alone. A stopped translation stays stopped.

    No object is translated into its own language. No signal is sent.
    """
    by_id = {source.pk: source for source in sources}
    locales = {locale.pk: locale for locale in targets}
    found = Translation.objects.filter(AnyOf(F("source"), list(by_id)), target_locale__in=locales)
    begun = set(found.values_list("source_id", "target_locale_id"))
    new = {
        (source.pk, target): uuid.uuid4()
        for source in sorted(by_id.values(), key=lambda source: int(source.pk))
        for target in sorted(locales)
        if target != source.locale_id and (source.pk, target) not in begun
    }
    now = timezone.now()
    insert_rows(
        Translation,
        ("uuid", "source", "target_locale", "created_at", "enabled"),
        ((identifier, *pair, now, True) for pair, identifier in new.items()),
        on_conflict="ignore",
    )
    # Read back by the uuids made here: translations begun by another process meanwhile are its own to follow.
    inserted = Translation.objects.filter(AnyOf(F("uuid"), list(new.values())))
    started = {(translation.source_id, translation.target_locale_id): translation for translation in inserted}
    for (source_id, target), translation in started.items():
        translation.source, translation.target_locale = by_id[source_id], locales[target]
    return [started[pair] for pair in new if pair in started]
