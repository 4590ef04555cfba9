"""The person model judged on people it never saw: expected heart rate, its doubt, and the controls that must lose.

The rule of this file: the heart-rate part is fitted without the person; the survey's part is of other people anyway.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from models.adapt import Person, begin, expected, update
from models.person_forward import CONTEXT, Weights, forward
from models.train import person_heart
from models.train.person_histories import Array, History
from models.train.person_prior import weights
from models.train.person_protocol import KNOWN, Method, Misses, Predictor, Rows, asked_from, starts
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

    @property
    def score(self) -> Array:
        """The miss in stated standard deviations (c,)."""
        return self.miss_bpm / self.sd_bpm

    def of(self, rows: NDArray[np.bool_]) -> Sessions:
        """Return the chosen sessions."""
        return Sessions(*(getattr(self, field.name)[rows] for field in dataclasses.fields(Sessions)))

    @property
    def misses(self) -> Misses:
        """The same without standard deviations."""
        return Misses(self.person, self.start, self.known, self.asked, self.miss_bpm)


def join(parts: Sequence[Sessions]) -> Sessions:
    """Return the rows of all parts."""
    return Sessions(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in dataclasses.fields(Sessions)))


def sessions_of(number: int, h: History, w: Weights) -> Sessions:
    """Return the sessions of one person by weights that never saw them."""
    parts = []
    for start in starts(h).tolist():
        asked = asked_from(h, start)
        for known in KNOWN:
            rows = np.arange(start - known, start, dtype=np.int64)
            mean, sd = ask(person_after(w, h, rows, float(h.start_unix_s[start])), h, asked)
            person, begun, told = (np.full(len(asked), value, dtype=np.int64) for value in (number, start, known))
            parts.append(Sessions(person, begun, told, asked, h.hr_bpm[asked] - mean, sd))
    return join(parts)


def weights_without(people: Sequence[History], fitness: Fitness, left_out: frozenset[int]) -> Weights:
    """Return the weights learned from everybody but the named."""
    return weights(fitness, person_heart.fit([p for k, p in enumerate(people) if k not in left_out]))


def judged(people: Sequence[History]) -> list[int]:
    """Return the numbers of the people who have enough runs to be asked about."""
    return [k for k, p in enumerate(people) if len(starts(p))]


def sessions(people: Sequence[History], fitness: Fitness) -> Sessions:
    """Return the sessions of everybody, each by weights learned from all the others."""
    return join([sessions_of(k, people[k], weights_without(people, fitness, frozenset({k}))) for k in judged(people)])


def nested(people: Sequence[History], fitness: Fitness) -> dict[int, Sessions]:
    """Return for each person the sessions of all others by weights that saw neither: what their interval is made of."""
    whom = judged(people)
    found: dict[int, list[Sessions]] = {k: [] for k in whom}
    for one, other in combinations(whom, 2):
        w = weights_without(people, fitness, frozenset({one, other}))
        found[one].append(sessions_of(other, people[other], w))
        found[other].append(sessions_of(one, people[one], w))
    return {k: join(parts) for k, parts in found.items()}
