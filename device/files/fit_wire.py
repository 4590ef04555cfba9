"""FIT bytes become tables of messages: where each message stands and how its fields are laid out.

The rule of this file: it walks the container once and never stops at a defect it can name. What a
message means is not known here; columns come out as float64 with NaN for "invalid".
Source: FIT Protocol, chapters "File header", "Record format", "Compressed timestamp header", "Base types".
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

SIGNATURE = b".FIT"
TIMESTAMP = 253
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
# FIT protocol, "CRC": the 16-bit CRC is taken four bits at a time from this table.
_CRC = (0x0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01)
_CRC += (0x8801, 0x4400)


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = 0
        for nibble in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) ^ _CRC[crc & 0xF] ^ _CRC[nibble]
        table.append(crc)
    return tuple(table)


_CRC_BYTES = _crc_table()


def crc16(content: bytes | memoryview) -> int:
    """Return the FIT checksum (16 bit) of the bytes."""
    crc = 0
    table = _CRC_BYTES
    for byte in content:
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return crc


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in its message: offset and size in bytes, FIT base type number."""

    offset: int
    size: int
    base: int


def _no_positions() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Table:
    """All messages of one layout: byte positions of their contents, and times from compressed headers."""

    message: int
    little: bool
    fields: dict[int, Place]
    developer: dict[tuple[int, int], Place]
    size: int
    positions: array[int] = field(default_factory=_no_positions)
    header_times: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Part:
    """One FIT file inside the bytes (they may be chained): its tables and what is wrong with it."""

    tables: list[Table] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    start: int = 0
    whole: bool = True

    def of(self, message: int) -> list[Table]:
        """Return the tables that hold messages of one global number."""
        return [t for t in self.tables if t.message == message and t.positions]

    def count(self, message: int) -> int:
        """Return how many messages of one global number there are."""
        return sum(len(t.positions) for t in self.of(message))


class _Walker:
    """Walks the messages of one part; `position` is where it stands in the bytes."""

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self.content, self.position, self.end = content, start, end
        self.locals: list[Table | None] = [None] * 16
        self.by_layout: dict[bytes, Table] = {}
        self.time_at, self.time_little, self.time = -1, True, -1

    def walk(self) -> str:
        """Read until the end; return "" or the sentence that names the defect where it stopped."""
        content, end, tables = self.content, self.end, self.locals
        while (position := self.position) < end:
            header = content[position]
            if header & 0xC0 == 0x40:
                defect = self._definition(position, header)
            else:
                local = (header >> 5) & 3 if header & 0x80 else header & 0x0F
                table = tables[local]
                if table is None:
                    return f"at byte {position}: message type {local} was never defined"
                after = position + 1 + table.size
                if after > end:
                    return f"at byte {position}: cut in the middle of a message"
                defect = self._compressed(table, position, header) if header & 0x80 else ""
                self._note(table, position + 1)
                self.position = after
            if defect:
                return defect
        return ""

    def _note(self, table: Table, position: int) -> None:
        table.positions.append(position)
        place = table.fields.get(TIMESTAMP)
        if place is not None and place.size == 4:
            self.time_at, self.time_little = position + place.offset, table.little

    def _compressed(self, table: Table, position: int, header: int) -> str:
        if self.time_at >= 0:
            self.time = struct.unpack_from("<I" if self.time_little else ">I", self.content, self.time_at)[0]
            self.time_at = -1
        if self.time < 0:
            return f"at byte {position}: a time offset before any time"
        self.time += ((header & 0x1F) - self.time) & 0x1F
        table.header_times[position + 1] = self.time
        return ""

    def _definition(self, position: int, header: int) -> str:
        """Read a definition message; return "" or the defect."""
        content = self.content
        cut = f"at byte {position}: cut in the middle of a definition"
        if position + 6 > self.end:
            return cut
        after = position + 6 + 3 * content[position + 5]
        if header & 0x20:
            if after + 1 > self.end:
                return cut
            after += 1 + 3 * content[after]
        if after > self.end:
            return cut
        layout = bytes([header & 0x20]) + content[position + 1 : after]
        table = self.by_layout.get(layout)
        if table is None:
            if content[position + 2] > 1:
                return f"at byte {position}: an unknown byte order ({content[position + 2]})"
            table = self.by_layout[layout] = _table(layout)
        self.locals[header & 0x0F] = table
        self.position = after
        return ""


def _table(layout: bytes) -> Table:
    """Return the empty table that a definition describes (its bytes, with the developer flag in front)."""
    little = layout[2] == 0
    (message,) = struct.unpack_from("<H" if little else ">H", layout, 3)
    fields, offset = {}, 0
    count = layout[5]
    for i in range(6, 6 + 3 * count, 3):
        number, size, base = layout[i], layout[i + 1], layout[i + 2] & 0x1F
        fields.setdefault(number, Place(offset, size, base))
        offset += size
    developer: dict[tuple[int, int], Place] = {}
    for i in range(7 + 3 * count, len(layout), 3):
        developer.setdefault((layout[i + 2], layout[i]), Place(offset, layout[i + 1], -1))
        offset += layout[i + 1]
    return Table(message, little, fields, developer, offset)


def _looks_like_header(content: bytes, start: int) -> bool:
    return content[start + 8 : start + 12] == SIGNATURE and content[start] in (12, 14)


def _next_header(content: bytes, after: int) -> int:
    """Return where the next FIT header starts at or behind a byte, -1 where there is none."""
    at = content.find(SIGNATURE, after + 8)
    while at >= 0:
        if _looks_like_header(content, at - 8):
            return at - 8
        at = content.find(SIGNATURE, at + 1)
    return -1


def read_parts(content: bytes) -> tuple[list[Part], list[str]]:
    """Return the FIT files that stand one behind the other in the bytes, and the defects between them."""
    parts: list[Part] = []
    between: list[str] = []
    position = 0
    while position < len(content):
        header = position if _looks_like_header(content, position) else _next_header(content, position)
        if header < 0 and not parts and _looks_like_definition(content):
            parts.append(_headless(content))
            break
        if header < 0:
            between.append(f"{len(content) - position} bytes from byte {position} on are no FIT data")
            break
        if header > position:
            between.append(f"{header - position} bytes from byte {position} on are no FIT data")
        part, position = _read_part(content, header)
        parts.append(part)
    return parts, between


def _looks_like_definition(content: bytes) -> bool:
    return len(content) > 12 and content[0] & 0xF0 == 0x40 and content[1] == 0 and content[2] < 2 and content[5] > 0


def _headless(content: bytes) -> Part:
    walker = _Walker(content, 0, len(content))
    defect = walker.walk()
    defects = ["the file header is missing", *([defect] if defect else [])]
    return Part(list(walker.by_layout.values()), defects, 0, whole=False)


def _read_part(content: bytes, start: int) -> tuple[Part, int]:
    """Return the part whose header stands at `start`, and where to look for the next one."""
    body = start + content[start]
    (size,) = struct.unpack_from("<I", content, start + 4)
    part = Part(start=start)
    end = body + size
    if size == 0:
        following = _next_header(content, body)
        end = following if following >= 0 else len(content)
        part.defects.append("the header states no length (the recording was not closed)")
    elif end > len(content):
        part.defects.append(f"cut short: {end + 2 - len(content)} bytes fewer than the header states")
        end = len(content)
    walker = _Walker(content, body, end)
    defect = walker.walk()
    part.tables = list(walker.by_layout.values())
    if defect:
        part.defects.append(defect)
    part.whole = not part.defects
    if not part.whole:
        following = _next_header(content, walker.position)
        return part, following if following >= 0 else len(content)
    if end + 2 > len(content):
        part.defects.append("the checksum at the end is missing")
    elif crc16(memoryview(content)[start:end]) != struct.unpack_from("<H", content, end)[0]:
        part.defects.append("the checksum does not match: single values may be damaged")
    return part, end + 2


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
    if raw.shape[1] % width:
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
        splits = np.cumsum([len(p) for p in positions])[:-1] if positions else []
        self._rows = np.split(rank, splits) if positions else []

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


def total(parts: Sequence[Part], message: int) -> int:
    """Return how many messages of a global number the parts hold together."""
    return sum(p.count(message) for p in parts)
