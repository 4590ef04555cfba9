"""How well the prior knows 10 km speed and endurance from what a person says of themselves: survey runners held out.

The rule of this file: ten folds over people; the fit never saw who is asked; the 90 % interval is the belief's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from models.adapt import ENDURANCE, SIZE, TEN_KM
from models.person_forward import CONTEXT, Weights, forward
from models.train import person_heart
from models.train.person_features import Array
from models.train.person_histories import History
from models.train.person_prior import weights
from models.train.person_survey import Survey, fit
from models.train.race_runners import KNOTS_M

PARTS, SEED, SMALLEST_GROUP = 10, 20261126, 100
_90 = 1.645
_TEN = 1


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the prior said of survey runners: expected log speed (n, 4) and its s.d. by distance, the embedding (n, 4),
    and what they ran, NaN where they did not.
    """

    expected: Array
    sd: Array
    embedding: Array
    constant: Array
    people: Survey


@dataclass(frozen=True, slots=True)
class Group:
    """Mean absolute error in % over 10 km, share inside the 90 % interval, and the 99 % binomial band of 90 %."""

    name: str
    count: int
    error_percent: float
    share: float
    band_low: float
    band_high: float
    width_percent: float

    @property
    def inside(self) -> bool:
        """Whether the share lies within the band."""
        return self.band_low <= self.share <= self.band_high


def held_out(people: Survey, histories: list[History], shuffled: bool = False) -> Told:
    """Return what the prior says of every survey runner by weights that did not see them; `shuffled` deals out the
    contexts of those it learns from among them, and must lose the gain.
    """
    rng = np.random.default_rng(SEED)
    fold = rng.permutation(np.arange(len(people)) % PARTS)
    heart = person_heart.fit(histories)
    expected, sd = np.zeros_like(people.log_speed), np.zeros_like(people.log_speed)
    embedding, constant = np.zeros((len(people), 4)), np.zeros_like(people.log_speed)
    for k in range(PARTS):
        seen = people.pick(fold != k)
        if shuffled:
            seen = Survey(rng.permutation(seen.context), seen.log_speed)
        fitness = fit(seen)
        w = weights(fitness, heart)
        for row in np.flatnonzero(fold == k).tolist():
            expected[row], sd[row], embedding[row] = _told(w, people.context[row], fitness.noise)
        constant[fold == k] = np.nanmedian(seen.log_speed, axis=0)
    return Told(expected, sd, embedding, constant, people)


def _told(w: Weights, context: Array, noise: float) -> tuple[Array, Array, Array]:
    found = forward(w, context.astype(np.float32))
    line = np.zeros((len(KNOTS_M), SIZE))
    line[:, TEN_KM], line[:, ENDURANCE] = 1.0, -np.log(KNOTS_M / 10000.0)
    scaled = line * w.state_sd
    variance = np.einsum("ka,ab,kb->k", scaled, found.covariance, scaled) + noise**2
    expected = np.asarray(line @ w.state_mean + scaled @ found.mean, dtype=np.float64)
    return expected, np.asarray(np.sqrt(variance)), found.embedding.astype(np.float64)


def groups(told: Told) -> list[Group]:
    """Return errors over 10 km of everybody and of each group of 100 people and more: sex, age, level."""
    people = told.people
    ran = np.isfinite(people.log_speed[:, _TEN])
    age, female = (people.context[:, CONTEXT.index(name)] for name in ("age_years", "female"))
    thirds = np.quantile(told.expected[ran, _TEN], [1 / 3, 2 / 3])
    level = np.searchsorted(thirds, told.expected[:, _TEN])
    chosen: dict[str, NDArray[np.bool_]] = {
        "all": ran, "women": female == 1, "men": female == 0, "age under 30": age < 30,
        "age 30 to 40": (age >= 30) & (age < 40), "age 40 to 50": (age >= 40) & (age < 50),
        "age 50 and more": age >= 50,
        "slowest third": level == 0, "middle third": level == 1, "fastest third": level == 2,
    }  # fmt: skip
    return [_group(name, told, rows & ran) for name, rows in chosen.items() if (rows & ran).sum() >= SMALLEST_GROUP]


def _group(name: str, told: Told, rows: NDArray[np.bool_]) -> Group:
    miss = told.people.log_speed[rows, _TEN] - told.expected[rows, _TEN]
    half = _90 * told.sd[rows, _TEN]
    count = int(rows.sum())
    band = binom.interval(0.99, count, 0.90)
    share = float((np.abs(miss) <= half).mean())
    error = float(100 * np.abs(np.expm1(miss)).mean())
    return Group(name, count, error, share, band[0] / count, band[1] / count, float(200 * half.mean()))


def constant_error(told: Told) -> float:
    """Return the mean absolute error in % over 10 km of saying the median of the others to everybody."""
    miss = told.people.log_speed[:, _TEN] - told.constant[:, _TEN]
    return float(100 * np.nanmean(np.abs(np.expm1(miss))))


def neighbours(told: Told, count: int = 10) -> tuple[float, float]:
    """Return how far in % the 10 km times of the nearest by embedding, and of people at random, lie from one's own."""
    ran = np.isfinite(told.people.log_speed[:, _TEN])
    place, value = told.embedding[ran], told.people.log_speed[ran, _TEN]
    apart = ((place[:, None, :] - place[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    near = np.argsort(apart, axis=1, kind="stable")[:, :count]
    everybody = np.abs(value[:, None] - value[None, :])
    own = np.abs(value[:, None] - value[near])
    return float(100 * own.mean()), float(100 * everybody.sum() / (len(value) * (len(value) - 1)))
