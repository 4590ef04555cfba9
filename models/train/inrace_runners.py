"""Finishers of a marathon with their splits, as columns.

The rule of this file: a finisher counts for a point of the race when every split up to it is known; what came after
may be missing or broken and is never looked at. Wheelchairs, told by their first split, are left out.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.inrace import HALF_KM, MARATHON_KM, SPLITS_KM, Array

FOLDER = "race_results/boston_marathon"
YEAR = 2014
LOCH_NESS = "race_results/lochness_marathon"
#: Faster over the first 5 km is a wheelchair: the world record is 769 s.
_FASTEST_5_KM_S = 720.0
_FASTEST_HALF_S = 3402.0
_COLUMNS = {5.0: "5k", 10.0: "10k", 20.0: "20k", HALF_KM: "half", 25.0: "25k", 30.0: "30k"}


@dataclass(frozen=True, slots=True, eq=False)
class Finishers:
    """One row per finisher with all splits up to a point: elapsed s (n, k), finish s, age, female 1 or 0 (n,)."""

    point_km: float
    splits_s: Array
    finish_s: Array
    age: Array
    female: Array

    def __len__(self) -> int:
        return len(self.finish_s)

    def pick(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Finishers:
        """Return the chosen finishers."""
        return Finishers(self.point_km, self.splits_s[rows], self.finish_s[rows], self.age[rows], self.female[rows])


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def years(recordings: Path) -> list[int]:
    """Return the years whose results hold splits up to half way."""
    found = []
    for path in sorted((recordings / FOLDER).glob("boston_*_no_names.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            if {"5k", "10k", "20k", "half"} <= set(next(csv.reader(lines), [])):
                found.append(int(path.name.split("_")[1]))
    return found


def read(recordings: Path, point_km: float, year: int = YEAR) -> Finishers:
    """Return the finishers of a year with every split up to a point; FileNotFoundError where the file is absent."""
    path = recordings / FOLDER / f"boston_{year}_no_names.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [_COLUMNS[km] for km in SPLITS_KM[point_km]]
    splits = 60.0 * np.array([[_number(row.get(name)) for name in names] for row in rows])
    finish = 60.0 * np.array([_number(row["official"]) for row in rows])
    age = np.array([_number(row["age"]) for row in rows])
    female = np.array([{"F": 1.0, "M": 0.0}.get(row["gender"], np.nan) for row in rows])
    whole = np.isfinite(splits).all(axis=1) & np.isfinite(finish) & (splits[:, 0] > _FASTEST_5_KM_S)
    return Finishers(point_km, splits, finish, age, female).pick(whole)


def _clock_s(text: str | None) -> float:
    """Return the seconds of h:m:s, NaN for anything else."""
    parts = [_number(part) for part in (text or "").split(":")]
    return 3600.0 * parts[0] + 60.0 * parts[1] + parts[2] if len(parts) == 3 else float("nan")


def read_half_alone(recordings: Path) -> dict[int, Finishers]:
    """Return the finishers of Loch Ness by year, where half way was timed: the half alone, age and sex not used.

    The splits before it are taken as even. Rows with a half faster than the world record are left out.
    """
    found = {}
    for path in sorted((recordings / LOCH_NESS).glob("lochness_*_no_names.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        half, finish = (np.array([_clock_s(row.get(name)) for row in rows]) for name in ("halftime", "chiptime"))
        likely = (half > _FASTEST_HALF_S) & (finish - half > _FASTEST_HALF_S)
        if likely.sum() >= 100:
            splits = half[:, None] * np.array(SPLITS_KM[HALF_KM]) / HALF_KM
            unknown = np.full(len(half), np.nan)
            found[int(path.name.split("_")[1])] = Finishers(HALF_KM, splits, finish, unknown, unknown).pick(likely)
    return found


def even_s(finishers: Finishers) -> Array:
    """Return the finish in s (n,) at the pace so far."""
    return np.asarray(finishers.splits_s[:, -1] * (MARATHON_KM / finishers.point_km))


def riegel_s(finishers: Finishers) -> Array:
    """Return the finish in s (n,) by Riegel's power law with exponent 1.06 (Riegel 1981)."""
    return np.asarray(finishers.splits_s[:, -1] * (MARATHON_KM / finishers.point_km) ** 1.06)
