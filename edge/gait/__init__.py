"""Steps and gait: when the feet came down, how fast and how evenly, and what else the sensor's place can tell.

The rule of this file: a number that the place of the sensor does not support is not given, and why is said. Times are
in s since the first reading. A lost reading is a row of NaN: no step is found where it says nothing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.gait.foot import LEAST_FOOT_RATE_HZ, strides
from edge.gait.grid import GRID_HZ, GridState, checked_rate, checked_rows, resample
from edge.gait.steps import WALKING, StepModel, StepState, follow, likeness, magnitude, start, steps_after_the_run
from edge.gait.tempo import USUAL, TempoModel
from edge.gait.trunk import oscillations_m
from edge.samples import Column, Estimate

NOT_FROM_HERE = "not from this position"
TOO_FEW_STEPS = "too few steps"
NO_GYROSCOPE = "needs a gyroscope"
_NORMAL_90 = 1.645
"""Half-width of a 90 % interval in standard deviations of a normal distribution."""
_STALE_S = 3.0
_RECENT_STEPS = 8
_FEWEST_STEPS = 12
_SMOOTH_ROWS = 4
_SMOOTH = np.cos(0.5 * np.pi * np.arange(-_SMOOTH_ROWS, _SMOOTH_ROWS + 1) / (_SMOOTH_ROWS + 1)) ** 2
"""0.1 s: the push of a step, not the ring of the strike."""
_OSCILLATION_SHARE = 0.15
"""Systematic error of the bounce (90 %): trunk turning with the step, harmonics above the band, a belt that gives."""
_CONTACT_ERROR_S = 0.04
"""Systematic error of contact time (90 %): by manually marked events of walkers one person's mean is off by this."""
_FLIGHT_ERROR_S = 0.05
"""Systematic error of flight time (90 %): that of contact, and 0.03 s for half a stride that is not the other step."""
_LENGTH_SHARE = 0.08
"""Systematic error of stride length (90 %): the foot is never quite still. Published: 0.02 +- 0.16 m of 2 m in running
(PMC6308955)."""


class Position(enum.Enum):
    """Where on the body a sensor is worn."""

    WRIST = "wrist"
    ARMBAND = "armband"
    CHEST = "chest"
    WAIST = "waist"
    """At the hip or in the small of the back."""
    POCKET = "pocket"
    FOOT = "foot"
    UNKNOWN = "unknown"


TRUNK = frozenset({Position.CHEST, Position.WAIST})

#: How far in s the landmark of a left step may lie from that of a right one (90 %): on the trunk what held the open
#: walkers of Voisard with marked foot strikes, elsewhere assumed to be more.
_SIDE_S = {
    Position.CHEST: 0.035,
    Position.WAIST: 0.035,
    Position.ARMBAND: 0.05,
    Position.WRIST: 0.05,
    Position.POCKET: 0.05,
    Position.UNKNOWN: 0.05,
}


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A value that is not given, and why."""

    why: str

    def __str__(self) -> str:
        return self.why


def step_times_s(
    accel_m_s2: Column,
    rate_hz: float,
    gyro_rad_s: Column | None = None,
    *,
    tempo: TempoModel = USUAL,
    model: StepModel = WALKING,
) -> Column:
    """Return the instants of all steps (k,) in s since the first reading, from specific force (n, 3) in m/s2.

    After the run: each step is judged by all of the recording. Both feet count; worn on a foot, so do the steps of
    the other one. Fewer than about five even steps in a row are taken for a gesture. The gyroscope (n, 3) is only
    checked and changes nothing: the magnitude of the force carries the step rate at every position. ValueError for a
    rate outside 12.5 Hz to 10 kHz, another shape, or an infinite reading; NaN is a lost reading.
    """
    readings = _checked(accel_m_s2, gyro_rad_s)
    _, grid = resample(GridState(), readings, checked_rate(rate_hz), end=True)
    return steps_after_the_run(grid, tempo, model).t_s


def _checked(accel_m_s2: Column, gyro_rad_s: Column | None) -> Column:
    readings = checked_rows("accel_m_s2", accel_m_s2)
    if gyro_rad_s is not None and len(checked_rows("gyro_rad_s", gyro_rad_s)) != len(readings):
        raise ValueError(f"gyro_rad_s: {len(gyro_rad_s)} rows for {len(readings)} of accel_m_s2")
    return readings


class StepCounter:
    """Counts steps as they are made, each within 2 s of its instant; `state` saves it, the constructor restores it.

    A walk begins with the step that completes its proof, so up to three of its first are lost: too old by then.
    """

    def __init__(
        self,
        rate_hz: float,
        state: StepState | None = None,
        tempo: TempoModel = USUAL,
        model: StepModel = WALKING,
    ) -> None:
        self.rate_hz = checked_rate(rate_hz)
        self.state = state or start()
        self._tempo, self._model = tempo, model

    def feed(self, accel_m_s2: Column, gyro_rad_s: Column | None = None) -> Column:
        """Return the instants (k,) in s since the first reading of the steps that these readings (n, 3) decide."""
        return self._follow(_checked(accel_m_s2, gyro_rad_s), end=False)

    def finish(self) -> Column:
        """Return the instants (k,) in s of the steps still undecided; call once, at the end of the run."""
        return self._follow(np.empty((0, 3)), end=True)

    def _follow(self, readings: Column, end: bool) -> Column:
        self.state, found = follow(self.state, readings, self.rate_hz, end, self._tempo, self._model)
        return found.t_s


@dataclass(frozen=True, slots=True)
class Cadence:
    """Steps of both feet per minute, and how old in s the last step is."""

    spm: Estimate
    age_s: float


def cadence(step_s: Column, now_s: float, steps: int = _RECENT_STEPS) -> Cadence:
    """Return the cadence in steps/min at an instant in s, from the last steps before it at rising times (n,) in s.

    NaN with fewer than three steps, or once the last is 3 s old. The interval is that of the mean step time.
    """
    recent = step_s[step_s <= now_s][-steps - 1 :]
    age_s = now_s - float(recent[-1]) if len(recent) else float("nan")
    apart_s = np.diff(recent)
    apart_s = apart_s[apart_s < 1.8 * np.median(apart_s)] if len(apart_s) else apart_s
    if len(apart_s) < 2 or age_s > _STALE_S:
        return Cadence(Estimate(np.nan, np.nan, np.nan, "steps"), age_s)
    mean_s, error_s = float(apart_s.mean()), _NORMAL_90 * float(apart_s.std(ddof=1)) / np.sqrt(len(apart_s))
    low, high = 60.0 / (mean_s + error_s), 60.0 / max(mean_s - error_s, 0.2)
    return Cadence(Estimate(60.0 / mean_s, low, high, f"{len(apart_s)} steps"), age_s)


@dataclass(frozen=True, slots=True)
class Regularity:
    """How alike one step is to the next and one stride to the next: 1 is the same, 0 unlike."""

    step: Estimate
    stride: Estimate


def regularity(accel_m_s2: Column, rate_hz: float, step_s: Column) -> Regularity | Unsaid:
    """Return the likeness of steps and of strides from specific force (n, 3) in m/s2 and step instants (k,) in s.

    Autocorrelation of the magnitude at one and two step times (Moe-Nilssen & Helbostad 2004, J Biomech 37:121-126),
    averaged over the steps. A step likeness far below that of strides means that left and right differ, or are felt
    differently.
    """
    track = _track(accel_m_s2, rate_hz)
    inner = _inner_steps(step_s)
    if len(inner) < _FEWEST_STEPS:
        return Unsaid(TOO_FEW_STEPS)
    values = [likeness(track, inner[:, 0] * GRID_HZ, inner[:, 1], np.inf, (apart,)) for apart in (1.0, 2.0)]
    step, stride = (_mean(value, f"{len(inner)} steps", overlap=3.0) for value in values)
    return Regularity(step, stride)


def _track(accel_m_s2: Column, rate_hz: float) -> Column:
    """Return the magnitude of the specific force on the 50 Hz grid."""
    _, grid = resample(GridState(), checked_rows("accel_m_s2", accel_m_s2), checked_rate(rate_hz), end=True)
    return np.nan_to_num(magnitude(grid, np.nan))


def _inner_steps(step_s: Column) -> Column:
    """Return instants in s and step rates in Hz (n, 2) of steps with two others on either side and no pause between."""
    if len(step_s) < 5:
        return np.empty((0, 2))
    span_s = step_s[4:] - step_s[:-4]
    going = span_s < 1.4 * np.median(span_s)
    return np.column_stack([step_s[2:-2][going], 4.0 / span_s[going]])


def _mean(value: Column, source: str, overlap: float) -> Estimate:
    mean = float(value.mean())
    error = _NORMAL_90 * float(value.std(ddof=1)) * float(np.sqrt(overlap / len(value)))
    return Estimate(mean, mean - error, mean + error, source)


def timing_asymmetry(
    accel_m_s2: Column, rate_hz: float, step_s: Column, position: Position = Position.UNKNOWN
) -> Estimate | Unsaid:
    """Return by which share of the mean step time the steps of one foot take longer than those of the other; 0 is even.

    From specific force (n, 3) in m/s2 and step instants (k,) in s. Which foot it is cannot be told. The interval holds
    the scatter from step to step and what the sensor's place may add; it reaches 0 where no difference is shown. On a
    foot: not from this position.
    """
    if position is Position.FOOT:
        return Unsaid(NOT_FROM_HERE)
    peak_s = _landmarks_s(_track(accel_m_s2, rate_hz), step_s)
    apart_s = np.diff(peak_s)
    if len(apart_s) < _FEWEST_STEPS:
        return Unsaid(TOO_FEW_STEPS)
    usual_s = float(np.median(0.5 * (apart_s[1:] + apart_s[:-1])))
    number = np.cumsum(np.round(apart_s[1:-1] / usual_s))  # a step that was missed turns left and right round
    side = np.where(number % 2 == 0, 1.0, -1.0)
    longer = side * (apart_s[1:-1] - 0.5 * (apart_s[:-2] + apart_s[2:]))
    going = (np.abs(apart_s[1:-1] - usual_s) < 0.4 * usual_s) & (np.abs(longer) < 0.4 * usual_s)
    if going.sum() < _FEWEST_STEPS:
        return Unsaid(TOO_FEW_STEPS)
    return _share(longer[going], usual_s, _SIDE_S[position], int(going.sum()))


def _share(longer_s: Column, usual_s: float, side_s: float, steps: int) -> Estimate:
    """Return the size of a mean difference in s as a share of a step time."""
    # Neighbours share two of three intervals: the mean of overlapping differences scatters less than independent ones
    # would, so the plain standard error is on the safe side.
    scatter_s = _NORMAL_90 * float(longer_s.std(ddof=1)) / np.sqrt(len(longer_s))
    size_s, error_s = abs(float(longer_s.mean())), float(np.hypot(scatter_s, side_s))
    low, high = max(0.0, size_s - error_s), size_s + error_s
    return Estimate(size_s / usual_s, low / usual_s, high / usual_s, f"{steps} steps")


def _landmarks_s(track: Column, step_s: Column) -> Column:
    """Return the instant in s (k,) of the highest smoothed magnitude within 0.3 step times of each step."""
    if len(step_s) < 2 or len(track) < 3:
        return step_s
    track = np.convolve(np.pad(track, _SMOOTH_ROWS, mode="edge"), _SMOOTH / _SMOOTH.sum(), mode="valid")
    reach = int(0.3 * GRID_HZ * float(np.median(np.diff(step_s))))
    near = np.round(step_s * GRID_HZ).astype(np.int64)[:, None] + np.arange(-reach, reach + 1)
    near = np.clip(near, 1, len(track) - 2)
    peak: NDArray[np.int64] = near[np.arange(len(near)), track[near].argmax(axis=1)]
    left, top, right = track[peak - 1], track[peak], track[peak + 1]
    bend = left - 2.0 * top + right
    part = np.where(bend < 0.0, 0.5 * (left - right) / np.where(bend < 0.0, bend, -1.0), 0.0)
    return np.asarray((peak + np.clip(part, -0.5, 0.5)) / GRID_HZ)


@dataclass(frozen=True, slots=True)
class Gait:
    """What one recording tells of the gait; a value that the sensor's place does not support says so."""

    step_s: Column
    """Instants of the steps (k,) in s since the first reading."""
    cadence_spm: Estimate | Unsaid
    regularity: Regularity | Unsaid
    timing_asymmetry: Estimate | Unsaid
    contact_s: Estimate | Unsaid
    flight_s: Estimate | Unsaid
    """Time in s between one foot's toe-off and the other's strike; 0 in walking."""
    stride_length_m: Estimate | Unsaid
    vertical_oscillation_m: Estimate | Unsaid


def gait(
    accel_m_s2: Column, rate_hz: float, position: Position = Position.UNKNOWN, gyro_rad_s: Column | None = None
) -> Gait:
    """Return the gait of a recording from specific force (n, 3) in m/s2 and, where there is one, angular rate in rad/s.

    Contact, flight and stride length come from a shoe with a gyroscope alone, the vertical oscillation from the trunk
    alone; elsewhere "not from this position". Intervals hold 90 %.
    """
    step_s = step_times_s(accel_m_s2, rate_hz, gyro_rad_s)
    contact, flight, length = _foot_values(accel_m_s2, rate_hz, position, gyro_rad_s)
    return Gait(
        step_s,
        _mean_cadence(step_s),
        regularity(accel_m_s2, rate_hz, step_s),
        timing_asymmetry(accel_m_s2, rate_hz, step_s, position),
        contact,
        flight,
        length,
        vertical_oscillation_m(accel_m_s2, rate_hz, step_s, position),
    )


def _mean_cadence(step_s: Column) -> Estimate | Unsaid:
    """Return the cadence in steps/min while steps were made, with the range that 90 % of it lay in."""
    inner = _inner_steps(step_s)
    if len(inner) < _FEWEST_STEPS:
        return Unsaid(TOO_FEW_STEPS)
    spm = 60.0 * inner[:, 1]
    low, middle, high = np.percentile(spm, [5.0, 50.0, 95.0])
    return Estimate(float(middle), float(low), float(high), f"{len(spm)} steps")


def vertical_oscillation_m(accel_m_s2: Column, rate_hz: float, step_s: Column, position: Position) -> Estimate | Unsaid:
    """Return the trunk's height in m from its lowest to its highest point in a step; median of every eight steps.

    From specific force (n, 3) in m/s2 and step instants (k,) in s, on chest or waist alone. It is the bounce of the
    place where the sensor is; a belt that swings by itself adds to it.
    """
    if position not in TRUNK:
        return Unsaid(NOT_FROM_HERE)
    _, grid = resample(GridState(), checked_rows("accel_m_s2", accel_m_s2), checked_rate(rate_hz), end=True)
    height = oscillations_m(grid, step_s, rate_hz)
    return _typical(height, _OSCILLATION_SHARE * float(np.median(height)) if len(height) else 0.0, "windows")


def _typical(value: Column, systematic: float, what: str, fewest: int = 3) -> Estimate | Unsaid:
    """Return the median of values (n,) with an interval that holds their scatter and a systematic error."""
    value = value[np.isfinite(value)]
    if len(value) < fewest:
        return Unsaid(TOO_FEW_STEPS)
    middle = float(np.median(value))
    scatter = _NORMAL_90 * 1.4826 * float(np.median(np.abs(value - middle))) * np.sqrt(0.5 * np.pi / len(value))
    error = float(np.hypot(scatter, systematic))
    return Estimate(middle, max(0.0, middle - error), middle + error, f"{len(value)} {what}")


def _foot_values(
    accel_m_s2: Column, rate_hz: float, position: Position, gyro_rad_s: Column | None
) -> tuple[Estimate | Unsaid, Estimate | Unsaid, Estimate | Unsaid]:
    """Return contact time in s, flight time in s and stride length in m."""
    if position is not Position.FOOT:
        return (Unsaid(NOT_FROM_HERE),) * 3
    if gyro_rad_s is None:
        return (Unsaid(NO_GYROSCOPE),) * 3
    if rate_hz < LEAST_FOOT_RATE_HZ:
        return (Unsaid(f"needs {LEAST_FOOT_RATE_HZ:.0f} Hz"),) * 3
    foot = strides(checked_rows("accel_m_s2", accel_m_s2), checked_rows("gyro_rad_s", gyro_rad_s), rate_hz)
    flight_s = np.maximum(0.5 * foot.stride_s - foot.contact_s, 0.0)
    length = _typical(
        foot.length_m, _LENGTH_SHARE * float(np.median(foot.length_m)) if len(foot.length_m) else 0.0, "strides"
    )
    return (
        _typical(foot.contact_s, _CONTACT_ERROR_S, "strides"),
        _typical(flight_s, _FLIGHT_ERROR_S, "strides"),
        length,
    )
