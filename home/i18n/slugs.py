import re

from wagtail.admin.widgets import SlugInput

from home.i18n.transliteration import SLUG_RULES


class TransliteratingSlugInput(SlugInput):
    """Lets the editor see, while the title is typed, the very slug that the server would make."""

    def __init__(self, attrs=None):
        formatters = [
            (re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in SLUG_RULES
        ]
        super().__init__(attrs=attrs, formatters=formatters)
