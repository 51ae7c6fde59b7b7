"""wagtail-localize's sync and its aliases, without what would fail or publish there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from posync.models import Catalog

#: wagtail-localize's name for its menu item.
_CONVERT_TO_ALIAS = "localize-convert-to-alias"


def has_target(translation: Translation) -> bool:
    try:
        translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    return True


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Refuse wagtail-localize's “Convert to alias page” for a translation; other pages are left to it.

    It would bring the source's words live at the address of the other language, whoever may publish there, over locks and
    over approved text.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not _has_catalog(page):
        response: HttpResponseBase = convert.convert_to_alias(request, page_id)
        return response
    text = _(
        "“%(page)s” is a translation and stays one: as an alias it would show its original in another language. To take "
        "it away from visitors, unpublish it."
    )
    messages.error(request, text % {"page": page.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)


def without_convert_to_alias(
    menu_items: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]
) -> None:
    """Take “Convert to alias page” out of a translation's menu."""
    page = context.get("page")
    if any(item.name == _CONVERT_TO_ALIAS for item in menu_items) and page is not None and _has_catalog(page):
        menu_items[:] = [item for item in menu_items if item.name != _CONVERT_TO_ALIAS]


def _has_catalog(page: Page) -> bool:
    return Catalog.objects.filter(domain__object=page.translation_key, locale=page.locale_id).exists()


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
        if not has_target(translation)
    ]
