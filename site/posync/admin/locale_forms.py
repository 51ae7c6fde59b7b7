"""Refuses wagtail-localize's “Synchronise content from another locale”: it fills a language with live copies of another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import LocaleSynchronizationModelForm


class RefusingForm(LocaleSynchronizationModelForm):
    def validate_with_locale(self, locale: Any) -> None:
        super().validate_with_locale(locale)
        if self.cleaned_data.get("sync_from"):
            text = _(
                "Content is not copied from another language here: visitors would read it untranslated. Use “Translate this "
                "page” instead."
            )
            raise ValidationError({"sync_from": text})
