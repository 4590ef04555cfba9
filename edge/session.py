"""The live way: samples in as they come, one row of features a second out.

The rule of this file: the row of second k is made of what was measured up to k and leaves once the
newest sample is `LATENESS_S` past it, so any chunking of the same samples (each less than that late)
gives the same rows. A value older than its stream's limit is NaN; its age is always beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from edge.altitude import standard_altitude_m
from edge.altitude.live import LiveClimb, LiveClimbState, LiveHeights
from edge.clock import LATENESS_S
from edge.heart.filter import CleanHeart, HeartFilter, HeartState
from edge.samples import (
    Column,
    Columnar,
    Fix,
    HeartRate,
    Inertial,
    Odometer,
    Pressure,
    Samples,
    Stride,
    joined,
    newest_at,
    select,
)
from edge.session_motion import MotionFilter, MotionRows, MotionState
from edge.track.live import LiveTrack, TrackFilter, TrackState
from edge.track.rows import Heading

Rows = TypeVar("Rows", LiveTrack, LiveHeights, CleanHeart)

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
    speed_sd_m_s: Column
    """Doubt of the speed, where satellites and steps tell it."""
    paused: Column
    """1 while the body stands, 0 while it moves."""
    heart_quality: Column
    """0 to 1; a rate with a fault is NaN."""
    heart_fault: Column
    """Values of `edge.heart.verdict.Fault`."""
    climb_rate_m_s: Column
    gain_m: Column
    """Ascent so far, by pressure."""
    gain_sd_m: Column
    steps: Column
    """Steps so far, by the motion sensor."""
    activity: Column
    """Place of the activity in `edge.activity.net.CLASSES`."""
    activity_probability: Column

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
    speed_sd_m_s: float = float("nan")
    paused: float = float("nan")
    heart_quality: float = float("nan")
    heart_fault: float = float("nan")
    climb_rate_m_s: float = float("nan")
    gain_m: float = float("nan")
    gain_sd_m: float = float("nan")
    steps: float = float("nan")
    activity: float = float("nan")
    activity_probability: float = float("nan")


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
    motion: MotionState = field(default_factory=MotionState)
    track: TrackState = field(default_factory=TrackState)
    climb: LiveClimbState = field(default_factory=LiveClimbState)
    heart: HeartState = field(default_factory=HeartState)


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
        motion = MotionFilter(self.state.motion)
        for one in samples:
            if isinstance(one, Inertial) and len(one):
                motion.feed(one)
                newest = max(newest, float(np.max(one.t_s[np.isfinite(one.t_s)], initial=-np.inf)))
        self.state = replace(self.state, recent=recent, newest_s=newest, motion=motion.state)
        return self._rows_until(samples, newest - LATENESS_S)

    def finish(self) -> Features:
        """Return the rows still waiting for late samples; call once, at the end of the run."""
        return self._rows_until((), self.state.newest_s)

    def _rows_until(self, samples: tuple[Samples, ...], last_s: float) -> Features:
        """Return the rows up to a time in s, after the filters have taken the samples."""
        state = self.state
        last_s = float(np.floor(last_s)) if np.isfinite(last_s) else -np.inf
        t_s = np.arange(state.next_row_s, last_s + 0.5) if last_s >= state.next_row_s else np.empty(0)
        motion = MotionFilter(state.motion)
        moved = motion.advance(t_s)
        told = _filtered(replace(state, motion=motion.state), samples, moved)
        if not len(t_s):
            self.state = told.state
            return joined(Features, ())
        features, after = _rows(t_s, told)
        kept = {n: _still_needed(r, t_s[-1]) for n, r in after.recent.items()}
        self.state = replace(after, next_row_s=float(t_s[-1]) + 1.0, recent=kept)
        return features


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """The rows of every filter at the same seconds, heights at those before, and the state after them."""

    motion: MotionRows
    track: LiveTrack
    heights: LiveHeights
    heart: CleanHeart
    state: SessionState


def _filtered(state: SessionState, samples: tuple[Samples, ...], moved: MotionRows) -> _Told:
    """Return what the filters tell; steps of the motion sensor stand in where no other sensor counts them."""
    due_s = float(moved.t_s[-1]) + LATENESS_S if len(moved.t_s) else -np.inf
    stepped = (*samples, _strides(state, moved))
    track, climb, heart = TrackFilter(state.track), LiveClimb(state.climb), HeartFilter(state.heart)
    tracks = [track.feed(stepped, Heading(moved.t_s, moved.heading_rad)), track.advance(due_s)]
    heights = [climb.feed(samples), climb.advance(due_s)]
    hearts = [heart.feed(select(samples, HeartRate), select(stepped, Stride)), heart.advance(due_s)]
    after = replace(state, track=track.state, climb=climb.state, heart=heart.state)
    t_s = moved.t_s
    return _Told(moved, _aligned(t_s, tracks), _aligned(t_s - 1.0, heights), _aligned(t_s, hearts), after)


def _strides(state: SessionState, moved: MotionRows) -> Stride:
    """Return the cadence of the motion sensor at the seconds (n,) where no other sensor tells one."""
    _, age_s = newest_at(moved.t_s, state.recent["stride"][0], state.recent["stride"][1], STALE_S)
    own = ~(age_s <= STALE_S) & np.isfinite(moved.cadence_spm)
    unknown = np.full(int(own.sum()), np.nan)
    return Stride(moved.t_s[own], moved.cadence_spm[own], unknown, unknown)


def _aligned(t_s: Column, parts: list[Rows]) -> Rows:
    """Return the rows of all parts at whole seconds (n,), NaN where there is none."""
    rows = joined(type(parts[0]), parts)
    found = np.isin(t_s, rows.t_s)
    index = np.where(found, np.searchsorted(rows.t_s, t_s), -1)
    columns = (np.append(getattr(rows, f.name), np.nan)[index] for f in fields(rows))
    return type(rows)(*(np.where(found, column, np.nan) for column in columns))


def _still_needed(rows: Column, now_s: float) -> Column:
    """Return the last seconds of a stream, and always its newest row, whose age is still told."""
    needed = rows[0] > now_s - KEPT_S
    needed[-1:] = True
    return rows[:, needed]


def _in_time_order(rows: Column) -> Column:
    return rows[:, np.argsort(rows[0], kind="stable")]


def _rows(t_s: Column, told: _Told) -> tuple[Features, SessionState]:
    """Return the features at these seconds and the state after them."""
    state, recent, motion = told.state, told.state.recent, told.motion
    fix, stride, odometer = (
        _window_mean(recent[n][0], recent[n][row], t_s) for n, row in (("fix", 2), ("stride", 2), ("odometer", 2))
    )
    heard_s = _first_known((fix[1], fix[1]), (stride[1], stride[1]), (motion.cadence_age_s, motion.cadence_age_s))[0]
    paced = told.track.speed_m_s
    speed, speed_age = _first_known(odometer, (paced, heard_s), fix, stride)
    way_m = told.track.distance_m
    distance, walked_m = _distance(t_s, recent, (speed, way_m), state.walked_m)
    plain, altitude_age, offset = _altitude(t_s, recent, (state.offset_sum_m, state.offset_count))
    above = told.heights.altitude_m
    heart = told.heart.bpm
    cadence, cadence_age = _first_known(
        newest_at(t_s, recent["stride"][0], recent["stride"][1], STALE_S), (motion.cadence_spm, motion.cadence_age_s)
    )
    features = Features(
        t_s,
        speed,
        speed_age,
        distance,
        heart,
        newest_at(t_s, recent["heart"][0], recent["heart"][1], STALE_S)[1],
        cadence,
        cadence_age,
        np.where(np.isnan(above), plain, above),
        altitude_age,
        _grade(t_s, recent, offset_m=0.0),
        np.where(np.isnan(odometer[0]), told.track.speed_sd_m_s, np.nan),
        told.track.paused,
        told.heart.quality,
        told.heart.fault,
        told.heights.climb_rate_m_s,
        told.heights.gain_m,
        told.heights.gain_sd_m,
        motion.steps,
        motion.activity,
        motion.activity_probability,
    )
    return features, replace(state, walked_m=walked_m, offset_sum_m=offset[0], offset_count=offset[1])


def _window_mean(at_s: Column, value: Column, t_s: Column) -> tuple[Column, Column]:
    """Return the mean (n,) of the values in the last `SPEED_WINDOW_S` and the age in s of the newest."""
    known = np.isfinite(value)
    at_s, value = at_s[known], value[known]
    _, age = newest_at(t_s, at_s, value, STALE_S)
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


def _distance(
    t_s: Column, recent: dict[str, Column], told: tuple[Column, Column], walked_m: float
) -> tuple[Column, float]:
    """Return the distance so far (n,) in m: a device's count, else the track's, else speed summed second by second."""
    speed, way_m = told
    walked = walked_m + np.cumsum(np.nan_to_num(speed))
    counted = _first_known(
        newest_at(t_s, recent["odometer"][0], recent["odometer"][1], STALE_S),
        newest_at(t_s, recent["stride"][0], recent["stride"][3], STALE_S),
    )[0]
    counted = np.where(np.isnan(counted), way_m, counted)
    return np.where(np.isnan(counted), walked, counted), float(walked[-1]) if len(t_s) else walked_m


def _altitude(
    t_s: Column, recent: dict[str, Column], offset: tuple[float, float]
) -> tuple[Column, Column, tuple[float, float]]:
    """Return altitude (n,) in m from pressure set right by the mean of all fixes, its age, and the sums."""
    fix, pressure = recent["fix"], recent["pressure"]
    if not pressure.shape[1]:
        value, age = newest_at(t_s, fix[0], fix[1], STALE_S)
        return value, age, offset
    by_pressure = standard_altitude_m(pressure[1])
    new = (fix[0] > (t_s[0] - 1.0 if len(t_s) else np.inf)) & (fix[0] <= (t_s[-1] if len(t_s) else -np.inf))
    at_fix, _ = newest_at(fix[0][new], pressure[0], by_pressure, STALE_S)
    gap = np.where(np.isfinite(fix[1][new] - at_fix), fix[1][new] - at_fix, 0.0)
    counted = np.isfinite(fix[1][new] - at_fix).astype(float)
    sums = offset[0] + np.concatenate([[0.0], np.cumsum(gap)])
    counts = offset[1] + np.concatenate([[0.0], np.cumsum(counted)])
    so_far: NDArray[np.intp] = np.searchsorted(fix[0][new], t_s, side="right")
    mean = np.where(counts[so_far] > 0, sums[so_far] / np.maximum(counts[so_far], 1.0), np.nan)
    value, age = newest_at(t_s, pressure[0], by_pressure, STALE_S)
    return value + mean, age, (float(sums[-1]), float(counts[-1]))


def _grade(t_s: Column, recent: dict[str, Column], offset_m: float) -> Column:
    """Return rise over run (n,) of the last `GRADE_WINDOW_S`, from pressure and the counted distance."""
    pressure, odometer = recent["pressure"], recent["odometer"]
    if not pressure.shape[1] or not odometer.shape[1]:
        return np.full(len(t_s), np.nan)
    height = standard_altitude_m(pressure[1]) + offset_m
    rise = _window_mean(pressure[0], height, t_s)[0] - _window_mean(pressure[0], height, t_s - 20.0)[0]
    run = (
        newest_at(t_s - 5.0, odometer[0], odometer[1], STALE_S)[0]
        - newest_at(t_s - 25.0, odometer[0], odometer[1], STALE_S)[0]
    )  # centres of the two height windows
    return np.where(run >= 20.0, rise / np.maximum(run, 1.0), np.nan)
