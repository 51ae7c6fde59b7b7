from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language_from_path, get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from django.views.generic import TemplateView, View
from wagtail.models import Page, Site

from home.i18n.languages import home_url, language_codes, nearest_front_pages


@method_decorator(never_cache, name="dispatch")
@method_decorator(vary_on_headers("Cookie", "Accept-Language"), name="dispatch")
class LanguageChoiceView(View):
    """Leads from `/` to the front page in the visitor's language: the one chosen before, else the browser's."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        with translation.override(get_language_from_request(request)):
            # The default language's front page, where the one asked for is not live.
            home = site.root_page.localized
        return redirect(home_url(home.locale.language_code))


class UntranslatedPageView(TemplateView):
    """Says, in the language asked for, that a page is not there in it yet, and offers what is."""

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


class RobotsView(TemplateView):
    """Keeps robots out of the admin alone, and names the sitemap. Its address is the site's, as are those in it."""

    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        return super().get_context_data(sitemap_url=site.root_url + reverse("sitemap"), **kwargs)


def page_not_found(request, exception):
    """In the language of the address; where it has none, in all of them, each half with its own `lang`."""
    language = get_language_from_path(request.path_info)
    languages = [language] if language else language_codes()
    front_pages = nearest_front_pages(request)
    context = {
        "languages": languages,
        "notices": [(code, front_pages.get(code)) for code in languages],
    }
    response = render(request, "404.html", context, status=404)
    response["Content-Language"] = ", ".join(languages)
    return response


# Its styles stand in the page: what is broken may be what serves the style sheet.
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})
def server_error(request):
    """In the language of the address, and in both where it has none; without the database and what else may be broken."""
    language = get_language_from_path(request.path_info)
    response = HttpResponseServerError(render_to_string("500.html", {"language": language}))
    response["Content-Language"] = language or ", ".join(language_codes())
    return response
