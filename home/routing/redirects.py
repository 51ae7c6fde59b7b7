"""Redirects from former addresses."""

from urllib.parse import urlsplit

from wagtail.contrib.redirects import middleware as wagtail_redirects


class RedirectMiddleware(wagtail_redirects.RedirectMiddleware):
    """Wagtail's, without redirects to the visitor's own place.

    A renamed page with its old address back leaves one behind. Wagtail asks for it once the page is no longer live,
    and would send its visitors round for ever.
    """

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is not response:
            target = urlsplit(answer["Location"])
            if target.path == request.path and target.netloc in {"", request.get_host()}:
                return response
        return answer
