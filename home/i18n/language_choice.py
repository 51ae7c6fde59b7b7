"""The choice of a language at `/`."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from django.views.generic import View
from wagtail.models import Site

from home.i18n.languages import home_url


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
