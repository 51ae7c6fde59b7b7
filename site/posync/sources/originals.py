"""The objects of sources, as the database has them."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import TranslatableMixin
from wagtail_localize.models import TranslationSource


def originals(sources: Iterable[TranslationSource]) -> dict[int, TranslatableMixin]:
    """The published objects by the ids of their sources, a query for each model. Deleted ones are left out."""
    by_model: dict[type[TranslatableMixin], list[TranslationSource]] = defaultdict(list)
    for source in sources:
        model = source.specific_content_type.model_class()
        if model is not None:
            by_model[model].append(source)
    found: dict[int, TranslatableMixin] = {}
    for model, of_model in by_model.items():
        objects = model._default_manager.filter(translation_key__in=[source.object_id for source in of_model])
        by_key = {(instance.translation_key, instance.locale_id): instance for instance in objects}
        for source in of_model:
            instance = by_key.get((source.object_id, source.locale_id))
            if instance is not None:
                found[source.pk] = instance
    return found
