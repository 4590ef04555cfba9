"""FIT bytes become tables of messages: where each message stands and how its fields are laid out.

The rule of this file: it walks the container once and never stops at a defect it can name. What a
message means is not known here. Source: FIT Protocol, chapters "File header", "Record format",
"Compressed timestamp header", "CRC".
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b".FIT"
TIMESTAMP = 253
# FIT protocol, "CRC": the 16-bit CRC is taken four bits at a time from this table.
_CRC: tuple[int, ...] = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


_LANES = 1024
_CRC_BLOCK = 1 << 22


def _crc_table() -> NDArray[np.uint16]:
    table = np.arange(256, dtype=np.uint16)
    nibbles = np.array(_CRC, dtype=np.uint16)
    crc = np.zeros(256, dtype=np.uint16)
    for nibble in (table & 0xF, table >> 4):
        crc = (crc >> 4) ^ nibbles[crc & 0xF] ^ nibbles[nibble]
    return crc


_CRC_BYTES = _crc_table()


def crc16(content: bytes | memoryview) -> int:
    """Return the FIT checksum (16 bit) of the bytes."""
    raw = np.frombuffer(content, dtype=np.uint8)
    crc = 0
    for start in range(0, len(raw), _CRC_BLOCK):
        crc = _crc_block(raw[start : start + _CRC_BLOCK], crc)
    return crc


def _crc_block(raw: NDArray[np.uint8], before: int) -> int:
    """Return the checksum after a block of bytes, for the checksum before it.

    The CRC is linear and blind to leading zeros, so the bytes are taken as 1024 rows at once; the rows are then
    joined with what a CRC becomes when a whole row of zeros follows it (16 further rows, one for each bit).
    """
    if len(raw) == 1:
        return (before >> 8) ^ int(_CRC_BYTES[(before ^ int(raw[0])) & 0xFF])
    width = -(-len(raw) // _LANES)
    table = np.zeros((_LANES + 16, width), dtype=np.uint8)
    flat = table[:_LANES].reshape(-1)
    first = len(flat) - len(raw)
    flat[first:] = raw
    flat[first] ^= before & 0xFF
    flat[first + 1] ^= before >> 8
    crc = np.zeros(_LANES + 16, dtype=np.uint16)
    crc[_LANES:] = 1 << np.arange(16)
    for column in table.T:
        crc = (crc >> 8) ^ _CRC_BYTES[(crc ^ column) & 0xFF]
    bits = crc[_LANES:].tolist()
    joined = 0
    for row in crc[:_LANES].tolist():
        for bit in range(16):
            if joined >> bit & 1:
                row ^= bits[bit]
        joined = row
    return int(joined)


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
    time_offset: int = -1
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
                table.positions.append(position + 1)
                if table.time_offset >= 0:
                    self.time_at, self.time_little = position + 1 + table.time_offset, table.little
                self.position = after
            if defect:
                return defect
        return ""

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
    fields: dict[int, Place] = {}
    offset = 0
    count = layout[5]
    for i in range(6, 6 + 3 * count, 3):
        number, size, base = layout[i], layout[i + 1], layout[i + 2] & 0x1F
        fields.setdefault(number, Place(offset, size, base))
        offset += size
    developer: dict[tuple[int, int], Place] = {}
    for i in range(7 + 3 * count, len(layout), 3):
        developer.setdefault((layout[i + 2], layout[i]), Place(offset, layout[i + 1], -1))
        offset += layout[i + 1]
    time = fields.get(TIMESTAMP)
    return Table(message, little, fields, developer, offset, time.offset if time and time.size == 4 else -1)


def _looks_like_header(content: bytes, start: int) -> bool:
    return content[start + 8 : start + 12] == SIGNATURE


def _header_size(content: bytes, start: int) -> int:
    """Return the header's size, 12 or 14; guessed from where the first definition stands when it says neither."""
    if content[start] in (12, 14):
        return content[start]
    return 12 if content[start + 12 : start + 13] == b"\x40" else 14


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


def _walk_into(part: Part, content: bytes, body: int, end: int) -> tuple[int, str]:
    """Fill the part's tables; return where to look for the next part, should this one be damaged, and the defect.

    A part that is not whole ends where the next header stands, whatever it says of its own length.
    """
    walker = _Walker(content, body, end)
    defect = walker.walk()
    following = -1
    if defect or part.defects:
        following = _next_header(content, body)
        if 0 <= following < end:
            walker = _Walker(content, body, following)
            defect = walker.walk() or defect
    part.tables = list(walker.by_layout.values())
    return (following if following >= 0 else len(content)), defect


def _looks_like_definition(content: bytes) -> bool:
    return len(content) > 12 and content[0] & 0xF0 == 0x40 and content[1] == 0 and content[2] < 2 and content[5] > 0


def _headless(content: bytes) -> Part:
    walker = _Walker(content, 0, len(content))
    defect = walker.walk()
    defects = ["the file header is missing", *([defect] if defect else [])]
    return Part(list(walker.by_layout.values()), defects, 0, whole=False)


def _read_part(content: bytes, start: int) -> tuple[Part, int]:
    """Return the part whose header stands at `start`, and where to look for the next one."""
    body = start + _header_size(content, start)
    (size,) = struct.unpack_from("<I", content, start + 4)
    part = Part(start=start)
    end = body + size
    if body - start != content[start]:
        part.defects.append(f"the header states a length of {content[start]} bytes for itself")
    if size == 0:
        part.defects.append("the header states no length (the recording was not closed)")
        end = len(content)
    elif end > len(content):
        part.defects.append(f"cut short: {end + 2 - len(content)} bytes fewer than the header states")
        end = len(content)
    following, defect = _walk_into(part, content, body, end)
    if defect:
        part.defects.append(defect)
    part.whole = not part.defects
    if not part.whole:
        return part, following
    if end + 2 > len(content):
        part.defects.append("the checksum at the end is missing")
        part.whole = False
    elif crc16(memoryview(content)[start:end]) != struct.unpack_from("<H", content, end)[0]:
        part.defects.append("the checksum does not match: single values may be damaged")
    return part, end + 2
