"""“Publish” in wagtail-localize's editor, through the gate."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from posync.admin.refusals import refused
from posync.publishing.action import PublishTranslation, PublishTranslationError, catalog_of


def before_edit(request: HttpRequest, instance: models.Model) -> HttpResponseBase | None:
    """Publish in wagtail-localize's place, which fills gaps with source text; None leaves the request to it."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    catalog = catalog_of(instance)
    if catalog is None:
        return None
    try:
        result = PublishTranslation(catalog, request.user).execute()  # type: ignore[arg-type] # the admin knows its users
    except PublishTranslationError as refusal:
        messages.error(request, refused(instance, refusal.blocker))
        return redirect(request.path)
    instance.refresh_from_db()
    if result.exit_code or result.pages.waiting:  # somebody was quicker than this
        for issue in result.issues:
            messages.error(request, issue.message)
    elif result.pages.published:
        messages.success(request, _("“%(object)s” was published.") % {"object": instance})
    else:
        messages.info(request, _("“%(object)s” shows its approved texts already.") % {"object": instance})
    return redirect(request.path)
