import re
from collections.abc import Iterator

from posync.core.results import Severity
from posync.hooks import EntryToCheck, Problem

_NUMBER = re.compile(r"\d+")


def prices(entry: EntryToCheck) -> Iterator[Problem]:
    """Numbers of the source stay; a price in dollars is unusual in Bulgarian."""
    lost = set(_NUMBER.findall(entry.msgid)) - set(_NUMBER.findall(entry.msgstr))
    for number in sorted(lost):
        yield Problem("shop-number", f"The number {number} of the source is missing.")
    if entry.language == "bg" and "$" in entry.msgstr:
        yield Problem("shop-dollars", "Prices are in euro on the Bulgarian pages.", Severity.WARNING)
