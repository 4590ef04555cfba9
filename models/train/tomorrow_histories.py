"""Training histories as local days: what one person ran on each day, odd rows and double recordings taken out.

The rule of this file: only runs count; a day is a day of the clock where the run was; what is left out is counted.
"""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FOLDER = "training_history"
SPORTS = frozenset({"1.0", "Run", "running", "VirtualRun"})
#: Shorter is a mistaken start, longer than the 24 h world record (about 320 km) no run of one recording.
KM_RANGE = (0.3, 320.0)
#: Slower is a stroll or a forgotten watch, faster than the 10 km world record (6.4 m/s) a vehicle.
SPEED_RANGE_M_S = (0.8, 6.4)
HEART_RANGE_BPM = (60.0, 220.0)
#: The farthest a clock stands from UTC, and degrees of longitude per hour of it.
_OFFSETS_H = (-12.0, 14.0)
_DEGREES_PER_H = 15.0


@dataclass(frozen=True, slots=True)
class Run:
    """One recorded run: start and length in s (of the local clock), km, mean heart rate in bpm or NaN."""

    start_s: float
    seconds: float
    km: float
    heart_bpm: float


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """One person's days (n,) from the first day with a run to the last: km (0 without a run), s/km and bpm or NaN."""

    name: str
    first_day: int
    """Days since 1970-01-01, of the local calendar; 0 was a Thursday."""
    km: Array
    pace_s_km: Array
    heart_bpm: Array
    left_out: tuple[int, int]
    """How many rows of runs were odd, and how many were second recordings of the same run."""

    def __len__(self) -> int:
        return len(self.km)

    @property
    def day(self) -> NDArray[np.int64]:
        """Return the day numbers (n,)."""
        return np.arange(self.first_day, self.first_day + len(self.km))


def _number(text: str | None) -> float:
    return float(text) if text else math.nan


def _clock_s(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "")).replace(tzinfo=UTC).timestamp()


def _offset_s(longitude_deg: float) -> float:
    """Return the clock's distance from UTC in s by the sun: whole hours of longitude."""
    return 3600.0 * float(np.clip(np.round(longitude_deg / _DEGREES_PER_H), *_OFFSETS_H))


def _fit_run(row: dict[str, str], home_deg: float) -> Run:
    longitude = _number(row["lon"])
    start = _clock_s(row["start"]) + _offset_s(home_deg if math.isnan(longitude) else longitude)
    return Run(start, _number(row["timer_s"]), _number(row["dist_m"]) / 1000.0, _number(row["avg_hr"]))


def _page_run(row: dict[str, str]) -> Run:
    start = _clock_s(row["start_local"])
    return Run(start, _number(row["moving_s"]), _number(row["distance_m"]) / 1000.0, _number(row["avg_hr"]))


def runs_of(path: Path, sports: Collection[str] = SPORTS) -> list[Run]:
    """Return the runs of a history file as they stand there, on the clock where each was: rows of these sports."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    runs = [row for row in rows if row.get("sport", row.get("type")) in sports]
    if runs and "start" in runs[0]:
        longitudes = np.array([_number(row["lon"]) for row in runs])
        home = float(np.nanmedian(longitudes)) if np.isfinite(longitudes).any() else 0.0
        return [_fit_run(row, home) for row in runs]
    return [_page_run(row) for row in runs]


def _likely(run: Run) -> bool:
    """Return whether a person can have run this; NaN anywhere says no."""
    speed = 1000.0 * run.km / run.seconds if run.seconds > 0.0 else math.nan
    return KM_RANGE[0] <= run.km <= KM_RANGE[1] and SPEED_RANGE_M_S[0] <= speed <= SPEED_RANGE_M_S[1]


def _single(runs: list[Run]) -> list[Run]:
    """Return the runs by time without second recordings: of two that overlap by over half the shorter, the longer."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda one: one.start_s):
        if kept and kept[-1].start_s + kept[-1].seconds - run.start_s > 0.5 * min(kept[-1].seconds, run.seconds):
            kept[-1] = max(kept[-1], run, key=lambda one: one.km)
        else:
            kept.append(run)
    return kept


def _heart(runs: list[Run]) -> float:
    known = [run for run in runs if HEART_RANGE_BPM[0] <= run.heart_bpm <= HEART_RANGE_BPM[1]]
    if not known:
        return math.nan
    return float(np.average([run.heart_bpm for run in known], weights=[run.seconds for run in known]))


def days_of(name: str, runs: list[Run], before: int) -> Days:
    """Return the days of runs that are clean; `before` is how many rows of runs there were. ValueError where none."""
    likely = [run for run in runs if _likely(run)]
    single = _single(likely)
    if not single:
        raise ValueError(f"{name} has no run")
    by_day: dict[int, list[Run]] = {}
    for run in single:
        by_day.setdefault(int(run.start_s // 86400), []).append(run)
    first, count = min(by_day), max(by_day) - min(by_day) + 1
    km, pace, heart = np.zeros(count), np.full(count, np.nan), np.full(count, np.nan)
    for day, some in by_day.items():
        km[day - first] = sum(run.km for run in some)
        pace[day - first] = sum(run.seconds for run in some) / km[day - first]
        heart[day - first] = _heart(some)
    return Days(name, first, km, pace, heart, (before - len(likely), len(likely) - len(single)))


def read(recordings: Path) -> list[Days]:
    """Return the days of every athlete under a folder of recordings, by name; FileNotFoundError where none is."""
    files = sorted((recordings / FOLDER).glob("*/athlete_*.csv.gz"))
    if not files:
        raise FileNotFoundError(f"no training history under {recordings / FOLDER}")
    read_rows = [(path.name.removesuffix(".csv.gz"), runs_of(path)) for path in files]
    return [days_of(name, rows, len(rows)) for name, rows in read_rows if any(map(_likely, rows))]


def weekday(day: int) -> int:
    """Return the weekday of a day number, Monday 0."""
    return (date(1970, 1, 1) + timedelta(days=int(day))).weekday()
