"""The prior of a person put together: survey, histories and physiology in one linear Gaussian model, as weights.

The rule of this file: usual speed hangs on 10 km speed, heart-rate level on usual speed; what is unknown of a person
adds the variance that it explains. Numbers that no data here could teach are named with their source or as assumed.
"""

from __future__ import annotations

import numpy as np

from models.adapt import (
    ALTITUDE,
    CENTRE_M_S,
    ENDURANCE,
    HEAT,
    HR_SCATTER_BPM,
    LEVEL,
    SIZE,
    SLOPE,
    SPEED_SCATTER,
    TEN_KM,
    USUAL,
)
from models.conformal import KNOWN_GROUPS
from models.person_forward import CONTEXT, MEASURED, Weights
from models.train.person_features import (
    ASSUMED_SD,
    FEATURES,
    FILL,
    GROUPS,
    Array,
    Tables,
    group_features,
    groups,
    tables,
)
from models.train.person_heart import Heart
from models.train.person_survey import Fitness

#: Spread between people of usual speed against 10 km speed: easy runs at 120 to 130 % of half-marathon pace, habits.
USUAL_SPREAD = 0.08
#: Assumed: what each adds, by feature and quantity. Heart rate at equal effort follows its maximum (0.64 bpm a year,
#: Nes et al. 2013) by eight tenths; beta-blockers take 10 to 30 bpm off under load; one step of experience is worth
#: 4 % of speed; one third of altitude's effect goes for those who live there (Bassett 1999); heat matters less to those
#: who live in it (Périard et al. 2015).
ASSUMED = (
    (FEATURES.index("decades"), LEVEL, -5.0),
    (FEATURES.index("maximal heart rate"), LEVEL, 8.0),
    (FEATURES.index("beta-blockers"), LEVEL, -20.0),
    (FEATURES.index("beta-blockers"), SLOPE, -3.0),
    (FEATURES.index("experience"), TEN_KM, 0.04),
    (FEATURES.index("altitude"), ALTITUDE, -1.0),
    (FEATURES.index("heat"), HEAT, -0.2),
)
LEAST_LEVEL_SD = 8.0
#: Standard deviations of a stated 10 km time (log), of the mean speed and heart rate of 28 days beside scatter / runs.
STATED, MEAN_SPEED, MEAN_HR_BPM, HR_WITHOUT_SPEED_BPM = 0.03, 0.05, 3.0, 10.0
#: Variance that leaves a measurement without weight.
NO_WEIGHT = 1e9
EMBEDDED = (TEN_KM, ENDURANCE, LEVEL, SLOPE)


def _structure(heart: Heart) -> Array:
    """Return (d, d) how what is new in each quantity reaches all of them."""
    reach = np.eye(SIZE)
    reach[USUAL, TEN_KM] = 1.0
    reach[LEVEL, [TEN_KM, USUAL]] = heart.faster
    return reach


def _effects(fitness: Fitness) -> Array:
    """Return (f, d) what each feature adds to what is new."""
    effect = np.zeros((len(FEATURES), SIZE))
    effect[:, [TEN_KM, ENDURANCE]] = fitness.effect
    for feature, quantity, value in ASSUMED:
        effect[feature, quantity] += value
    return effect


def _feature_covariance(fitness: Fitness) -> Array:
    covariance = fitness.feature_covariance.copy()
    for feature, sd in ASSUMED_SD.items():
        covariance[feature, feature] = sd**2
    return covariance


def _unknown(fitness: Fitness, effect: Array) -> Array:
    """Return (g, d, d) the covariance that each group adds while it is unknown."""
    covariance, found = _feature_covariance(fitness), []
    for _, members in GROUPS.values():
        rows = list(members)
        found.append(effect[rows].T @ covariance[np.ix_(rows, rows)] @ effect[rows])
    return np.array(found)


def _new(fitness: Fitness, heart: Heart, unknown: Array) -> Array:
    """Return (d, d) the covariance of what is new in each quantity with everything about the person known."""
    new = np.zeros((SIZE, SIZE))
    new[:2, :2] = fitness.covariance
    new[USUAL, USUAL] = USUAL_SPREAD**2
    new[LEVEL:, LEVEL:] = np.diag(heart.spread**2)
    explained = float(unknown[:, LEVEL, LEVEL].sum())
    new[LEVEL, LEVEL] = max(heart.spread[0] ** 2 - explained, LEAST_LEVEL_SD**2)
    return new


def _readings(mean: Array, sd: Array) -> tuple[Array, Array]:
    """Return the columns (4 c, 4 (d + 1) + 3) and their offset for the three measured values: where each goes, what a
    mean heart rate measures, and the variance of each.
    """
    count, place = len(CONTEXT), CONTEXT.index
    speed, runs, heart_rate = place("speed_28d_m_s"), place("runs_28d"), place("hr_28d_bpm")
    value, row, variance = np.zeros((4 * count, 3)), np.zeros((4 * count, SIZE + 1)), np.zeros((4 * count, 3))
    value[count + place("ten_km_s"), 0] = -1.0
    value[count + speed, 1] = value[heart_rate, 2] = 1.0
    value[speed, 2] = -mean[SLOPE]
    row[speed, SLOPE] = sd[SLOPE]
    variance[3 * count + runs, 1:] = SPEED_SCATTER**2, HR_SCATTER_BPM**2
    variance[[2 * count + place(name) for name in MEASURED], range(3)] = NO_WEIGHT
    variance[2 * count + speed, 2] = HR_WITHOUT_SPEED_BPM**2
    last = np.zeros((3, 3, SIZE + 1))
    last[range(3), range(3), SIZE] = 1.0
    offset_row = np.zeros(SIZE + 1)
    offset_row[[LEVEL, SLOPE]] = sd[LEVEL], -CENTRE_M_S * sd[SLOPE]
    offset = np.array([np.log(10000.0) - mean[TEN_KM], -mean[USUAL], CENTRE_M_S * mean[SLOPE] - mean[LEVEL]])
    variance_offset = np.array([STATED, MEAN_SPEED, MEAN_HR_BPM]) ** 2
    goes = last.reshape(3, -1)
    return np.hstack([value @ goes, row, variance]), np.concatenate([offset @ goes, offset_row, variance_offset])


def _table(t: Tables, mean: Array, sd: Array) -> dict[str, Array]:
    """Return all that is linear in values, logs, unknowns and reciprocals as one table, with its offset."""
    count = len(CONTEXT)
    empty = np.zeros((2 * count, 2 * len(FEATURES)))
    members = np.zeros((4 * count, len(GROUPS)))
    members[2 * count : 3 * count] = groups()
    columns, offset = _readings(mean, sd)
    return {
        "table": np.hstack([np.vstack([np.hstack([t.first, t.second]), empty]), members, columns]),
        "table_offset": np.concatenate([t.first_offset, t.second_offset, np.zeros(len(GROUPS)), offset])[None],
    }


def _embedding(covariance: Array) -> Array:
    """Return (d + 1, 4): 10 km speed, endurance, level and slope, each freed of those before it, in its spread."""
    chosen = list(EMBEDDED)
    embed = np.zeros((SIZE + 1, len(chosen)))
    embed[chosen] = np.linalg.inv(np.linalg.cholesky(covariance[np.ix_(chosen, chosen)])).T
    return embed


def _flat(covariance: Array) -> Array:
    """Return covariances (n, d, d) as rows of beliefs (n, (d + 1)^2) with no mean."""
    return np.pad(covariance, ((0, 0), (0, 1), (0, 1))).reshape(len(covariance), -1)


def _flat_means(means: Array) -> Array:
    """Return means (n, d) as rows of beliefs (n, (d + 1)^2) with no covariance."""
    beliefs = np.zeros((len(means), SIZE + 1, SIZE + 1))
    beliefs[:, :-1, -1] = beliefs[:, -1, :-1] = means
    return beliefs.reshape(len(means), -1)


def weights(fitness: Fitness, heart: Heart, interval: Array | None = None) -> Weights:
    """Return the weights of the prior, in units of the spread of people of whom nothing is known.

    `interval` (4, 2) is the calibrated reach by `KNOWN_GROUPS`; without it that of the belief itself.
    """
    reach, effect = _structure(heart), _effects(fitness)
    unknown = _unknown(fitness, effect)
    base = reach @ _new(fitness, heart, unknown) @ reach.T
    more = np.array([reach @ u @ reach.T for u in unknown])
    mean = np.concatenate([fitness.mean, [heart.usual_log_speed], heart.mean])
    total = base + more.sum(axis=0)
    sd = np.sqrt(np.diag(total))
    unit = np.outer(sd, sd)
    measures = np.zeros((2, SIZE + 1))
    measures[[0, 1], [TEN_KM, USUAL]] = sd[[TEN_KM, USUAL]]
    found = {
        "state_mean": mean,
        "state_sd": sd,
        "fill": np.array(list(FILL.values()), dtype=np.float64),
        "group_feature": -group_features(),
        "effect": _flat_means(effect @ reach.T / sd),
        "known": _flat((base / unit)[None]),
        "unknown": _flat(more / unit),
        "measures": measures,
        "interval": np.tile([-1.645, 1.645], (len(KNOWN_GROUPS), 1)) if interval is None else interval,
        "embed": _embedding(total / unit),
        **_table(tables(fitness.centre), mean, sd),
    }
    return Weights(**{name: np.ascontiguousarray(value, dtype=np.float32) for name, value in found.items()})
