"""The fixed ids of everything the demo makes.

Translators' files name blocks by id, so every fresh database must give a block the id it has in those files.
"""

from uuid import UUID, uuid5

NAMESPACE = UUID("6a4f3c52-8f0e-5d0b-9a53-3d1f6b0e7c21")


def fixed_id(*names: object) -> UUID:
    return uuid5(NAMESPACE, "/".join(str(name) for name in names))
