from django import template

from home.seo import metadata

register = template.Library()


@register.simple_tag(takes_context=True)
def page_metadata(context):
    return metadata.page_metadata(context.get("request"), context.get("page"))
