"""Typing in wagtail-localize's editor, without what its locks do not reach: they lie on pages, and it asks about rights alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import LockableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

_View = Callable[..., HttpResponseBase]


def _unless_locked(view: _View) -> _View:
    """The view, but for a target that somebody else has locked."""

    # wagtail-localize's own view asks for the token.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, translation_id: int, **segment: Any) -> HttpResponseBase:
        target = _target_of(translation_id)
        # A workflow or a time set for publication stops no translator: nothing goes live by typing.
        lock = target.get_lock() if isinstance(target, LockableMixin) and target.locked else None
        if lock is not None and lock.for_user(request.user):
            text = _("“%(object)s” is locked: nothing was saved. Ask for it to be unlocked first.")
            return JsonResponse({"detail": text % {"object": target}}, status=403)
        return view(request, translation_id, **segment)

    return answer


def _target_of(translation_id: int) -> object:
    try:
        return Translation.objects.get(pk=translation_id).get_target_instance()
    except ObjectDoesNotExist:
        return None


edit_string = _unless_locked(edit_translation.edit_string_translation)
edit_override = _unless_locked(edit_translation.edit_override)
