"""Rows of any format become streams of samples: one rising clock, one value per instant, units as in edge.

The rule of this file: a value that no sensor can give is "not measured"; strides become steps here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge import samples as s
from edge.samples import Column

FOOT = frozenset({"running", "walking", "hiking"})


def _none() -> Column:
    return np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Columns of one recording in file order, Unix time in s; an empty column was never measured."""

    time_s: Column
    latitude_deg: Column = field(default_factory=_none)
    longitude_deg: Column = field(default_factory=_none)
    altitude_m: Column = field(default_factory=_none)
    accuracy_m: Column = field(default_factory=_none)
    distance_m: Column = field(default_factory=_none)
    speed_m_s: Column = field(default_factory=_none)
    heart_rate_bpm: Column = field(default_factory=_none)
    cadence: Column = field(default_factory=_none)
    """As the file states it, per minute: strides, steps or crank turns."""
    power_w: Column = field(default_factory=_none)
    temperature_c: Column = field(default_factory=_none)
    vertical_oscillation_m: Column = field(default_factory=_none)
    ground_contact_s: Column = field(default_factory=_none)
    step_length_m: Column = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.time_s)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_] | slice, time_s: Column | None = None) -> Points:
        """Return the points at some rows, with new times where given; columns are shared where all rows stay."""
        if not isinstance(rows, slice) and rows.dtype != np.bool_ and np.array_equal(rows, np.arange(len(self))):
            rows = slice(None)
        columns = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        taken = {name: column[rows] for name, column in columns.items() if len(column) and name != "time_s"}
        return Points(time_s=self.time_s[rows] if time_s is None else time_s, **taken)


def bounded(points: Points, start_s: float, end_s: float, base_m: float, last_m: float) -> Points:
    """Return the points with distance counted from `base_m` and a row at either end where none is.

    A row is added at `start_s` (distance 0) and at `end_s` (`last_m`) only outside the rows there are; NaN adds none.
    """
    distance = points.distance_m - base_m if len(points.distance_m) else points.distance_m
    first_s, final_s = (points.time_s[0], points.time_s[-1]) if len(points) else (np.inf, -np.inf)
    before, after = bool(start_s < first_s), bool(end_s > max(final_s, start_s))
    columns: dict[str, Column] = {}
    for each in dataclasses.fields(points):
        column = distance if each.name == "distance_m" else getattr(points, each.name)
        if len(column) or each.name in ("time_s", "distance_m"):
            column = column if len(column) else np.full(len(points), np.nan)
            front = {"time_s": start_s, "distance_m": 0.0}.get(each.name, np.nan)
            back = {"time_s": end_s, "distance_m": last_m - base_m}.get(each.name, np.nan)
            columns[each.name] = np.concatenate(([front] if before else [], column, [back] if after else []))
    return Points(**columns)


#: column -> what a sensor can give (lowest, highest); outside is "not measured".
_POSSIBLE = {
    "altitude_m": (-600.0, 12000.0),
    "accuracy_m": (0.0, 10000.0),
    "distance_m": (0.0, 1e7),
    "speed_m_s": (0.0, 150.0),
    "heart_rate_bpm": (20.0, 250.0),
    "cadence": (0.0, 400.0),
    "power_w": (0.0, 5000.0),
    "temperature_c": (-60.0, 80.0),
    "vertical_oscillation_m": (0.0, 0.5),
    "ground_contact_s": (0.0, 2.0),
    "step_length_m": (0.0, 4.0),
}


def plausible(points: Points) -> Points:
    """Return the points with values that no sensor can give as NaN; a position of exactly 0, 0 is none."""
    cleaned: dict[str, Column] = {"time_s": points.time_s}
    for name, (low, high) in _POSSIBLE.items():
        column = getattr(points, name)
        if len(column):
            possible = (column >= low) & (column <= high)
            cleaned[name] = column if possible.all() else np.where(possible, column, np.nan)
    if len(points.latitude_deg):
        lat, lon = points.latitude_deg, points.longitude_deg
        place = (np.abs(lat) <= 90.0) & (np.abs(lon) <= 180.0) & ((lat != 0.0) | (lon != 0.0))
        cleaned["latitude_deg"] = np.where(place, lat, np.nan)
        cleaned["longitude_deg"] = np.where(place, lon, np.nan)
    return Points(**cleaned)


def merged(points: Points) -> Points:
    """Return points of strictly rising time: rows of one instant become one, the last measured value wins."""
    if len(points) < 2 or bool((np.diff(points.time_s) > 0.0).all()):
        return points
    time_s, group = np.unique(points.time_s, return_inverse=True)
    joined: dict[str, Column] = {"time_s": time_s}
    for each in dataclasses.fields(points)[1:]:
        column = getattr(points, each.name)
        if len(column):
            measured = np.flatnonzero(np.isfinite(column))
            out = np.full(len(time_s), np.nan)
            out[group[measured]] = column[measured]
            joined[each.name] = out
    return Points(**joined)


def steps_per_count(cadence: Column, speed_m_s: Column, sport: str, usual: float) -> float:
    """Return how many steps one cadence count stands for, 1 or 2, for a sport on foot.

    FIT and TCX count strides (one foot; `usual` 2); some makers write steps. Of the two readings the one nearer
    to what people do at that speed is taken: walking 60 + 45 v steps/min, running 165 (coaching texts give
    155-190); without a speed the sport decides. `usual` wins unless the other is clearly nearer (by a fifth).
    """
    moving = cadence[np.isfinite(cadence) & (cadence > 20.0)]
    if len(moving) == 0:
        return usual
    middle = float(np.median(moving))
    speed = speed_m_s[np.isfinite(speed_m_s) & (speed_m_s > 0.3)]
    v = float(np.median(speed)) if len(speed) else (2.8 if sport == "running" else 1.3)
    expected = 165.0 if v > 2.0 else 60.0 + 45.0 * v
    miss = {factor: abs(float(np.log(factor * middle / expected))) for factor in (1.0, 2.0)}
    other = 3.0 - usual
    return other if miss[other] + 0.2 < miss[usual] else usual


def _rows(points: Points, *names: str) -> NDArray[np.bool_]:
    """Return which rows hold a value in any of the columns."""
    found = np.zeros(len(points), dtype=bool)
    for name in names:
        column = getattr(points, name)
        if len(column):
            found |= np.isfinite(column)
    return found


def _picked(column: Column, rows: NDArray[np.bool_]) -> Column:
    """Return the rows of a column; the column itself where all stay, so that streams share their times."""
    return column if rows.all() else column[rows]


def _column(points: Points, name: str, rows: NDArray[np.bool_]) -> Column:
    column = getattr(points, name)
    return _picked(column, rows) if len(column) else np.full(int(rows.sum()), np.nan)


def to_samples(points: Points, start_unix_s: float, sport: str, step_factor: float) -> tuple[s.Samples, ...]:
    """Return the streams of one recording, `t_s` since its start; cadence times `step_factor` on foot."""
    t_s = points.time_s - start_unix_s
    streams: list[s.Samples] = []

    def columns(*names: str, deciding: tuple[str, ...] = ()) -> tuple[Column, ...]:
        rows = _rows(points, *(deciding or names))
        return (_picked(t_s, rows), *(_column(points, name, rows) for name in names))

    streams.append(s.Fix(*_fix(points, t_s)))
    streams.append(s.Altitude(*columns("altitude_m")))
    streams.append(s.heart_rate(*columns("heart_rate_bpm")))
    when, cadence = columns("cadence")
    nothing = np.full(len(when), np.nan)
    if sport in FOOT:
        streams.append(s.Stride(when, cadence if step_factor == 1.0 else cadence * step_factor, nothing, nothing))
    elif sport == "cycling":
        streams.append(s.Cycling(when, cadence, nothing, nothing))
    streams.append(s.Odometer(*columns("distance_m", "speed_m_s")))
    streams.append(s.Power(*columns("power_w")))
    streams.append(s.Dynamics(*columns("vertical_oscillation_m", "ground_contact_s", "step_length_m")))
    streams.append(s.Temperature(*columns("temperature_c")))
    return tuple(stream for stream in streams if not isinstance(stream, (s.DeviceInfo, s.Gap)) and len(stream))


def _fix(points: Points, t_s: Column) -> tuple[Column, ...]:
    rows = _rows(points, "latitude_deg") & _rows(points, "longitude_deg")
    nothing = np.full(int(rows.sum()), np.nan)
    latitude, longitude = _column(points, "latitude_deg", rows), _column(points, "longitude_deg", rows)
    return _picked(t_s, rows), latitude, longitude, nothing, nothing, _column(points, "accuracy_m", rows)
