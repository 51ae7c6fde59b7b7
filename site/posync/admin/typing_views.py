"""wagtail-localize's addresses for typing and files: they lead to the catalog's editor.

What came in there was approved by that, whoever sent it: beside the checks, the reviews and the locks.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from posync.models import Catalog

_View = Callable[..., HttpResponseBase]


def _catalog_of(translation_id: int) -> Catalog | None:
    """The catalog of a translation that its editor is for; None leaves the request to wagtail-localize."""
    translation = get_object_or_404(Translation, pk=translation_id)
    return Catalog.objects.filter(translation=translation, translation__enabled=True, stopped=False).first()


def _gone(view: _View) -> _View:
    """Answer 410 with the editor's address, where there is one."""

    # wagtail-localize's own view asks for the token; nothing is done here.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, translation_id: int, **segment: int) -> HttpResponseBase:
        catalog = _catalog_of(translation_id)
        if catalog is None:
            return view(request, translation_id, **segment)
        address = reverse("posync_edit_catalog", args=[catalog.pk])
        text = _(
            "Nothing was saved: this page is of an older version. Open the translation anew: %(address)s"
        )
        return JsonResponse({"detail": text % {"address": address}, "address": address}, status=410)

    return answer


edit_string = _gone(edit_translation.edit_string_translation)
edit_override = _gone(edit_translation.edit_override)


def download_file(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Lead to the translators' own file."""
    catalog = _catalog_of(translation_id)
    if catalog is None:
        response: HttpResponseBase = edit_translation.download_pofile(request, translation_id)
        return response
    return redirect("posync_download_catalog", catalog.pk)


@require_POST
def upload_file(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Lead to the upload that shows what it is about to do."""
    catalog = _catalog_of(translation_id)
    if catalog is None:
        response: HttpResponseBase = edit_translation.upload_pofile(request, translation_id)
        return response
    messages.warning(
        request, _("Nothing was imported yet: choose the file here, and see first what becomes of it.")
    )
    return redirect("posync_upload_catalog", catalog.pk)
