"""What liars do to a fleet, at the level of statistics: with runs that never were, or with a program of their own.

The rule of this file: sums as the server sees them, without Flower; the truth is that of the honest, simulated.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.fleet_people import Simulated, miss
from models.fleet import layout
from models.fleet.cohorts import Rule, cut, noise_sd
from models.fleet.layout import CohortSum
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD

Array = NDArray[np.float64]
#: So much of what would just be believed a liar with a program of their own dares.
_DARES = 0.8
DEVICE_SD = DEVICE_NOISE_SD / CLIP_NORM


def _placed(rows: Array, groups: NDArray[np.int64]) -> Array:
    arrays = np.zeros((len(rows), *layout.SHAPE))
    told = np.column_stack([np.ones(len(rows)), rows])
    for depth in range(groups.shape[1]):
        arrays[np.arange(len(rows)), groups[:, depth]] = told
    return arrays


def cohort_sums(
    people: Simulated, rule: Rule, rng: np.random.Generator, liars: float, own_program: bool
) -> tuple[list[CohortSum], float]:
    """Return the sums that a server sees when a share of the people lies, and the noise of one device."""
    count = len(people.people.numbers)
    lying = rng.random(count) < liars
    rows = people.people.numbers / CLIP_NORM
    if not own_program:
        most = np.full(rows.shape[1], 1.0 / math.sqrt(rows.shape[1]))
        rows = np.where(lying[:, None], most + DEVICE_SD * rng.standard_normal(rows.shape), rows)
    size = rule.cohort if rule.is_secure else 1
    parts = cut(list(range(count)), rule.cohort, rng) if rule.is_secure else [[one] for one in range(count)]
    sd = noise_sd(rule, min(layout.least_of(len(part)) for part in parts) if rule.is_secure else 1)
    bound = _DARES * (size + 5.5 * math.sqrt(size) * (sd + DEVICE_SD))
    sums = []
    for part in parts:
        total = _placed(rows[part], people.people.groups[part]).sum(axis=0)
        total = layout.noised(total, sd * math.sqrt(len(part)), rng)
        if own_program and lying[part].any():
            total[0, 1:] = bound
        sums.append(CohortSum(len(part), total))
    return sums, sd


def missed(people: Simulated, rule: Rule, seed: int, liars: float = 0.0, own_program: bool = False) -> float:
    """Return by how much everybody's shift is missed, in spreads between people; NaN where nothing is believed."""
    sums, sd = cohort_sums(people, rule, np.random.default_rng(seed), liars, own_program)
    try:
        found = layout.merged(sums, sd, rule.trim, DEVICE_SD)
    except ValueError:
        return math.nan
    return miss(found, people, slice(0, 1))
