"""“Translate this page” and its like for snippets: the texts go to the translators, and nothing is made for visitors."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)

from posync.core.results import Severity
from posync.exceptions import PosyncError
from posync.sources.submit import submit, submit_many


class _Submit:
    """wagtail-localize makes the target at once, with the source's words, and live aliases of the pages above it."""

    object: Any
    request: Any

    def form_valid(self, form: Any) -> HttpResponseBase:
        locales: Sequence[Locale] = list(form.cleaned_data["locales"])
        _start_again(self.object, locales)
        try:
            submit(self.object, locales)
        except PosyncError as error:
            messages.error(self.request, str(error))
            return redirect(self.request.get_full_path())
        if isinstance(self.object, Page) and form.cleaned_data.get("include_subtree"):
            self._submit_below(self.object, locales)
        text = _(
            "The texts of “%(object)s” go to the translators of %(languages)s. Visitors have it in that language when its "
            "translation is complete and approved."
        )
        languages = get_text_list([locale.get_display_name() for locale in locales], _("and"))
        messages.success(self.request, text % {"object": self.object, "languages": languages})
        return redirect(self.get_success_url() or self.get_default_success_url())  # type: ignore[attr-defined]

    def _submit_below(self, page: Page, locales: Sequence[Locale]) -> None:
        below = list(page.get_descendants().live().values_list("pk", flat=True))
        if below:
            result = submit_many(locales, page_ids=below)
            for issue in result.issues:
                if issue.severity is Severity.ERROR:
                    messages.error(self.request, issue.message)


def _start_again(instance: Any, locales: Iterable[Locale]) -> None:
    """Start the stopped translations into the languages asked for."""
    stopped = Translation.objects.filter(
        source__object_id=instance.translation_key,
        source__locale_id=instance.locale_id,
        target_locale__in=list(locales),
        enabled=False,
    )
    for translation in stopped:
        translation.enabled = True
        translation.save(update_fields=["enabled"])


class SubmitPageView(_Submit, SubmitPageTranslationView):
    pass


class SubmitSnippetView(_Submit, SubmitSnippetTranslationView):
    pass
