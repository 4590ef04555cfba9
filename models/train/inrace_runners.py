"""Finishers of a marathon with their splits, as columns.

The rule of this file: a finisher counts for a point of the race when every split up to it is known; what came after
may be missing or broken and is never looked at. Wheelchairs, told by their first split, are left out.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import zlib
from collections.abc import Sequence
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
_NUMBER = r"boston_(\d{4}).*\.csv(?:\.gz)?"
#: What a column may be called, in small letters without spaces and signs.
_SPLITS = {
    5.0: ("5k", "5km", "k5", "split5k"),
    10.0: ("10k", "10km", "k10", "split10k"),
    20.0: ("20k", "20km", "k20", "split20k"),
    HALF_KM: ("half", "halfmarathon", "halfway", "halftime", "211k", "splithalf"),
    25.0: ("25k", "25km", "k25", "split25k"),
    30.0: ("30k", "30km", "k30", "split30k"),
}
_FINISH = ("official", "officialtime", "finish", "finishtime", "net", "nettime", "chiptime", "time")
_AGE, _SEX = ("age",), ("gender", "sex", "mf")
_FEMALE = {"f": 1.0, "w": 1.0, "female": 1.0, "m": 0.0, "male": 0.0}
#: Finishes whose middle is above this are seconds, not minutes.
_MOST_MIN = 1000.0


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


def _clock_s(text: str | None) -> float:
    """Return the seconds of h:m:s or m:s, NaN for anything else."""
    parts = [_number(part) for part in (text or "").split(":")]
    return sum(part * 60.0**place for place, part in enumerate(reversed(parts))) if len(parts) in (2, 3) else math.nan


def _plain(name: str | None) -> str:
    return re.sub("[^a-z0-9]", "", (name or "").lower())


def table(path: Path) -> dict[str, list[str]]:
    """Return the columns of a CSV file, packed or not, by their plain names; none where it is empty."""
    whole = path.read_bytes()
    try:
        text = (gzip.decompress(whole) if whole[:2] == b"\x1f\x8b" else whole).decode("utf-8-sig", errors="replace")
    except (EOFError, OSError, zlib.error) as problem:
        raise ValueError(f"{path} cannot be unpacked: {problem}") from problem
    lines = [line for line in csv.reader(text.splitlines()) if line]
    names = [_plain(name) for name in lines[0]] if lines else []
    return {name: [line[k] if k < len(line) else "" for line in lines[1:]] for k, name in enumerate(names)}


def _found(columns: dict[str, list[str]], names: Sequence[str]) -> list[str] | None:
    """Return the first column that goes by one of the names."""
    return next((columns[name] for name in names if name in columns), None)


def _files(recordings: Path) -> dict[int, Path]:
    """Return the result files by year."""
    named = [(re.fullmatch(_NUMBER, path.name), path) for path in sorted((recordings / FOLDER).glob("boston_*.csv*"))]
    return {int(match[1]): path for match, path in named if match}


def file_of(recordings: Path, year: int) -> Path:
    """Return the result file of a year, or where it should be."""
    return _files(recordings).get(year, recordings / FOLDER / f"boston_{year}_no_names.csv.gz")


def years(recordings: Path) -> list[int]:
    """Return the years whose results hold splits up to half way and a finish; one that is damaged may hold them."""
    return [year for year, path in sorted(_files(recordings).items()) if _may_hold(path)]


def _may_hold(path: Path) -> bool:
    try:
        columns = table(path)
    except ValueError:
        return True
    return all(_found(columns, names) is not None for names in (*(_SPLITS[km] for km in SPLITS_KM[HALF_KM]), _FINISH))


def _times(cells: list[str], unit_s: float) -> Array:
    """Return times in s (n,) from clocks or from numbers in a unit."""
    return np.array([_clock_s(cell) if ":" in cell else unit_s * _number(cell) for cell in cells])


def _column(columns: dict[str, list[str]], names: Sequence[str], path: Path) -> list[str]:
    cells = _found(columns, names)
    if cells is None:
        raise ValueError(f"{path} has no column {names[0]}")
    return cells


def read(recordings: Path, point_km: float, year: int = YEAR) -> Finishers:
    """Return the finishers of a year with every split up to a point.

    Times may be clocks, minutes or seconds; age and sex may be missing. FileNotFoundError where the file is absent,
    ValueError where it lacks a split or the finish.
    """
    path = file_of(recordings, year)
    columns = table(path)
    cells = _column(columns, _FINISH, path)
    numbers = np.array([_number(cell) for cell in cells])
    numbers = numbers[np.isfinite(numbers)]
    unit_s = 1.0 if len(numbers) and np.median(numbers) > _MOST_MIN else 60.0
    names = [_SPLITS[km] for km in SPLITS_KM[point_km]]
    splits = np.stack([_times(_column(columns, of, path), unit_s) for of in names], axis=1)
    finish, blank = _times(cells, unit_s), [""] * len(cells)
    age = np.array([_number(cell) for cell in _found(columns, _AGE) or blank])
    sex = [cell.strip().lower() for cell in _found(columns, _SEX) or blank]
    female = np.array([_FEMALE.get(one, np.nan) for one in sex])
    return Finishers(point_km, splits, finish, age, female).pick(_whole(splits, finish))


def _whole(splits_s: Array, finish_s: Array) -> NDArray[np.bool_]:
    """Return who has every split and a finish, each after the one before, and is no wheelchair (n,)."""
    with np.errstate(invalid="ignore"):
        steps = np.diff(np.concatenate([splits_s, finish_s[:, None]], axis=1), axis=1)
        return np.asarray((steps > 0.0).all(axis=1) & (splits_s[:, 0] > _FASTEST_5_KM_S))


def read_half_alone(recordings: Path) -> dict[int, Finishers]:
    """Return the finishers of Loch Ness by year, where half way was timed: the half alone, age and sex not used.

    The splits before it are taken as even. Rows with a half faster than the world record are left out.
    """
    found = {}
    for path in sorted((recordings / LOCH_NESS).glob("lochness_*.csv*")):
        columns, year = table(path), re.search(r"\d{4}", path.name)
        cells = [_found(columns, names) for names in (_SPLITS[HALF_KM], ("chiptime", "guntime", *_FINISH))]
        if year is None or None in cells:
            continue
        half, finish = (np.array([_clock_s(cell) for cell in column or ()]) for column in cells)
        likely = (half > _FASTEST_HALF_S) & (finish - half > _FASTEST_HALF_S)
        if likely.sum() >= 100:
            splits = half[:, None] * np.array(SPLITS_KM[HALF_KM]) / HALF_KM
            unknown = np.full(len(half), np.nan)
            found[int(year[0])] = Finishers(HALF_KM, splits, finish, unknown, unknown).pick(likely)
    return found


def even_s(finishers: Finishers) -> Array:
    """Return the finish in s (n,) at the pace so far."""
    return np.asarray(finishers.splits_s[:, -1] * (MARATHON_KM / finishers.point_km))


def riegel_s(finishers: Finishers) -> Array:
    """Return the finish in s (n,) by Riegel's power law with exponent 1.06 (Riegel 1981)."""
    return np.asarray(finishers.splits_s[:, -1] * (MARATHON_KM / finishers.point_km) ** 1.06)
