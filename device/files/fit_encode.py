"""FIT messages as bytes: definitions, rows, developer fields, header and checksum.

The rule of this file: little-endian, one local type a kind of message; a value that is NaN or does not fit its field is
written as the base type's "invalid". Source: FIT Protocol, "FIT File Structure"; base types as in its table 7.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from device.files.fit_wire import crc16
from edge.samples import Column


@dataclass(frozen=True, slots=True)
class Base:
    """A base type: its byte in a definition, its numpy letter, lowest and highest value, and "invalid"."""

    byte: int
    letter: str
    low: int
    high: int
    invalid: int

    @property
    def size(self) -> int:
        """Return its size in bytes."""
        return np.dtype(self.letter).itemsize


ENUM = Base(0x00, "u1", 0, 0xFE, 0xFF)
SINT8 = Base(0x01, "i1", -0x7F, 0x7E, 0x7F)
UINT8 = Base(0x02, "u1", 0, 0xFE, 0xFF)
UINT16 = Base(0x84, "<u2", 0, 0xFFFE, 0xFFFF)
SINT32 = Base(0x85, "<i4", -0x80000000, 0x7FFFFFFE, 0x7FFFFFFF)
UINT32 = Base(0x86, "<u4", 0, 0xFFFFFFFE, 0xFFFFFFFF)
UINT32Z = Base(0x8C, "<u4", 1, 0xFFFFFFFF, 0)
#: A string or an array of bytes: of any size, ended by a zero.
TEXT_BYTE, BYTES_BYTE, FLOAT64_BYTE = 0x07, 0x0D, 0x89
_MOST_TEXT = 254
_HEADER_BYTES, _PROTOCOL, _PROFILE = 14, 0x20, 2132


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message with its one value: `number` in the profile, stored as (value + offset) * scale."""

    number: int
    base: Base
    value: float
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One text field of a message."""

    number: int
    value: str


@dataclass(frozen=True, slots=True)
class Raw:
    """One field of bytes."""

    number: int
    value: bytes


def message(local: int, number: int, fields: Sequence[Field | Text | Raw]) -> bytes:
    """Return the definition of a message and the one message itself; texts without letters are left out."""
    kept = [f for f in fields if not isinstance(f, Text) or f.value]
    parts = [_part(field) for field in kept]
    layout = b"".join(bytes([f.number, len(part), _byte(f)]) for f, part in zip(kept, parts, strict=True))
    return _head(local, number, len(kept)) + layout + bytes([local]) + b"".join(parts)


def _byte(field: Field | Text | Raw) -> int:
    if isinstance(field, Field):
        return field.base.byte
    return TEXT_BYTE if isinstance(field, Text) else BYTES_BYTE


def _part(field: Field | Text | Raw) -> bytes:
    if isinstance(field, Text):
        return shortened(field.value, _MOST_TEXT).encode() + b"\0"
    if isinstance(field, Raw):
        return field.value
    return stored(np.array([float(field.value)]), field.base, field.scale, field.offset)[0].tobytes()


def _head(local: int, number: int, count: int, developer: bool = False) -> bytes:
    return struct.pack("<BBBHB", 0x40 | (0x20 if developer else 0) | local, 0, 0, number, count)


def stored(values: Column, base: Base, scale: float = 1.0, offset: float = 0.0) -> tuple[NDArray[np.generic], int]:
    """Return values (n,) as a base type stores them ("invalid" where not finite or beyond), and how many are beyond."""
    with np.errstate(over="ignore", invalid="ignore"):
        whole = np.rint((values + offset) * scale)
        fits = np.isfinite(whole) & (whole >= base.low) & (whole <= base.high)
    beyond = int(np.count_nonzero(np.isfinite(values) & ~fits))
    return np.where(fits, whole, base.invalid).astype(base.letter), beyond


@dataclass(frozen=True, slots=True, eq=False)
class ColumnOf:
    """One column of a table of messages, already as its base type stores it."""

    number: int
    base: Base
    values: NDArray[np.generic]


@dataclass(frozen=True, slots=True, eq=False)
class DeveloperColumn:
    """One column of a table that the profile does not know: float64, NaN where not measured."""

    number: int
    values: Column


def table_definition(
    local: int, number: int, columns: Sequence[ColumnOf], developer: Sequence[DeveloperColumn] = ()
) -> bytes:
    """Return the definition of the rows of `table_rows`; developer fields are of developer 0."""
    layout = b"".join(bytes([c.number, c.base.size, c.base.byte]) for c in columns)
    more = bytes([len(developer)]) + b"".join(bytes([c.number, 8, 0]) for c in developer) if developer else b""
    return _head(local, number, len(columns), bool(developer)) + layout + more


def table_rows(local: int, columns: Sequence[ColumnOf], developer: Sequence[DeveloperColumn] = ()) -> NDArray[np.uint8]:
    """Return the messages (rows, bytes of one) of a table."""
    count = len(columns[0].values)
    kinds = [("head", "u1"), *((f"f{c.number}", c.base.letter) for c in columns)]
    rows = np.empty(count, dtype=[*kinds, *((f"d{c.number}", "<u8") for c in developer)])
    rows["head"] = local
    for c in columns:
        rows[f"f{c.number}"] = c.values
    for d in developer:
        bits = np.ascontiguousarray(d.values, dtype="<f8").view("<u8")
        rows[f"d{d.number}"] = np.where(np.isfinite(d.values), bits, np.uint64(0xFFFFFFFFFFFFFFFF))
    return rows.view(np.uint8).reshape(count, rows.dtype.itemsize)


def fit_file(body: bytes) -> bytes:
    """Return messages as a file: header with its checksum, body, checksum."""
    head = struct.pack("<BBHI4s", _HEADER_BYTES, _PROTOCOL, _PROFILE, len(body), b".FIT")
    whole = head + struct.pack("<H", crc16(head)) + body
    return whole + struct.pack("<H", crc16(whole))


def shortened(text: str, most_bytes: int) -> str:
    """Return a text that takes no more than so many bytes in UTF-8, cut between words with an ellipsis."""
    if len(text.encode()) <= most_bytes:
        return text
    cut = text.encode()[: most_bytes - len("…".encode())].decode(errors="ignore")
    words = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return f"{words.rstrip(' ,;:')}…"


def semicircles(degrees: Column) -> tuple[NDArray[np.generic], int]:
    """Return degrees as FIT stores a position, and how many are beyond (only 180° itself)."""
    return stored(degrees, SINT32, 2.0**31 / 180.0)
