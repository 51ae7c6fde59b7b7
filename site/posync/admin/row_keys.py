"""Reads the key of a row out of an address or a form, where anybody may have written anything."""

#: Of the largest key in a database. Python refuses to read a number of thousands of digits.
_DIGITS = 18


def as_key(text: str) -> int | None:
    """The key that a text is; None where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
