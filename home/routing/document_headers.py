"""Headers of uploaded documents."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class DocumentHeadersMiddleware:
    """Drops the `Content-Encoding: None` that Wagtail gives to documents: browsers may refuse an encoding unknown to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Encoding") == "None":
            del response["Content-Encoding"]
        return response
