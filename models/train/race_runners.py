"""The survey's runners as columns: what each one ran, who they are, and who is held out when.

The rule of this file: one row is one person, so that any split over rows is a split by runner.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FILE_NAME = "race_results/vickers_vertosick_runners.csv"
KNOTS_M = np.array([5000.0, 10000.0, 21097.5, 42195.0])
NAMES = ("5 km", "10 km", "half marathon", "marathon")
_COLUMNS = ("k5_ti", "k10_ti", "mh_ti", "mf_ti")
_NEEDED = ("id", "age", "gender", "typical", *_COLUMNS)
KM_PER_MILE = 1.609344
#: Runners whose number this divides are kept for judging; where none is in the training data, none was trained on.
KEPT = 3


@dataclass(frozen=True, slots=True, eq=False)
class Runners:
    """One row per person: times_s (n, 4) at `KNOTS_M`, NaN where none; adjusted_s as the survey corrected them."""

    number: Array
    times_s: Array
    adjusted_s: Array
    age: Array
    female: Array
    weekly_km: Array

    def __len__(self) -> int:
        return len(self.number)


def number(text: str | None) -> float:
    """Return a cell as a number, NaN where it holds none."""
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def read(data: Path) -> Runners:
    """Return the runners of the survey file under a data folder; FileNotFoundError where it is absent.

    ValueError names columns that it must have and has not. A value that is no number is unknown.
    """
    with (data / FILE_NAME).open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    missing = [name for name in _NEEDED if not rows or name not in rows[0]]
    if missing:
        raise ValueError(f"{data / FILE_NAME} has no runners with {', '.join(missing)}")

    def column(name: str) -> Array:
        return np.array([number(row.get(name)) for row in rows])

    times, sex = np.stack([column(name) for name in _COLUMNS], axis=1), column("gender")
    return Runners(
        number=column("id"),
        times_s=np.where(times > 0.0, times, np.nan),
        adjusted_s=np.stack([column(f"{name}_adj") for name in _COLUMNS], axis=1),
        age=column("age"),
        female=np.where((sex == 0.0) | (sex == 1.0), sex, np.nan),
        weekly_km=column("typical") * KM_PER_MILE,
    )


def folds(count: int, parts: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return the fold number (count,) of every runner, folds of equal size in random order."""
    return generator.permutation(np.arange(count) % parts)


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Prediction tasks: runner (c,), target (c,) as a knot number, known (c, 4) which bests are given."""

    runner: NDArray[np.int64]
    target: NDArray[np.int64]
    known: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.runner)

    def pick(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Cases:
        """Return the chosen tasks."""
        return Cases(self.runner[rows], self.target[rows], self.known[rows])


def all_cases(runners: Runners) -> Cases:
    """Return every task that the survey can judge: each target from each non-empty set of the other bests."""
    ran = np.isfinite(runners.times_s)
    subsets = np.array([[(code >> k) & 1 for k in range(4)] for code in range(1, 16)], dtype=bool)
    parts = []
    for target in range(4):
        for subset in subsets[~subsets[:, target]]:
            who = np.flatnonzero(ran[:, subset].all(axis=1) & ran[:, target])
            parts.append(Cases(who, np.full(len(who), target), np.broadcast_to(subset, (len(who), 4))))
    return Cases(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("runner", "target", "known")))


def widest(cases: Cases, runners: Runners) -> NDArray[np.bool_]:
    """Return which tasks (c,) use every other best that the runner has: one per runner and target."""
    others = np.isfinite(runners.times_s)[cases.runner] & (np.arange(4) != cases.target[:, None])
    return np.asarray((cases.known == others).all(axis=1))
