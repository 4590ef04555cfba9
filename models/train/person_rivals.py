"""The baselines of session heart rate: population line, personal mean, personal line, and the mixed model by EM.

The rule of this file: each learns from everybody else and then from the known runs, as the model does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.train.person_histories import Array, History
from models.train.person_protocol import Method, Predictor, Rows

_MIDDLE_M_S, _MIDDLE_M = 2.8, 8000.0
_EM_ROUNDS = 60
_FEWEST_FOR_LINE = 3


def _line(h: History, rows: Rows) -> Array:
    return np.stack([np.ones(len(rows)), np.exp(h.log_speed[rows]) - _MIDDLE_M_S], axis=1)


def _line_and_distance(h: History, rows: Rows) -> Array:
    return np.concatenate([_line(h, rows), np.log(h.distance_m[rows] / _MIDDLE_M)[:, None]], axis=1)


def _all(h: History) -> Rows:
    return np.arange(len(h), dtype=np.int64)


def _pooled_line(people: Sequence[History]) -> Array:
    """Return the regression of heart rate on speed over all runs, every person with the same weight."""
    rows = np.concatenate([_line(h, _all(h)) for h in people])
    weight = np.concatenate([np.full(len(h), 1.0 / len(h)) for h in people])
    bpm = np.concatenate([h.hr_bpm for h in people])
    return np.linalg.solve((rows * weight[:, None]).T @ rows, rows.T @ (weight * bpm))


def population_line(people: Sequence[History]) -> Predictor:
    """Predict by the regression on speed over everybody else's runs."""
    line = _pooled_line(people)
    return lambda h, known, asked: _line(h, asked) @ line


def personal_mean(people: Sequence[History]) -> Predictor:
    """Predict the mean of the known runs; with none, the population line."""
    line = population_line(people)
    return lambda h, known, asked: np.full(len(asked), h.hr_bpm[known].mean()) if len(known) else line(h, known, asked)


def personal_line(people: Sequence[History]) -> Predictor:
    """Predict by the person's own regression on speed; from fewer than three runs, their mean."""
    mean = personal_mean(people)

    def predict(h: History, known: Rows, asked: Rows) -> Array:
        if len(known) < _FEWEST_FOR_LINE:
            return mean(h, known, asked)
        line = np.linalg.lstsq(_line(h, known), h.hr_bpm[known], rcond=None)[0]
        return np.asarray(_line(h, asked) @ line)

    return predict


def mixed_model(people: Sequence[History]) -> Predictor:
    """Predict by a mixed model: level, speed slope and distance slope vary between people; fitted by EM."""
    designs = [_line_and_distance(h, _all(h)) for h in people]
    mean, spread, noise = _mixed(designs, [h.hr_bpm for h in people])
    prior = np.linalg.inv(spread)

    def predict(h: History, known: Rows, asked: Rows) -> Array:
        design = _line_and_distance(h, known)
        own = np.linalg.solve(prior + design.T @ design / noise, prior @ mean + design.T @ h.hr_bpm[known] / noise)
        return np.asarray(_line_and_distance(h, asked) @ own)

    return predict


def _mixed(designs: list[Array], values: list[Array]) -> tuple[Array, Array, float]:
    mean: Array = np.array([148.0, 13.0, 0.0])
    spread: Array = np.diag([100.0, 16.0, 16.0])
    noise = 100.0
    squares = [(x.T @ x, x.T @ y, float(y @ y), len(y)) for x, y in zip(designs, values, strict=True)]
    for _ in range(_EM_ROUNDS):
        prior, own, doubt, rest = np.linalg.inv(spread), [], [], []
        for xx, xy, yy, count in squares:
            covariance = np.linalg.inv(prior + xx / noise)
            person = covariance @ (prior @ mean + xy / noise)
            own.append(person)
            doubt.append(covariance)
            rest.append((yy - 2 * person @ xy + person @ xx @ person + np.trace(xx @ covariance)) / count)
        mean = np.asarray(np.mean(own, axis=0), dtype=np.float64)
        apart = np.array(own) - mean
        spread = np.asarray(apart.T @ apart / len(own) + np.mean(doubt, axis=0), dtype=np.float64)
        noise = float(np.mean(rest))
    return np.asarray(mean), np.asarray(spread), noise


RIVALS: dict[str, Method] = {
    "population line": population_line,
    "personal mean": personal_mean,
    "personal line": personal_line,
    "mixed model": mixed_model,
}
