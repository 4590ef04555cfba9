"""How the forecasts of tomorrow are judged: every morning, beside the forecasts that need no model.

The rule of this file: a baseline is what a person could say from the past alone, and the one they would trust that
morning is the one that did best so far; probabilities of every method are smoothed the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.tomorrow import Prior, Tomorrow
from models.tomorrow_habits import Array
from models.tomorrow_interval import TOLERANCE_KM
from models.train.tomorrow_histories import Days

BASELINES = ("persistence", "weekday mean", "28-day mean")
_WINDOW_DAYS = 28
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One person's mornings after the first day (n,): what was said and what came."""

    ran: Array
    km: Array
    chance: Array
    mean_km: Array
    median_km: Array
    low_km: Array
    high_km: Array
    pace_s_km: Array
    heart_bpm: Array
    true_pace_s_km: Array
    true_heart_bpm: Array
    if_run: Array
    """Ends of the intervals of km, pace and heart rate if they run (n, 3, 2)."""


def walk(days: Days, prior: Prior) -> Walk:
    """Return the model's forecasts of every morning after the first day, each from the days before it."""
    person, rows, if_run = Tomorrow(prior), [], []
    for at, day in enumerate(days.day.tolist()):
        if at:
            told = person.forecast(day)
            km = told.km
            rows.append([told.run_probability, told.mean_km, told.median_km, km.low, km.high])
            rows[-1] += [told.pace_s_km.value, told.heart_bpm.value]
            if_run.append([(one.low, one.high) for one in (told.km_if_run, told.pace_s_km, told.heart_bpm)])
        person.update(day, float(days.km[at]), float(days.pace_s_km[at]), float(days.heart_bpm[at]))
    said = np.array(rows).reshape(-1, 7).T
    ran = (days.km[1:] > 0.0).astype(np.float64)
    chance, mean, median, low, high, pace, heart = said
    truth = days.pace_s_km[1:], days.heart_bpm[1:]
    return Walk(
        ran, days.km[1:], chance, mean, median, low, high, pace, heart, *truth, np.array(if_run).reshape(-1, 3, 2)
    )


def _last_days(values: Array) -> tuple[Array, Array]:
    """Return the sum (n,) of up to 28 values before each, and how many they were."""
    total, at = np.concatenate([[0.0], np.cumsum(values)]), np.arange(len(values))
    start = np.maximum(0, at - _WINDOW_DAYS)
    return total[at] - total[start], (at - start).astype(np.float64)


def _by_kind(kind: NDArray[np.int64], values: Array) -> tuple[Array, Array]:
    """Return the sum and count (n,) of the values before each whose kind is the same."""
    total, count = np.zeros(len(values)), np.zeros(len(values))
    for one in np.unique(kind):
        rows = kind == one
        total[rows] = np.cumsum(values[rows]) - values[rows]
        count[rows] = np.arange(rows.sum())
    return total, count


def baselines(days: Days) -> tuple[Array, Array]:
    """Return the km and the chance of running (n, 3) that `BASELINES` say each morning after the first day.

    Persistence says yesterday's km and how often a day like yesterday (run or not) was followed by a run.
    """
    km, ran = days.km, (days.km > 0.0).astype(np.float64)
    weekday = np.asarray((days.day + 3) % 7)
    month_km, month_days = _last_days(km)
    week_km, week_days = _by_kind(weekday, km)
    said_km = [km[:-1], (week_km / np.maximum(week_days, 1.0))[1:], month_km[1:] / month_days[1:]]
    counts = [_by_kind(ran[:-1].astype(np.int64), ran[1:])]
    counts += [(hits[1:], of[1:]) for hits, of in (_by_kind(weekday, ran), _last_days(ran))]
    chances = [(hits + 1.0) / (of + 2.0) for hits, of in counts]
    return np.stack(said_km, axis=1), np.stack(chances, axis=1)


def log_loss(chance: Array, ran: Array) -> Array:
    """Return the log loss in nats of every forecast."""
    clipped = np.clip(chance, _LEAST, 1.0 - _LEAST)
    return -np.where(ran > 0.0, np.log(clipped), np.log1p(-clipped))


def best_so_far(losses: Array) -> Array:
    """Return the loss (n,) of the column (n, k) that lost least in the rows before."""
    before = np.cumsum(losses, axis=0) - losses
    return np.asarray(losses[np.arange(len(losses)), before.argmin(axis=1)])


def _gain(ours: float, theirs: float) -> float:
    """Return how far an error is below another as a share; where the other errs by nothing, -1 says that ours does."""
    return 1.0 - ours / theirs if theirs > 0.0 else -float(ours > 0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """One person's means over mornings: of the model, of the baseline that was best so far, and of each baseline."""

    mornings: int
    mae_km: float
    baseline_mae_km: float
    each_mae_km: tuple[float, ...]
    zero_mae_km: float
    mean_mae_km: float
    log_loss: float
    baseline_log_loss: float
    each_log_loss: tuple[float, ...]

    @property
    def km_gain(self) -> float:
        """How far the model's MAE is below the baseline's, as a share."""
        return _gain(self.mae_km, self.baseline_mae_km)

    @property
    def run_gain(self) -> float:
        """How far the model's log loss is below the baseline's, as a share."""
        return _gain(self.log_loss, self.baseline_log_loss)


def score(days: Days, said: Walk) -> Score:
    """Return the errors of a walk beside the baselines' on the same mornings."""
    km, chances = baselines(days)
    miss, loss = np.abs(km - said.km[:, None]), log_loss(chances, said.ran[:, None])
    return Score(
        len(said.km),
        float(np.abs(said.median_km - said.km).mean()),
        float(best_so_far(miss).mean()),
        tuple(miss.mean(axis=0).tolist()),
        float(said.km.mean()),
        float(np.abs(said.mean_km - said.km).mean()),
        float(log_loss(said.chance, said.ran).mean()),
        float(best_so_far(loss).mean()),
        tuple(loss.mean(axis=0).tolist()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """What the 80 % intervals of mornings (n,) hold, as they stand, and how wide they are."""

    held: Array
    ran: NDArray[np.bool_]
    width_km: Array
    against: NDArray[np.bool_]
    """Mornings when a rest was likelier and yet outside: on one of five days without a run it has to be."""
    if_run: tuple[Array, Array, Array]
    """Whether km, pace and heart rate of a run were held, of the days with a run that had them."""


def _held(true: Array, low: Array, high: Array) -> Array:
    return ((true >= low - TOLERANCE_KM) & (true <= high + TOLERANCE_KM)).astype(np.float64)


def cover(said: Walk) -> Cover:
    """Return which intervals held the day, counted one by one."""
    true = np.stack([np.where(said.ran > 0.0, said.km, np.nan), said.true_pace_s_km, said.true_heart_bpm], axis=1)
    km, pace, heart = (
        _held(true[known, column], *said.if_run[known, column].T) for column, known in enumerate(np.isfinite(true).T)
    )
    return Cover(
        _held(said.km, said.low_km, said.high_km),
        said.ran > 0.0,
        said.high_km - said.low_km,
        (said.low_km > 0.0) & (said.chance < 0.5),
        (km, pace, heart),
    )
