"""The exception of posync's public functions."""


class PosyncError(Exception):
    """An obstacle for a person to remove before posync can go on; the message names it."""
