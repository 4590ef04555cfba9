"""How heart-rate models of one person are judged: whom, from when, with how many runs known, and against what.

The rule of this file: leave one person out; within a person, known runs are those right before a start, the next 60 are
asked, and nothing is learned from them. The asked runs are the same for every number of known runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.train.person_histories import Array, History

KNOWN = (0, 1, 3, 10, 30)
ASKED, LEAST_ASKED, MOST_STARTS = 60, 20, 10
Rows = NDArray[np.int64]
#: Given a history, the known rows and the asked rows: the mean heart rate to expect of the asked ones in bpm.
Predictor: TypeAlias = Callable[[History, Rows, Rows], Array]
#: Learns from everybody else.
Method: TypeAlias = Callable[[Sequence[History]], Predictor]


@dataclass(frozen=True, slots=True, eq=False)
class Misses:
    """Held-out errors (c,): number of person, start, runs known, asked row, true minus expected in bpm."""

    person: Rows
    start: Rows
    known: Rows
    asked: Rows
    miss_bpm: Array


def starts(history: History) -> Rows:
    """Return the rows from which a history is judged: every 60 runs from the 31st on, ten at most, evenly in time."""
    first = np.arange(max(KNOWN), len(history) - LEAST_ASKED + 1, ASKED)
    if len(first) > MOST_STARTS:
        first = first[np.linspace(0, len(first) - 1, MOST_STARTS).round().astype(np.int64)]
    return np.asarray(first, dtype=np.int64)


def asked_from(history: History, start: int) -> Rows:
    """Return the rows that are asked from a start."""
    return np.arange(start, min(start + ASKED, len(history)), dtype=np.int64)


def held_out(people: Sequence[History], method: Method) -> Misses:
    """Return the errors on every person of what was learned from the others."""
    parts = []
    for number, history in enumerate(people):
        predict = method([p for p in people if p is not history])
        parts += errors_of(number, history, predict)
    return join(parts)


def errors_of(number: int, history: History, predict: Predictor) -> list[Misses]:
    """Return the errors on one person, one part for each start and number of known runs."""
    parts = []
    for start in starts(history).tolist():
        asked = asked_from(history, start)
        for known in KNOWN:
            miss = history.hr_bpm[asked] - predict(history, np.arange(start - known, start, dtype=np.int64), asked)
            person, begun, told = (np.full(len(asked), value, dtype=np.int64) for value in (number, start, known))
            parts.append(Misses(person, begun, told, asked, miss))
    return parts


def join(parts: Sequence[Misses]) -> Misses:
    """Return the rows of all parts."""
    names = ("person", "start", "known", "asked", "miss_bpm")
    return Misses(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def by_person(misses: Misses) -> Array:
    """Return the mean absolute error in bpm (people, 5) of every person who was asked, by runs known."""
    people = np.unique(misses.person)
    size = np.abs(misses.miss_bpm)
    return np.array([[size[(misses.person == p) & (misses.known == k)].mean() for k in KNOWN] for p in people])


def mean_error(misses: Misses) -> Array:
    """Return the mean absolute error in bpm (5,) by runs known: every person counts the same."""
    return np.asarray(by_person(misses).mean(axis=0))


def gain_interval(ours: Array, theirs: Array, rng: np.random.Generator, repeats: int = 2000) -> tuple[Array, Array]:
    """Return the 95 % bootstrap interval (5,), (5,) over people of the share by which ours (p, 5) is below theirs."""
    chosen = rng.integers(0, len(ours), (repeats, len(ours)))
    gain = 1.0 - ours[chosen].mean(axis=1) / theirs[chosen].mean(axis=1)
    low, high = np.quantile(gain, [0.025, 0.975], axis=0)
    return np.asarray(low), np.asarray(high)
