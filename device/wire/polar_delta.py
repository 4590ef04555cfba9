"""Polar's delta compression: one reference row, then blocks of differences of any bit width.

The rule of this file: integers in, integers out, no unit and no time. A block may promise any number of bits, but
what it promises must be there, and a frame holds `MOST_VALUES` at most, so that no bytes can cost much time.
Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 4.3.2 and 4.3.3.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from device.wire.errors import WireError, need

Counts = NDArray[np.int64]
MOST_VALUES = 4096  # more than one bit a value in the longest notification there is (514 bytes)
WIDEST_BITS = 32
_MANY_BLOCKS = 8  # from here on one pass over all blocks costs less than a pass for each


def decode_delta(content: bytes, channels: int, resolution_bits: int) -> Counts:
    """Return the rows (n, channels) of a compressed frame's content as signed integers, n at least 1.

    Sums of 32-bit values wrap, as floats sent by their bit pattern need. Raises WireError where the reference row or
    a block is cut, a width is above 32 bits, or the frame promises more than 4096 values.
    """
    size = -(-resolution_bits // 8)
    starts, widths, counts = _blocks(content, channels, size)
    # An eight-byte window begins at every byte: each value lies whole in the window of its first byte.
    windows = np.ndarray((len(content) + 1,), "<i8", content + bytes(8), 0, (1,)).copy()
    unpack = _unpack_each if len(starts) < _MANY_BLOCKS else _unpack_all
    rows = unpack(windows, starts, widths, counts).reshape(-1, channels).cumsum(axis=0)
    return rows.astype(np.int32).astype(np.int64) if resolution_bits == 32 else rows


def _blocks(content: bytes, channels: int, size: int) -> tuple[list[int], list[int], list[int]]:
    """Return where each block's bits start (byte), how wide its values are and how many; the reference row is one."""
    at, end = size * channels, len(content)
    need(content, at, "delta frame: reference row")
    starts, widths, counts, total = [0], [8 * size], [channels], channels
    while at < end:
        if at + 2 > end:
            raise WireError("delta frame: a block is cut after its width")
        width, count = content[at], content[at + 1] * channels
        at += 2
        total += count
        if width > WIDEST_BITS or total > MOST_VALUES:
            raise WireError(f"delta frame: {total} values, {width} bits wide")
        starts.append(at)
        widths.append(width)
        counts.append(count)
        at += (width * count + 7) // 8
    if at > end:
        raise WireError(f"delta frame: a block ends {at - end} bytes after the frame")
    return starts, widths, counts


@functools.lru_cache(maxsize=WIDEST_BITS + 1)
def _places(width: int) -> tuple[Counts, Counts]:
    """Return for packed values of a width the byte each starts in and the left shift that puts its sign bit first."""
    bit = np.arange(MOST_VALUES, dtype=np.int64) * width
    return bit >> 3, 64 - width - (bit & 7)


def _unpack_each(windows: Counts, starts: list[int], widths: list[int], counts: list[int]) -> Counts:
    values, done = np.empty(sum(counts), dtype=np.int64), 0
    for start, width, count in zip(starts, widths, counts, strict=True):
        byte, left = _places(width)
        part = values[done : done + count]
        windows[start:].take(byte[:count], out=part, mode="clip")
        part <<= left[:count]
        part >>= 64 - width
        done += count
    return values


def _unpack_all(windows: Counts, starts: list[int], widths: list[int], counts: list[int]) -> Counts:
    places = [_places(width) for width in widths]
    byte = np.concatenate([place[0][:count] for place, count in zip(places, counts, strict=True)])
    left = np.concatenate([place[1][:count] for place, count in zip(places, counts, strict=True)])
    values: Counts = windows[byte + np.repeat(starts, counts)]
    values <<= left
    values >>= np.repeat([64 - width for width in widths], counts)
    return values


def encode_delta(values: Counts, resolution_bits: int, *, rows_per_block: int = 255) -> bytes:
    """Return the content of a compressed frame that holds rows (n, channels) of signed integers, n at least 1.

    Every block gets the smallest width that holds its differences. Raises ValueError where a value does not fit
    `resolution_bits` (1 to 32), a block would hold none or more than 255 rows, or there are too many values.
    """
    rows = np.atleast_2d(np.asarray(values, dtype=np.int64))
    half = 1 << resolution_bits - 1
    if not 1 <= rows_per_block <= 255 or not 0 < rows.size <= MOST_VALUES:
        raise ValueError(f"delta frame: {rows.shape} values, {rows_per_block} rows in a block")
    if rows.min() < -half or rows.max() >= half:
        raise ValueError(f"delta frame: {rows.min()} to {rows.max()} do not fit {resolution_bits} bits")
    steps = np.diff(rows, axis=0)
    if resolution_bits == 32:
        steps = steps.astype(np.int32).astype(np.int64)
    size = -(-resolution_bits // 8)
    parts = [int(value).to_bytes(size, "little", signed=True) for value in rows[0]]
    parts += [_block(steps[at : at + rows_per_block]) for at in range(0, len(steps), rows_per_block)]
    return b"".join(parts)


def _block(steps: Counts) -> bytes:
    width = 1 + max(int(steps.max()), ~int(steps.min()), 0).bit_length()
    bits = (steps.reshape(-1, 1) >> np.arange(width)) & 1
    return bytes([width, len(steps)]) + np.packbits(bits.astype(np.uint8), bitorder="little").tobytes()
