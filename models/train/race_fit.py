"""The race model as a formula in NumPy, and its fit: what `models/race.onnx` must compute.

The rule of this file: log time over log distance is the population's curve plus a line of the person (level and
endurance slope, drawn from a population given age, sex and weekly distance) plus noise; a best that does not fit
the others or the person's kind is weighed down, never thrown away. Everything is closed form for any set of distances.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.train.race_runners import KNOTS_M, Cases, Runners

Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

REFERENCE_M = 10000.0
KNOTS = np.log(KNOTS_M / REFERENCE_M)
AGE_RANGE = (16.0, 80.0)
WEEKLY_KM_RANGE = (0.0, 220.0)
TAIL = 4.0  # degrees of freedom of the t likelihood: typing errors and bad days must not bend the line
REWEIGHTINGS = 2
# Where a best begins to lose weight: at CLIP_M / target in its own noise s.d. Far from the marathon a very slow best
# mostly tells of a slow runner, for the marathon mostly of a bad day or a typing error. Fitted freely it falls lower,
# but then a faster best can give a slower answer.
CLIP_M = 30000.0
CLIP_LEAST = 1.0
BELOW = 0.25  # growth of log noise per log distance below 5 km: about half as much again at 800 m
FEATURES = 5
#: which of (age, sex, weekly_km) each feature comes from
FEATURE_OF = np.array([1, 0, 0, 2, 2])
_SIZES = {"mean": 4, "level": FEATURES, "slope": FEATURES, "wall": FEATURES, "prior": 3, "noise": 4}


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """What the fit learns. Log scale; `mean` and `noise` at the four knots; features centred on the population."""

    mean: Array
    level: Array
    slope: Array
    wall: Array
    """What a person's features add per log distance beyond the half marathon."""
    prior: Array
    noise: Array
    centre: Array = field(default_factory=lambda: np.zeros(FEATURES))
    spread: Array = field(default_factory=lambda: np.zeros(3))
    """Variance (3,) that an unknown age, sex or weekly distance adds to the level. The slope's is left alone: level and
    slope move together over people, and a slope freed by itself lets a faster short best slow the marathon."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Prediction tasks: log times (c, k) with 0 where not known (c, k), log distances (k,) and (c,), features."""

    log_time: Array
    log_distance: Array
    known: BoolArray
    target: Array
    features: Array
    unknown: Array


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Log time (c,), log of its standard deviation, the person's level and how far bests were weighed down."""

    log_time: Array
    log_scale: Array
    level: Array
    discount: Array


def hats(log_distance: Array) -> Array:
    """Return the weights (..., 4) that interpolate knot values at log distances, straight on beyond the ends."""
    at = np.asarray(log_distance, dtype=np.float64)
    left = np.clip(np.searchsorted(KNOTS, at, side="right") - 1, 0, len(KNOTS) - 2)
    share = (at - KNOTS[left]) / (KNOTS[left + 1] - KNOTS[left])
    weights = np.zeros((*at.shape, len(KNOTS)))
    np.put_along_axis(weights, left[..., None], (1 - share)[..., None], axis=-1)
    np.put_along_axis(weights, (left + 1)[..., None], share[..., None], axis=-1)
    return weights


def inner_hats(log_distance: Array) -> Array:
    """Return the weights (..., 4) of the knots, held at the end knots beyond them."""
    return hats(np.clip(log_distance, KNOTS[0], KNOTS[-1]))


def beyond_half(log_distance: Array) -> Array:
    """Return how far in log distance a race goes beyond the half marathon, 0 for shorter ones."""
    return np.asarray(np.maximum(log_distance - KNOTS[2], 0.0))


def person_line(log_distance: Array) -> Array:
    """Return where on the person's line a distance lies: below 5 km it stays there, parallel to the population."""
    return np.clip(log_distance, KNOTS[0], KNOTS[-1])


def log_noise(p: Parameters, log_distance: Array) -> Array:
    """Return the log of the noise s.d. at log distances; below 5 km it grows by rule, as nothing was measured there."""
    return np.asarray(inner_hats(log_distance) @ p.noise + BELOW * np.maximum(KNOTS[0] - log_distance, 0.0))


def raw_features(age: Array, female: Array, weekly_km: Array) -> Array:
    """Return the features (n, 5) of people: female, decades from 35 and squared, log weekly distance and squared."""
    decades = (np.clip(age, *AGE_RANGE) - 35.0) / 10.0
    volume = np.log((np.clip(weekly_km, *WEEKLY_KM_RANGE) + 16.0) / 64.0)
    return np.stack([female, decades, decades**2, volume, volume**2], axis=1)


def questions(runners: Runners, cases: Cases, unknown: tuple[bool, bool, bool] = (False, False, False)) -> Question:
    """Return the tasks as the model sees them; `unknown` hides age, sex or weekly distance."""
    person = (runners.age, runners.female, runners.weekly_km)
    shown = [np.full(len(runners), np.nan) if hide else column for hide, column in zip(unknown, person, strict=True)]
    features = raw_features(*shown)[cases.runner]
    times = np.where(cases.known, runners.times_s[cases.runner], 1.0)
    missing = np.isnan(np.stack(shown, axis=1)).astype(float)[cases.runner]
    return Question(np.log(times), KNOTS, cases.known, KNOTS[cases.target], features, missing)


def _posterior(weight: Array, surprise: Array, lines: Array, prior: tuple[Array, Array, Array]) -> tuple[Array, ...]:
    """Return level, slope and their variances (c,) of a person from weighted surprises (c, k)."""
    products = weight @ np.stack([np.ones_like(lines), lines, lines**2], axis=1)
    pulls = (weight * surprise) @ np.stack([np.ones_like(lines), lines], axis=1)
    a, b, c = prior[0] + products[:, 0], prior[1] + products[:, 1], prior[2] + products[:, 2]
    determinant = a * c - b * b
    level = (c * pulls[:, 0] - b * pulls[:, 1]) / determinant
    slope = (a * pulls[:, 1] - b * pulls[:, 0]) / determinant
    return level, slope, c / determinant, -b / determinant, a / determinant


def answer(p: Parameters, q: Question) -> Answer:
    """Return the prediction of every task, before the shift and the interval."""
    features = np.where(np.isnan(q.features), 0.0, q.features - p.centre)
    own_level, own_slope, own_wall = features @ p.level, features @ p.slope, features @ p.wall
    tie = p.prior[1]
    level_precision = 1.0 / (np.exp(2 * p.prior[0]) + q.unknown @ p.spread)
    slope_precision = np.exp(-2 * p.prior[2])
    ones = np.ones_like(level_precision)
    prior = (level_precision + tie**2 * slope_precision, -tie * slope_precision * ones, slope_precision * ones)
    noise = np.exp(2 * log_noise(p, q.log_distance))
    line = person_line(q.log_distance)
    expected = own_level[:, None] + own_slope[:, None] * line + hats(q.log_distance) @ p.mean
    expected = expected + own_wall[:, None] * beyond_half(q.log_distance)
    surprise = np.where(q.known, q.log_time - expected, 0.0)
    plain = q.known / noise
    limit = np.maximum(CLIP_M / REFERENCE_M * np.exp(-q.target), CLIP_LEAST)[:, None]
    level, slope, *variance = _posterior(plain, surprise, line, prior)
    weight = plain
    for _ in range(REWEIGHTINGS):
        rest = surprise - level[:, None] - slope[:, None] * line
        weight = plain / np.sqrt(1.0 + rest**2 / (noise * limit**2))
        level, slope, *variance = _posterior(weight, surprise, line, prior)
    at = person_line(q.target)
    log_time = own_level + level + at * (own_slope + slope) + hats(q.target) @ p.mean
    log_time = log_time + own_wall * beyond_half(q.target)
    doubt = variance[0] + 2 * at * variance[1] + at**2 * variance[2]
    total = doubt + np.exp(2 * log_noise(p, q.target))
    return Answer(log_time, 0.5 * np.log(total), own_level + level, 1.0 - weight.sum(1) / plain.sum(1))


def _start() -> tuple[Array, Array]:
    """Return where the fit starts and the standard deviation of its prior there."""
    start = {"mean": [7.14, 7.88, 8.69, 9.48], "prior": [-2.0, 0.0, -3.9], "noise": [-3.4] * 4}
    width = {"mean": 1.0, "level": 0.5, "slope": 0.1, "wall": 0.1, "prior": 1.0, "noise": 1.0}
    values = [np.asarray(start.get(name, [0.0] * size), dtype=np.float64) for name, size in _SIZES.items()]
    return np.concatenate(values), np.concatenate([np.full(size, width[name]) for name, size in _SIZES.items()])


def _unpack(values: Array, centre: Array, feature_cov: Array) -> Parameters:
    pieces = dict(zip(_SIZES, np.split(values, np.cumsum(list(_SIZES.values()))[:-1]), strict=True))
    spread = np.zeros(3)
    for group in range(3):
        rows = np.flatnonzero(group == FEATURE_OF)
        spread[group] = pieces["level"][rows] @ feature_cov[np.ix_(rows, rows)] @ pieces["level"][rows]
    return Parameters(**pieces, centre=centre, spread=spread)


def case_weights(cases: Cases, count: int) -> Array:
    """Return the weight (c,) of every task: a runner with many tasks counts as the square root of their number."""
    return np.asarray(1.0 / np.sqrt(np.bincount(cases.runner, minlength=count)[cases.runner]))


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    question: Question
    truth: Array
    weight: Array
    centre: Array
    feature_cov: Array
    start: Array
    width: Array

    def outputs(self, values: Array) -> tuple[Array, Array]:
        found = answer(_unpack(values, self.centre, self.feature_cov), self.question)
        return found.log_time, found.log_scale

    def loss(self, values: Array, log_time: Array, log_scale: Array) -> float:
        squared = ((self.truth - log_time) / np.exp(log_scale)) ** 2
        terms = log_scale + 0.5 * (TAIL + 1) * np.log1p(squared / TAIL)
        return float(self.weight @ terms + 0.5 * np.sum(((values - self.start) / self.width) ** 2))

    def step(self, values: Array) -> tuple[Array, Array]:
        """Return gradient (p,) and Fisher information (p, p), derivatives by forward differences."""
        size = 1e-6
        log_time, log_scale = self.outputs(values)
        moved = [self.outputs(values + size * unit) for unit in np.eye(len(values))]
        by_time = np.stack([(m[0] - log_time) / size for m in moved], axis=1)
        by_scale = np.stack([(m[1] - log_scale) / size for m in moved], axis=1)
        variance = np.exp(2 * log_scale)
        miss = self.truth - log_time
        pull = (TAIL + 1) / (TAIL + miss**2 / variance)
        gradient = by_time.T @ (-self.weight * pull * miss / variance)
        gradient += by_scale.T @ (self.weight * (1 - pull * miss**2 / variance))
        gradient += (values - self.start) / self.width**2
        information = (by_time.T * (self.weight * (TAIL + 1) / (TAIL + 3) / variance)) @ by_time
        information += (by_scale.T * (self.weight * 2 * TAIL / (TAIL + 3))) @ by_scale
        return gradient, information + np.diag(1 / self.width**2)


def _descend(problem: _Problem, rounds: int) -> Array:
    """Return the parameters with the least loss, by damped Fisher scoring."""
    values, damping = problem.start, 1e-2
    loss = problem.loss(values, *problem.outputs(values))
    for _ in range(rounds):
        gradient, information = problem.step(values)
        gain = 0.0
        while damping < 1e8:
            moved = values - np.linalg.solve(information + damping * np.diag(np.diag(information)), gradient)
            new = problem.loss(moved, *problem.outputs(moved))
            if new < loss:
                values, gain, loss, damping = moved, loss - new, new, max(damping / 5, 1e-6)
                break
            damping *= 4
        if gain < 1e-3:
            break
    return values


def fit(runners: Runners, cases: Cases, rounds: int = 40) -> Parameters:
    """Return the parameters that best predict every task of these runners (conditional t likelihood)."""
    raw = raw_features(runners.age, runners.female, runners.weekly_km)[np.unique(cases.runner)]
    raw = raw[np.isfinite(raw).all(axis=1)]  # who does not say everything is taken for the population of those who do
    if len(raw) < 2:
        raise ValueError(f"{len(raw)} runners with age, sex and weekly distance are too few")
    start, width = _start()
    problem = _Problem(
        question=questions(runners, cases),
        truth=np.log(runners.times_s[cases.runner, cases.target]),
        weight=case_weights(cases, len(runners)),
        centre=raw.mean(axis=0),
        feature_cov=np.cov(raw.T),
        start=start,
        width=width,
    )
    return _unpack(_descend(problem, rounds), problem.centre, problem.feature_cov)
