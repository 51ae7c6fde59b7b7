"""Which code is running."""

from functools import cache
from hashlib import blake2b
from pathlib import Path


@cache
def fingerprint(checkout: Path) -> str:
    """The same on every host that runs the same code, templates, static files and interface strings."""
    digest = blake2b(digest_size=8)
    for path in sorted(_sources(checkout)):
        digest.update(str(path.relative_to(checkout)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(checkout: Path):
    # What is installed beside the checkout.
    yield checkout / "requirements.txt"
    yield from checkout.glob("locale/*/LC_MESSAGES/*.mo")
    for folder in ("home", "site"):
        for path in (checkout / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
