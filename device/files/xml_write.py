"""What GPX and TCX share when they are written: numbers, times, and where rows are parted.

The rule of this file: a number is written with as many digits as it takes to read the same float64 back, never with an
exponent (xsd:decimal knows none); a time is UTC to the millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np

from device.files.laying import Unheld
from edge.samples import Column
from edge.summary import Pause


def decimal(value: float) -> str:
    """Return a finite number in full, without an exponent."""
    text = repr(float(value))
    return np.format_float_positional(value, trim="-") if "e" in text else text.removesuffix(".0")


def utc(unix_s: float) -> str:
    """Return a Unix time as ISO 8601 in UTC; milliseconds only where there are any."""
    milliseconds = round(unix_s * 1000.0)
    text = datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{milliseconds % 1000:03d}Z" if milliseconds % 1000 else f"{text}Z"


def whole(column: Column, name: str, low: float, high: float, unheld: list[Unheld]) -> Column:
    """Return a column in whole numbers from `low` to `high`, NaN beyond; notes how many are beyond."""
    rounded = np.rint(column)
    fits = (rounded >= low) & (rounded <= high)
    if beyond := int(np.count_nonzero(np.isfinite(column) & ~fits)):
        unheld.append(Unheld(name, beyond, "beyond"))
    return np.where(fits, rounded, np.nan)


def stretches(time_s: Column, pauses: Sequence[Pause], start_s: float) -> Iterator[slice]:
    """Yield the rows between pauses; the row at which a pause begins is the last before it. Empty ones are left out."""
    ends = [int(np.searchsorted(time_s, start_s + p.from_s, side="right")) for p in pauses]
    first = 0
    for end in [*ends, len(time_s)]:
        if end > first:
            yield slice(first, end)
            first = end


def cells(column: Column, rows: Sequence[int]) -> list[float]:
    """Return values of some rows as Python numbers; NaN for each where the column is empty."""
    return column[rows].tolist() if len(column) else [float("nan")] * len(rows)
