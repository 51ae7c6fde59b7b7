from django import template

from home import feeds

register = template.Library()


@register.simple_tag
def feed_links():
    return feeds.feed_links()
