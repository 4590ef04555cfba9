"""Checksums of rows: eight bytes over the table's name and every value, in a fixed unambiguous encoding.

The rule of this file: a value that SQLite gives back changed, in content or in type, changes the checksum.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from typing import TypeAlias

Value: TypeAlias = str | bytes | int | float | None

CHECKSUM_BYTES = 8


def row_checksum(table: str, values: Iterable[Value]) -> bytes:
    """Return the 8-byte BLAKE2b checksum of one row, RFC 7693."""
    encoded = b"".join([_encoded(table), *map(_encoded, values)])
    return hashlib.blake2b(encoded, digest_size=CHECKSUM_BYTES).digest()


def _encoded(value: Value) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, bytes):
        return b"b" + struct.pack("<Q", len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8", "surrogateescape")
        return b"s" + struct.pack("<Q", len(text)) + text
    if isinstance(value, int):
        return b"i%d;" % value
    return b"f" + struct.pack("<d", value)


def stored_float(value: float) -> float | None:
    """Return the value as a REAL column holds it: NaN becomes NULL."""
    number = float(value)
    return None if number != number else number


def loaded_float(value: Value) -> float:
    """Return a REAL column's value: NULL becomes NaN."""
    return float(value) if isinstance(value, (int, float)) else float("nan")
