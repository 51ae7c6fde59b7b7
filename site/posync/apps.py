"""posync's app configuration."""

import warnings

from bs4 import MarkupResemblesLocatorWarning
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail_localize import strings

from posync.conf import inline_tags


class PosyncConfig(AppConfig):
    name = "posync"
    verbose_name = _("PO synchronisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Left out, these tags cut a sentence in three, and a later change would orphan the translations.
        strings.INLINE_TAGS += sorted(inline_tags().difference(strings.INLINE_TAGS))
        # A text may be nothing but an address: BeautifulSoup warns as if somebody meant to fetch it.
        warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning, module="wagtail_localize")
        from posync import checks, signal_handlers, tasks  # noqa: F401, PLC0415 - models must be loaded first
        from posync.admin import denials  # noqa: PLC0415 - likewise
        from posync.publishing import guard, language_trees  # noqa: PLC0415 - likewise

        denials.install()
        guard.install()
        language_trees.install()
