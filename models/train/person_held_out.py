"""The person model judged on people it never saw: expected heart rate, its doubt, and the controls that must lose.

The rule of this file: the heart-rate part is fitted without the person; the survey's part is of other people anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.adapt import Person, begin, expected, update
from models.person_forward import CONTEXT, Weights, forward
from models.train import person_heart
from models.train.person_histories import Array, History
from models.train.person_prior import weights
from models.train.person_protocol import Method, Predictor, Rows
from models.train.person_survey import Fitness

DAY_S = 86400.0


def nobody(w: Weights, now_unix_s: float) -> Person:
    """Return a person of whom nothing is known, by the prior's NumPy pass."""
    found = forward(w, np.full(len(CONTEXT), np.nan, dtype=np.float32))
    sd = w.state_sd.astype(np.float64)
    mean = w.state_mean + sd * found.mean
    return begin(mean, found.covariance * np.outer(sd, sd), "held out", now_unix_s)


def person_after(w: Weights, h: History, known: Rows, now_unix_s: float) -> Person:
    """Return the belief of a person after the known runs."""
    person = nobody(w, h.start_unix_s[known[0]] if len(known) else now_unix_s)
    for row in known.tolist():
        person = update(person, h.runs[row])
    return person


def ask(person: Person, h: History, asked: Rows) -> tuple[Array, Array]:
    """Return mean and standard deviation in bpm (n,) of the asked runs."""
    ahead = (h.start_unix_s[asked] - person.as_of_unix_s) / DAY_S
    return expected(person, h.rows[asked], h.log_speed[asked], ahead)


def person_model(fitness: Fitness) -> Method:
    """Return the method: prior from everybody else, then one Kalman update for each known run."""

    def learn(people: Sequence[History]) -> Predictor:
        w = weights(fitness, person_heart.fit(people))
        return lambda h, known, asked: ask(person_after(w, h, known, float(h.start_unix_s[asked[0]])), h, asked)[0]

    return learn


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """Held-out sessions with their interval's parts: person, start, runs known, row, miss and standard deviation."""

    person: Rows
    start: Rows
    known: Rows
    asked: Rows
    miss_bpm: Array
    sd_bpm: Array
