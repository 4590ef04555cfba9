"""Held-out runners: every number of the model card comes from a model that never saw the runner.

The rule of this file: for fold k the point model learns from all other folds, and the interval from the misses on
each fold j of a model that saw neither j nor k.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from models.train.race_fit import Array, Parameters, case_weights, fit, questions
from models.train.race_interval import Interval, Misses, bounds, calibrate, join, misses
from models.train.race_runners import Cases, Runners

PARTS = 10
#: What is hidden while the interval learns, (age, sex, weekly distance), and how much such a task counts.
Mask = tuple[bool, bool, bool]
SHOWN: Mask = (False, False, False)
MASKS: tuple[tuple[Mask, float], ...] = (
    (SHOWN, 1.0),
    ((False, False, True), 0.25),
    ((True, False, False), 0.25),
    ((False, True, False), 0.25),
    ((True, True, True), 0.25),
)
#: Parameters of the model that saw every fold but those in the key.
Models = Mapping[frozenset[int], Parameters]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The runners, their tasks and the fold number (n,) of every runner."""

    runners: Runners
    cases: Cases
    fold: NDArray[np.int64]

    def inside(self, fold: int) -> Cases:
        """Return the tasks of one fold."""
        return self.cases.pick(self.fold[self.cases.runner] == fold)

    def fit_without(self, *left_out: int) -> Parameters:
        """Return the model that saw none of the named folds."""
        return fit(self.runners, self.cases.pick(~np.isin(self.fold[self.cases.runner], left_out)))


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Held-out tasks with time, low and high in s (c,)."""

    cases: Cases
    time_s: Array
    low_s: Array
    high_s: Array


def single_models(split: Split) -> dict[frozenset[int], Parameters]:
    """Return the models that left out one fold."""
    return {frozenset({k}): split.fit_without(k) for k in range(PARTS)}


def pair_models(split: Split) -> dict[frozenset[int], Parameters]:
    """Return the models that left out two folds."""
    return {frozenset(pair): split.fit_without(*pair) for pair in combinations(range(PARTS), 2)}


def unseen_misses(split: Split, models: Models, apart_from: int | None = None) -> Misses:
    """Return the misses on every fold j of the model without j (and without `apart_from`, whose fold is skipped)."""
    parts = []
    for j in range(PARTS):
        if j == apart_from:
            continue
        cases = split.inside(j)
        model = models[frozenset({j} if apart_from is None else {j, apart_from})]
        truth = np.log(split.runners.times_s[cases.runner, cases.target])
        weight = case_weights(cases, len(split.runners)) ** 2
        for mask, share in MASKS:
            parts.append(misses(model, questions(split.runners, cases, mask), truth, share * weight))
    return join(parts)


def held_out(split: Split, single: Models, intervals: list[Interval], mask: Mask = SHOWN) -> Predictions:
    """Return the prediction of every task by models and intervals that never saw its runner."""
    cases, rows = [], []
    for k, interval in enumerate(intervals):
        part = split.inside(k)
        cases.append(part)
        rows.append(np.exp(bounds(single[frozenset({k})], interval, questions(split.runners, part, mask))))
    joined = Cases(*(np.concatenate([getattr(c, name) for c in cases]) for name in ("runner", "target", "known")))
    return Predictions(joined, *np.concatenate(rows, axis=1))


def nested_intervals(split: Split, pairs: Models) -> list[Interval]:
    """Return for every fold the interval calibrated without it."""
    return [calibrate(unseen_misses(split, pairs, apart_from=k)) for k in range(PARTS)]
