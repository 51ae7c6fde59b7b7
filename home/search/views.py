"""The search of one language, as visitors see it."""

import re

from django.core.paginator import Paginator
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from home.i18n.languages import home_url, language_codes
from home.search.queries import Query, search_url
from home.search.results import RESULTS_PER_PAGE, LanguageSearch, other_language

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,4}")


# Searches are as many as there are words: a shared cache would hold little else.
@method_decorator(cache_control(private=True), name="dispatch")
class SearchView(TemplateView):
    """The search of one language.

    A view rather than a page of the tree: the header of every page leads here without asking the database where "here"
    is, and no editor can leave a language without it. Its address is translated as every text of the interface is.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "home/search.html"

    def get_context_data(self, **kwargs):
        query = Query.parse(self.request.GET.get("q", ""))
        context = super().get_context_data(**kwargs)
        context["search_query"] = query
        context["home_url"] = home_url(translation.get_language())
        context["language_addresses"] = self._addresses(query)
        if query:
            context |= self._found(query)
        return context

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["search_query"].text:
            response["X-Robots-Tag"] = "noindex"
        return response

    def _found(self, query):
        language = translation.get_language()
        search = LanguageSearch(self.request, language, query)
        paginator = Paginator(search.matching_all(), RESULTS_PER_PAGE)
        has_all_words = paginator.count > 0
        suggestions = []
        if not has_all_words:
            suggestions = search.suggestions()
            if len(query.words) > 1:
                paginator = Paginator(search.matching_any(), RESULTS_PER_PAGE)
        # A number too high leads to the last page: the switcher keeps it, and the other language has fewer.
        items = paginator.get_page(self.request.GET.get("page"))
        return {
            "items": items,
            "results": search.results(items.object_list),
            "has_all_words": has_all_words,
            "suggestions": suggestions,
            "other_languages": [
                other_language(self.request, code, query) for code in language_codes() if code != language
            ],
        }

    def _addresses(self, query):
        """Where the same search, and the same page of its results, is in each language."""
        page = self.request.GET.get("page", "")
        kept = {"page": page} if PAGE_NUMBER.fullmatch(page) else {}
        return {code: search_url(code, query, **kept) for code in language_codes()}
