"""wagtail-localize's upload and sync, without what would fail or publish there."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.edit_translation import upload_pofile
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

#: Only files downloaded in the admin name their translation, in a field of the header.
_HEADER_OF_DOWNLOADS = re.compile(rb'^"X-WagtailLocalize-TranslationID: [^"\\]+\\n"\r?$')


@require_POST
def upload_translation(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Refuse files from elsewhere at wagtail-localize's “Upload PO file”, where they would fail.

    Nor is there anything to upload to before the first publication makes the target.
    """
    translation = get_object_or_404(Translation, pk=translation_id)
    file = request.FILES.get("file")
    is_download = file is not None and any(_HEADER_OF_DOWNLOADS.match(line.rstrip(b"\n")) for line in file)
    if file is not None and is_download and _has_target(translation):
        file.seek(0)
        response: HttpResponseBase = upload_pofile(request, translation_id)
        return response
    text = _(
        "Only a PO file that was downloaded here can be uploaded here. A file from the translators' folder goes back "
        "into that folder, and comes in with the next sync."
    )
    messages.error(request, text)
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def _has_target(translation: Translation) -> bool:
    try:
        translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    return True


class _SyncForm(UpdateTranslationsForm):
    """wagtail-localize's form without “Publish immediately”, for forms and for hand-made requests.

    It would fill gaps with source text, and asks for no permission to publish. posync's sync publishes what is complete.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]

    def clean(self) -> dict[str, Any]:
        # The view asks for it.
        return {**self.cleaned_data, "publish_translations": False}


class SyncTranslatedPagesView(UpdateTranslationsView):
    """wagtail-localize's “Sync translated pages”, for objects with some translation still without a target.

    wagtail-localize makes the target when an object is submitted, and fails here without it; posync makes it once
    the translation is approved. Until then there is nothing to sync: sources are refreshed when they are published.
    Nothing is published here, for anybody.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(["wagtail_localize.submit_translation"]):
            raise PermissionDenied
        source = self.get_object()
        try:
            instance = source.get_source_instance()
        except ObjectDoesNotExist:
            text = _("The original of “%(object)s” was deleted: there is nothing to sync.")
            messages.error(request, text % {"object": source.object_repr})
            return redirect("wagtailadmin_home")
        languages = _languages_without_target(source)
        if not languages:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return response
        text = _(
            "“%(object)s” has no version in %(languages)s yet: that is made when its translation is complete and "
            "approved. Its texts go to the translators each time it is published; there is nothing to sync by hand."
        )
        messages.info(
            request, text % {"object": source.object_repr, "languages": get_text_list(languages, _("or"))}
        )
        return redirect(self.get_edit_url(instance))

    def get_form(self) -> _SyncForm:
        return _SyncForm(self.request.POST if self.request.method == "POST" else None)


def _languages_without_target(source: TranslationSource) -> list[str]:
    translations = source.translations.filter(enabled=True).select_related("target_locale")
    return [
        translation.target_locale.get_display_name()
        for translation in translations
        if not _has_target(translation)
    ]
