"""Error pages."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path

from home.i18n.front_pages import nearest_front_pages
from home.i18n.languages import language_codes


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


# Its styles stand in the page: the style sheet's server may be the broken part.
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})
def server_error(request):
    """In the language of the address, or in both without one; without the database and other possibly broken parts."""
    language = get_language_from_path(request.path_info)
    response = HttpResponseServerError(render_to_string("500.html", {"language": language}))
    response["Content-Language"] = language or ", ".join(language_codes())
    return response
