"""What a motion tracker tells while running, a row a second: steps, activity, and which way the body turned.

The rule of this file: samples are laid on an even grid from the first of a stretch on, a stretch ends where more than
a second is missing, and a row says only what every chunking has decided by then: steps 2 s old, activities 3 s old.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from edge import quaternion as turns
from edge.activity import DELAY_S, HOP_S, ActivityFilter, ActivityState
from edge.activity.net import CLASSES
from edge.gait import StepCounter, cadence
from edge.gait.steps import StepState
from edge.gait.steps import start as no_steps
from edge.orientation import FilterState, OrientationFilter
from edge.orientation.live import new_state
from edge.orientation.model import LIVE
from edge.samples import Column, Inertial, in_time_order

STEP_LAG_S = 2.0
"""A step is decided at most so long after it was made (`edge.gait`)."""
ACTIVITY_STALE_S = DELAY_S + 2.0 * HOP_S
LONGEST_HOLE_S = 1.0
_RATE_SAMPLES = 24
"""Samples from which the rate is read; nothing of a stretch is told before."""
_KEPT_S = 15.0
_FIRST_WINDOW_S = 2.0
_PACED_S = 8.0
_RATES_HZ = np.array([12.5, 13.0, 20.0, 25.0, 26.0, 50.0, 52.0, 100.0, 104.0, 128.0, 200.0, 208.0, 256.0, 400.0, 416.0])
_SAME_RATE = 0.03
_LEAST_RATE_HZ = 19.0


@dataclass(frozen=True, slots=True, eq=False)
class MotionRows:
    """Columns (n,) at whole seconds; NaN where it cannot be known."""

    t_s: Column
    steps: Column
    """Steps so far."""
    cadence_spm: Column
    cadence_age_s: Column
    activity: Column
    """Place of the activity in `edge.activity.net.CLASSES`."""
    activity_probability: Column
    heading_rad: Column
    """Turned about the vertical since the start, counter-clockwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What is remembered of samples without a hole."""

    rate_hz: float = float("nan")
    first_s: float = float("nan")
    """Time in s of grid row 0."""
    ready_s: float = float("nan")
    """When the rate was known."""
    rows: int = 0
    """Grid rows made."""
    steps: StepState = field(default_factory=no_steps)
    activity: ActivityState = field(default_factory=ActivityState)


@dataclass(frozen=True, slots=True, eq=False)
class MotionState:
    """Everything a `MotionFilter` remembers, to be saved and restored in the middle of a run."""

    waiting: Column = field(default_factory=lambda: np.empty((7, 0)))
    """Samples not yet used and the last one used: t_s, force in m/s2, rate of turn in rad/s."""
    stretch: Stretch = field(default_factory=Stretch)
    orientation: FilterState = field(default_factory=lambda: new_state(1, LIVE))
    orientation_hz: float = float("nan")
    facing: Column = field(default_factory=lambda: np.full(4, np.nan))
    """The newest orientation."""
    turned: Column = field(default_factory=lambda: np.array([-np.inf, 0.0]))
    """Time in s and heading in rad of the newest sample used."""
    headings: Column = field(default_factory=lambda: np.empty((2, 0)))
    """Times in s and headings in rad of the last seconds."""
    windows: Column = field(default_factory=lambda: np.empty((3, 0)))
    """Last windows of activity: middle in s, place of the label, probability."""
    step_s: Column = field(default_factory=lambda: np.empty(0))
    forgotten: int = 0
    """Steps made before those in `step_s`."""
    since_s: float = float("inf")
    """Time in s of the first sample."""


class MotionFilter:
    """Turns motion samples into `MotionRows`; `state` saves it, the constructor restores it."""

    def __init__(self, state: MotionState | None = None) -> None:
        self.state = state or MotionState()

    def feed(self, samples: Inertial) -> None:
        """Take samples that are less than a second late; those without a finite time or force are dropped."""
        columns = np.concatenate([samples.t_s[None], samples.accel_m_s2.T, samples.gyro_rad_s.T])
        columns = columns[:, np.isfinite(columns).all(axis=0)]
        waiting = np.stack(in_time_order(*np.concatenate([self.state.waiting, columns], axis=1)))
        since_s = min(self.state.since_s, float(waiting[0, 0])) if waiting.size else self.state.since_s
        self.state = replace(self.state, waiting=waiting, since_s=since_s)

    def advance(self, t_s: Column) -> MotionRows:
        """Return the rows at these seconds (n,), after everything up to the last of them has been taken in."""
        if not len(t_s) or t_s[-1] < self.state.since_s:
            return MotionRows(t_s, *np.full((6, len(t_s)), np.nan))
        self.state = _until(self.state, float(t_s[-1]))
        rows = _rows(self.state, t_s)
        self.state = _forget(self.state, float(t_s[-1]))
        return rows


def _until(state: MotionState, end_s: float) -> MotionState:
    """Return the state after all samples up to a time; a hole ends a stretch and begins another."""
    while True:
        times = state.waiting[0]
        ready = int(np.searchsorted(times, end_s, side="right"))
        holes = np.flatnonzero(np.diff(times) > LONGEST_HOLE_S)
        whole = int(holes[0]) + 1 if len(holes) and holes[0] + 1 <= ready else ready
        after_hole = state.waiting[:, whole:]
        state = _taken(state, whole)
        if whole == ready or whole == 0:
            return state
        state = replace(state, waiting=after_hole, stretch=Stretch())


def _taken(state: MotionState, count: int) -> MotionState:
    """Return the state after the first samples of one stretch."""
    if np.isnan(state.stretch.rate_hz) and count >= _RATE_SAMPLES:
        state = replace(state, stretch=_begun(state.waiting[0, :_RATE_SAMPLES]))
    rate_hz, fresh = state.stretch.rate_hz, state.waiting[:, :count]
    if np.isnan(rate_hz) or not count:
        return state
    state = _turned(state, fresh)
    number = np.arange(state.stretch.rows, int(np.floor((fresh[0, -1] - state.stretch.first_s) * rate_hz + 1e-6)) + 1)
    at_s = state.stretch.first_s + number / rate_hz
    grid = np.stack([np.interp(at_s, fresh[0], column) for column in fresh[1:]], axis=1)
    return _walked(replace(state, waiting=state.waiting[:, count - 1 :]), grid)


def _begun(t_s: Column) -> Stretch:
    """Return a stretch that begins with samples at these times in s."""
    return Stretch(_rate_of(t_s), float(t_s[0]), float(t_s[-1]))


def _rate_of(t_s: Column) -> float:
    """Return the sampling rate in Hz: a usual one where that is within 3 %."""
    rate_hz = 1.0 / float(np.median(np.diff(t_s)))
    nearest = float(_RATES_HZ[np.argmin(np.abs(_RATES_HZ / rate_hz - 1.0))])
    return nearest if abs(nearest / rate_hz - 1.0) < _SAME_RATE else rate_hz


def _turned(state: MotionState, samples: Column) -> MotionState:
    """Return the state after these samples turned the body; those used before are left out."""
    fresh, rate_hz = samples[:, samples[0] > state.turned[0]], state.stretch.rate_hz
    if not fresh.shape[1]:
        return state
    same = state.orientation_hz == rate_hz
    follower = OrientationFilter(rate_hz, state=state.orientation if same else new_state(1, LIVE))
    facing = follower.feed(fresh[4:].T, fresh[1:4].T, fresh[0])
    before = np.concatenate([state.facing[None] if same else facing[:1], facing[:-1]])
    turn = turns.multiply(facing, turns.conjugate(np.where(np.isfinite(before), before, facing)))
    heading = state.turned[1] + np.cumsum(2.0 * np.arctan2(turn[:, 3] * np.sign(turn[:, 0]), np.abs(turn[:, 0])))
    told = fresh[0] >= state.stretch.ready_s
    headings = np.stack([fresh[0], heading])
    return replace(
        state,
        orientation=follower.state,
        orientation_hz=rate_hz,
        facing=facing[-1],
        turned=headings[:, -1],
        headings=np.concatenate([state.headings, headings[:, told]], axis=1),
    )


def _walked(state: MotionState, grid: Column) -> MotionState:
    """Return the state after even rows (n, 6) of force and turning."""
    stretch = state.stretch
    counter = StepCounter(stretch.rate_hz, stretch.steps)
    made_s = stretch.first_s + counter.feed(grid[:, :3])
    state = replace(state, step_s=np.concatenate([state.step_s, made_s]))
    stretch = replace(stretch, rows=stretch.rows + len(grid), steps=counter.state)
    if stretch.rate_hz >= _LEAST_RATE_HZ:
        namer = ActivityFilter(stretch.rate_hz, stretch.activity)
        named = namer.feed(grid[:, :3], grid[:, 3:])
        place = np.array([CLASSES.index(str(label)) for label in named.label], dtype=np.float64)
        windows = np.stack([stretch.first_s + named.t_s, place, named.probability])
        windows = windows[:, named.t_s >= _FIRST_WINDOW_S - 1e-9]  # earlier ones are told later than `DELAY_S`
        state = replace(state, windows=np.concatenate([state.windows, windows], axis=1))
        stretch = replace(stretch, activity=namer.state)
    return replace(state, stretch=stretch)


def _rows(state: MotionState, t_s: Column) -> MotionRows:
    told_s = t_s - STEP_LAG_S
    made = np.searchsorted(state.step_s, told_s, side="right")
    recent = np.searchsorted(state.step_s, told_s - _PACED_S)
    paced = [cadence(state.step_s[a:b], now_s) for a, b, now_s in zip(recent, made, told_s, strict=True)]
    spm = np.array([one.spm.value for one in paced])
    age_s = np.array([one.age_s for one in paced]) + STEP_LAG_S
    place, probability = _newest(state.windows, t_s - DELAY_S, ACTIVITY_STALE_S - DELAY_S)
    (heading,) = _newest(state.headings, t_s, LONGEST_HOLE_S)
    steps = np.where(t_s >= state.since_s, state.forgotten + made, np.nan)
    return MotionRows(t_s, steps, spm, age_s, place, probability, heading)


def _newest(rows: Column, at_s: Column, stale_s: float) -> Column:
    """Return the newest of rows (k, n), times first, at each time: (k - 1, m), NaN where it is older than stale."""
    index = np.searchsorted(rows[0], at_s, side="right") - 1
    if not rows.shape[1]:
        return np.full((len(rows) - 1, len(at_s)), np.nan)
    fresh = (index >= 0) & (at_s - rows[0][np.maximum(index, 0)] <= stale_s)
    return np.where(fresh, rows[1:, np.maximum(index, 0)], np.nan)


def _forget(state: MotionState, now_s: float) -> MotionState:
    """Return the state without what no later row needs."""
    gone = int(np.searchsorted(state.step_s, now_s - _KEPT_S))
    return replace(
        state,
        step_s=state.step_s[gone:],
        forgotten=state.forgotten + gone,
        windows=state.windows[:, state.windows[0] > now_s - _KEPT_S],
        headings=state.headings[:, max(int(np.searchsorted(state.headings[0], now_s - 2.0)) - 1, 0) :],
    )
