"""Years of real runs as columns, one history per person: what teaches the heart-rate part of the prior, and judges it.

The rule of this file: duplicates, rides and spikes are left out as the coach leaves them out (`edge.coach.columns`);
of the rest, runs of 10 min and more with a believable mean heart rate count.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.coach.columns import runs_until
from edge.coach.types import RunFact
from models.adapt import SIZE, Run, heart_row, log_speed
from models.person_climate import usual_temperature_c

Array = NDArray[np.float64]
FOLDER = "training_history"
HR_BPM, SHORTEST_S = (70.0, 215.0), 600.0
_RUNNING = ("1.0", "Run", "running")
#: Names of a column in both kinds of file: FIT session messages, and exported activities.
_NAMES = {
    "start": ("start", "start_utc"),
    "sport": ("sport", "type"),
    "distance_m": ("dist_m", "distance_m"),
    "moving_s": ("timer_s", "moving_s"),
    "hr_bpm": ("avg_hr", "avg_hr"),
    "climb_m": ("ascent", "elev_gain_m"),
    "latitude_deg": ("lat", "lat01"),
    "longitude_deg": ("lon", "lon01"),
}


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The runs of one person that carry a mean heart rate, oldest first: start in Unix s (n,), mean heart rate in bpm
    (n,), `heart_row` (n, 10), log speed (n,), distance in m and duration in s, and the runs themselves.
    """

    name: str
    start_unix_s: Array
    hr_bpm: Array
    rows: Array
    log_speed: Array
    distance_m: Array
    duration_s: Array
    runs: tuple[Run, ...]

    def __len__(self) -> int:
        return len(self.runs)


def histories(data: Path) -> list[History]:
    """Return the open histories of a data folder by name; FileNotFoundError where there is none."""
    files = sorted((data / FOLDER).glob("*/*.csv.gz"))
    if not files:
        raise FileNotFoundError(2, "no training histories", str(data / FOLDER))
    return [history(path.name.removesuffix(".csv.gz"), facts(path)) for path in files]


def data_sha256(data: Path) -> str:
    """Return the SHA-256 over all histories in order of their path."""
    digest = hashlib.sha256()
    for path in sorted((data / FOLDER).glob("*/*.csv.gz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def facts(path: Path) -> list[RunFact]:
    """Return every row of a history file; unreadable numbers are NaN."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [_fact(number, row) for number, row in enumerate(csv.DictReader(lines))]


def _fact(number: int, row: dict[str, str]) -> RunFact:
    kind = 0 if "start" in row else 1
    text = {name: row.get(columns[kind]) or "" for name, columns in _NAMES.items()}
    value = {name: _number(text[name]) for name in _NAMES if name not in ("start", "sport")}
    distance_m, moving_s = (0.0 if math.isnan(v) else v for v in (value["distance_m"], value["moving_s"]))
    return RunFact(
        run_id=f"row{number}",
        start_unix_s=_unix_s(text["start"]),
        utc_offset_s=math.nan,
        sport="running" if text["sport"] in _RUNNING else "other",
        sub_sport="",
        distance_m=distance_m,
        moving_s=moving_s,
        timer_s=moving_s,
        avg_hr_bpm=value["hr_bpm"],
        max_hr_bpm=math.nan,
        ascent_m=value["climb_m"],
        start_latitude_deg=value["latitude_deg"],
        start_longitude_deg=value["longitude_deg"],
        altitude_m=math.nan,
        best_efforts_s={},
        load=moving_s / 60.0,
        valid=True,
    )


def _unix_s(text: str) -> float:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def runs_of(rows: list[RunFact]) -> Iterator[Run]:
    """Yield the valid runs of a person as the model sees them, oldest first."""
    valid = runs_until(rows, math.inf, 0.0).facts
    latitude = _usual([f.start_latitude_deg for f in valid])
    longitude = _usual([f.start_longitude_deg for f in valid])
    before = math.nan
    for f in valid:
        known = math.isfinite(f.start_latitude_deg) and math.isfinite(f.start_longitude_deg)
        place = (f.start_latitude_deg, f.start_longitude_deg) if known else (latitude, longitude)
        yield Run(
            start_unix_s=f.start_unix_s,
            distance_m=f.distance_m,
            duration_s=f.moving_s,
            hr_bpm=f.avg_hr_bpm,
            climb_m=f.ascent_m if 0.0 <= f.ascent_m <= 0.1 * f.distance_m else math.nan,
            temperature_c=usual_temperature_c(*place, f.start_unix_s),
            days_since_run=(f.start_unix_s - before) / 86400.0,
        )
        before = f.start_unix_s


def _usual(degrees: list[float]) -> float:
    known = [d for d in degrees if math.isfinite(d)]
    return float(np.median(known)) if known else math.nan


def history(name: str, rows: list[RunFact]) -> History:
    """Return the history of one person from their rows."""
    chosen = tuple(r for r in runs_of(rows) if r.duration_s >= SHORTEST_S and HR_BPM[0] < r.hr_bpm < HR_BPM[1])
    return from_runs(name, chosen)


def from_runs(name: str, runs: tuple[Run, ...]) -> History:
    """Return the columns of runs that all carry a heart rate."""
    return History(
        name,
        np.array([r.start_unix_s for r in runs]),
        np.array([r.hr_bpm for r in runs]),
        np.array([heart_row(r) for r in runs]).reshape(len(runs), SIZE),
        np.array([log_speed(r) for r in runs]),
        np.array([r.distance_m for r in runs]),
        np.array([r.duration_s for r in runs]),
        runs,
    )
