"""Do the 90 % intervals of session heart rate hold, for whom, and how wide are they.

The rule of this file: the quantiles for a person come from people and weights that never saw them; the correction for
one person sees only outcomes before the session that it widens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.conformal import (
    COVERAGE,
    Correction,
    Quantiles,
    calibrate,
    corrected,
    inside,
    known_group,
    weighted_quantile,
)
from models.train.person_held_out import Sessions
from models.train.person_histories import Array
from models.train.person_protocol import KNOWN

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Sessions with whether each outcome fell inside (c,) and how wide the interval was in bpm (c,)."""

    sessions: Sessions
    inside: BoolArray
    width_bpm: Array


@dataclass(frozen=True, slots=True)
class Cover:
    """Share of outcomes inside and mean width in bpm, every person counting the same; the least share of a person."""

    name: str
    people: int
    count: int
    share: float
    least: float
    width_bpm: float


def quantiles(seen: Sessions) -> Quantiles:
    """Return the calibrated interval by how many runs are known: symmetric, because the people are few."""
    return calibrate(seen.score, [known_group(float(k)) for k in seen.known], seen.person, symmetric=True)


def conformal(asked: Sessions, seen: Mapping[int, Sessions], correct: bool) -> Judged:
    """Return the intervals by group, with or without the correction that follows each outcome of the person."""
    hit, width = np.zeros(len(asked.known), dtype=bool), np.zeros(len(asked.known))
    for person, others in seen.items():
        calibrated = quantiles(others)
        for known in KNOWN:
            rows = np.flatnonzero((asked.person == person) & (asked.known == known))
            hit[rows], width[rows] = _walk(asked, rows, calibrated.reach(known_group(float(known))), correct)
    return Judged(asked, hit, width)


def _walk(
    asked: Sessions, rows: NDArray[np.int64], reach: tuple[float, float], correct: bool
) -> tuple[BoolArray, Array]:
    """Return hits and widths of one person's sessions in order of time."""
    state = Correction()
    hit, width = np.zeros(len(rows), dtype=bool), np.zeros(len(rows))
    for k, row in enumerate(rows.tolist()):
        width[k] = asked.sd_bpm[row] * (reach[1] - reach[0]) * state.factor
        hit[k] = inside(float(asked.score[row]), reach, state)
        state = corrected(state, bool(hit[k])) if correct else state
    return hit, width


def pooled(asked: Sessions, seen: Mapping[int, Sessions]) -> Judged:
    """Return one interval of the same width in bpm for everybody and any number of known runs."""
    hit, width = np.zeros(len(asked.known), dtype=bool), np.zeros(len(asked.known))
    for person, others in seen.items():
        _, which, count = np.unique(others.person, return_inverse=True, return_counts=True)
        weight = 1.0 / count[which]
        low, high = (weighted_quantile(others.miss_bpm, weight, t) for t in ((1 - COVERAGE) / 2, (1 + COVERAGE) / 2))
        rows = asked.person == person
        hit[rows] = (asked.miss_bpm[rows] >= low) & (asked.miss_bpm[rows] <= high)
        width[rows] = high - low
    return Judged(asked, hit, width)


def stated(asked: Sessions) -> Judged:
    """Return the interval of the belief itself, 1.645 standard deviations, before any calibration."""
    return Judged(asked, np.abs(asked.score) <= 1.645, 2 * 1.645 * asked.sd_bpm)


def cover(name: str, found: Judged, rows: BoolArray) -> Cover:
    """Return the coverage of the chosen sessions."""
    people = np.unique(found.sessions.person[rows])
    chosen = [rows & (found.sessions.person == p) for p in people]
    shares = np.array([found.inside[c].mean() for c in chosen])
    width = float(np.mean([found.width_bpm[c].mean() for c in chosen]))
    return Cover(name, len(people), int(rows.sum()), float(shares.mean()), float(shares.min()), width)
