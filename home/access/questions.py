"""The pages that ask strangers for a password, in the language of the address."""

from collections.abc import Mapping

from django.forms import Form
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers


def for_this_visitor(response):
    """Keeps an answer from caches and from search engines."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def password_question(
    request: HttpRequest, form: Form, action_url: str, addresses: Mapping[str, str], *, is_document: bool
) -> TemplateResponse:
    """Tells nothing of the page behind it: no title, no summary, no picture."""
    context = {
        "form": form,
        "action_url": action_url,
        "language_addresses": addresses,
        "is_document": is_document,
    }
    status = 422 if form.is_bound else 200
    return for_this_visitor(TemplateResponse(request, "home/access/password.html", context, status=status))
