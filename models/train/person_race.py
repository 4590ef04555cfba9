"""The race model's 90 % intervals of held-out runners by group, beside one pooled interval for everybody.

The rule of this file: groups of 100 people and more by sex, age, level, weekly distance and what is known; the pooled
interval of a runner is made of the misses of all other folds, for each distance apart.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.train.person_protocol import Rows
from models.train.race_card import Evidence, gather
from models.train.race_cv import PARTS, Predictions
from models.train.race_fit import BoolArray
from models.train.race_runners import NAMES
from models.train.race_scores import SMALLEST_GROUP, Coverage, coverage, groups, truth_s
from models.train.race_training import train

MARATHON, SLOW_S = 3, 15000.0
_TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class RaceGroup:
    """One group over one distance: coverage of the model's interval, and of the pooled one."""

    name: str
    ours: Coverage
    pooled: Coverage


@dataclass(frozen=True, slots=True)
class RaceIntervals:
    """The groups, and the mean width over all held-out tasks: of the model and of the pooled interval, in per cent of
    the predicted time and in min.
    """

    groups: tuple[RaceGroup, ...]
    percent: tuple[float, float]
    minutes: tuple[float, float]

    @property
    def outside(self) -> tuple[str, ...]:
        """The groups outside the 99 % band of the model's interval."""
        return tuple(g.name for g in self.groups if not g.ours.inside)


def race_intervals(data: Path) -> RaceIntervals:
    """Return every group of 100 people and more over every distance (minutes: models without two folds are fitted)."""
    return intervals_of(gather(train(data), data))


def intervals_of(e: Evidence) -> RaceIntervals:
    """Return groups and widths of evidence that was gathered."""
    both = (e.predictions, _pooled(e))
    percent, minutes = (
        tuple(float(((p.high_s - p.low_s) / unit)[e.widest].mean()) for p in both)
        for unit in (e.predictions.time_s / 100.0, 60.0)
    )
    return RaceIntervals(tuple(groups_of(e)), (percent[0], percent[1]), (minutes[0], minutes[1]))


def groups_of(e: Evidence) -> list[RaceGroup]:
    """Return the groups of evidence that was gathered."""
    flat = _pooled(e)
    found = []
    for target, distance in enumerate(NAMES):
        rows = e.rows(target)
        chosen = {"all": rows, **groups(e.split.runners, e.predictions, rows)}
        if target == MARATHON:
            chosen["predicted slower than 4:10"] = rows & (e.predictions.time_s > SLOW_S)
        for name, members in chosen.items():
            if members.sum() >= SMALLEST_GROUP:
                both = (coverage(e.split.runners, p, members) for p in (e.predictions, flat))
                found.append(RaceGroup(f"{distance}: {name}", *both))
    return found


def _pooled(e: Evidence) -> Predictions:
    """Return the predictions with the same interval in per cent for everybody over a distance."""
    p = e.predictions
    miss = np.log(truth_s(e.split.runners, p.cases)) - np.log(p.time_s)
    fold = e.split.fold[p.cases.runner]
    low, high = np.ones(len(miss)), np.ones(len(miss))
    for target in range(len(NAMES)):
        for k in range(PARTS):
            asked, seen = _fold_rows(e, fold, target, k)
            low[asked], high[asked] = np.exp(np.quantile(miss[seen], _TAILS))
    return dataclasses.replace(p, low_s=p.time_s * low, high_s=p.time_s * high)


def _fold_rows(e: Evidence, fold: Rows, target: int, k: int) -> tuple[BoolArray, BoolArray]:
    rows = e.predictions.cases.target == target
    return rows & (fold == k), rows & (fold != k) & e.widest
