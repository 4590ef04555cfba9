"""The bytes of Polar's data frames: header, raw rows, and rows compressed as differences.

The rule of this file: numbers of the sensor in, content of frames out, whole blocks at once; written from the document
alone. Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hardware_sim.firmware.inertial import Array, Piece, grouped

Counts = NDArray[np.int64]
HEADER_BYTES = 10
_GROUP = 8  # rows that share a bit width: a group of eight rows ends on a byte whatever the width


def header(kind: int, device_ns: int, frame_type: int, compressed: bool) -> bytes:
    """Return the ten bytes before the rows: type, time of the last row in ns since 2000, frame type."""
    return struct.pack("<BQB", kind, device_ns, frame_type | (0x80 if compressed else 0))


def signed(counts: Counts, size: int) -> NDArray[np.uint8]:
    """Return rows (n, columns) as signed little-endian fields of `size` bytes (at most 4), clipped to what fits."""
    limit = 1 << (8 * size - 1)
    wide = np.clip(counts, -limit, limit - 1).astype("<i4").reshape(len(counts), -1, 1).view(np.uint8)
    return np.ascontiguousarray(wide[:, :, :size]).reshape(len(counts), -1)


def raw(pieces: Iterator[Piece], rows: int, size: int) -> Iterator[tuple[float, bytes]]:
    """Yield the instant in s of the last row and the content of frames of `rows` rows of fields of `size` bytes."""
    packed = ((t_s, signed(counts, size)) for t_s, counts in pieces)  # type: ignore[arg-type]
    for t_s, content in grouped(packed, rows):
        yield float(t_s[-1]), content.tobytes()


def floats(pieces: Iterator[Piece], rows: int) -> Iterator[tuple[float, bytes]]:
    """Yield the instant in s of the last row and the content of frames of `rows` 32-bit floats."""
    for t_s, values in grouped(pieces, rows):
        yield float(t_s[-1]), values.astype("<f4").tobytes()


def compressed(pieces: Iterator[Piece], size: int, room: int) -> Iterator[tuple[float, bytes]]:
    """Yield the instant in s of the last row and the content of frames of at most `room` bytes.

    A frame is a reference row of fields of `size` bytes, then groups of eight rows as differences to the row before,
    in as few bits as the largest of the group needs.
    """
    t_s, counts = next(pieces)
    while True:
        used = 0
        for last, content in _frames(counts, size, room):  # type: ignore[arg-type]
            used = last + 1
            yield float(t_s[last]), content
        more_t, more = next(pieces)
        t_s, counts = np.concatenate([t_s[used:], more_t]), np.concatenate([counts[used:], more])


def _frames(counts: Counts, size: int, room: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number of the last row and the content of each frame that is full; the rest waits for more rows."""
    channels = counts.shape[1]
    change = np.diff(counts, axis=0)
    if len(change) < _GROUP:
        return
    most = np.lib.stride_tricks.sliding_window_view(_bits(change), _GROUP).max(axis=1)
    plan = _plan(most.tolist(), channels, size, room)
    packed = _packed(change, [group for _, groups in plan for group in groups], most)
    references = signed(counts[[first for first, _ in plan]], size)
    for (first, groups), reference in zip(plan, references, strict=True):
        last = groups[-1] + _GROUP if groups else first
        yield last, reference.tobytes() + b"".join(packed[group] for group in groups)


def _bits(change: Counts) -> NDArray[np.int64]:
    """Return how many bits the differences of each row need as signed numbers (n,)."""
    magnitude = np.where(change < 0, ~change, change).max(axis=1)
    return np.asarray(np.frexp(magnitude.astype(np.float64))[1].astype(np.int64) + 1)


def _plan(bits: list[int], channels: int, size: int, room: int) -> list[tuple[int, list[int]]]:
    """Return the first row of each full frame and the places of its groups of differences."""
    frames: list[tuple[int, list[int]]] = []
    first = 0
    while True:
        left, at, groups = room - channels * size, first, []
        while True:
            if at >= len(bits):
                return frames
            need = 2 + channels * bits[at]
            if need > left:
                break
            groups.append(at)
            left, at = left - need, at + _GROUP
        frames.append((first, groups))
        first = at + 1


def _packed(change: Counts, groups: list[int], bits: NDArray[np.int64]) -> dict[int, bytes]:
    """Return the bytes of each group: bit width, number of rows, differences from the lowest bit on."""
    places = np.array(groups, dtype=np.int64)
    found: dict[int, bytes] = {}
    for width in np.unique(bits[places]).tolist():
        mine = places[bits[places] == width]
        values = change[mine[:, None] + np.arange(_GROUP)].reshape(len(mine), -1, 1)
        rows = np.packbits((values >> np.arange(width) & 1).astype(np.uint8).reshape(len(mine), -1), 1, "little")
        found.update(zip(mine.tolist(), (bytes([width, _GROUP]) + row.tobytes() for row in rows), strict=True))
    return found


def ecg_uv(beats_s: Array, t_s: Array, noise: Array) -> Counts:
    """Return a synthetic electrocardiogram (n,) in microvolt: P, Q, R, S and T around each beat, R at the beat.

    Amplitudes and widths as in a textbook lead; they scale with nothing but the interval to the next beat.
    """
    after = np.clip(np.searchsorted(beats_s, t_s), 1, len(beats_s) - 1)
    volt = noise + 60.0 * np.sin(2.0 * np.pi * 0.25 * t_s)
    for beat in (after - 1, after):
        since = t_s - beats_s[beat]
        repolarised = 0.3 * np.sqrt(np.clip(beats_s[after] - beats_s[after - 1], 0.3, 1.5))
        for height, place, width in (
            (110.0, -0.16, 0.022),
            (-120.0, -0.03, 0.01),
            (1100.0, 0.0, 0.01),
            (-230.0, 0.03, 0.011),
        ):
            volt += height * np.exp(-0.5 * ((since - place) / width) ** 2)
        volt += 280.0 * np.exp(-0.5 * ((since - repolarised) / 0.04) ** 2)
    return np.rint(volt).astype(np.int64)


def pulse_counts(beats_s: Array, t_s: Array, noise: Array) -> Counts:
    """Return four channels (n, 4) of an optical sensor in counts: three of light, one of what the room adds."""
    before = np.clip(np.searchsorted(beats_s, t_s) - 1, 0, len(beats_s) - 1)
    since = np.clip(t_s - beats_s[before] - 0.18, 0.0, 2.0)  # the pulse reaches the arm about 0.2 s after the beat
    wave = since * np.exp(-since / 0.14) * 40_000.0
    levels = np.array([-517_000.0, -484_000.0, -476_000.0, -646_000.0])
    shares = np.array([-1.0, -0.9, -0.95, 0.0])
    return np.asarray(np.rint(levels + wave[:, None] * shares + noise).astype(np.int64))
