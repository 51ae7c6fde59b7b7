"""The digest left of a text removed from the history: an older file with the text is recognised by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

#: Begins each digest.
PREFIX = "sha256:"


def digest_of(text: str) -> str:
    """What the history has in the place of a text removed from it; "" for no text."""
    # A lone surrogate, which no database keeps, must not stop a comparison.
    return PREFIX + sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Texts to be found in the history, as they are or by their digests."""

    _texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Sought":
        found: dict[str, str] = {}
        for text in texts:
            found[digest_of(text)] = found[text] = text
        return cls(found)

    @property
    def stored(self) -> Sequence[str]:
        """What to look for."""
        return list(self._texts)

    def text(self, stored: str) -> str:
        """The text sought that the history has so; another is given back as it is."""
        return self._texts.get(stored, stored)
