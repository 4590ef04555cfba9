"""Simulated people for a fleet in a box: their numbers at the level of statistics, and what their groups truly share.

The rule of this file: nobody real is in it; the truth is kept beside, so that what comes back can be judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.coach.groups import VOCABULARY
from models.fleet import layout
from models.fleet.layout import Merged
from models.fleet.offers import People
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD, clipped, noised
from models.sharing.contribution import NAMES

Array = NDArray[np.float64]
#: How common each level and age is among the simulated, in the order of `VOCABULARY`.
_LEVELS, _AGES = (0.35, 0.45, 0.20), (0.02, 0.30, 0.40, 0.22, 0.05, 0.01)
#: Standard deviations in spreads between people: of what everybody, a level, an age within it, and a person differ by.
_EVERYBODY_SD, _LEVEL_SD, _AGE_SD, _PERSON_SD = 0.4, 0.25, 0.15, 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """People as their devices would offer them, and the mean (groups, k) of each group's numbers before the noise."""

    people: People
    truth: Array
    members: NDArray[np.int64]
    """(groups,) how many people each group truly has."""


def simulated(count: int, rng: np.random.Generator) -> Simulated:
    """Return that many people of whom each level and each age within it share something."""
    numbers, ages = len(NAMES), len(VOCABULARY["age"])
    level = rng.choice(len(_LEVELS), count, p=_LEVELS)
    age = level * ages + rng.choice(len(_AGES), count, p=_AGES)
    shared = rng.normal(0.0, _EVERYBODY_SD, numbers) + rng.normal(0.0, _LEVEL_SD, (len(_LEVELS), numbers))[level]
    shared = shared + rng.normal(0.0, _AGE_SD, (len(_LEVELS) * ages, numbers))[age]
    rows = clipped(shared + rng.normal(0.0, _PERSON_SD, (count, numbers)))
    groups = np.column_stack([np.zeros(count, np.int64), 1 + level, 1 + len(_LEVELS) + age])
    people = People(noised(rows, DEVICE_NOISE_SD, rng), groups)
    members = np.bincount(groups.ravel(), minlength=len(layout.GROUPS))
    totals = np.zeros((len(layout.GROUPS), numbers))
    for depth in range(groups.shape[1]):
        np.add.at(totals, groups[:, depth], rows)
    return Simulated(people, totals / np.maximum(members, 1)[:, None], members)


def miss(found: Merged, truth: Simulated, rows: slice) -> float:
    """Return the root mean square of what a fleet missed of groups' means, in spreads; empty groups do not count."""
    there = truth.members[rows] > 0
    apart = CLIP_NORM * found.numbers[rows][there] - truth.truth[rows][there]
    return float(np.sqrt(np.mean(np.square(apart))))
