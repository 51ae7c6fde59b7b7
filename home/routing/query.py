"""The view of a page in GET parameters, shared by every language."""

from django.http import HttpRequest, QueryDict
from wagtail.models import Page

PAGE_NUMBER = "page"


def canonical_query(request: HttpRequest | None, page: Page | None) -> QueryDict:
    """The request's parameters known to `page`, in the page's order: one view has one address."""
    query = QueryDict(mutable=True)
    if request is None:
        return query
    for name in getattr(page, "query_parameters", ()):
        if values := [value for value in request.GET.getlist(name) if value]:
            query.setlist(name, values)
    if page_number(query) == 1:
        query.pop(PAGE_NUMBER, None)
    return query


def page_number(parameters: QueryDict) -> int:
    """Returns 1 without a number, or with an impossible one."""
    try:
        return max(int(parameters.get(PAGE_NUMBER, 1)), 1)
    except ValueError:
        return 1


def is_filtered(parameters: QueryDict) -> bool:
    return any(name != PAGE_NUMBER for name in parameters)


def is_default_view(parameters: QueryDict) -> bool:
    return not parameters


def query_for(version: Page, parameters: QueryDict) -> str:
    """The query for a version of the page to show the same part of the list.

    One language may have fewer pages of it than another: then its last one.
    """
    if PAGE_NUMBER not in parameters:
        return query_for_page(parameters, 1)
    last = version.specific.number_of_pages(parameters)
    return query_for_page(parameters, min(page_number(parameters), last))


def query_for_page(parameters: QueryDict, number: int) -> str:
    """The same parameters for another page of the list; its first page is the one without a number."""
    parameters = parameters.copy()
    parameters.pop(PAGE_NUMBER, None)
    if number > 1:
        parameters[PAGE_NUMBER] = str(number)
    return f"?{parameters.urlencode()}" if parameters else ""
