"""Samples to segments and back: short stretches of one stream, compressed without loss, checked.

The rule of this file: float64 in, the same 64 bits out, NaN payloads included. Each column is stored as it
is, or with bytes of equal weight side by side, or so with the differences of its bit patterns (modulo 2^64),
whichever packs smallest; zlib level 1 over all.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from edge.samples import STREAMS, Columnar, DeviceInfo, Gap, Samples, column_names

#: Longest stretch in s that one segment of a live recording may span.
RECORDING_SPAN_S = 1.0
#: Longest stretch in s of a segment that comes from a file, which is still on the person's disk.
IMPORT_SPAN_S = 600.0

GAP_STREAM = "gap"
DEVICE_STREAM = "device"
_FORMAT = 1
_COLUMNS: dict[type[object], tuple[str, ...]] = {kind: column_names(kind) for kind in STREAMS.values()}
_PLAIN, _SHUFFLED, _DELTA = 0, 1, 2
_TRIED_ROWS = 128

AnyColumns = TypeVar("AnyColumns", bound=Columnar)


class SegmentError(ValueError):
    """A payload does not decode; its text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of one stream as it is stored: number of samples, first and last time in s, packed columns."""

    stream: str
    count: int
    from_s: float
    to_s: float
    payload: bytes


def segments_of(samples: Sequence[Samples], span_s: float) -> Iterator[Segment]:
    """Yield the segments, none longer than `span_s` seconds, that hold all samples; empty ones are left out."""
    for stream, kind in STREAMS.items():
        parts = [s for s in samples if type(s) is kind and len(s)]
        if parts:
            for piece in _pieces(_joined(parts), span_s):
                yield _columnar_segment(stream, piece)
    devices = [s for s in samples if isinstance(s, DeviceInfo)]
    if devices:
        yield Segment(DEVICE_STREAM, len(devices), float("nan"), float("nan"), values_packed(devices))
    gaps = [s for s in samples if isinstance(s, Gap)]
    if gaps:
        first, last = min(g.from_s for g in gaps), max(g.to_s for g in gaps)
        yield Segment(GAP_STREAM, len(gaps), first, last, values_packed(gaps))


def samples_of(stream: str, payload: bytes) -> tuple[Samples, ...]:
    """Return the samples of one payload; raises SegmentError where it does not decode."""
    try:
        if stream == GAP_STREAM:
            return tuple(Gap(**value) for value in json.loads(zlib.decompress(payload)))
        if stream == DEVICE_STREAM:
            return tuple(DeviceInfo(**value) for value in json.loads(zlib.decompress(payload)))
        return (_unpacked(STREAMS[stream], zlib.decompress(payload)),)
    except (zlib.error, ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise SegmentError(f"its {stream} payload does not decode ({error})") from error


def in_time_order(parts: Sequence[AnyColumns]) -> AnyColumns:
    """Return all parts of one stream joined and sorted by time; equal times keep their order, NaN goes last."""
    whole = _joined(parts)
    if len(whole) < 2 or bool(np.all(np.diff(whole.t_s) >= 0)) or not _divisible(whole):
        return whole
    return _taken(whole, np.argsort(whole.t_s, kind="stable"))


def _joined(parts: Sequence[AnyColumns]) -> AnyColumns:
    if len(parts) == 1:
        return parts[0]
    kind = type(parts[0])
    return kind(*(np.concatenate([getattr(p, name) for p in parts]) for name in column_names(kind)))


def _pieces(whole: AnyColumns, span_s: float) -> Iterator[AnyColumns]:
    if not _divisible(whole):
        yield whole
        return
    start, beats = 0, _beats_before(whole)
    for stop in _cuts(whole.t_s, span_s):
        yield _slice(whole, slice(start, stop), beats) if stop - start < len(whole) else whole
        start = stop


def _slice(whole: AnyColumns, rows: slice, beats: NDArray[np.intp]) -> AnyColumns:
    """Return some rows in a row, with the ragged beat intervals that belong to them."""
    within = slice(int(beats[rows.start]), int(beats[rows.stop])) if len(beats) else rows
    kind = type(whole)
    return kind(*(getattr(whole, f.name)[within if f.metadata.get("ragged") else rows] for f in fields(kind)))


def _beats_before(whole: Columnar) -> NDArray[np.intp]:
    """Return how many beat intervals lie before each row and in all, shape (n + 1,); empty where there are none."""
    counts = getattr(whole, "rr_count", None)
    if counts is None:
        return np.empty(0, dtype=np.intp)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.intp)


def _divisible(whole: Columnar) -> bool:
    """Return whether rows can be told apart: beat intervals that do not add up stay in one piece."""
    counts = getattr(whole, "rr_count", None)
    return counts is None or bool(np.all(counts >= 0) and counts.sum() == len(whole.rr_s))  # type: ignore[union-attr]


def _cuts(t_s: NDArray[np.float64], span_s: float) -> Iterator[int]:
    """Yield the end of each piece so that none spans more than `span_s`; times may go back, NaN joins its piece."""
    if bool(np.all(np.isfinite(t_s)) and np.all(np.diff(t_s) >= 0)):
        start = 0
        while start < len(t_s):
            stop = int(np.searchsorted(t_s, t_s[start] + span_s, side="right"))
            while t_s[stop - 1] - t_s[start] > span_s:  # the sum was rounded up
                stop -= 1
            start = stop
            yield start
        return
    low = high = float("nan")
    for index, time_s in enumerate(t_s.tolist()):
        new_low, new_high = min(time_s, low), max(time_s, high)
        if new_high - new_low > span_s:
            yield index
            new_low = new_high = time_s
        if time_s == time_s:
            low, high = (new_low, new_high) if new_low == new_low else (time_s, time_s)
    yield len(t_s)


def _taken(whole: AnyColumns, rows: NDArray[np.intp]) -> AnyColumns:
    """Return the rows of the index array (n,), with the ragged beat intervals that belong to them."""
    kind = type(whole)
    columns = []
    for field in fields(kind):
        column = getattr(whole, field.name)
        columns.append(column[_ragged_rows(whole, rows)] if field.metadata.get("ragged") else column[rows])
    return kind(*columns)


def _ragged_rows(whole: Columnar, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    counts = np.nan_to_num(whole.rr_count).astype(np.intp)  # type: ignore[union-attr]
    starts = np.cumsum(counts) - counts
    kept = counts[rows]
    within = np.arange(int(kept.sum())) - np.repeat(np.cumsum(kept) - kept, kept)
    return np.asarray(np.repeat(starts[rows], kept) + within, dtype=np.intp)


def _columnar_segment(stream: str, piece: Columnar) -> Segment:
    times = piece.t_s[~np.isnan(piece.t_s)]
    first, last = (float(times.min()), float(times.max())) if len(times) else (float("nan"), float("nan"))
    return Segment(stream, len(piece), first, last, packed(piece))


def packed(piece: Columnar) -> bytes:
    """Return the columns of one piece as compressed bytes."""
    body = bytearray([_FORMAT])
    for name in column_names(type(piece)):
        body += _packed_column(getattr(piece, name))
    return zlib.compress(bytes(body), 1)


def _packed_column(column: NDArray[np.float64]) -> bytes:
    bits = np.ascontiguousarray(column, dtype="<f8").view("<u8").reshape(len(column), math.prod(column.shape[1:]))
    # The first rows tell which way packs smallest; what they choose wrongly costs space, never a value.
    how = min(_WAYS, key=lambda way: len(zlib.compress(_WAYS[way](bits[:_TRIED_ROWS]), 1)))
    return struct.pack(f"<BB{column.ndim}I", how, column.ndim, *column.shape) + _WAYS[how](bits)


def _steps(bits: NDArray[np.uint64]) -> bytes:
    steps = bits.copy()
    steps[1:] -= bits[:-1]
    return _shuffled(steps)


def _shuffled(bits: NDArray[np.uint64]) -> bytes:
    return np.ascontiguousarray(bits.T).view(np.uint8).reshape(-1, 8).T.tobytes()


#: How a column may be stored: as it is, shuffled, or as shuffled differences.
_WAYS: dict[int, Callable[[NDArray[np.uint64]], bytes]] = {
    _PLAIN: lambda bits: bits.tobytes(),
    _SHUFFLED: _shuffled,
    _DELTA: _steps,
}


def _unpacked(kind: type[AnyColumns], body: bytes) -> AnyColumns:
    if body[:1] != bytes([_FORMAT]):
        raise SegmentError("unknown payload format")
    columns, at = [], 1
    for _ in _COLUMNS[kind]:
        column, at = _unpacked_column(body, at)
        columns.append(column)
    if at != len(body):
        raise SegmentError("bytes are left over")
    return kind(*columns)


def _unpacked_column(body: bytes, at: int) -> tuple[NDArray[np.float64], int]:
    how, dimensions = body[at], body[at + 1]
    shape = struct.unpack_from(f"<{dimensions}I", body, at + 2)
    start = at + 2 + 4 * dimensions
    end = start + 8 * math.prod(shape)
    if end > len(body):
        raise SegmentError("bytes are missing")
    if how == _PLAIN:
        return np.frombuffer(body, "<f8", math.prod(shape), start).astype(np.float64).reshape(shape), end
    planes = np.frombuffer(body, np.uint8, end - start, start).reshape(8, (end - start) // 8)
    bits = np.ascontiguousarray(planes.T).view("<u8").reshape(math.prod(shape[1:]), shape[0])
    if how == _DELTA:
        bits = np.cumsum(bits, axis=1, dtype=np.uint64)
    return np.ascontiguousarray(bits.T).view(np.float64).reshape(shape), end


def values_packed(values: Sequence[DeviceInfo | Gap]) -> bytes:
    """Return devices or gaps as compressed JSON."""
    return zlib.compress(json.dumps([asdict(value) for value in values]).encode(), 1)
