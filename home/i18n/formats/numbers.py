"""Numbers in running text, grouped as each language groups them."""

from decimal import Decimal

from django.utils import translation
from django.utils.formats import number_format

# Bulgarian leaves four digits together: 2500, but 25 000.
LEAST_DIGITS_GROUPED = {"bg": 5}


def grouped(value: int | float | Decimal, decimal_places: int | None = None) -> str:
    """The number with its language's decimal mark, and its thousands apart where that language sets them apart."""
    digits = len(str(abs(int(value))))
    force = digits >= LEAST_DIGITS_GROUPED.get(translation.get_language(), 4)
    return number_format(value, decimal_places, use_l10n=True, force_grouping=force)
