"""The heart-rate part of the prior: how people's lines differ, fitted to whole histories by EM with few people in mind.

The rule of this file: eleven people say little about a population, so every mean and spread starts from physiology with
the weight of so many people and is moved by the histories; neighbouring runs repeat each other, so a history counts as
`EFFECTIVE_RUNS` runs at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.adapt import FREEDOM, HR_SCATTER_BPM, LEVEL
from models.train.person_histories import Array, History

EFFECTIVE_RUNS = 60.0
PRIOR_PEOPLE = 8.0
PEOPLE_FREEDOM = 4.0
_ROUNDS = 40
#: Level, slope, duration, heat, altitude, climb, rest: means with their doubt, and spread between people. Level and
#: slope: easy running at 80 % of a maximum of 185 bpm, in wide doubt. Heat by air temperature over the year, duration,
#: rest: assumed, wide. Altitude: edge.coach.acclimatisation, 6.3 % of power in 1,000 m are 5 bpm at easy effort; the
#: histories do not tell it, it is not fitted. Climb: on a loop 1 % costs next to nothing more by Minetti et al. (2002),
#: and something by experience.
MEAN_BPM = np.array([150.0, 13.0, 1.5, 1.0, 5.0, 0.5, 0.6])
MEAN_DOUBT = np.array([15.0, 5.0, 1.5, 1.0, 0.01, 0.25, 0.5])
SPREAD_BPM = np.array([12.0, 5.0, 3.0, 1.5, 2.0, 0.8, 0.6])
#: What a log unit of usual speed takes off the level: at the same effort for all, the slope times usual speed, some
#: 40 bpm; people who run faster do it at a little more effort.
FASTER_BPM, FASTER_DOUBT = -36.0, 8.0
_PART = slice(LEVEL, LEVEL + len(MEAN_BPM))


@dataclass(frozen=True, slots=True, eq=False)
class Heart:
    """The population's usual log speed with its spread, the seven means in bpm and their spread, and what a log unit of
    usual speed adds to the level.
    """

    usual_log_speed: float
    usual_sd: float
    mean: Array
    spread: Array
    faster: float


def fit(people: Sequence[History]) -> Heart:
    """Return how the heart-rate lines of these people are spread."""
    usual = np.array([np.median(p.log_speed) for p in people])
    middle = float((len(people) * usual.mean() + 2.0 * np.log(2.8)) / (len(people) + 2.0))
    apart = usual - middle
    usual_sd = float(np.sqrt((PRIOR_PEOPLE * 0.16**2 + (apart**2).sum()) / (PRIOR_PEOPLE + len(people))))
    mean, spread, faster = MEAN_BPM.copy(), SPREAD_BPM.copy(), FASTER_BPM
    believed = [np.ones(len(p)) for p in people]
    for _ in range(_ROUNDS):
        centre = np.tile(mean, (len(people), 1))
        centre[:, 0] += faster * apart
        found = [_person(p, c, spread, b) for p, c, b in zip(people, centre, believed, strict=True)]
        own, doubt = (np.array([one[k] for one in found]) for k in (0, 1))
        believed = [one[2] for one in found]
        share = _ordinary(own[:, 0] - mean[0] - faster * apart, spread[0])
        mean, faster = _means(own, apart, spread, share)
        rest = own - mean
        rest[:, 0] -= faster * apart
        told = (share[:, None] * (rest**2 + doubt)).sum(axis=0)
        spread = np.sqrt((PRIOR_PEOPLE * SPREAD_BPM**2 + told) / (PRIOR_PEOPLE + len(people)))
    return Heart(middle, usual_sd, mean, spread, faster)


def _person(p: History, centre: Array, spread: Array, believed: Array) -> tuple[Array, Array, Array]:
    """Return mean and variances of one person's seven numbers, and how much each run is believed next time (n,)."""
    rows, share = p.rows[:, _PART], min(1.0, EFFECTIVE_RUNS / len(p)) / HR_SCATTER_BPM**2
    weighted = rows * (share * believed)[:, None]
    precision = np.diag(spread**-2) + weighted.T @ rows
    own = np.linalg.solve(precision, centre / spread**2 + weighted.T @ p.hr_bpm)
    odd = (p.hr_bpm - rows @ own) / HR_SCATTER_BPM
    return np.asarray(own), np.diag(np.linalg.inv(precision)), (FREEDOM + 1.0) / (FREEDOM + odd**2)


def _ordinary(apart_bpm: Array, spread_bpm: float) -> Array:
    """Return how much each person counts (n,) by how odd their level is: Student's t, so one odd body bends little."""
    return np.asarray((PEOPLE_FREEDOM + 1.0) / (PEOPLE_FREEDOM + (apart_bpm / spread_bpm) ** 2))


def _means(own: Array, apart: Array, spread: Array, share: Array) -> tuple[Array, float]:
    """Return the means and the pull of usual speed that fit the people best, held by what was known before."""
    weight = share[:, None] / spread**2
    mean = ((weight * own).sum(axis=0) + MEAN_BPM / MEAN_DOUBT**2) / (weight.sum(axis=0) + MEAN_DOUBT**-2)
    design = np.stack([np.ones(len(own)), apart], axis=1)
    prior = np.diag([MEAN_DOUBT[0] ** -2, FASTER_DOUBT**-2])
    pull = prior @ np.array([MEAN_BPM[0], FASTER_BPM]) + design.T @ (weight[:, 0] * own[:, 0])
    level, faster = np.linalg.solve(prior + (design * weight[:, :1]).T @ design, pull)
    mean[0] = level
    return mean, float(faster)
