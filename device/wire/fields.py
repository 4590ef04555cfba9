"""Optional fields of a characteristic: which are there stands in its flags, their order in a table.

The rule of this file: numbers only, NaN for a field that is absent or that the device marks as not known. A table
is a tuple of `Field`; fields that share a flag come and go together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from device.wire.errors import need, whole


@dataclass(frozen=True, slots=True)
class Field:
    """One whole number on the wire: its flag, bytes, counts per unit, sign, and the count for "not known"."""

    what: str
    flag: int
    size: int
    per_unit: float = 1.0
    signed: bool = False
    unknown: int | None = None


def length(flags: int, fields: tuple[Field, ...]) -> int:
    """Return how many bytes the fields take that the flags promise."""
    return sum(field.size for field in fields if flags & field.flag)


def read(payload: bytes, at: int, flags: int, fields: tuple[Field, ...], what: str) -> list[float]:
    """Return one value per field of the table, in its unit, NaN where absent; WireError when a promised one is cut."""
    need(payload, at + length(flags, fields), what)
    values: list[float] = []
    for field in fields:
        if not flags & field.flag:
            values.append(math.nan)
            continue
        raw = int.from_bytes(payload[at : at + field.size], "little", signed=field.signed)
        at += field.size
        values.append(math.nan if raw == field.unknown else raw / field.per_unit)
    return values


def write(fields: tuple[Field, ...], values: Iterable[float]) -> tuple[int, bytes]:
    """Return the flags and the bytes of the fields that have a value.

    ValueError for a value that its field cannot hold, and for a NaN beside a number of the same flag where the
    field has no count for "not known".
    """
    pairs = list(zip(fields, values, strict=True))
    flags = 0
    for field, value in pairs:
        flags |= 0 if math.isnan(value) else field.flag
    return flags, b"".join(_bytes(field, value) for field, value in pairs if flags & field.flag)


def _bytes(field: Field, value: float) -> bytes:
    bits = 8 * field.size
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if field.signed else (0, (1 << bits) - 1)
    if math.isnan(value) and field.unknown is not None:
        raw = field.unknown
    else:
        raw = whole(value * field.per_unit, low, high, field.what)
        if raw == field.unknown:
            raise ValueError(f"{field.what}: {value!r} is what the field says for not known")
    return raw.to_bytes(field.size, "little", signed=field.signed)
