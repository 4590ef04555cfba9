"""From what a fleet has in common to the shared prior: each group drawn to the wider one by how sure it is.

The rule of this file: the same shrinkage as of files (`models.sharing.merge`); a group whose count is within its own
noise is not told of.
"""

from __future__ import annotations

import math

import numpy as np

from models.fleet import layout
from models.fleet.layout import Array, Merged
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD
from models.sharing.contribution import shift_of
from models.sharing.merge import EVERYBODY_SD, GROUP_SD, LEAST_PEOPLE, MOST_SHIFT, wider
from models.sharing.shared import GroupShift, SharedPrior

#: A count that is not so many times its own noise could be nobody.
_SURE = 3.0
#: A trimmed mean of normal numbers is less sure than a mean: so much at 30 % a side.
_TRIMMED_TIMES = 1.13


def is_told(count: float, noise_sd: float) -> bool:
    """Return whether a group is large enough to be told of."""
    return count >= max(LEAST_PEOPLE, _SURE * noise_sd)


def doubt_sd(count: float, noise_sd: float) -> float:
    """Return the standard deviation of each number of a group's mean, in spreads between people."""
    people = math.sqrt((1.0 + DEVICE_NOISE_SD**2) / count)
    return _TRIMMED_TIMES * math.hypot(people, noise_sd * CLIP_NORM / count)


def shared_of(merged: Merged, base: str) -> SharedPrior:
    """Return the shared prior of a fleet, relative to the bundled prior `base`."""
    found: dict[str, Array] = {}
    shifts: list[GroupShift] = []
    for name, count, numbers in zip(layout.GROUPS, merged.counts, merged.numbers, strict=True):
        if not is_told(float(count), merged.count_sd):
            continue
        parent = found.get(wider(name))
        between = EVERYBODY_SD if parent is None else GROUP_SD
        centre = np.zeros(len(numbers)) if parent is None else parent
        weight = between**2 / (between**2 + doubt_sd(float(count), merged.count_sd) ** 2)
        found[name] = centre + weight * (CLIP_NORM * numbers - centre)
        shifts.append(_shift(name, int(count), found[name]))
    return SharedPrior(base, merged.people // 10 * 10, tuple(shifts))


def _shift(group: str, people: int, numbers: Array) -> GroupShift:
    held: Array = np.round(np.clip(numbers, -MOST_SHIFT, MOST_SHIFT), 3).astype(np.float64)
    shift, scatter = shift_of(held)
    return GroupShift(group, people // 10 * 10, shift, round(scatter, 3))
