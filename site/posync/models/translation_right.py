"""Who may translate, review and publish what."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class TranslationRight(models.Model):
    """A group's rights on translations into a language, beside Wagtail's own on the pages and snippets themselves."""

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="translation_rights"
    )
    #: None: every language.
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    #: Only this page and those below it, in any language of theirs. None: everything, snippets too.
    section = models.ForeignKey(
        Page, verbose_name=_("section"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    translate = models.BooleanField(_("translate"), default=False)
    #: Approve what others have translated, and send it back; it includes translating.
    review = models.BooleanField(_("review"), default=False)
    #: Publish what is approved; it includes reviewing.
    publish = models.BooleanField(_("publish"), default=False)

    class Meta:
        verbose_name = _("translation right")
        verbose_name_plural = _("translation rights")

    def __str__(self) -> str:
        return f"{self.group}: {self.locale or _('every language')}"
