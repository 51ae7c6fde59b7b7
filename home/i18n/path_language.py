"""The active language: the one in the address."""

from django.conf import settings
from django.utils import translation


class PathLanguageMiddleware:
    """Activates the language of the address, and no other.

    Django's LocaleMiddleware also asks the cookie and Accept-Language, and leads unknown addresses to a guessed
    language. Here one address always gives one page, to share, cache and index; only the choice at `/` looks at the
    visitor's preference. Wagtail's admin puts each editor's own language over this one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language_of_path = translation.get_language_from_path(request.path_info)
        with translation.override(language_of_path or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        if language_of_path:
            response.headers.setdefault("Content-Language", language_of_path)
        return response
