"""What was measured along a run, as lines to draw: pace, heart rate, altitude, cadence, and where nothing was heard.

The rule of this file: values come from edge; here they are only thinned and laid along the run's distance, or along
its time where no distance is known. NaN breaks a line: a hole is never drawn over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge import heart, track
from edge.altitude import Climb
from edge.clock import HOLD_S
from edge.samples import Column, DeviceInfo, Gap, HeartRate, Samples, Stride, in_time_order, select

MOST_POINTS = 260
PACE_PIECES = 110
LEAST_PIECE_M = 15.0
SLOWEST_S_PER_KM, FASTEST_S_PER_KM = 1800.0, 100.0
#: A piece of the way on which the person moved for less of its time has no pace to draw: it was a stop, or a jump.
LEAST_MOVING = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Values (n,) at places along the run (n,), in km or in minutes; NaN where nothing was measured."""

    at: Column
    value: Column

    @property
    def known(self) -> bool:
        """Return whether there is a line to draw."""
        return int(np.isfinite(self.value).sum()) > 1


NO_LINE = Line(np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """The axis of a run: its distance in km where that is known, else its time in minutes."""

    course: track.Course
    end_s: float

    @property
    def by_distance(self) -> bool:
        """Return whether the distance is known."""
        return bool(self.course.source) and self.course.total_m > 0.0

    @property
    def end(self) -> float:
        """Return where the run ends on the axis."""
        return self.course.total_m / 1000.0 if self.by_distance else self.end_s / 60.0

    def at(self, t_s: Column) -> Column:
        """Return places on the axis (n,) for times in s."""
        if self.by_distance:
            return np.interp(t_s, self.course.t_s, self.course.distance_m) / 1000.0
        return np.asarray(t_s, dtype=np.float64) / 60.0


def last_s(samples: tuple[Samples, ...]) -> float:
    """Return the last second at which anything was sampled, 0 without samples."""
    columns = [s for s in samples if not isinstance(s, DeviceInfo | Gap)]
    ends = [float(s.t_s[-1]) for s in columns if len(s) and np.isfinite(s.t_s[-1])]
    return max(ends, default=0.0)


def pace_line(course: track.Course, pauses_s: Column) -> Line:
    """Return the pace in s/km over equal pieces of the way in motion."""
    if not course.source or not course.total_m > 0.0:
        return NO_LINE
    piece_m = max(LEAST_PIECE_M, course.total_m / PACE_PIECES)
    pieces = track.splits(course, piece_m, pauses_s)
    whole = (pieces.distance_m > 0.5 * piece_m) & (pieces.moving_s > LEAST_MOVING * pieces.elapsed_s)
    whole &= pieces.moving_s > FASTEST_S_PER_KM / 1000.0 * pieces.distance_m
    pace = np.divide(1000.0 * pieces.moving_s, pieces.distance_m, out=np.full(len(whole), np.nan), where=whole)
    pace[pace >= SLOWEST_S_PER_KM] = np.nan
    ends_m = np.cumsum(pieces.distance_m)
    for from_s, to_s in holes_s(course.t_s):
        a_m, b_m = np.interp([from_s, to_s], course.t_s, course.distance_m)
        pace[(ends_m > a_m) & (ends_m - pieces.distance_m < b_m) & (b_m - a_m > piece_m)] = np.nan
    return Line((ends_m - 0.5 * pieces.distance_m) / 1000.0, pace)


def heart_line(beat: heart.Pulse, along: Along) -> Line:
    """Return the heart rate in beats/min."""
    return _thinned(beat.t_s, beat.bpm, along)


def height_line(height: Climb, along: Along) -> Line:
    """Return the smoothed altitude in m."""
    return _thinned(height.t_s, height.smooth_m, along)


def cadence_rows(samples: tuple[Samples, ...]) -> tuple[Column, Column]:
    """Return times in s and cadence in steps/min (n,) while steps were made."""
    stride = select(samples, Stride)
    if stride is None:
        return np.empty(0), np.empty(0)
    stepping = (stride.cadence_spm > 60.0) & (stride.cadence_spm < 300.0)
    t_s, cadence_spm = in_time_order(stride.t_s[stepping], stride.cadence_spm[stepping])
    return t_s, cadence_spm


def cadence_line(samples: tuple[Samples, ...], along: Along) -> Line:
    """Return the cadence in steps/min."""
    return _thinned(*cadence_rows(samples), along)


def _thinned(t_s: Column, value: Column, along: Along) -> Line:
    """Return the means of at most `MOST_POINTS` pieces of equal time, with a break wherever nothing came for long."""
    if len(t_s) < 2:
        return NO_LINE
    parts = np.linspace(t_s[0], t_s[-1], min(MOST_POINTS, len(t_s)) + 1)
    place = np.clip(np.searchsorted(parts, t_s, side="right") - 1, 0, len(parts) - 2)
    count = np.bincount(place, minlength=len(parts) - 1)
    mean_s, mean = (
        np.divide(np.bincount(place, v, minlength=len(count)), count, out=np.full(len(count), np.nan), where=count > 0)
        for v in (t_s, value)
    )
    full = count > 0
    mean_s, mean = mean_s[full], mean[full]
    breaks = [np.searchsorted(mean_s, from_s, side="right") for from_s, _ in holes_s(t_s)]
    mean_s = np.insert(mean_s, breaks, [from_s for from_s, _ in holes_s(t_s)])
    return Line(along.at(mean_s), np.insert(mean, breaks, np.nan))


def holes_s(t_s: Column) -> list[tuple[float, float]]:
    """Return from and to in s of every stretch longer than a value is held."""
    index = np.flatnonzero(np.diff(t_s) > HOLD_S)
    return [(float(t_s[i]), float(t_s[i + 1])) for i in index]


def lost(samples: tuple[Samples, ...]) -> dict[str, tuple[int, float]]:
    """Return for each stream how many stretches were lost, and how many seconds in all."""
    found: dict[str, tuple[int, float]] = {}
    for gap in (s for s in samples if isinstance(s, Gap)):
        count, seconds = found.get(gap.stream, (0, 0.0))
        found[gap.stream] = count + 1, seconds + max(0.0, gap.to_s - gap.from_s)
    rows = select(samples, HeartRate)
    if rows is not None and "heart_rate" not in found:
        holes = holes_s(in_time_order(rows.t_s)[0])
        if holes:
            found["heart_rate"] = len(holes), sum(b - a for a, b in holes)
    return found
