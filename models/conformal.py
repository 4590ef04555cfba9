"""Intervals that keep their promise: conformal by group, then corrected for one person as their outcomes come in.

The rule of this file: it knows no model, only how far outcomes fell from what was expected, in units of the doubt that
was stated. Split conformal by group (Vovk 2012, "Mondrian"), every person of the calibration with the same weight; the
correction follows adaptive conformal inference (Gibbs and Candès 2021) on the scale of the interval (Angelopoulos and
others 2023), so that it works from the first outcome.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
COVERAGE = 0.90
#: Step of the correction in log units for each outcome, and how far it may go either way.
STEP, MOST_CORRECTION = 0.1, math.log(3.0)
#: The groups of intervals of one person, by how many of their runs are known, and the least of each.
KNOWN_GROUPS = ("none known", "one or two known", "three to nine known", "ten or more known")
_LEAST_KNOWN = (1.0, 3.0, 10.0)
_LAYOUT = struct.Struct("<4sdd")
_MAGIC = b"KZC1"


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The calibrated interval: by group, how many of the stated standard deviations it reaches below and above."""

    groups: tuple[str, ...]
    low: tuple[float, ...]
    """Negative: how far below what was expected."""
    high: tuple[float, ...]
    people: tuple[int, ...]
    """How many people each group was calibrated on."""

    def reach(self, group: str) -> tuple[float, float]:
        """Return how far the interval of a group reaches below (negative) and above; ValueError names a strange one."""
        if group not in self.groups:
            raise ValueError(f"group {group!r} was not calibrated: {', '.join(self.groups)}")
        place = self.groups.index(group)
        return self.low[place], self.high[place]


@dataclass(frozen=True, slots=True)
class Correction:
    """By what factor (as a log) the intervals of one person are widened, after so many outcomes."""

    log_factor: float = 0.0
    outcomes: float = 0.0

    @property
    def factor(self) -> float:
        """The factor on both sides of the interval."""
        return math.exp(self.log_factor)

    def to_bytes(self) -> bytes:
        """Return the correction as bytes for the diary."""
        return _LAYOUT.pack(_MAGIC, self.log_factor, self.outcomes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Correction:
        """Return the correction that was stored; ValueError where the bytes are of something else."""
        if len(stored) != _LAYOUT.size or stored[:4] != _MAGIC:
            raise ValueError(f"{len(stored)} bytes starting {stored[:4]!r} are not a stored correction")
        _, log_factor, outcomes = _LAYOUT.unpack(stored)
        if not (abs(log_factor) <= MOST_CORRECTION and outcomes >= 0.0):
            raise ValueError("a stored correction holds numbers that none has")
        return cls(log_factor, outcomes)


def weighted_quantile(values: Array, weight: Array, share: float) -> float:
    """Return the smallest value that with the weight of all at or below it reaches a share, one mean weight set aside.

    The mirror image below one half, so that both tails err on the wide side; the extreme value where too few are left.
    """
    if share < 0.5:
        return -weighted_quantile(-values, weight, 1.0 - share)
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(weight[order])
    place = int(np.searchsorted(heap, share * (heap[-1] + float(weight.mean())) - 1e-12))
    return float(values[order[min(place, len(values) - 1)]])


def calibrate(
    scores: Array,
    group: Sequence[str],
    person: NDArray[np.int64],
    coverage: float = COVERAGE,
    symmetric: bool = False,
) -> Quantiles:
    """Return the quantiles of scores (n,), outcomes less expectations in stated standard deviations, by group.

    Each person counts the same within a group. `symmetric` reaches as far below as above, from both tails together:
    for few people, of whom a single one would make a tail. ValueError where there are no scores or they are no numbers.
    """
    if not len(scores) or not np.isfinite(scores).all():
        raise ValueError(f"{len(scores)} scores, {int((~np.isfinite(scores)).sum())} of them not numbers")
    names = np.array(group)
    found: list[tuple[str, float, float, int]] = []
    for name in sorted(set(group)):
        rows = names == name
        _, which, count = np.unique(person[rows], return_inverse=True, return_counts=True)
        weight = 1.0 / count[which]
        found.append((name, *_reach(scores[rows], weight, coverage, symmetric), len(count)))
    return Quantiles(*zip(*found, strict=True))


def _reach(scores: Array, weight: Array, coverage: float, symmetric: bool) -> tuple[float, float]:
    if symmetric:
        high = weighted_quantile(np.abs(scores), weight, coverage)
        return -high, high
    tails = ((1.0 - coverage) / 2.0, (1.0 + coverage) / 2.0)
    low, high = (weighted_quantile(scores, weight, tail) for tail in tails)
    return low, high


def known_group(runs: float) -> str:
    """Return the group of a person by how many runs are known of them."""
    return KNOWN_GROUPS[sum(runs >= least for least in _LEAST_KNOWN)]


def inside(score: float, reach: tuple[float, float], correction: Correction) -> bool:
    """Return whether an outcome fell within the interval."""
    return reach[0] * correction.factor <= score <= reach[1] * correction.factor


def corrected(correction: Correction, was_inside: bool, coverage: float = COVERAGE) -> Correction:
    """Return the correction after one more outcome: wider by a step after a miss, a little narrower after a hit."""
    error = 0.0 if was_inside else 1.0
    moved = correction.log_factor + STEP * (error - (1.0 - coverage))
    held = min(max(moved, -MOST_CORRECTION), MOST_CORRECTION)
    return replace(correction, log_factor=held, outcomes=correction.outcomes + 1.0)


def interval(
    expected: float, sd: float, reach: tuple[float, float], correction: Correction | None = None
) -> tuple[float, float]:
    """Return low and high of an outcome that is expected with a standard deviation."""
    factor = 1.0 if correction is None else correction.factor
    return expected + sd * factor * reach[0], expected + sd * factor * reach[1]
