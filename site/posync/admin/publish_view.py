"""“Publish” in wagtail-localize's editor, through the gate."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation

from posync.admin.attempts import attempt
from posync.publishing.action import catalog_of


def before_edit(request: HttpRequest, instance: models.Model) -> HttpResponseBase | None:
    """Publish in wagtail-localize's place, which fills gaps with source text; None leaves the request to it."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    catalog = catalog_of(instance)
    if catalog is None:
        return _stopped_meanwhile(request, instance)
    tried = attempt(catalog, instance, request.user)  # type: ignore[arg-type] # the admin knows its users
    for refusal in tried.refusals:
        messages.error(request, refusal)
    instance.refresh_from_db()
    if tried.published:
        messages.success(request, _("“%(object)s” was published.") % {"object": instance})
    elif not tried.refusals:
        messages.info(request, _("“%(object)s” shows its approved texts already.") % {"object": instance})
    return redirect(request.path)


def _stopped_meanwhile(request: HttpRequest, instance: models.Model) -> HttpResponseBase | None:
    """Answer a button of an editor opened before the translation was stopped: Wagtail's own form would fail at it."""
    is_stopped = isinstance(instance, TranslatableMixin) and Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=False
    )
    if not is_stopped:
        return None
    text = _(
        "“%(object)s” was not published: its translation was stopped meanwhile. Edit it here like any other page."
    )
    messages.error(request, text % {"object": instance})
    return redirect(request.path)
