"""Years of one person's running as a day at a time: the open real histories, cleaned, beside simulated lives.

The rule of this file: real and simulated histories become the same five samples by the same code; a session is dropped
by rules that are stated here and look at one session alone, never at what the simulator says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.samples import Column
from models.train.tomorrow_histories import runs_of

SAMPLES = ("distance", "pace", "heart rate", "weekly volume", "gap")
FEWEST_RUNS = 50
"""Days of running below which nobody has a history; the shortest open one has 103."""
UNITS = ("km", "min/km", "beats/min", "km/week", "days")
CLEANING = (
    "Real rows are dropped below 0.8 km or 4 min, or faster than 2:34 or slower than 12:00 min/km (no record, a "
    "walk); of sessions that overlap in time the longest is kept (double recordings); a day's sessions are added up; "
    "heart rates outside 60 to 220 beats/min count as missing. Weeks without a run count as 0 km."
)
_SPORTS = frozenset({"1", "1.0", "Run", "run", "Running", "running"})
_LEAST_M, _LEAST_S, _FASTEST_M_S, _SLOWEST_M_S = 800.0, 240.0, 6.5, 1.39
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The days on which somebody ran, oldest first, (runs,) each."""

    name: str
    day: Column
    km: Column
    min_per_km: Column
    hr_bpm: Column
    """NaN where unknown."""

    def sample(self, name: str) -> Column:
        """Return one of `SAMPLES` of this history, NaN left out."""
        if name == "weekly volume":
            week = ((self.day - self.day[0]) // 7).astype(int)
            return np.asarray(np.bincount(week, self.km), dtype=float)
        if name == "gap":
            return np.diff(self.day)
        column = {"distance": self.km, "pace": self.min_per_km, "heart rate": self.hr_bpm}[name]
        return column[np.isfinite(column)]


def real_histories(recordings: Path) -> list[History]:
    """Return the open athletes' histories, cleaned; OSError or ValueError where there are none."""
    folder = recordings / "training_history"
    files = sorted(folder.glob("*/athlete_*.csv.gz"))
    if not files:
        raise ValueError(f"no histories in {folder}")
    found = [_history(path.name.removesuffix(".csv.gz"), _sessions(path)) for path in files]
    return [one for one in found if len(one.day) >= FEWEST_RUNS]


def _sessions(path: Path) -> Column:
    """Return start (local, s), distance m, moving s and mean heart rate of every run, (runs, 4), by start."""
    rows = [(run.start_s, 1000.0 * run.km, run.seconds, run.heart_bpm) for run in runs_of(path, _SPORTS)]
    return np.array(sorted(rows), dtype=float).reshape(-1, 4)


def _history(name: str, sessions: Column) -> History:
    distance, seconds = sessions[:, 1], sessions[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = distance / seconds
    fine = (distance >= _LEAST_M) & (seconds >= _LEAST_S) & (speed > _SLOWEST_M_S) & (speed < _FASTEST_M_S)
    sessions = _without_doubles(sessions[fine])
    day, row = np.unique(sessions[:, 0] // _DAY_S, return_inverse=True)
    metres, took = np.bincount(row, sessions[:, 1]), np.bincount(row, sessions[:, 2])
    bpm = sessions[:, 3]
    known = (bpm > 60.0) & (bpm < 220.0)
    beats = np.bincount(row, np.where(known, bpm, 0.0) * sessions[:, 2])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_bpm = beats / np.bincount(row, known * sessions[:, 2])
    return History(name, day, metres / 1000.0, took / 60.0 / (metres / 1000.0), mean_bpm)


def _without_doubles(sessions: Column) -> Column:
    """Return the sessions without those that overlap a longer one in time."""
    kept: list[Column] = []
    for session in sessions:
        if kept and session[0] < kept[-1][0] + kept[-1][2]:
            kept[-1] = max(kept[-1], session, key=lambda one: float(one[1]))
        else:
            kept.append(session)
    return np.array(kept).reshape(-1, 4)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Values of many people with weights such that every person counts the same; sorted by value."""

    values: Column
    weights: Column
    """Sum 1."""


def pool(histories: Iterable[History], name: str) -> Pool:
    """Return a sample of all people together, each with the same weight."""
    samples = [one for one in (history.sample(name) for history in histories) if len(one) > 0]
    values = np.concatenate(samples)
    weights = np.concatenate([np.full(len(one), 1.0 / len(one) / len(samples)) for one in samples])
    order = np.argsort(values, kind="stable")
    return Pool(values[order], weights[order])


def cumulated(some: Pool, at: Column) -> Column:
    """Return the share of a pool at or below each value."""
    return np.append(0.0, np.cumsum(some.weights))[np.searchsorted(some.values, at, side="right")]


def distance(one: Pool, other: Pool) -> float:
    """Return the Kolmogorov-Smirnov distance of two pools, 0 to 1."""
    at = np.unique(np.concatenate([one.values, other.values]))
    return float(np.max(np.abs(cumulated(one, at) - cumulated(other, at))))


def _lagged(values: Column, lag: int) -> float:
    return float(np.corrcoef(values[lag:], values[:-lag])[0, 1]) if len(values) > 2 * lag + 20 else np.nan


def _heart_line(history: History) -> tuple[float, Column]:
    """Return the beats/min for each m/s of a person's own line, and what it leaves of each run."""
    known = np.isfinite(history.hr_bpm) & (history.km > 2.0)
    if known.sum() < 60:
        return np.nan, np.empty(0)
    speed, bpm = 1000.0 / 60.0 / history.min_per_km[known], history.hr_bpm[known]
    slope, middle = np.polyfit(speed, bpm, 1)
    return float(slope), bpm - slope * speed - middle


WITHIN: dict[str, Callable[[History], float]] = {
    "beats/min for each m/s": lambda one: _heart_line(one)[0],
    "heart rate beside that line, beats/min": lambda one: _spread(_heart_line(one)[1]),
    "memory of it to the next run": lambda one: _lagged(_heart_line(one)[1], 1),
    "memory of log pace to the next run": lambda one: _lagged(np.log(one.min_per_km), 1),
    "memory of log pace over 30 runs": lambda one: _lagged(np.log(one.min_per_km), 30),
    "memory of log distance to the next run": lambda one: _lagged(np.log(one.km), 1),
    "memory of weekly km to the next week": lambda one: _lagged(one.sample("weekly volume"), 1),
    "memory of weekly km over 8 weeks": lambda one: _lagged(one.sample("weekly volume"), 8),
    "log distance with log pace, correlation": lambda one: float(
        np.corrcoef(np.log(one.km), np.log(one.min_per_km))[0, 1]
    ),
    "runs on the day after a run": lambda one: float(np.mean(one.sample("gap") == 1.0)),
}
"""What the order of a person's days says; NaN where there are too few."""


def _spread(values: Column) -> float:
    return float(np.std(values)) if len(values) else np.nan


def structure(histories: Iterable[History], label: str) -> float:
    """Return the median over people of one of `WITHIN`."""
    return float(np.nanmedian([WITHIN[label](history) for history in histories]))
