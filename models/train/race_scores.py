"""How good predictions of held-out runners are: errors, coverage, and the groups that must all be served.

The rule of this file: a model and a formula are always judged on the same runners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from models.train.race_baselines import FORMULAS
from models.train.race_cv import Predictions
from models.train.race_fit import KNOTS, Array, BoolArray
from models.train.race_runners import KNOTS_M, NAMES, Cases, Runners

TOO_FAST_S = 600.0
SMALLEST_GROUP = 100
SLOW_S = 15000.0  # a marathon of 4:10
_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of one method on n tasks: MAE, RMSE and bias in min, median error in %, share > 10 min too fast."""

    count: int
    mae_min: float
    rmse_min: float
    bias_min: float
    median_percent: float
    too_fast: float


def score(predicted_s: Array, truth_s: Array) -> Score:
    """Return the errors of predicted times in s against true ones."""
    miss = predicted_s - truth_s
    minutes = miss / 60.0
    return Score(
        count=len(miss),
        mae_min=float(np.abs(minutes).mean()),
        rmse_min=float(np.sqrt((minutes**2).mean())),
        bias_min=float(minutes.mean()),
        median_percent=float(100 * np.median(np.abs(miss) / truth_s)),
        too_fast=float((miss < -TOO_FAST_S).mean()),
    )


@dataclass(frozen=True, slots=True)
class Bounded:
    """A share in % with the 90 % bootstrap interval over runners."""

    value: float
    low: float
    high: float


def _drawn(count: int) -> NDArray[np.int64]:
    """Return runners drawn with replacement (draws, count)."""
    return np.random.default_rng(0).integers(0, count, (_DRAWS, count))


def _bounded(value: float, draws: Array) -> Bounded:
    low, high = np.quantile(draws, [0.05, 0.95]).tolist()
    return Bounded(value, low, high)


def below(told_s: Array, other_s: Array, truth_s: Array) -> Bounded:
    """Return how far the MAE is below another method's on the same runners (n,), in %."""
    ours, theirs, drawn = np.abs(told_s - truth_s), np.abs(other_s - truth_s), _drawn(len(truth_s))
    shares = 100.0 * (1.0 - ours[drawn].mean(axis=1) / theirs[drawn].mean(axis=1))
    return _bounded(float(100.0 * (1.0 - ours.mean() / theirs.mean())), shares)


def hasty(told_s: Array, truth_s: Array) -> Bounded:
    """Return the share of runners (n,) told a time over 10 min too fast, in %."""
    rows = told_s < truth_s - TOO_FAST_S
    return _bounded(100.0 * float(rows.mean()), 100.0 * rows[_drawn(len(rows))].mean(axis=1))


@dataclass(frozen=True, slots=True)
class Worst:
    """The group that is served worst: its MAE over everybody's, in min and in % of the true time."""

    name: str
    minutes: float
    percent: float


def worst(told_s: Array, truth_s: Array, members: Mapping[str, BoolArray]) -> Worst:
    """Return the worst group of `SMALLEST_GROUP` and more, by minutes; the percent are those of their worst group."""
    large = {name: rows for name, rows in members.items() if rows.sum() >= SMALLEST_GROUP}
    if not large:
        return Worst("no group is large enough", np.nan, np.nan)
    miss = np.abs(told_s - truth_s)
    minutes, percent = (
        {name: float(of[rows].mean() / of.mean()) for name, rows in large.items()} for of in (miss, miss / truth_s)
    )
    name = max(minutes, key=lambda one: minutes[one])
    return Worst(name, minutes[name], max(percent.values()))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of true times inside the interval, the 99 % binomial band of 90 % for that count, mean width in min."""

    count: int
    share: float
    band_low: float
    band_high: float
    width_min: float

    @property
    def inside(self) -> bool:
        """Whether the share lies within the band."""
        return self.band_low <= self.share <= self.band_high


def truth_s(runners: Runners, cases: Cases) -> Array:
    """Return the true times in s (c,)."""
    return runners.times_s[cases.runner, cases.target]


def coverage(runners: Runners, predictions: Predictions, rows: BoolArray) -> Coverage:
    """Return how many true times of the chosen tasks fall into their interval."""
    truth = truth_s(runners, predictions.cases)[rows]
    low, high = predictions.low_s[rows], predictions.high_s[rows]
    count = len(truth)
    band = binom.interval(0.99, count, 0.90)
    share = float(((truth >= low) & (truth <= high)).mean())
    return Coverage(count, share, band[0] / count, band[1] / count, float((high - low).mean() / 60.0))


def nearest_best(cases: Cases) -> NDArray[np.int64]:
    """Return the knot number (c,) of the known best nearest in distance to the target: where a formula starts."""
    gap = np.abs(KNOTS[None, :] - KNOTS[cases.target][:, None])
    return np.asarray(np.where(cases.known, gap, np.inf).argmin(axis=1))


def formula_times(runners: Runners, cases: Cases) -> dict[str, Array]:
    """Return what each formula says (c,) from the known best nearest to the target."""
    start = nearest_best(cases)
    best = runners.times_s[cases.runner, start]
    return {name: formula(KNOTS_M[start], best, KNOTS_M[cases.target]) for name, formula in FORMULAS.items()}


def _bands(values: Array, edges: tuple[float, ...], unit: str) -> dict[str, BoolArray]:
    limits = (-np.inf, *edges, np.inf)
    names = [f"under {edges[0]:g} {unit}", *(f"{a:g} to {b:g} {unit}" for a, b in pairwise(edges))]
    names.append(f"{edges[-1]:g} {unit} and more".replace("  ", " "))
    pairs = pairwise(limits)
    return {name.strip(): (values >= a) & (values < b) for name, (a, b) in zip(names, pairs, strict=True)}


def groups(runners: Runners, predictions: Predictions, rows: BoolArray) -> dict[str, BoolArray]:
    """Return the groups (name to rows (c,)) of the chosen tasks: who they are, what is known, how fast they are."""
    cases = predictions.cases
    found = {
        "women": runners.female[cases.runner] == 1,
        "men": runners.female[cases.runner] == 0,
        **{f"age {name}": band for name, band in _bands(runners.age[cases.runner], (30, 40, 50), "").items()},
        **_bands(runners.weekly_km[cases.runner], (30, 50, 75), "km a week"),
        "one best known": cases.known.sum(axis=1) == 1,
        "several bests known": cases.known.sum(axis=1) > 1,
    }
    quartiles = np.quantile(predictions.time_s[rows], [0.25, 0.5, 0.75])
    place = np.searchsorted(quartiles, predictions.time_s, side="right")
    for k, name in enumerate(("fastest", "second", "third", "slowest")):
        found[f"predicted time: {name} quarter"] = place == k
    for subset in np.unique(cases.known[rows], axis=0):
        name = " + ".join(n for n, known in zip(NAMES, subset, strict=True) if known)
        found[f"from {name}"] = (cases.known == subset).all(axis=1)
    return {name: rows & members for name, members in found.items()}


def marathon_groups(runners: Runners, cases: Cases, told_s: Array) -> dict[str, BoolArray]:
    """Return the groups (name to rows (n,)) of marathons by sex, age band, level and told slower than 4:10."""
    everybody = np.ones(len(cases), dtype=bool)
    found = groups(runners, Predictions(cases, told_s, told_s, told_s), everybody)
    starts = ("women", "men", "age", "predicted time")
    chosen = {name: rows for name, rows in found.items() if name.startswith(starts)}
    return chosen | {"told slower than 4:10": told_s > SLOW_S}
