"""wagtail-localize's addresses for typing and files: they lead to the catalog's editor.

What came in there was approved by that, whoever sent it: beside the checks, the reviews and the locks.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from posync.admin.views import has_target
from posync.models import Catalog

_View = Callable[..., HttpResponseBase]


def _catalog_of(translation_id: int) -> Catalog | None:
    """The catalog of a translation that its editor is for; None leaves the request to wagtail-localize."""
    translation = get_object_or_404(Translation, pk=translation_id)
    return Catalog.objects.filter(translation=translation, translation__enabled=True, stopped=False).first()


def _is_stopped(translation_id: int) -> bool:
    """Whether a translation was stopped. Its words are its page's own then: what came in here would return with its start."""
    catalogs = Catalog.objects.filter(translation=translation_id)
    return catalogs.filter(Q(stopped=True) | Q(translation__enabled=False)).exists()


def _say_that_it_is_stopped() -> str:
    return _("Nothing was saved: this translation was stopped. Edit its page like any other.")


def _gone(view: _View) -> _View:
    """Answer 410 with the editor's address, where there is one."""

    # wagtail-localize's own view asks for the token; nothing is done here.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, translation_id: int, **segment: int) -> HttpResponseBase:
        catalog = _catalog_of(translation_id)
        if _is_stopped(translation_id):
            return JsonResponse({"detail": _say_that_it_is_stopped()}, status=410)
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
    if _is_stopped(translation_id):
        return _refused(request, _say_that_it_is_stopped())
    if catalog is None:
        response: HttpResponseBase = edit_translation.upload_pofile(request, translation_id)
        return response
    messages.warning(
        request, _("Nothing was imported yet: choose the file here, and see first what becomes of it.")
    )
    return redirect("posync_upload_catalog", catalog.pk)


def _of_a_target(view: _View) -> _View:
    """Say that there is no target yet, where wagtail-localize would fail: it makes one at once, and has it always."""

    @wraps(view)
    def answer(request: HttpRequest, translation_id: int, **more: str) -> HttpResponseBase:
        if has_target(get_object_or_404(Translation, pk=translation_id)):
            return view(request, translation_id, **more)
        text = _(
            "There is no version in this language yet: that is made when the translation is complete and approved."
        )
        return _refused(request, text)

    return answer


@require_POST
def _machine_translate(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Leave a running translation to wagtail-localize: its machine's texts become drafts."""
    if _is_stopped(translation_id):
        return _refused(request, _say_that_it_is_stopped())
    response: HttpResponseBase = edit_translation.machine_translate(request, translation_id)
    return response


machine_translate = _of_a_target(_machine_translate)
preview = _of_a_target(edit_translation.preview_translation)
stop = _of_a_target(edit_translation.stop_translation)


def _refused(request: HttpRequest, why: str) -> HttpResponseBase:
    messages.error(request, why)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
