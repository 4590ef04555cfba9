"""10 km speed and endurance of people by what is known of them, from the survey of recreational runners.

The rule of this file: log speed over log distance is a line for each person, level at 10 km and endurance exponent
drawn from a population given sex, age, body mass index and weekly distance; fitted by EM over whole people.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.person_forward import CONTEXT
from models.train.person_features import FEATURES, SURVEYED, Array, features, tables
from models.train.race_runners import FILE_NAME, KNOTS_M, read

_LINE = np.log(KNOTS_M / 10000.0)
#: Ridge on the features, and rounds of EM: changes fall below 1e-4 of a standard deviation after about 30.
_RIDGE, _ROUNDS = 5.0, 60
_WITHOUT = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """People of the survey: contexts (n, c), log speed (n, 4) over the four distances, NaN where not run."""

    context: Array
    log_speed: Array

    def __len__(self) -> int:
        return len(self.context)

    def pick(self, rows: Array) -> Survey:
        """Return the chosen people."""
        return Survey(self.context[rows], self.log_speed[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Fitness:
    """What the survey teaches: centre (f,) and covariance (f, f) of the features, mean (2,) of level and exponent,
    what features add (f, 2), covariance (2, 2) left between people, and the noise's standard deviation.
    """

    centre: Array
    feature_covariance: Array
    mean: Array
    effect: Array
    covariance: Array
    noise: float


def survey(data: Path) -> Survey:
    """Return the people of the survey who ran any distance; FileNotFoundError where the file is absent."""
    runners = read(data)
    with (data / FILE_NAME).open(newline="") as lines:
        bmi = np.array([float(row["bmi"] or "nan") for row in csv.DictReader(lines)])
    context = np.full((len(runners), len(CONTEXT)), np.nan)
    given = {"age_years": runners.age, "female": runners.female, "km_28d": 4.0 * runners.weekly_km}
    given |= {"weight_kg": np.clip(bmi, 15.0, 45.0) * 1.73**2, "height_m": np.where(np.isnan(bmi), np.nan, 1.73)}
    for name, column in given.items():
        context[:, CONTEXT.index(name)] = column
    with np.errstate(invalid="ignore"):
        log_speed = np.log(KNOTS_M / runners.times_s)
    some = np.isfinite(log_speed).any(axis=1)
    return Survey(context[some], log_speed[some])


def fit(people: Survey) -> Fitness:
    """Return the level and endurance of these people as a population."""
    raw = features(tables(np.zeros(len(FEATURES))), people.context)
    centre = np.zeros(len(FEATURES))
    kept = list(SURVEYED)
    centre[kept] = raw[:, kept].mean(axis=0)
    x = features(tables(centre), people.context)
    x[:, [k for k in range(len(FEATURES)) if k not in kept]] = 0.0
    return _expectation_maximisation(people, x, centre)


def _expectation_maximisation(people: Survey, x: Array, centre: Array) -> Fitness:
    known = np.isfinite(people.log_speed)
    value = np.nan_to_num(people.log_speed)
    line = np.stack([np.ones(4), -_LINE], axis=1)
    mean, effect = np.array([value[known].mean(), 0.08]), np.zeros((x.shape[1], 2))
    covariance, noise = np.diag([0.03, 0.001]), 0.002
    design = np.einsum("nk,ka,kb->nab", known, line, line)
    ridge = np.diag(np.full(x.shape[1], _RIDGE))
    for _ in range(_ROUNDS):
        expected = mean + x @ effect
        posterior = np.linalg.inv(np.linalg.inv(covariance) + design / noise)
        pull = np.linalg.solve(covariance, expected.T).T + np.where(known, value, 0.0) @ line / noise
        person = np.einsum("nab,nb->na", posterior, pull)
        effect = np.linalg.solve(x.T @ x + ridge, x.T @ (person - mean))
        mean = (person - x @ effect).mean(axis=0)
        rest = person - mean - x @ effect
        covariance = rest.T @ rest / len(x) + posterior.mean(axis=0) + _WITHOUT * np.eye(2)
        miss = np.where(known, value - person @ line.T, 0.0)
        noise = float(((miss**2).sum() + np.einsum("nab,nab->", design, posterior)) / known.sum())
    return Fitness(centre, np.cov(x.T), mean, effect, covariance, float(np.sqrt(noise)))
