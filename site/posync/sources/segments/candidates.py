"""An object on its way to a source, and the facts gathered so far."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import TranslatableMixin
from wagtail_localize.models import TranslationSource

#: Raised by wagtail-localize's extraction: ValueError for markup, the others for unexpected values such as an embed
#: without an address.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, ObjectDoesNotExist, TypeError, ValueError)


@dataclass(slots=True, eq=False)
class Candidate:
    instance: TranslatableMixin
    #: As it was found; once the candidate is stored, as it is now.
    source: TranslationSource | None = None
    object_repr: str = ""
    content_json: str = ""
    #: wagtail-localize's segment values.
    values: list[Any] = field(default_factory=list)
    #: field_path by path, for contexts without one.
    field_paths: dict[str, str] = field(default_factory=dict)
    created: bool = False
    stored: bool = False
    #: Why there is no source, or still the old one.
    error: str = ""

    @property
    def object_id(self) -> UUID:
        key: UUID = self.instance.translation_key
        return key

    @property
    def locale_id(self) -> int:
        locale_id: int = self.instance.locale_id
        return locale_id

    @property
    def source_id(self) -> int:
        if self.source is None:
            raise LookupError("its source was deleted in the meantime")
        pk: int = self.source.pk
        return pk

    @property
    def content_type_id(self) -> int:
        """Of the specific model."""
        return ContentType.objects.get_for_model(type(self.instance)).pk

    @property
    def object_type_id(self) -> int:
        """Of the model with the locale: for every page, Page."""
        return ContentType.objects.get_for_model(self.instance.get_translation_model()).pk

    def fail(self, error: Exception) -> None:
        # ValueError is wagtail-localize's own, with a sentence for people.
        self.error = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"


def by_model(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    groups: dict[type, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[type(candidate.instance)].append(candidate)
    return list(groups.values())
