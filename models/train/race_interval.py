"""The 90 % interval: a scale that follows the runner, and conformal quantiles per target distance.

The rule of this file: it sees only misses of runners that the model was not fitted on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.race import SAFE_SIDE, SLOW_SIDE
from models.train.race_fit import (
    FEATURES,
    TAIL,
    Answer,
    Array,
    BoolArray,
    Parameters,
    Question,
    answer,
    inner_hats,
)

COVERAGE = 0.90
#: The published time at each knot is this quantile of what happened: a time too fast costs a runner more than one too
#: slow. Over the marathon, where at 55 % one in five would be told a time over 10 min too fast, it is the safe level
#: that most folds choose (race_safe); between half marathon and marathon the shift goes from one to the other.
LEVELS = (SLOW_SIDE, SLOW_SIDE, SLOW_SIDE, SAFE_SIDE)
LEVEL_LIMIT = 0.5
SCALE_FEATURES = 4 + 2 + 1 + FEATURES + 3
_RIDGE = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """`shift` (4,) at the knots; `low` and `high` (2, 4) from one best and from several; `scale` the weights of the
    log-scale features."""

    shift: Array
    low: Array
    high: Array
    scale: Array


@dataclass(frozen=True, slots=True, eq=False)
class Misses:
    """What models said of runners they had not seen, one row per task: scale features (c, f), log scale, knot
    weights (c, 4), log true time minus log prediction, weight, whether several bests were given, and whether nothing
    about the person was hidden."""

    features: Array
    base: Array
    hat: Array
    miss: Array
    weight: Array
    several: NDArray[np.int64]
    plain: BoolArray


def several(q: Question) -> NDArray[np.int64]:
    """Return 1 where two or more bests are known, else 0 (c,)."""
    return np.asarray(q.known.sum(axis=1) > 1).astype(np.int64)


def join(parts: Sequence[Misses]) -> Misses:
    """Return the rows of all parts."""
    names = [f.name for f in dataclasses.fields(Misses)]
    return Misses(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def misses(p: Parameters, q: Question, truth: Array, weight: Array) -> Misses:
    """Return the misses of one model on tasks with log true times (c,)."""
    found = answer(p, q)
    hat = inner_hats(q.target)
    hidden = np.asarray(q.unknown.any(axis=1))
    return Misses(
        scale_features(p, q, found), found.log_scale, hat, truth - found.log_time, weight, several(q), ~hidden
    )


def scale_features(p: Parameters, q: Question, found: Answer) -> Array:
    """Return the features (c, f) of the log scale: target, level, discount of the bests, person, what is unknown."""
    level = np.clip(found.level, -LEVEL_LIMIT, LEVEL_LIMIT)
    person = np.where(np.isnan(q.features), 0.0, q.features - p.centre)
    columns = [inner_hats(q.target), level[:, None], level[:, None] ** 2, found.discount[:, None], person, q.unknown]
    return np.concatenate(columns, axis=1)


def weighted_quantile(values: Array, weight: Array, share: float) -> float:
    """Return the smallest value with at least that share of the weight at or below it, plus one runner's weight."""
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(weight[order])
    extra = weight.mean()
    wanted = share * (heap[-1] + extra)
    if share < 0.5:  # the mirror image, so that both tails are closed on the safe side
        wanted = heap[-1] - (1 - share) * (heap[-1] + extra) + weight[order[0]]
    index = int(np.searchsorted(heap, wanted - 1e-9))
    return float(values[order[min(max(index, 0), len(values) - 1)]])


def _fit_scale(features: Array, base: Array, miss: Array, weight: Array) -> Array:
    """Return the weights (f,) of the log scale with the greatest t likelihood, shrunk to none."""
    values = np.zeros(features.shape[1])
    for _ in range(30):
        squared = (miss / np.exp(base + features @ values)) ** 2
        gradient = features.T @ (weight * (1 - (TAIL + 1) * squared / (TAIL + squared))) + _RIDGE * values
        information = (features.T * (weight * 2 * TAIL / (TAIL + 3))) @ features + _RIDGE * np.eye(len(values))
        step = np.linalg.solve(information, gradient)
        values = values - step
        if np.abs(step).max() < 1e-7:
            break
    return values


def calibrate(seen: Misses) -> Interval:
    """Return shift, scale and conformal quantiles from misses of unseen runners."""
    rows = [seen.plain & (seen.hat.argmax(axis=1) == knot) for knot in range(seen.hat.shape[1])]
    shift = np.array(
        [weighted_quantile(seen.miss[r], seen.weight[r], one) for r, one in zip(rows, LEVELS, strict=True)]
    )
    miss = seen.miss - seen.hat @ shift
    scale = _fit_scale(seen.features, seen.base, miss, seen.weight)
    ratio = miss / np.exp(seen.base + seen.features @ scale)
    tail = (1 - COVERAGE) / 2
    groups = [[r & (seen.several == many) for r in rows] for many in (0, 1)]
    low = np.array([[weighted_quantile(ratio[g], seen.weight[g], tail) for g in line] for line in groups])
    high = np.array([[weighted_quantile(ratio[g], seen.weight[g], 1 - tail) for g in line] for line in groups])
    return Interval(shift, low, high, scale)


def bounds(p: Parameters, interval: Interval, q: Question) -> tuple[Array, Array, Array]:
    """Return log time, log low and log high (c,) with shift and interval."""
    found = answer(p, q)
    hat = inner_hats(q.target)
    middle = found.log_time + hat @ interval.shift
    scale = np.exp(found.log_scale + scale_features(p, q, found) @ interval.scale)
    low, high = (np.sum(hat * table[several(q)], axis=1) for table in (interval.low, interval.high))
    return middle, middle + scale * low, middle + scale * high
