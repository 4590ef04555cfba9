"""The one exception that a tracker's bytes can cause."""

from __future__ import annotations

MOST_BYTES = 512
"""Bytes of the longest attribute value, Core Specification 5.4 vol 3 part F 3.2.9."""


class WireError(Exception):
    """A payload does not have the form of its characteristic; the text names what is wrong with it."""


def need(payload: bytes, length: int, what: str) -> None:
    """Raise WireError where a payload ends before `length` bytes."""
    if len(payload) < length:
        raise WireError(f"{what}: {length} bytes needed, {len(payload)} there")


def exactly(payload: bytes, length: int, what: str) -> None:
    """Raise WireError where a payload is not exactly `length` bytes long."""
    if len(payload) != length:
        raise WireError(f"{what}: {length} bytes expected, {len(payload)} there")


def whole(value: float, low: int, high: int, what: str) -> int:
    """Return a value rounded to the whole number that goes on the wire; ValueError outside low..high or for NaN."""
    if not low - 0.5 <= value <= high + 0.5:
        raise ValueError(f"{what}: {value!r} does not fit the field ({low} to {high})")
    return min(high, max(low, round(value)))
