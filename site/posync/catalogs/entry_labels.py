"""The place and the limit of an entry, in words, from the model's field and block definitions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

#: wagtail-localize's name for the child of a list in a field path.
_LIST_ITEM = "item"


@dataclass(frozen=True, slots=True)
class Label:
    """`place`: "News page › Body › Quote › Text"; `max_length`: in characters of plain text, or None."""

    place: str
    max_length: int | None
    #: One text stands there, as in a plain field. Rich text has a text for each paragraph.
    one_text: bool = False


@cache
def label(model: type[models.Model], field_path: str) -> Label:
    """The label of a field path such as "body.quote.text".

    In the words of the source code, untranslated: labels in the language of whoever runs the export would rewrite
    every file.
    """
    with translation.override(None):
        steps = [*_steps(model, field_path.split("."))]
        names = [capfirst(str(model._meta.verbose_name)), *_names(steps)]
    leaf = steps[-1] if steps else Label("", None)
    return Label(" › ".join(names), leaf.max_length, leaf.one_text)


def place_in_words(model: type[models.Model], field_path: str) -> str:
    """The place of a field path within its object, for whoever reads it in the admin: "Body › Quote › Text"."""
    return " › ".join(_names(_steps(model, field_path.split("."))))


def _names(steps: Iterable[Label]) -> list[str]:
    return [step.place for step in steps if step.place]


def _steps(model: type[models.Model], names: list[str]) -> Iterator[Label]:
    name, *rest = names
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # a model changed after the extraction of its segments
        yield Label(".".join(names), None)
        return
    if isinstance(field, StreamField):
        yield Label(capfirst(str(field.verbose_name)), None)
        yield from _block_steps(field.stream_block, rest)
    elif isinstance(field, models.ManyToOneRel):
        yield Label(capfirst(str(field.related_model._meta.verbose_name)), None)
        yield from _steps(field.related_model, rest)
    else:
        plain = isinstance(field, models.CharField | models.TextField) and not isinstance(
            field, RichTextField
        )
        yield Label(
            capfirst(str(getattr(field, "verbose_name", name))), getattr(field, "max_length", None), plain
        )


def _block_steps(block: blocks.Block, names: list[str]) -> Iterator[Label]:
    for name in names:
        if isinstance(block, blocks.ListBlock) and name == _LIST_ITEM:
            block = block.child_block
            place = ""  # the list itself was named already
        elif name in getattr(block, "child_blocks", {}):
            block = block.child_blocks[name]
            place = capfirst(str(block.label))
        else:
            yield Label(name, None)
            return
        form_field = getattr(block, "field", None)
        plain = isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock)
        yield Label(place, getattr(form_field, "max_length", None), plain)
