from django import template

from home.i18n.formats import numbers

register = template.Library()


@register.filter
def grouped(value, decimal_places=None):
    """Empty for what is no number, as Django's own filters are."""
    if value is None or value == "":
        return ""
    return numbers.grouped(value, decimal_places)
