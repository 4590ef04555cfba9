"""One contribution as arrays, one for each group, and many of them added up: pure numpy, without Flower.

The rule of this file: a person fills the rows of their own groups and zeros elsewhere, every row is noised alike, so
that a sum tells neither who is in it nor which groups they chose. Numbers are in units of the clip that the device cut
them to before (`models.sharing.blur`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.coach.groups import VOCABULARY
from models.sharing.blur import normal
from models.sharing.contribution import NAMES, Contribution
from models.sharing.situation import EVERYBODY, NARROWING

Array = NDArray[np.float64]
#: How many words of a situation narrow a fleet's groups: level and age; the rest would be groups of a handful.
DEPTH = 2
#: A row: how many people (blurred), then their numbers in units of the clip.
WIDTH = 1 + len(NAMES)


def _groups() -> tuple[str, ...]:
    names = [EVERYBODY]
    stems = [""]
    for dimension in NARROWING[:DEPTH]:
        stems = [f"{stem}; {dimension} {word}".removeprefix("; ") for stem in stems for word in VOCABULARY[dimension]]
        names += stems
    return tuple(names)


#: Every group that a fleet tells of, the widest first.
GROUPS = _groups()
SHAPE = (len(GROUPS), WIDTH)
#: By how much a sum moves at most, as a length, when one person is another: the count and the clipped numbers in each
#: of the nested groups, of which both may be in others but in the widest.
SENSITIVITY = math.sqrt(4.0 * (DEPTH + 1))
#: No device answers within fewer: its numbers would be seen through the sum of the others.
LEAST_COHORT = 3
#: The share of a cohort that must answer to the end.
LEAST_SHARE = 2.0 / 3.0
#: Beyond this many standard deviations of the noise a sum is not one of honest devices.
_ABSURD_SD = 5.5


def group_indices(groups: tuple[str, ...]) -> tuple[int, ...]:
    """Return the rows of a person's groups; groups narrower than a fleet's are left out."""
    return tuple(GROUPS.index(name) for name in groups if name in GROUPS)


def arrays_of(told: Contribution) -> Array:
    """Return the arrays (groups, 1 + numbers) of one contribution, in units of its clip, without the round's noise."""
    return placed(np.asarray(told.numbers) / told.clip_norm, group_indices(told.situation.groups))


def placed(numbers: Array, groups: tuple[int, ...]) -> Array:
    """Return arrays with one count and the numbers in each of the given rows, zeros elsewhere."""
    arrays = np.zeros(SHAPE)
    arrays[list(groups)] = np.concatenate([[1.0], numbers])
    return arrays


def noised(arrays: Array, noise_sd: float, rng: np.random.Generator | None = None) -> Array:
    """Return arrays with Gaussian noise in every number of every row; of the operating system without a generator."""
    return arrays + noise_sd * normal(arrays.shape, rng)


def least_of(size: int) -> int:
    """Return how many of a cohort of that size must answer to the end; the noise of so many alone is enough."""
    return min(size, max(LEAST_COHORT, math.ceil(LEAST_SHARE * size)))


def share_sd(noise_multiplier: float, least_people: int) -> float:
    """Return the noise that each device adds so that the sum of `least_people` carries all that the multiplier asks."""
    return noise_multiplier * SENSITIVITY / math.sqrt(least_people)


@dataclass(frozen=True, slots=True, eq=False)
class CohortSum:
    """The sum (groups, 1 + numbers) of the arrays of `people` devices: the least that a server ever sees."""

    people: int
    total: Array

    def is_believable(self, noise_sd: float, device_sd: float = 0.0) -> bool:
        """Return whether devices that clip, with the round's noise and their own, could have made this sum."""
        many = math.sqrt(self.people)
        noise = _ABSURD_SD * noise_sd * many + 1e-3 * self.people
        counts, numbers = self.total[:, 0], self.total[:, 1:]
        if not np.isfinite(self.total).all() or abs(counts[0] - self.people) > noise:
            return False
        return bool(np.abs(numbers).max() <= self.people + noise + _ABSURD_SD * device_sd * many)


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """All cohorts together: how many people of each group (g,), their mean numbers (g, k) in units of the clip."""

    people: int
    counts: Array
    numbers: Array
    count_sd: float
    """The standard deviation of the noise in a count, and in the sum of a group's numbers."""
    dropped: int
    """Cohorts that no honest devices could have made, and were left out."""


def trimmed_mean(values: Array, share: float) -> Array:
    """Return the mean over axis 0 without the least and the most `share` of the values (numbers each on its own)."""
    cut = math.floor(share * len(values))
    cut = min(cut, (len(values) - 1) // 2)
    return np.asarray(np.sort(values, axis=0)[cut : len(values) - cut].mean(axis=0))


def merged(cohorts: list[CohortSum], noise_sd: float, trim: float, device_sd: float = 0.0) -> Merged:
    """Return the groups' means over cohorts, trimmed cohort by cohort; ValueError where no cohort can be believed."""
    good = [one for one in cohorts if one.is_believable(noise_sd, device_sd)]
    if not good:
        raise ValueError("no cohort of the round can be believed")
    people = sum(one.people for one in good)
    per_head = trimmed_mean(np.stack([one.total / one.people for one in good]), trim)
    totals = per_head * people
    counts = np.maximum(totals[:, 0], 0.0)
    numbers = totals[:, 1:] / np.maximum(counts, 1.0)[:, None]
    return Merged(people, counts, numbers, noise_sd * math.sqrt(people), len(cohorts) - len(good))
