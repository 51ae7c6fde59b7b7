"""The rows of rights on translations, under Settings."""

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet

from posync.models import TranslationRight


class TranslationRightViewSet(ModelViewSet):
    """Who may give rights is who may change the model, by Wagtail's own permissions of a group."""

    model = TranslationRight
    icon = "wagtail-localize-language"
    menu_label = gettext_lazy("Translation rights")
    menu_name = "posync-translation-rights"
    name = "posync-translation-rights"
    add_to_settings_menu = True
    form_fields = ["group", "locale", "section", "translate", "review", "publish"]
    list_display = ["group", "locale", "section", "translate", "review", "publish"]
