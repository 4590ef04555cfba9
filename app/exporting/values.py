"""Rows and samples as open text, exactly: JSON lines for tables, CSV for samples.

The rule of this file: a float is written with as many digits as it takes to read the same 64 bits back; an empty cell
is "not measured" (NaN). What text cannot hold is kept as bytes in base64, never bent.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from app.store.checksums import Value
from app.store.segments import DEVICE_STREAM, GAP_STREAM, Segment, SegmentError, packed, samples_of, values_packed
from edge.samples import STREAMS, Columnar, DeviceInfo, Gap, HeartRate, Samples, column_names

_AXES = ("x", "y", "z")
_NAN_BITS = 0x7FF8000000000000
#: columns of three axes
_VECTORS = frozenset({"accel_m_s2", "gyro_rad_s", "field_ut"})
_RAGGED, _COUNTS = "rr_s", "rr_count"


def row_text(names: Sequence[str], row: Sequence[Value]) -> str:
    """Return a row of a table as one line of JSON."""
    document = {name: _jsonable(value) for name, value in zip(names, row, strict=True)}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes that were no UTF-8 when they came into the diary
        return json.dumps(document, allow_nan=False)
    return text


def row_of(names: Sequence[str], line: str) -> tuple[Value, ...]:
    """Return the row of a line; ValueError where it is none."""
    document = json.loads(line)
    if not isinstance(document, dict) or not set(names) <= document.keys():
        raise ValueError("it is no row of this table")
    return tuple(_value(document[name]) for name in names)


def _jsonable(value: Value) -> object:
    if isinstance(value, bytes):
        try:
            return {"utf8": value.decode()}
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": repr(value)}
    return value


def _value(told: object) -> Value:
    if isinstance(told, dict):
        if "utf8" in told:
            return str(told["utf8"]).encode()
        return base64.b64decode(told["base64"]) if "base64" in told else float(told["float"])
    if isinstance(told, bool) or not isinstance(told, (str, int, float, type(None))):
        raise ValueError(f"no value of a diary: {told!r}")
    return told


def header(stream: str) -> list[str]:
    """Return the columns of a stream's CSV: of three axes where it has those."""
    names: list[str] = []
    for name in column_names(STREAMS[stream]):
        names += [f"{name}_{axis}" for axis in _AXES] if name in _VECTORS else [name]
    return names


def shown(segment: Segment) -> Samples | tuple[Samples, ...] | None:
    """Return the samples of a segment where text can hold them exactly, None where only bytes can."""
    try:
        samples = samples_of(segment.stream, segment.payload)
    except SegmentError:
        return None
    if segment.stream in (GAP_STREAM, DEVICE_STREAM):
        return samples if len(samples) == segment.count else None
    piece = samples[0]
    if isinstance(piece, (Gap, DeviceInfo)) or len(piece) != segment.count or not _plain(piece):
        return None
    return piece


def _plain(piece: Columnar) -> bool:
    """Return whether every NaN is the usual one, every shape the stream's, and beat intervals add up."""
    for name in column_names(type(piece)):
        column = getattr(piece, name)
        bits = np.ascontiguousarray(column, dtype="<f8").view("<u8")
        if column.ndim != (2 if name in _VECTORS else 1) or (bits[np.isnan(column)] != _NAN_BITS).any():
            return False
    if isinstance(piece, HeartRate):
        counts = piece.rr_count
        return bool(np.isfinite(counts).all() and (counts >= 0).all() and (counts % 1 == 0).all()) and (
            int(counts.sum()) == len(piece.rr_s) and not bool(np.isnan(piece.rr_s).any())
        )
    return True


def lines(piece: Columnar) -> Iterator[str]:
    """Yield the CSV lines of a piece of a stream."""
    columns: list[Sequence[str]] = []
    for name in column_names(type(piece)):
        column = getattr(piece, name)
        if name == _RAGGED:
            columns.append(_grouped(column, getattr(piece, _COUNTS)))
        elif column.ndim == 2:
            columns += [_cells(column[:, axis]) for axis in range(column.shape[1])]
        else:
            columns.append(_cells(column))
    return (",".join(row) + "\n" for row in zip(*columns, strict=True))


def _cells(column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[str]:
    return ["" if value != value else repr(value) for value in column.tolist()]


def _grouped(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], counts: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> list[str]:
    """Return the values that belong to each row, with a space between."""
    texts, at, found = [repr(value) for value in values.tolist()], 0, []
    for count in counts.astype(np.int64).tolist():
        found.append(" ".join(texts[at : at + count]))
        at += count
    return found


def piece_of(stream: str, rows: Iterable[str]) -> Columnar:
    """Return the samples of CSV lines; ValueError where a line is no row of the stream."""
    table = [line.rstrip("\n").split(",") for line in rows]
    names = header(stream)
    if any(len(row) != len(names) for row in table):
        raise ValueError(f"a line of {stream} does not have {len(names)} cells")
    cells = dict(zip(names, zip(*table, strict=True), strict=True)) if table else dict.fromkeys(names, ())
    columns = []
    for name in column_names(STREAMS[stream]):
        if name == _RAGGED:
            columns.append(np.array([float(v) for cell in cells[name] for v in cell.split()], dtype=np.float64))
        elif name in _VECTORS:
            columns.append(np.stack([_numbers(cells[f"{name}_{axis}"]) for axis in _AXES], axis=1))
        else:
            columns.append(_numbers(cells[name]))
    return STREAMS[stream](*columns)


def _numbers(cells: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(cell) if cell else math.nan for cell in cells], dtype=np.float64)


def payload_of(stream: str, rows: Sequence[str]) -> bytes:
    """Return the payload of a segment from its lines: CSV, or JSON for gaps and devices."""
    if stream == GAP_STREAM:
        return values_packed([Gap(**json.loads(row)) for row in rows])
    if stream == DEVICE_STREAM:
        return values_packed([DeviceInfo(**json.loads(row)) for row in rows])
    return packed(piece_of(stream, rows))


def value_lines(values: Iterable[Samples]) -> Iterator[str]:
    """Yield gaps or devices as JSON lines; a time that is not known is NaN, as Python's JSON writes it."""
    for value in values:
        if isinstance(value, (Gap, DeviceInfo)):
            yield json.dumps(dataclasses.asdict(value), ensure_ascii=False) + "\n"
