"""Where an entry stands and what limits it has, in words, from the model's own field and block definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField

#: The name that wagtail-localize gives the child of a list in a field path.
_LIST_ITEM = "item"


@dataclass(frozen=True, slots=True)
class Label:
    """`place`: "News page › Body › Quote › Text"; `max_length`: in characters of plain text, or None."""

    place: str
    max_length: int | None


@cache
def label(model: type[models.Model], field_path: str) -> Label:
    """The label of a field path such as "body.quote.text".

    In the words of the source code, untranslated: a label that followed the language of whoever runs the export
    would rewrite every file.
    """
    with translation.override(None):
        steps = [*_steps(model, field_path.split("."))]
        names = [capfirst(str(model._meta.verbose_name)), *(step.place for step in steps if step.place)]
    return Label(" › ".join(names), steps[-1].max_length if steps else None)


def _steps(model: type[models.Model], names: list[str]) -> Iterator[Label]:
    name, *rest = names
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # a model that has changed since the segments were taken
        yield Label(".".join(names), None)
        return
    if isinstance(field, StreamField):
        yield Label(capfirst(str(field.verbose_name)), None)
        yield from _block_steps(field.stream_block, rest)
    elif isinstance(field, models.ManyToOneRel):
        yield Label(capfirst(str(field.related_model._meta.verbose_name)), None)
        yield from _steps(field.related_model, rest)
    else:
        yield Label(capfirst(str(getattr(field, "verbose_name", name))), getattr(field, "max_length", None))


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
        yield Label(place, getattr(form_field, "max_length", None))
