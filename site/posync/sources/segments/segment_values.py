"""The segment values of an object: wagtail-localize's, with texts and rich text taken apart the quick way."""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db import models
from wagtail.blocks import BlockQuoteBlock, CharBlock, RichTextBlock, StreamValue, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import (
    StreamFieldSegmentExtractor,
    extract_segments,
    quote_path_component,
)

from posync.sources.segments.fast_extract import extract_strings, from_plaintext


class SegmentExtraction:
    """Takes objects of one model apart, as wagtail-localize's extract_segments does."""

    def __init__(self, model: type[models.Model]) -> None:
        translatable = get_translatable_fields(model)
        fields = [field.get_field(model) for field in translatable]
        self.names = [field.name for field in fields]
        # A field of the site's own kind may ask the whole object whether it is translated.
        self.stock = {type(how) for how in translatable} <= {TranslatableField, SynchronizedField} and len(
            set(self.names)
        ) == len(self.names)
        translated = [
            field
            for how, field in zip(translatable, fields, strict=True)
            if type(how) is TranslatableField and not hasattr(field, "get_translatable_segments")
        ]
        # By their exact types: a subclass may have its values converted.
        plain_types = (models.CharField, models.SlugField, models.TextField)
        self.plain = [field for field in translated if type(field) in plain_types]
        self.rich = [field for field in translated if type(field) is RichTextField]
        self.streams = [field for field in translated if type(field) is StreamField]

    def extract(self, instance: models.Model) -> list[Any]:
        """The segment values in their order."""
        if not self.stock:
            whole: list[Any] = extract_segments(instance)
            return whole
        # wagtail-localize takes the rest apart, from a copy without the fields done here.
        others = copy(instance)
        values = others.__dict__
        own: dict[str, list[Any]] = {}
        for plain in self.plain:
            if isinstance(text := values.get(plain.attname), str) and text:
                values[plain.attname] = from_plaintext(text)
        for rich in self.rich:
            own[rich.name] = _rich_text_segments(rich.value_from_object(instance))
            values[rich.attname] = ""
        for stream in self.streams:
            extractor = _Extractor(stream, include_overridables=True)
            own[stream.name] = extractor.handle_stream_block(stream.value_from_object(instance))
            values[stream.attname] = StreamValue(stream.stream_block, [])

        by_field: dict[str, list[Any]] = defaultdict(list)
        for name, segments in own.items():
            by_field[name] = [segment.wrap(name) for segment in segments if not segment.is_empty()]
        for segment in extract_segments(others):
            by_field[segment.path.partition(".")[0]].append(segment)
        in_order = (segment for name in self.names for segment in by_field[name])
        return [segment.with_order(order) for order, segment in enumerate(in_order, start=1)]


class _Extractor(StreamFieldSegmentExtractor):
    """Takes a stream's texts and rich text apart the quick way, and leaves other blocks to wagtail-localize."""

    def handle_block(self, block_type: Any, block_value: Any, raw_value: Any = None) -> Sequence[Any]:
        if not hasattr(block_type, "get_translatable_segments"):
            if isinstance(block_type, RichTextBlock):
                return _rich_text_segments(block_value.source)
            if isinstance(block_type, CharBlock | TextBlock | BlockQuoteBlock) and isinstance(
                block_value, str
            ):
                # wagtail-localize takes a ready string unchanged.
                block_value = from_plaintext(block_value)
        segments: Sequence[Any] = super().handle_block(block_type, block_value, raw_value=raw_value)
        return segments


def _rich_text_segments(html: str | None) -> list[Any]:
    template, strings = extract_strings(html or "")
    links = {
        attributes["href"]
        for _string, of_string in strings
        for attributes in of_string.values()
        if "href" in attributes
    }
    return [
        TemplateSegmentValue("", "html", template, len(strings)),
        *(StringSegmentValue("", string, attrs=attributes) for string, attributes in strings),
        *(OverridableSegmentValue(quote_path_component(link), link) for link in sorted(links)),
    ]
