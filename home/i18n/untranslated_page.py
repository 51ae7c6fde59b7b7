"""The page in place of a missing translation."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.generic import TemplateView
from wagtail.models import Page

from home.i18n.front_pages import nearest_front_pages


class UntranslatedPageView(TemplateView):
    """Says in the asked language: no translation yet. Offers the original, and the nearest page."""

    template_name = "home/untranslated_page.html"

    def get(self, request, page_id):
        public_pages = Page.objects.live().public().filter(depth__gt=1)
        original = get_object_or_404(public_pages.select_related("locale"), pk=page_id).specific
        if original.get_url(request) is None:
            raise Http404
        translated = original.live_translations.get(translation.get_language())
        if translated is not None:
            return redirect(translated.get_url(request))
        response = self.render_to_response(
            {
                "original": original,
                "nearest_page": self.nearest_translated_ancestor(original),
                "front_page": nearest_front_pages(self.request).get(translation.get_language()),
            }
        )
        response["X-Robots-Tag"] = "noindex"
        return response

    @staticmethod
    def nearest_translated_ancestor(page):
        keys = [
            ancestor.translation_key
            for ancestor in page.get_ancestors().filter(depth__gt=1).order_by("-depth")
        ]
        translations = {
            ancestor.translation_key: ancestor
            for ancestor in Page.objects.live()
            .public()
            .filter(translation_key__in=keys, locale__language_code=translation.get_language())
        }
        return next((translations[key] for key in keys if key in translations), None)
