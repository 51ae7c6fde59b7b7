"""Model fields."""

import zlib
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

if TYPE_CHECKING:  # Django's fields take type parameters from type checkers alone
    _BinaryField: TypeAlias = models.BinaryField[bytes, bytes]
else:
    _BinaryField = models.BinaryField

#: More makes PO files no smaller worth speaking of.
_LEVEL = 1


def compressed(content: bytes) -> bytes:
    """As a CompressedField stores it: zlib's format; nothing stays nothing."""
    return zlib.compress(content, _LEVEL) if content else b""


def decompressed(stored: bytes) -> bytes:
    """Undo `compressed`."""
    return zlib.decompress(stored) if stored else b""


class CompressedField(_BinaryField):
    """Bytes stored in a quarter of their size, where a statement's cost is their size.

    PostgreSQL gets bytes as hexadecimal digits in the text of the statement. Not for looking rows up by.
    """

    def from_db_value(
        self, value: bytes | memoryview | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> bytes | None:
        return None if value is None else decompressed(bytes(value))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        stored = None if value is None else compressed(bytes(value))
        return super().get_db_prep_value(stored, connection, prepared)
