"""“Start synced translation”, and targets whose original is gone."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import restart_translation

from posync.core.issue_codes import IssueCode
from posync.sources.restart import Restarted, collected_restarts

#: The button's name, by wagtail-localize.
_RESTART = "localize-restart-translation"
#: Texts told one by one.
_TOLD = 10


def before_edit(request: HttpRequest, instance: object) -> HttpResponseBase | None:
    """Answer in wagtail-localize's place where it would fail; None leaves the request to it."""
    if not isinstance(instance, TranslatableMixin):
        return None
    translations = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id
    ).select_related("source__specific_content_type")
    if request.method == "POST" and _RESTART in request.POST:
        stopped = translations.filter(enabled=False).order_by("-pk").first()
        if stopped is not None:
            return _restart(request, stopped, instance)
        _say_that_none_is_stopped(request, instance)
        return None
    orphans = [translation for translation in translations.filter(enabled=True) if _is_orphan(translation)]
    for orphan in orphans:
        orphan.enabled = False
        orphan.save(update_fields=["enabled"])
    if orphans:
        text = _(
            "The original of “%(object)s” was deleted, so its translation was stopped: edit it like any other. "
            "The texts of its translators are kept."
        )
        messages.warning(request, text % {"object": instance})
        return redirect(request.path)
    return None


def _restart(request: HttpRequest, translation: Translation, instance: TranslatableMixin) -> HttpResponseBase:
    if _is_orphan(translation):
        text = _("The translation of “%(object)s” cannot be started again: its original was deleted.")
        messages.error(request, text % {"object": instance})
        return redirect(request.path)
    with collected_restarts() as found:
        response: HttpResponseBase = restart_translation(request, translation, instance)
    for restarted in found:
        _tell(request, restarted)
    return response


def _say_that_none_is_stopped(request: HttpRequest, instance: TranslatableMixin) -> None:
    """Answer a button pressed on a page opened before its translation was deleted."""
    text = _(
        "There is no stopped translation of “%(object)s” to start again. Submit its original for translation anew."
    )
    messages.error(request, text % {"object": instance})


def _tell(request: HttpRequest, restarted: Restarted) -> None:
    if restarted.texts:
        number = len(restarted.texts)
        lines = [
            ngettext(
                "%(number)d text differed from the approved translation. What was shown here stays, and is approved "
                "now; the earlier text is in the history.",
                "%(number)d texts differed from the approved translation. What was shown here stays, and is approved "
                "now; the earlier texts are in the history.",
                number,
            )
            % {"number": number}
        ]
        lines += [
            _("“%(shown)s” in place of “%(before)s”.") % {"shown": text.shown, "before": text.before}
            for text in restarted.texts[:_TOLD]
        ]
        messages.warning(request, " ".join(lines))
    if lost := sum(issue.code == IssueCode.PAGE_DIFFERS for issue in restarted.issues):
        text = ngettext(
            "%(number)d thing here has no counterpart in the original. The next publication of the translation is "
            "without it.",
            "%(number)d things here have no counterpart in the original. The next publication of the translation is "
            "without them.",
            lost,
        )
        messages.warning(request, text % {"number": lost})


def _is_orphan(translation: Translation) -> bool:
    try:
        translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return True
    return False
