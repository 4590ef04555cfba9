"""A FIT activity as bytes: file_id, timer event, records, lap, session, activity.

The rule of this file: it is written from the published FIT protocol (little-endian, one local message type a kind);
it shares nothing with any reader, so that a reader can be judged by it.
"""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.lives.chance import Column

FIT_EPOCH_UNIX_S = 631_065_600
"""1989-12-31T00:00:00Z."""
_ENUM, _UINT8, _UINT16, _UINT32, _UINT32Z = 0x00, 0x02, 0x84, 0x86, 0x8C
_LETTERS = {_ENUM: "B", _UINT8: "B", _UINT16: "H", _UINT32: "I", _UINT32Z: "I"}
_DEVELOPMENT = 255  # manufacturer number for files that no device made
_RUNNING, _ACTIVITY_FILE, _TIMER, _START, _STOP = 1, 4, 0, 0, 4
_NO_U8, _NO_U16 = 0xFF, 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Seconds:
    """A run sample by sample, (n,): s since the start, m, m/s, beats/min, steps/min, m."""

    t_s: Column
    distance_m: Column
    speed_m_s: Column
    hr_bpm: Column
    cadence_spm: Column
    altitude_m: Column


#: (field number, base type) by message: record, lap and session of the FIT profile
_RECORD = ((253, _UINT32), (5, _UINT32), (2, _UINT16), (6, _UINT16), (3, _UINT8), (4, _UINT8), (53, _UINT8))
_LAP = (
    (253, _UINT32), (2, _UINT32), (7, _UINT32), (8, _UINT32), (9, _UINT32), (21, _UINT16), (22, _UINT16), (15, _UINT8),
    (16, _UINT8), (17, _UINT8), (25, _ENUM),
)  # fmt: skip
_SESSION = (
    (253, _UINT32), (2, _UINT32), (5, _ENUM), (6, _ENUM), (7, _UINT32), (8, _UINT32), (9, _UINT32), (22, _UINT16),
    (23, _UINT16), (16, _UINT8), (17, _UINT8), (18, _UINT8), (25, _UINT16), (26, _UINT16),
)  # fmt: skip


def activity(run: Seconds, start_unix_s: int, utc_offset_s: int, serial: int) -> bytes:
    """Return the file of one run; ValueError for a run without samples or before the FIT epoch."""
    start = start_unix_s - FIT_EPOCH_UNIX_S
    if len(run.t_s) < 2 or start < 0:
        raise ValueError(f"a run needs two samples and a start after 1989, not {len(run.t_s)} at {start_unix_s!r}")
    end = start + round(float(run.t_s[-1]))
    totals = _totals(run)
    spent = (start, totals.ms, totals.ms, totals.cm)
    body = b"".join(
        (
            _message(0, 0, ((0, _ENUM), (1, _UINT16), (2, _UINT16), (3, _UINT32Z), (4, _UINT32)),
                     (_ACTIVITY_FILE, _DEVELOPMENT, 1, serial % 2**32 or 1, start)),
            _message(1, 21, ((253, _UINT32), (0, _ENUM), (1, _ENUM)), (start, _TIMER, _START)),
            _definition(2, 20, _RECORD),
            _records(run, start),
            _data(1, "<IBB", (end, _TIMER, _STOP)),
            _message(3, 19, _LAP, (end, *spent, *totals.climb, *totals.heart, _RUNNING)),
            _message(4, 18, _SESSION, (end, start, _RUNNING, 0, *spent[1:], *totals.climb, *totals.heart, 0, 1)),
            _message(5, 34, ((253, _UINT32), (0, _UINT32), (1, _UINT16), (5, _UINT32)),
                     (end, totals.ms, 1, end + utc_offset_s)),
        )
    )  # fmt: skip
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = head + struct.pack("<H", crc(head)) + body
    return whole + struct.pack("<H", crc(whole))


@dataclass(frozen=True, slots=True)
class _Totals:
    ms: int
    cm: int
    climb: tuple[int, int]
    """Ascent and descent in m."""
    heart: tuple[int, int, int]
    """Mean and highest heart rate, mean strides/min."""


def _totals(run: Seconds) -> _Totals:
    steps = np.diff(run.altitude_m)
    climb = (round(float(steps[steps > 0.0].sum())), round(float(-steps[steps < 0.0].sum())))
    heart = (
        round(float(run.hr_bpm.mean())),
        round(float(run.hr_bpm.max())),
        round(float(run.cadence_spm.mean() / 2.0)),
    )
    return _Totals(round(float(run.t_s[-1]) * 1000), round(float(run.distance_m[-1]) * 100), climb, heart)


def _definition(local: int, message: int, fields: tuple[tuple[int, int], ...]) -> bytes:
    sizes = bytes(part for number, base in fields for part in (number, struct.calcsize(_LETTERS[base]), base))
    return struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields)) + sizes


def _data(local: int, layout: str, values: tuple[int, ...]) -> bytes:
    return bytes([local]) + struct.pack(layout, *values)


def _message(local: int, message: int, fields: tuple[tuple[int, int], ...], values: tuple[int, ...]) -> bytes:
    layout = "<" + "".join(_LETTERS[base] for _, base in fields)
    return _definition(local, message, fields) + _data(local, layout, values)


def _records(run: Seconds, start: int) -> bytes:
    strides = run.cadence_spm / 2.0
    columns = (
        ("header", "u1", np.full(len(run.t_s), 2)),
        ("timestamp", "<u4", start + np.rint(run.t_s)),
        ("distance", "<u4", np.rint(run.distance_m * 100.0)),
        ("altitude", "<u2", np.rint((run.altitude_m + 500.0) * 5.0)),
        ("speed", "<u2", np.rint(run.speed_m_s * 1000.0)),
        ("heart_rate", "u1", np.rint(run.hr_bpm)),
        ("cadence", "u1", np.floor(strides)),
        ("fractional_cadence", "u1", np.floor((strides % 1.0) * 128.0)),
    )
    rows = np.empty(len(run.t_s), dtype=[(name, kind) for name, kind, _ in columns])
    for name, _, column in columns:
        rows[name] = np.nan_to_num(column)
    return rows.tobytes()


def _table() -> NDArray[np.uint16]:
    row = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        row = np.where(row & 1, (row >> 1) ^ 0xA001, row >> 1).astype(np.uint16)
    return row


_TABLE = _table()


_ROW_BYTES, _ROW_LOG2 = 32, 5


def crc(content: bytes) -> int:
    """Return the CRC-16 of a FIT file (polynomial 0xA001, reflected, from 0).

    Rows of bytes side by side, then joined two and two: the checksum is linear, so that of two rows is what the first
    becomes when as many zeros follow it, and the second's. Leading zeros leave a checksum from 0 as it is.
    """
    count = 1 << max(0, -(-len(content) // _ROW_BYTES) - 1).bit_length()
    rows = np.frombuffer(content.rjust(count * _ROW_BYTES, b"\0"), dtype=np.uint8).reshape(count, _ROW_BYTES)
    value = np.zeros(count, dtype=np.uint16)
    for column in np.ascontiguousarray(rows.T):
        value = (value >> 8) ^ _TABLE[(value ^ column) & 0xFF]
    doubled = _ROW_LOG2
    while len(value) > 1:
        value = _followed(value[0::2], *_zeros(doubled)) ^ value[1::2]
        doubled += 1
    return int(value[0])


def _followed(value: NDArray[np.uint16], low: NDArray[np.uint16], high: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return what checksums become when zeros follow; the tables say it for each lower and each upper byte."""
    return np.asarray(low[value & 0xFF] ^ high[value >> 8])


@functools.cache
def _zeros(doubled: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Return the tables of `_followed` for 2 to the power `doubled` zeros."""
    if not doubled:
        return _TABLE, np.arange(256, dtype=np.uint16)
    half = _zeros(doubled - 1)
    return _followed(half[0], *half), _followed(half[1], *half)
