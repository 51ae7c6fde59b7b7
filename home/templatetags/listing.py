from django import template

from home.routing import query

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of another page of the shown list, under the same filters."""
    request = context["request"]
    return request.path + query.query_for_page(query.canonical_query(request, context.get("page")), number)
