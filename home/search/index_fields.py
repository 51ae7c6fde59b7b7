"""A page's part of the search index, on top of Wagtail's own."""

from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.search.stems import marked_stems

# Addresses and codes, though Django keeps them as texts.
_NOT_FOR_READING = (models.URLField, models.EmailField, models.SlugField)


class StemmedTitle(index.SearchField):
    """The stems of the title, indexed beside the title itself and so weighted as it is."""

    def get_value(self, obj):
        return marked_stems([super().get_value(obj)])


class SearchableMixin:
    """A page found by its words, in any form.

    Every text field of the model is searched, body and all: there is nothing to list. A model extends
    `get_search_texts` where visitors read more than its own fields, names texts hidden from them in
    `unsearched_fields`, and dates its pages in `search_date`.
    """

    extra_search_fields = [
        StemmedTitle("title", boost=2),
        index.SearchField("search_text"),
    ]

    unsearched_fields: tuple[str, ...] = ()

    # Shown with the page among the results.
    search_date = None

    @property
    def search_text(self) -> str:
        """The page's texts as they are, for the eye, and then their stems."""
        texts = [text for text in self.get_search_texts() if text]
        return "\n".join([*texts, marked_stems(texts)])

    def get_search_texts(self) -> list[str]:
        return [
            *(text for field in self._text_fields() for text in self._searchable_content(field)),
            self.seo_title,
            self.search_description,
        ]

    @classmethod
    def _text_fields(cls):
        """The lead first, then the body, then lines such as a caption: excerpts follow this order."""
        texts = [
            field
            for field in cls._meta.fields
            if isinstance(field, models.CharField | models.TextField | StreamField)
            and not isinstance(field, _NOT_FOR_READING)
            and not field.choices
            and not issubclass(Page, field.model)
            and field.name not in cls.unsearched_fields
        ]
        return sorted(texts, key=cls._place_in_excerpt)

    @staticmethod
    def _place_in_excerpt(field) -> int:
        if isinstance(field, models.CharField):
            return 2
        return 1 if isinstance(field, StreamField | RichTextField) else 0

    def _searchable_content(self, field) -> list[str]:
        value = field.value_from_object(self)
        if hasattr(field, "get_searchable_content"):
            return [str(text) for text in field.get_searchable_content(value)]
        return [value] if isinstance(value, str) else []
