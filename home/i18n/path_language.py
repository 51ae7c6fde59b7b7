"""The active language: the one in the address."""

from django.conf import settings
from django.utils import translation

from home.i18n.reader_language import language_of_reader

#: Views of the admin for people who have not said yet who they are.
_BEFORE_LOGIN = ("wagtailadmin_login", "wagtailadmin_password_reset")


class PathLanguageMiddleware:
    """Activates the language of the address, and no other.

    Django's LocaleMiddleware also asks the cookie and Accept-Language, and leads unknown addresses to a guessed
    language. Here one address always gives one page, to share, cache and index; only the choice at `/` looks at the
    visitor's preference, and the admin's login. Wagtail's admin puts each editor's own language over this one.
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

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name or ""
        if name.startswith(_BEFORE_LOGIN):
            # Until the end of the request: the answer may be rendered later.
            translation.activate(language_of_reader(request))
            request.LANGUAGE_CODE = translation.get_language()
