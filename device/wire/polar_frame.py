"""One data frame of Polar's measurement service (PMD): header, and the rows as the sensor counted them.

The rule of this file: what the bytes say, in counts of the wire; units and times are `polar`'s business. A frame
type that no document describes is a WireError, never a guess.
Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 4.1 and 4.2; reference/ble.md, P4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from device.wire.errors import WireError, need
from device.wire.polar_delta import decode_delta, encode_delta

Values = NDArray[Any]
HEADER_BYTES = 10
_COMPRESSED, _TYPE_MASK = 0x80, 0x3F


class PmdType(IntEnum):
    """What a PMD stream measures."""

    ECG = 0
    PPG = 1
    ACC = 2
    PPI = 3
    GYRO = 5
    MAG = 6
    SKIN_TEMPERATURE = 7
    SDK_MODE = 9
    LOCATION = 10
    PRESSURE = 11
    TEMPERATURE = 12
    OFFLINE_RECORDING = 13
    OFFLINE_HEART_RATE = 14


@dataclass(frozen=True, slots=True)
class PmdHeader:
    """The ten bytes before the rows: type, time of the last row in ns since 2000-01-01, frame type, compression."""

    type: PmdType
    device_ns: int
    frame_type: int
    compressed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PmdFrame:
    """One notification: its header, its content, and the rows (n, columns) in counts of the wire."""

    header: PmdHeader
    content: bytes
    values: Values
    """Whole numbers, or floats where the sensor sends floats; no row at all for the text of satellite receivers."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a row is packed: numpy fields, or `channels` equal fields that may also come delta-compressed."""

    channels: int = 0
    bits: int = 0
    floats: bool = False
    fields: str = ""
    """Numpy types of the columns of a raw row with unequal fields."""


_RAW, _DELTA, _BOTH = (False,), (True,), (False, True)
_LOCATION_0 = "<f8,<f8,<u2,u1,u1,<u4,<u4,<f4,<f4,<f4,<f4,<u2,<u2,u1,i1,u1"
_TEXT = 3
_LAYOUTS: dict[tuple[PmdType, int, bool], _Layout] = {
    (kind, frame_type, compressed): layout
    for kind, frame_type, which, layout in (
        (PmdType.ECG, 0, _RAW, _Layout(1, 24)),
        (PmdType.ECG, 1, _RAW, _Layout(fields="<u2,u1")),
        (PmdType.ECG, 2, _RAW, _Layout(fields="<u2,u1")),
        (PmdType.ECG, 3, _RAW, _Layout(fields="3u1,3u1,u1")),
        (PmdType.PPG, 0, _BOTH, _Layout(4, 24)),
        (PmdType.PPG, 4, _RAW, _Layout(fields="36u1")),
        (PmdType.PPG, 5, _RAW, _Layout(fields="<u4")),
        (PmdType.PPG, 6, _RAW, _Layout(fields="<u8")),
        (PmdType.PPG, 7, _BOTH, _Layout(17, 24)),
        (PmdType.PPG, 8, _BOTH, _Layout(25, 24)),
        (PmdType.PPG, 9, _RAW, _Layout(fields="36u1")),
        (PmdType.PPG, 10, _DELTA, _Layout(21, 24)),
        (PmdType.PPG, 13, _DELTA, _Layout(3, 24)),
        (PmdType.PPG, 14, _RAW, _Layout(fields="3u1")),
        (PmdType.ACC, 0, _RAW, _Layout(3, 8)),
        (PmdType.ACC, 0, _DELTA, _Layout(3, 16)),
        (PmdType.ACC, 1, _BOTH, _Layout(3, 16)),
        (PmdType.ACC, 2, _BOTH, _Layout(3, 24)),
        (PmdType.PPI, 0, _RAW, _Layout(fields="u1,<u2,<u2,u1")),
        (PmdType.GYRO, 0, _BOTH, _Layout(3, 16)),
        (PmdType.GYRO, 1, _BOTH, _Layout(3, 32, floats=True)),
        (PmdType.MAG, 0, _BOTH, _Layout(3, 16)),
        (PmdType.MAG, 1, _BOTH, _Layout(4, 16)),
        (PmdType.SKIN_TEMPERATURE, 0, _BOTH, _Layout(1, 32, floats=True)),
        (PmdType.LOCATION, 0, _RAW, _Layout(fields=_LOCATION_0)),
        (PmdType.LOCATION, 1, _RAW, _Layout(fields="<u2,<i2,u1,u1")),
        (PmdType.LOCATION, 2, _RAW, _Layout(fields="41u1")),
        (PmdType.PRESSURE, 0, _BOTH, _Layout(1, 32, floats=True)),
        (PmdType.TEMPERATURE, 0, _BOTH, _Layout(1, 32, floats=True)),
        (PmdType.OFFLINE_HEART_RATE, 0, _RAW, _Layout(fields="u1")),
        (PmdType.OFFLINE_HEART_RATE, 1, _RAW, _Layout(fields="3u1")),
    )
    for compressed in which
}
_STATUS_LAST = (7, 8, 10, 13)
_GAINS_FROM = {4: 12, 9: 12, 14: 1}


def parse_header(payload: bytes) -> PmdHeader:
    """Return the header of a data notification; WireError when it is cut or its type is unknown."""
    need(payload, HEADER_BYTES, "PMD frame")
    kind, device_ns, frame_type = struct.unpack_from("<BQB", payload)
    try:
        known = PmdType(kind & _TYPE_MASK)
    except ValueError:
        raise WireError(f"PMD frame: unknown measurement type {kind & _TYPE_MASK}") from None
    return PmdHeader(known, device_ns, frame_type & ~_COMPRESSED, bool(frame_type & _COMPRESSED))


def parse(payload: bytes) -> PmdFrame:
    """Return a data notification with its rows; WireError unless it holds whole rows, at least one."""
    header, content = parse_header(payload), payload[HEADER_BYTES:]
    return PmdFrame(header, content, parse_values(header, content))


def parse_values(header: PmdHeader, content: bytes) -> Values:
    """Return the rows (n, columns) of a frame's content in counts of the wire; WireError where it has another form.

    Columns: PPI beats/min, interval ms, error ms, blocked, contact, contact supported; ECG type 1 to 3 the voltage
    first; PPG type 4, 9 and 14 times then gains, type 7, 8, 10 and 13 the status bits last; LOCATION as in
    `polar_location`; all others the axes or channels in their order.
    """
    if header.type is PmdType.LOCATION and header.frame_type == _TEXT and not header.compressed:
        return np.empty((0, 0))
    layout = _layout(header)
    if layout.fields:
        columns = _COLUMNS.get((header.type, header.frame_type), _stacked)
        return columns(_records(header, content, layout))
    if header.compressed:
        counts = decode_delta(content, layout.channels, layout.bits)
        values: Values = _wide(counts.astype(np.int32).view(np.float32)) if layout.floats else counts
    else:
        values = _equal_fields(header, content, layout)
    if header.type is PmdType.PPG and header.frame_type in _STATUS_LAST:
        values[:, -1] &= 0xFFFFFF
    return values


def _layout(header: PmdHeader) -> _Layout:
    layout = _LAYOUTS.get((header.type, header.frame_type, header.compressed))
    if layout is None:
        how = "compressed" if header.compressed else "raw"
        raise WireError(f"PMD frame: no {how} frame type {header.frame_type} of {header.type.name}")
    return layout


def _wide(values: Values) -> NDArray[np.float64]:
    """Return floats in double precision; a signalling NaN is no reason to warn."""
    with np.errstate(invalid="ignore"):
        return values.astype(np.float64)


def _rows(header: PmdHeader, content: bytes, row_bytes: int) -> int:
    if len(content) == 0 or len(content) % row_bytes:
        raise WireError(f"PMD frame: {len(content)} bytes of {header.type.name} rows of {row_bytes} bytes")
    return len(content) // row_bytes


def _equal_fields(header: PmdHeader, content: bytes, layout: _Layout) -> Values:
    size = layout.bits // 8
    rows = _rows(header, content, size * layout.channels)
    if layout.floats:
        return _wide(np.frombuffer(content, "<f4")).reshape(rows, layout.channels)
    wide = np.zeros((rows * layout.channels, 4), dtype=np.uint8)
    wide[:, 4 - size :] = np.frombuffer(content, np.uint8).reshape(-1, size)
    return (wide.view("<i4") >> 8 * (4 - size)).astype(np.int64).reshape(rows, layout.channels)


def _records(header: PmdHeader, content: bytes, layout: _Layout) -> Values:
    row = np.dtype(layout.fields if "," in layout.fields else layout.fields + ",")
    _rows(header, content, row.itemsize)
    return np.frombuffer(content, row)


def _stacked(records: Values) -> Values:
    columns = [records[name].reshape(len(records), -1) for name in records.dtype.names or ()]
    same = all(column.dtype.kind in "iu" and column.dtype.itemsize < 8 for column in columns)
    if len(columns) == 1 and not same:
        return columns[0]
    return np.hstack([column.astype(np.int64) if same else _wide(column) for column in columns])


def _interval_columns(records: Values) -> Values:
    rows = _stacked(records)
    flags = rows[:, 3:]
    return np.hstack([rows[:, :3], flags & 1, flags >> 1 & 1, flags >> 2 & 1])


def _ecg_1_columns(records: Values) -> Values:
    low, high = _stacked(records).T
    return np.stack([low & 0x3FFF, high & 1, high >> 1 & 3, high >> 3 & 3], axis=1)


def _ecg_2_columns(records: Values) -> Values:
    low, high = _stacked(records).T
    return np.stack([low | (high & 3) << 16, high >> 2 & 7, high >> 5], axis=1)


def _ecg_3_columns(records: Values) -> Values:
    byte = _stacked(records)
    packed = byte[:, [0, 3]] | byte[:, [1, 4]] << 8 | byte[:, [2, 5]] << 16
    return np.hstack([(packed ^ 0x800000) - 0x800000, byte[:, 6:]])


def _gain_columns(first: int) -> Callable[[Values], Values]:
    def columns(records: Values) -> Values:
        rows = _stacked(records)
        rows[:, first:] &= 7
        return rows

    return columns


_COLUMNS: dict[tuple[PmdType, int], Callable[[Values], Values]] = {
    (PmdType.PPI, 0): _interval_columns,
    (PmdType.ECG, 1): _ecg_1_columns,
    (PmdType.ECG, 2): _ecg_2_columns,
    (PmdType.ECG, 3): _ecg_3_columns,
    **{(PmdType.PPG, kind): _gain_columns(first) for kind, first in _GAINS_FROM.items()},
}


def encode_header(header: PmdHeader) -> bytes:
    """Return the ten bytes of a header; ValueError for a time or a frame type that does not fit."""
    if not (0 <= header.device_ns < 1 << 64 and 0 <= header.frame_type < _COMPRESSED):
        raise ValueError(f"PMD frame: {header} does not fit its fields")
    return struct.pack("<BQB", header.type, header.device_ns, header.frame_type | _COMPRESSED * header.compressed)


def encode(header: PmdHeader, values: Values, *, rows_per_block: int = 255) -> bytes:
    """Return a data notification from rows (n, columns) in counts of the wire, as `parse` gives them.

    For the types with equal fields and for PPI; ValueError for others and for values that do not fit.
    """
    return encode_header(header) + encode_values(header, values, rows_per_block=rows_per_block)


def encode_values(header: PmdHeader, values: Values, *, rows_per_block: int = 255) -> bytes:
    """Return the content of a frame from rows (n, columns); ValueError as for `encode`."""
    layout = _LAYOUTS.get((header.type, header.frame_type, header.compressed))
    if layout is None or (layout.fields and header.type is not PmdType.PPI):
        raise ValueError(f"PMD frame: {header.type.name} type {header.frame_type} is not encoded")
    rows = np.atleast_2d(values)
    if layout.fields:
        return _encode_intervals(rows.astype(np.int64))
    if rows.shape[1] != layout.channels:
        raise ValueError(f"PMD frame: {rows.shape[1]} columns, {layout.channels} expected")
    if layout.floats:
        rows = rows.astype("<f4").view("<i4")
    if header.type is PmdType.PPG and header.frame_type in _STATUS_LAST:
        rows = np.hstack([rows[:, :-1], (rows[:, -1:] ^ 0x800000) - 0x800000])
    if header.compressed:
        return encode_delta(rows, layout.bits, rows_per_block=rows_per_block)
    return _pack(rows.astype(np.int64), layout.bits)


def _pack(rows: NDArray[np.int64], bits: int) -> bytes:
    half = 1 << bits - 1
    if rows.size == 0 or rows.min() < -half or rows.max() >= half:
        raise ValueError(f"PMD frame: values do not fit {bits} bits")
    return rows.astype("<i4").reshape(-1, 1).view(np.uint8)[:, : bits // 8].tobytes()


def _encode_intervals(rows: NDArray[np.int64]) -> bytes:
    packed = [(bpm, ms, error, blocked | contact << 1 | able << 2) for bpm, ms, error, blocked, contact, able in rows]
    try:
        return b"".join(struct.pack("<BHHB", *row) for row in packed)
    except struct.error as problem:
        raise ValueError(f"PMD intervals: {problem}") from None
