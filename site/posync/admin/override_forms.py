"""The form of a target's own links, files and other values in place of the original's."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail_localize.models import OverridableSegment, SegmentOverride
from wagtail_localize.views.edit_translation import (
    FieldHasNoEditPanelError,
    TabHelper,
    get_segment_location_info,
)

from posync.catalogs.entry_labels import place_in_words
from posync.core.rules.validation import is_unsafe_address
from posync.models import Catalog

#: The beginnings of addresses that a link may have.
_ADDRESSES = ("http://", "https://", "mailto:", "tel:", "/", "#")


class OverrideForm(forms.Form):
    """A field for each value that may be another in the target; an empty one stands for the original's."""

    def __init__(self, catalog: Catalog, original: models.Model | None, data: Any = None) -> None:
        super().__init__(data)
        self._catalog = catalog
        self._segments: dict[str, OverridableSegment] = {}
        if original is None:
            return
        segments = catalog.source.overridablesegment_set.select_related("context").order_by("order")
        stored = {
            override.context_id: override
            for override in SegmentOverride.objects.filter(
                locale=catalog.locale_id, context__in=[segment.context_id for segment in segments]
            )
        }
        tabs = TabHelper(original)
        for segment in segments:
            name = f"override-{segment.pk}"
            field_path = segment.context.get_field_path(original)
            field = _field(_widget(original, tabs, segment, field_path), segment.data)
            if field is None:
                continue
            override = stored.get(segment.context_id)
            field.label = place_in_words(catalog.source_model, field_path)
            field.initial, field.show_hidden_initial = override.data if override else None, True
            if override is not None and override.field_error and not self.is_bound:
                field.help_text = override.field_error
            self._segments[name], self.fields[name] = segment, field
        self._name_originals()

    def _name_originals(self) -> None:
        """Say beside each field what the original has. One query for each model to choose from."""
        chosen: dict[Any, set[Any]] = defaultdict(set)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                chosen[field.queryset.model].add(self._segments[name].data)
        named = {model: model._default_manager.in_bulk(keys) for model, keys in chosen.items()}
        for name, field in self.fields.items():
            value: object = self._segments[name].data
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                value = named[field.queryset.model].get(value, "–")
            said = _("In the original: %(value)s") % {"value": value}
            field.help_text = f"{field.help_text} {said}".strip()

    @property
    def as_seen(self) -> list[str]:
        """The values that the person saw: what somebody else has set meanwhile is left alone."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and value and name in self._segments:
                try:
                    _check_address(value, self._segments[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def save(self, user: Any) -> int:
        """Store the values that the person has changed, and drop those emptied. Returns their number."""
        for name in self.changed_data:
            value = self.cleaned_data.get(name)
            self._store(self._segments[name], value.pk if isinstance(value, models.Model) else value, user)
        return len(self.changed_data)

    def _store(self, segment: OverridableSegment, value: Any, user: AbstractBaseUser) -> None:
        key = {"locale_id": self._catalog.locale_id, "context_id": segment.context_id}
        override = SegmentOverride.objects.filter(**key).first() or SegmentOverride(**key)
        if not value:
            if override.pk is not None:
                override.delete()
            return
        override.data_json = json.dumps(value)
        override.last_translated_by, override.has_error, override.field_error = user, False, ""
        override.save()


def _widget(
    original: models.Model, tabs: TabHelper, segment: OverridableSegment, field_path: str
) -> Mapping[str, Any]:
    """wagtail-localize's kind of widget. Of a field on no panel of the original's, texts alone can be typed."""
    try:
        place = get_segment_location_info(original, tabs, segment.context.path, field_path, widget=True)
    except FieldHasNoEditPanelError:
        return {"type": "text"}
    return place["widget"] or {}


def _field(widget: Mapping[str, Any], value: object) -> forms.Field | None:
    """The form field of wagtail-localize's kind of widget; None for values nobody can type or choose."""
    match widget.get("type"):
        case "text" if isinstance(value, str):
            return forms.CharField(required=False, max_length=2000)
        case "page_chooser":
            chosen = [apps.get_model(name) for name in widget["allowed_page_types"]]
            return forms.ModelChoiceField(
                Page.objects.all(), required=False, widget=AdminPageChooser(target_models=chosen)
            )
        case "image_chooser":
            return forms.ModelChoiceField(
                get_image_model().objects.all(), required=False, widget=AdminImageChooser()
            )
        case "document_chooser":
            return forms.ModelChoiceField(
                get_document_model().objects.all(), required=False, widget=AdminDocumentChooser()
            )
        case "snippet_chooser":
            names = widget["snippet_model"]
            model = apps.get_model(names["app_label"], names["model_name"])
            return forms.ModelChoiceField(
                model._default_manager.all(), required=False, widget=AdminSnippetChooser(model)
            )
    return None


def _check_address(value: str, segment: OverridableSegment) -> None:
    """Raise ValidationError for an address that the original's kind of value may not have."""
    before = segment.data
    if is_unsafe_address(value):
        raise ValidationError(_("This is no address to go to: begin it with https:// or /."))
    if not isinstance(before, str):
        return
    if before.startswith(_ADDRESSES):
        if not value.startswith(_ADDRESSES):
            raise ValidationError(_("This is no address to go to: begin it with https:// or /."))
    elif "@" in before and " " not in before:
        validate_email(value)
