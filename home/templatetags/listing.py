from django import template

from home import list_parameters

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of another page of the list that is shown, under the same filters."""
    request = context["request"]
    return request.path + list_parameters.query_for_page(
        list_parameters.kept_parameters(request, context.get("page")), number
    )
