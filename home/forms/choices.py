"""The choices of a form's fields: each language shows its own words, and all send the same.

Kept is the word in the form's first language: the column of an export holds one word for one answer in any
language, and its reader needs no table of codes.
"""

from wagtail.contrib.forms.forms import FormBuilder


class ChoicesBuilder(FormBuilder):
    """Wagtail's, with choices whose values are those of the field's first version."""

    def __init__(self, fields):
        super().__init__(fields)
        self.originals = _originals(fields)

    def get_formatted_field_choices(self, field):
        own = self._own_choices(field)
        original = self.originals.get(field.translation_key)
        kept = self._own_choices(original) if original else own
        # A translation with one choice less or more cannot be matched.
        return list(zip(kept if len(kept) == len(own) else own, own, strict=True))

    def get_formatted_field_initial(self, field):
        return [self._value_of(field, label) for label in super().get_formatted_field_initial(field)]

    def get_field_options(self, field):
        options = super().get_field_options(field)
        if field.choices and isinstance(options["initial"], str):
            options["initial"] = self._value_of(field, options["initial"])
        return options

    def _own_choices(self, field) -> list[str]:
        return [label for _value, label in super().get_formatted_field_choices(field)]

    def _value_of(self, field, label: str) -> str:
        labels = {label: value for value, label in self.get_formatted_field_choices(field)}
        return labels.get(label, label)


def _originals(fields) -> dict:
    """The first version of each field with choices: one query for all."""
    chosen = [field for field in fields if field.choices]
    if not chosen:
        return {}
    keys = {field.translation_key for field in chosen}
    versions = type(chosen[0]).objects.filter(translation_key__in=keys).order_by("-pk")
    return {version.translation_key: version for version in versions}
