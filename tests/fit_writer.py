"""Writes small FIT files for tests: definitions, data messages, developer fields, header and checksum.

Independent of the reader: the checksum is computed bit by bit (polynomial 0xA001), sizes are literals.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

#: base type byte -> struct letter
LETTERS = {0x00: "B", 0x01: "b", 0x02: "B", 0x83: "h", 0x84: "H", 0x85: "i", 0x86: "I", 0x88: "f", 0x0D: "B"}
ENUM, SINT8, UINT8, UINT16, SINT32, UINT32, STRING = 0x00, 0x01, 0x02, 0x84, 0x85, 0x86, 0x07
#: 2024-04-30T06:00:00Z in seconds since 1989-12-31T00:00:00Z
START = 1083391200
UNIX_START = START + 631065600


def crc_of(content: bytes) -> int:
    """Return the CRC-16 of the bytes, one bit at a time."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


class FitWriter:
    """Collects messages; `content()` is the file."""

    def __init__(self, *, little: bool = True) -> None:
        self.body = bytearray()
        self.order = "<" if little else ">"
        self._little = little
        self._fields: dict[int, list[tuple[int, int, int]]] = {}
        self.marks: list[int] = []

    def define(
        self,
        local: int,
        message: int,
        fields: Sequence[tuple[int, int, int]],
        developer: Sequence[tuple[int, int, int]] = (),
    ) -> None:
        """Write a definition: fields as (number, size, base type), developer ones as (number, size, index)."""
        self.body += bytes([0x40 | (0x20 if developer else 0) | local, 0, 0 if self._little else 1])
        self.body += struct.pack(self.order + "H", message) + bytes([len(fields)])
        for field in fields:
            self.body += bytes(field)
        if developer:
            self.body += bytes([len(developer)])
            for field in developer:
                self.body += bytes(field)
        self._fields[local] = list(fields)

    def data(self, local: int, *values: float | bytes, extra: bytes = b"", header: int | None = None) -> None:
        """Write a data message; bytes stand for themselves, padded to the field's size."""
        self.marks.append(14 + len(self.body))
        self.body.append(local if header is None else header)
        for (_, size, base), value in zip(self._fields[local], values, strict=True):
            if isinstance(value, bytes):
                self.body += value.ljust(size, b"\0")[:size]
            else:
                self.body += struct.pack(self.order + LETTERS[base], int(value))
        self.body += extra

    def content(self, *, size: int | None = None, crc: int | None = None) -> bytes:
        """Return the file: 14-byte header, body, checksum; `size` and `crc` put lies in their place."""
        head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(self.body) if size is None else size, b".FIT")
        head += struct.pack("<H", crc_of(head))
        whole = head + bytes(self.body)
        return whole + struct.pack("<H", crc_of(whole) if crc is None else crc)


RECORD_FIELDS = (
    (253, 4, UINT32), (0, 4, SINT32), (1, 4, SINT32), (2, 2, UINT16), (3, 1, UINT8), (4, 1, UINT8),
    (5, 4, UINT32), (6, 2, UINT16),
)  # fmt: skip
SESSION_FIELDS = (
    (253, 4, UINT32), (2, 4, UINT32), (5, 1, ENUM), (6, 1, ENUM), (7, 4, UINT32), (8, 4, UINT32), (9, 4, UINT32),
    (11, 2, UINT16), (16, 1, UINT8), (17, 1, UINT8), (18, 1, UINT8),
)  # fmt: skip


def semicircles(degrees: float) -> int:
    """Return degrees as FIT writes them."""
    return round(degrees * 2**31 / 180.0)


def write_head(fit: FitWriter, kind: int = 4, start: int = START) -> None:
    """Write file_id (a Garmin fenix5) and the timer's start event."""
    fit.define(0, 0, [(0, 1, ENUM), (1, 2, UINT16), (2, 2, UINT16), (4, 4, UINT32)])
    fit.data(0, kind, 1, 2697, start)


def write_event(fit: FitWriter, when: int, event_type: int, event: int = 0) -> None:
    """Write a timer event: type 0 starts, 4 stops."""
    fit.define(1, 21, [(253, 4, UINT32), (0, 1, ENUM), (1, 1, ENUM)])
    fit.data(1, when, event, event_type)


def write_records(
    fit: FitWriter, start: int, seconds: Sequence[int], *, metres: float = 3.0, cadence: int = 85
) -> None:
    """Write one record for each second: north at `metres` a second from 0.1° N, 10° E, 150 beats/min."""
    fit.define(2, 20, RECORD_FIELDS)
    for i in seconds:
        latitude = semicircles(0.1 + i * metres / 111_195.0)
        altitude = round((100.0 + 500.0) * 5)
        speed = round(metres * 1000)
        fit.data(2, start + i, latitude, semicircles(10.0), altitude, 150, cadence, round(i * metres * 100), speed)


def write_session(
    fit: FitWriter, start: int, seconds: float, *, sport: int = 1, metres: float = 3.0, timer: float | None = None
) -> None:
    """Write lap and session messages with the totals of such a run."""
    timer = seconds if timer is None else timer
    fit.define(3, 19, [(253, 4, UINT32), (2, 4, UINT32), (7, 4, UINT32), (9, 4, UINT32), (24, 1, ENUM)])
    fit.data(3, start + seconds, start, seconds * 1000, seconds * metres * 100, 0)
    fit.define(4, 18, SESSION_FIELDS)
    totals = (seconds * 1000, timer * 1000, seconds * metres * 100)
    fit.data(4, start + seconds, start, sport, 0, *totals, 300, 150, 151, 85)


def activity(seconds: int = 60, *, start: int = START, sport: int = 1, little: bool = True) -> FitWriter:
    """Return a whole activity: one record a second, timer events, lap, session, activity with local time +2 h."""
    fit = FitWriter(little=little)
    write_head(fit, start=start)
    write_event(fit, start, 0)
    write_records(fit, start, range(seconds + 1))
    write_event(fit, start + seconds, 4)
    write_session(fit, start, seconds, sport=sport)
    fit.define(5, 34, [(253, 4, UINT32), (0, 4, UINT32), (1, 2, UINT16), (5, 4, UINT32)])
    fit.data(5, start + seconds, seconds * 1000, 1, start + seconds + 7200)
    return fit
