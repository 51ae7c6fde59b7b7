"""Says why a publication was refused, where Wagtail's admin would say of any refusal that a right is missing."""

import sys
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import auth
from wagtail.admin.localization import get_localized_response

from posync.admin.attempts import refused
from posync.models import Catalog
from posync.publishing.action import PublishTranslationPermissionError


def install() -> None:
    """Put the sentence in place, once."""
    if not hasattr(auth.permission_denied, "__wrapped__"):
        auth.permission_denied = _with_the_reason(auth.permission_denied)


def _with_the_reason(
    original: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    @wraps(original)
    def permission_denied(request: HttpRequest) -> HttpResponseBase:
        """Lead to the texts that are left, with the sentence about them, in the language of the person's admin."""
        denial = sys.exception()
        if (
            not isinstance(denial, PublishTranslationPermissionError)
            or denial.catalog is None
            or request.headers.get("x-requested-with") == "XMLHttpRequest"
        ):
            return original(request)
        answer: HttpResponseBase = get_localized_response(_answer, request, denial.catalog, denial)
        return answer

    return permission_denied


def _answer(
    request: HttpRequest, catalog: Catalog, denial: PublishTranslationPermissionError
) -> HttpResponseBase:
    name = catalog.source.object_repr
    messages.error(request, refused(name, denial.blocker) if denial.blocker else str(denial))
    return redirect("posync_edit_catalog", catalog.pk)
