"""The live way: samples in as they come, one row of features a second out.

The rule of this file: the row of second k is made of what was measured up to k and leaves once the
newest sample is `LATENESS_S` past it, so any chunking of the same samples (each less than that late)
gives the same rows. A value older than its stream's limit is NaN; its age is always beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from edge.altitude import standard_altitude_m
from edge.samples import Column, Columnar, Fix, HeartRate, Odometer, Pressure, Samples, Stride

LATENESS_S = 1.0
STALE_S = 5.0
"""Age in s at which a value of a 1 Hz stream stops being shown (five periods, never under 3 s)."""
SPEED_WINDOW_S = 10.0
GRADE_WINDOW_S = 30.0
KEPT_S = GRADE_WINDOW_S + 2 * STALE_S + LATENESS_S
"""How much of each stream stays in memory, in s."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One row a second: every value with its age in s; NaN where it is not known or too old."""

    t_s: Column
    speed_m_s: Column
    speed_age_s: Column
    distance_m: Column
    heart_rate_bpm: Column
    heart_rate_age_s: Column
    cadence_spm: Column
    cadence_age_s: Column
    altitude_m: Column
    altitude_age_s: Column
    grade: Column
    """Rise over run of the last 30 s; NaN until 20 m have been covered in them."""

    def __len__(self) -> int:
        return len(self.t_s)

    def row(self, index: int) -> FeatureRow:
        """Return one second as plain numbers."""
        return FeatureRow(*(float(getattr(self, f.name)[index]) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One second of `Features` as plain numbers."""

    t_s: float
    speed_m_s: float
    speed_age_s: float
    distance_m: float
    heart_rate_bpm: float
    heart_rate_age_s: float
    cadence_spm: float
    cadence_age_s: float
    altitude_m: float
    altitude_age_s: float
    grade: float


@dataclass(frozen=True, slots=True, eq=False)
class SessionState:
    """Everything a `LiveSession` remembers, to be saved and restored in the middle of a run."""

    next_row_s: float = 0.0
    newest_s: float = -np.inf
    walked_m: float = 0.0
    """Distance in m integrated from speed, used where no device counts it."""
    offset_sum_m: float = 0.0
    offset_count: float = 0.0
    """Satellite minus standard-atmosphere altitude, summed over the fixes so far."""
    recent: dict[str, Column] = field(default_factory=dict)
    """The last seconds of each stream, (k, n): times first."""


_STREAMS: dict[str, tuple[type[Columnar], tuple[str, ...]]] = {
    "fix": (Fix, ("t_s", "altitude_m", "speed_m_s")),
    "heart": (HeartRate, ("t_s", "bpm")),
    "stride": (Stride, ("t_s", "cadence_spm", "speed_m_s", "distance_m")),
    "odometer": (Odometer, ("t_s", "distance_m", "speed_m_s")),
    "pressure": (Pressure, ("t_s", "pressure_pa")),
}


class LiveSession:
    """Turns samples into one row of `Features` a second; `state` saves it, the constructor restores it."""

    def __init__(self, state: SessionState | None = None) -> None:
        self.state = state or SessionState(recent={n: np.empty((len(c), 0)) for n, (_, c) in _STREAMS.items()})

    def feed(self, samples: tuple[Samples, ...]) -> Features:
        """Return the rows that these samples complete (none, one or many)."""
        recent, newest = dict(self.state.recent), self.state.newest_s
        for name, (kind, columns) in _STREAMS.items():
            parts = [np.stack([getattr(s, c) for c in columns]) for s in samples if type(s) is kind]
            if parts:
                recent[name] = _in_time_order(np.concatenate([recent[name], *parts], axis=1))
                newest = max(newest, float(recent[name][0, -1]) if recent[name].size else newest)
        self.state = replace(self.state, recent=recent, newest_s=newest)
        return self._rows_until(np.floor(newest - LATENESS_S) if np.isfinite(newest) else -np.inf)

    def finish(self) -> Features:
        """Return the rows still waiting for late samples; call once, at the end of the run."""
        return self._rows_until(np.floor(self.state.newest_s) if np.isfinite(self.state.newest_s) else -np.inf)

    def _rows_until(self, last_s: float) -> Features:
        state = self.state
        t_s = np.arange(state.next_row_s, last_s + 0.5) if last_s >= state.next_row_s else np.empty(0)
        features, moved = _rows(t_s, state)
        if len(t_s):
            kept = {n: _still_needed(r, t_s[-1]) for n, r in state.recent.items()}
            self.state = replace(moved, next_row_s=float(t_s[-1]) + 1.0, recent=kept)
        return features


def _still_needed(rows: Column, now_s: float) -> Column:
    """Return the last seconds of a stream, and always its newest row, whose age is still told."""
    needed = rows[0] > now_s - KEPT_S
    needed[-1:] = True
    return rows[:, needed]


def _in_time_order(rows: Column) -> Column:
    return rows[:, np.argsort(rows[0], kind="stable")]


def _rows(t_s: Column, state: SessionState) -> tuple[Features, SessionState]:
    """Return the features at these seconds and the state after them."""
    recent = state.recent
    speed, speed_age = _first_known(
        *(_window_mean(recent[n][0], recent[n][row], t_s) for n, row in (("odometer", 2), ("fix", 2), ("stride", 2)))
    )
    distance, walked_m = _distance(t_s, recent, speed, state.walked_m)
    altitude, altitude_age, offset = _altitude(t_s, recent, (state.offset_sum_m, state.offset_count))
    heart, heart_age = _latest(recent["heart"][0], recent["heart"][1], t_s)
    cadence, cadence_age = _latest(recent["stride"][0], recent["stride"][1], t_s)
    grade = _grade(t_s, recent, offset_m=0.0)
    features = Features(
        t_s, speed, speed_age, distance, heart, heart_age, cadence, cadence_age, altitude, altitude_age, grade
    )
    return features, replace(state, walked_m=walked_m, offset_sum_m=offset[0], offset_count=offset[1])


def _latest(at_s: Column, value: Column, t_s: Column) -> tuple[Column, Column]:
    """Return the newest known value (n,) at each time and its age in s; NaN value once it is stale."""
    known = np.isfinite(value)
    at_s, value = at_s[known], value[known]
    if not at_s.size:
        return np.full(len(t_s), np.nan), np.full(len(t_s), np.nan)
    index = np.searchsorted(at_s, t_s, side="right") - 1
    age = np.where(index >= 0, t_s - at_s[index], np.nan)
    return np.where(age <= STALE_S, value[index], np.nan), age


def _window_mean(at_s: Column, value: Column, t_s: Column) -> tuple[Column, Column]:
    """Return the mean (n,) of the values in the last `SPEED_WINDOW_S` and the age in s of the newest."""
    known = np.isfinite(value)
    at_s, value = at_s[known], value[known]
    _, age = _latest(at_s, value, t_s)
    total = np.concatenate([[0.0], np.cumsum(value)])
    to = np.searchsorted(at_s, t_s, side="right")
    since = np.searchsorted(at_s, t_s - SPEED_WINDOW_S, side="right")
    count = np.maximum(to - since, 1)
    return np.where(age <= STALE_S, (total[to] - total[since]) / count, np.nan), age


def _first_known(*sources: tuple[Column, Column]) -> tuple[Column, Column]:
    """Return value and age (n,) of the first source that knows it, second by second."""
    value, age = sources[0]
    for other_value, other_age in sources[1:]:
        take = np.isnan(value)
        value, age = np.where(take, other_value, value), np.where(take, other_age, age)
    return value, age


def _distance(t_s: Column, recent: dict[str, Column], speed: Column, walked_m: float) -> tuple[Column, float]:
    """Return the distance so far (n,) in m: a device's count, else speed integrated second by second."""
    walked = walked_m + np.cumsum(np.nan_to_num(speed))
    counted = _first_known(
        _latest(recent["odometer"][0], recent["odometer"][1], t_s),
        _latest(recent["stride"][0], recent["stride"][3], t_s),
    )[0]
    return np.where(np.isnan(counted), walked, counted), float(walked[-1]) if len(t_s) else walked_m


def _altitude(
    t_s: Column, recent: dict[str, Column], offset: tuple[float, float]
) -> tuple[Column, Column, tuple[float, float]]:
    """Return altitude (n,) in m from pressure set right by the mean of all fixes, its age, and the sums."""
    fix, pressure = recent["fix"], recent["pressure"]
    if not pressure.shape[1]:
        value, age = _latest(fix[0], fix[1], t_s)
        return value, age, offset
    by_pressure = standard_altitude_m(pressure[1])
    new = (fix[0] > (t_s[0] - 1.0 if len(t_s) else np.inf)) & (fix[0] <= (t_s[-1] if len(t_s) else -np.inf))
    at_fix, _ = _latest(pressure[0], by_pressure, fix[0][new])
    gap = np.where(np.isfinite(fix[1][new] - at_fix), fix[1][new] - at_fix, 0.0)
    counted = np.isfinite(fix[1][new] - at_fix).astype(float)
    sums = offset[0] + np.concatenate([[0.0], np.cumsum(gap)])
    counts = offset[1] + np.concatenate([[0.0], np.cumsum(counted)])
    so_far: NDArray[np.intp] = np.searchsorted(fix[0][new], t_s, side="right")
    mean = np.where(counts[so_far] > 0, sums[so_far] / np.maximum(counts[so_far], 1.0), np.nan)
    value, age = _latest(pressure[0], by_pressure, t_s)
    return value + mean, age, (float(sums[-1]), float(counts[-1]))


def _grade(t_s: Column, recent: dict[str, Column], offset_m: float) -> Column:
    """Return rise over run (n,) of the last `GRADE_WINDOW_S`, from pressure and the counted distance."""
    pressure, odometer = recent["pressure"], recent["odometer"]
    if not pressure.shape[1] or not odometer.shape[1]:
        return np.full(len(t_s), np.nan)
    height = standard_altitude_m(pressure[1]) + offset_m
    rise = _window_mean(pressure[0], height, t_s)[0] - _window_mean(pressure[0], height, t_s - 20.0)[0]
    run = (
        _latest(odometer[0], odometer[1], t_s - 5.0)[0] - _latest(odometer[0], odometer[1], t_s - 25.0)[0]
    )  # centres of the two height windows
    return np.where(run >= 20.0, rise / np.maximum(run, 1.0), np.nan)
