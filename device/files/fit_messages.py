"""Columns out of FIT messages: each field of all messages of one kind as one array.

The rule of this file: values are float64 with NaN for "invalid" and "absent"; nothing is copied twice.
Source: FIT Protocol, chapter "Base types".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from device.files.fit_wire import TIMESTAMP, Part, Place, Table
from edge.samples import Column

_STRING = 7
_BYTE = 13
#: base type number -> (numpy type without byte order, the value that means "invalid")
_BASES: dict[int, tuple[str, float]] = {
    0: ("u1", 0xFF),
    1: ("i1", 0x7F),
    2: ("u1", 0xFF),
    3: ("i2", 0x7FFF),
    4: ("u2", 0xFFFF),
    5: ("i4", 0x7FFFFFFF),
    6: ("u4", 0xFFFFFFFF),
    8: ("f4", np.nan),
    9: ("f8", np.nan),
    10: ("u1", 0),
    11: ("u2", 0),
    12: ("u4", 0),
    _BYTE: ("u1", 0xFF),
    14: ("i8", 0x7FFFFFFFFFFFFFFF),
    15: ("u8", 0xFFFFFFFFFFFFFFFF),
    16: ("u8", 0),
}


def _gather(content: NDArray[np.uint8], table: Table, place: Place) -> NDArray[np.uint8]:
    """Return the bytes (n, size) of one field in all messages of a table."""
    out = np.empty((len(table.positions), place.size), dtype=np.uint8)
    first = np.frombuffer(table.positions, dtype=np.int64) + place.offset
    for i in range(place.size):
        out[:, i] = content[first + i]
    return out


def _numbers(raw: NDArray[np.uint8], base: int, little: bool) -> Column:
    """Return (n, k) values of a base type from (n, size) bytes; invalid ones are NaN."""
    kind, invalid = _BASES.get(base, _BASES[_BYTE])
    width = int(kind[1])
    if raw.shape[1] % width or not raw.shape[1]:
        return np.full((len(raw), 1), np.nan)
    values = np.ascontiguousarray(raw).view(("<" if little else ">") + kind)
    numbers = values.astype(np.float64)
    if invalid == invalid:
        numbers[values == np.array(invalid, dtype=object).astype(values.dtype)] = np.nan
    return numbers


class Messages:
    """All messages of one global number in file order, read column by column."""

    def __init__(self, content: bytes, part: Part, message: int) -> None:
        self._content = np.frombuffer(content, dtype=np.uint8)
        self._tables = part.of(message)
        positions = [np.asarray(t.positions, dtype=np.int64) for t in self._tables]
        joined = np.concatenate(positions) if positions else np.empty(0, np.int64)
        order = np.argsort(joined, kind="stable")
        rank = np.empty(len(joined), dtype=np.int64)
        rank[order] = np.arange(len(joined))
        self.position = joined[order]
        sizes = np.cumsum([len(p) for p in positions])
        self._rows = np.split(rank, sizes[:-1]) if positions else []

    def __len__(self) -> int:
        return len(self.position)

    def has(self, number: int) -> bool:
        """Return whether any layout of these messages has the field."""
        return any(number in t.fields for t in self._tables)

    def column(self, number: int, scale: float = 1.0, offset: float = 0.0) -> Column:
        """Return a field as (n,) values divided by scale, less the offset; NaN where absent or invalid."""
        out = np.full(len(self), np.nan)
        for table, rows in zip(self._tables, self._rows, strict=True):
            place = table.fields.get(number)
            if place is not None and place.base != _STRING:
                out[rows] = _numbers(_gather(self._content, table, place), place.base, table.little)[:, 0]
        return out / scale - offset if scale != 1.0 or offset else out

    def array(self, number: int) -> list[tuple[NDArray[np.int64], Column]]:
        """Return an array field as pairs of rows (n,) and values (n, k), one pair for each layout."""
        found = []
        for table, rows in zip(self._tables, self._rows, strict=True):
            place = table.fields.get(number)
            if place is not None:
                found.append((rows, _numbers(_gather(self._content, table, place), place.base, table.little)))
        return found

    def raw(self, number: int, size: int) -> NDArray[np.uint8]:
        """Return a field's bytes (n, size); 0xFF where a message has no such field of that size."""
        out = np.full((len(self), size), 0xFF, dtype=np.uint8)
        for table, rows in zip(self._tables, self._rows, strict=True):
            place = table.fields.get(number)
            if place is not None and place.size == size:
                out[rows] = _gather(self._content, table, place)
        return out

    def developer(self, key: tuple[int, int], base: int) -> Column:
        """Return a developer field as (n,) values of the base type its description states."""
        out = np.full(len(self), np.nan)
        for table, rows in zip(self._tables, self._rows, strict=True):
            place = table.developer.get(key)
            if place is not None:
                out[rows] = _numbers(_gather(self._content, table, place), base & 0x1F, table.little)[:, 0]
        return out

    def text(self, number: int) -> list[str]:
        """Return a string field, "" where absent; bytes that are no UTF-8 are replaced."""
        out = [""] * len(self)
        for table, rows in zip(self._tables, self._rows, strict=True):
            place = table.fields.get(number)
            if place is not None and place.base == _STRING:
                for row, raw in zip(rows, _gather(self._content, table, place), strict=True):
                    out[row] = raw.tobytes().split(b"\0")[0].decode("utf-8", "replace").strip()
        return out

    def times(self) -> Column:
        """Return the FIT timestamps (n,) in s since the FIT epoch, from field 253 or the compressed header."""
        out = self.column(TIMESTAMP)
        stamps = {k: v for t in self._tables for k, v in t.header_times.items()}
        if stamps:
            known = np.array(sorted(stamps), dtype=np.int64)
            rows = np.searchsorted(self.position, known)
            out[rows] = [float(stamps[int(k)]) for k in known]
        return out
