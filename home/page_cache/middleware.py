"""The page cache as middleware."""

from django.conf import settings

from home.page_cache.answers import answer, entry_of, keep_from_others
from home.page_cache.expiry import end_of_entry, now
from home.page_cache.freshness import is_fresh
from home.page_cache.rules import key_of, may_be_kept, may_be_shared, seconds_allowed
from home.page_cache.store import store


class PageCacheMiddleware:
    """Answers anonymous visitors from the page cache, and fills it.

    Its place is right after SecurityMiddleware (and WhiteNoise). Middleware before it works on every answer, kept
    or new: the redirect to HTTPS and the security headers. Middleware after it is spared for a kept answer, and has
    done its part at the making: the language (from the address, part of the key) with its Content-Language,
    X-Frame-Options, redirects. Sessions, CSRF and messages have no part in such an answer: it is kept only where
    they had nothing to do. Middleware with a header per request, such as a nonce, has to stand before this one, or
    not be used.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.release = settings.PAGE_CACHE_RELEASE()

    def __call__(self, request):
        if not may_be_shared(request):
            response = self.get_response(request)
            keep_from_others(response)
            return response

        begun = now()
        key = key_of(request, self.release)
        query = request.META.get("QUERY_STRING", "")
        # Before the first query to the database: a change after this moment makes the result old.
        generation, entry = store.find(key)
        if is_fresh(entry, generation=generation, query=query, at=begun):
            return answer(request, entry)

        response = self.get_response(request)
        if not may_be_kept(request, response):
            keep_from_others(response)
            return response
        expires_at = end_of_entry(request, begun)
        seconds = seconds_allowed(response)
        if seconds is not None:
            expires_at = min(expires_at, begun + seconds)
        entry = entry_of(response, generation=generation, expires_at=expires_at, query=query)
        remaining = expires_at - now()
        if generation and remaining > 0:
            store.keep(key, entry, remaining)
        return answer(request, entry, response)
