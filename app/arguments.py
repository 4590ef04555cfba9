"""What people type for distances, times and days; a wrong word is named (exit code 2).

The rule of this file: text in, SI out; the limits are the caller's.
"""

from __future__ import annotations

import argparse
import math
import re
from datetime import date

NAMED_M = {"mile": 1609.344, "half": 21097.5, "half marathon": 21097.5, "marathon": 42195.0}
_UNITS_M = {"": 1.0, "m": 1.0, "k": 1000.0, "km": 1000.0, "mi": 1609.344}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)")


def distance_m(text: str, limits_m: tuple[float, float], range_words: str) -> float:
    """Return a distance in m within limits from "5k", "7.5 km", "5 mi", "mile", "half", "marathon" or a number of m."""
    cleaned = text.strip().casefold()
    match = _NUMBER.fullmatch(cleaned)
    if cleaned in NAMED_M:
        metres = NAMED_M[cleaned]
    elif match and match[2] in _UNITS_M:
        metres = float(match[1]) * _UNITS_M[match[2]]
    else:
        raise argparse.ArgumentTypeError(f"{text!r} is not a distance such as 5000, 10k, mile, half or marathon")
    if not limits_m[0] <= metres <= limits_m[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is {metres:g} m; {range_words}")
    return metres


def duration_s(text: str) -> float:
    """Return a time in s from H:MM:SS, MM:SS or seconds."""
    try:
        parts = [float(part) for part in text.strip().split(":")]
    except ValueError:
        parts = [math.nan]
    whole = all(math.isfinite(p) and p >= 0 for p in parts) and all(p < 60 for p in parts[1:])
    if not whole or len(parts) > 3:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 1:35:00, 19:30 or 1170")
    return sum(part * 60.0**power for power, part in enumerate(reversed(parts)))


def day(text: str) -> date:
    """Return a day from YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day as YYYY-MM-DD") from None
