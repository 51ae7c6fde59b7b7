class PosyncError(Exception):
    """Something that a person must put right before posync can go on; the message says what."""
