"""What a recording covered: distance over time, moving time, splits, best efforts, and what cannot be true.

The rule of this file: the device's own count comes first where it is plausible, the satellite track second; a
step nobody can run is never credited, and time never stops inside a best effort.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from edge.clock import active_clock_s
from edge.energy import running_cost_j_kg_m
from edge.fixes import (
    GAP_S,
    Mask,
    believable,
    calmed_m,
    gets_on,
    is_place,
    jitter_m2,
    positions_m,
    steps_m,
    unjittered_m,
)
from edge.samples import Column, Cycling, Fix, Odometer, Samples, Stride, in_time_order, select
from edge.track.live import TrackFilter as TrackFilter
from edge.track.smooth import smooth_track as smooth_track

FOOT_SPORTS = frozenset({"running", "walking", "hiking"})

#: Distances in m over which best efforts are sought.
EFFORT_DISTANCES_M = (
    400.0, 800.0, 1000.0, 1609.344, 3000.0, 3218.688, 5000.0, 8000.0, 10000.0, 15000.0, 16093.44, 20000.0,
    21097.5, 30000.0, 42195.0, 50000.0,
)  # fmt: skip

#: World records on foot in s (World Athletics list, 2025; men, track or road): nobody is faster.
WORLD_RECORDS_S = {
    400.0: 43.03, 800.0: 100.91, 1000.0: 131.96, 1609.344: 223.13, 3000.0: 437.55, 5000.0: 755.36,
    10000.0: 1571.0, 15000.0: 2465.0, 21097.5: 3402.0, 42195.0: 7235.0,
}  # fmt: skip

# No accepted step implies more, in m/s: a sprinter's top speed; a fast descent; anything else on the ground.
_LIMIT_M_S = {"foot": 12.0, "cycling": 33.0, "": 60.0}
# Slower than this over some seconds is standing, in m/s: half a slow walk; a bicycle cannot be ridden slower.
_STANDING_M_S = {"foot": 0.5, "cycling": 0.8, "": 0.5}
# A count is read over so many seconds to tell moving from standing.
_READ_S = 4.0
# Faster than this without steps is no run, in m/s: rolling, or carried.
_WITHOUT_STEPS_M_S = 3.0
MILE_M = 1609.344


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Distance over time of one recording: rising `t_s` in s and metres since its start, both (n,)."""

    t_s: Column
    distance_m: Column
    effort_m: Column
    """Distance that counts for best efforts: no impossible step, and no more than the usual speed in a gap."""
    moving: Mask
    """Whether the person moved in each step, shape (n - 1,)."""
    source: str
    """ "odometer", "stride", "cycling", "fix" or "" when nothing told the distance."""
    fixes: int
    dropped: int
    """Fixes that were dropped as spikes."""
    refused_s: float
    """Time in s of steps above the speed limit."""

    @property
    def total_m(self) -> float:
        """Distance in m, NaN when nothing told it."""
        return float(self.distance_m[-1]) if self.source else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class _Fixes:
    """Believable fixes: rising times (n,), positions (n, 3) in m, their scatter, and how many were offered."""

    t_s: Column
    position_m: Column
    scatter_m2: float
    offered: int


@dataclass(frozen=True, slots=True, eq=False)
class Splits:
    """Splits of one length, in order, each (k,); the last is the rest and may be shorter."""

    distance_m: Column
    elapsed_s: Column
    moving_s: Column


def kind_of(sport: str) -> str:
    """Return "foot", "cycling" or "" (anything else): what decides about possible speeds."""
    return "foot" if sport in FOOT_SPORTS else "cycling" if sport == "cycling" else ""


def course(samples: tuple[Samples, ...], sport: str, pauses_s: Column) -> Course:
    """Return the distance over time of one recording, for pauses (k, 2) in s as `merged_pauses_s` gives them.

    The device's own count is taken when it is possible for the sport and agrees with the satellite track
    within a factor of two; else the track, without spikes and without drift while standing.
    """
    kind = kind_of(sport)
    fixes, counted = _kept_fixes(select(samples, Fix), kind), _from_counter(samples, kind, pauses_s)
    if fixes is None:
        return counted or _nothing()
    step_m = steps_m(fixes.position_m)
    rough = _credited(fixes.t_s, step_m, None, _too_fast(fixes.t_s, step_m, kind), pauses_s, "fix")
    if counted is not None and _agrees(counted, rough):
        return _with_fixes(counted, rough, fixes)
    track = _from_fixes(fixes, kind, pauses_s)
    return _with_fixes(counted if counted is not None and _agrees(counted, track) else track, track, fixes)


def _nothing() -> Course:
    none = np.zeros(1)
    return Course(none, none, none, np.zeros(0, dtype=bool), "", 0, 0, 0.0)


def _agrees(counted: Course, track: Course) -> bool:
    """Return whether the device's count can be believed beside the track."""
    counted_s, track_s = np.ptp(counted.t_s), np.ptp(track.t_s)
    if counted_s < 0.9 * track_s and counted.total_m < 0.95 * track.total_m:
        return False
    if track.total_m < 200.0 or track_s < 0.8 * counted_s:
        return counted.total_m > 0.0 or track.total_m == 0.0
    return 0.5 <= counted.total_m / track.total_m <= 2.0


def _with_fixes(chosen: Course, track: Course, fixes: _Fixes) -> Course:
    """Return the chosen course with what the satellite track has against it: nothing when both tell one distance."""
    if chosen is not track and abs(chosen.total_m - track.total_m) <= 0.1 * chosen.total_m:
        return chosen
    return replace(
        chosen, fixes=fixes.offered, dropped=fixes.offered - len(fixes.t_s),
        refused_s=track.refused_s,
    )  # fmt: skip


def _kept_fixes(fix: Fix | None, kind: str) -> _Fixes | None:
    """Return the believable fixes, or None with fewer than two."""
    if fix is None:
        return None
    place = is_place(fix.latitude_deg, fix.longitude_deg)
    t_s, latitude, longitude = in_time_order(fix.t_s[place], fix.latitude_deg[place], fix.longitude_deg[place])
    if len(t_s) < 2:
        return None
    position = positions_m(latitude, longitude)
    scatter_m2 = jitter_m2(t_s, position)
    keep = believable(t_s, position, _LIMIT_M_S[kind], scatter_m2**0.5)
    if keep.all():
        return _Fixes(t_s, position, scatter_m2, len(t_s))
    t_s, position = t_s[keep], position[keep]
    return _Fixes(t_s, position, jitter_m2(t_s, position), len(keep)) if len(t_s) > 1 else None


def _from_fixes(fixes: _Fixes, kind: str, pauses_s: Column) -> Course:
    """Return the course of the satellite track: no scatter from fix to fix, no drift about a spot."""
    t_s, position, scatter_m2 = fixes.t_s, fixes.position_m, fixes.scatter_m2
    calm = calmed_m(t_s, position, scatter_m2)
    if calm is not position:
        position, scatter_m2 = calm, jitter_m2(t_s, calm)
    counts, moving = gets_on(t_s, position, _STANDING_M_S[kind], scatter_m2**0.5)
    step_m = unjittered_m(steps_m(position), scatter_m2) * counts
    return _credited(t_s, step_m, moving, _too_fast(t_s, step_m, kind), pauses_s, "fix")


def _too_fast(t_s: Column, step_m: Column, kind: str) -> Mask:
    return np.asarray(step_m > _LIMIT_M_S[kind] * np.diff(t_s))


def _from_counter(samples: tuple[Samples, ...], kind: str, pauses_s: Column) -> Course | None:
    """Return the course of the device's own count: odometer, else foot or wheel sensor; None where there is none."""
    order: tuple[tuple[type[Odometer] | type[Stride] | type[Cycling], str], ...] = (
        (Odometer, "odometer"), (Cycling, "cycling") if kind == "cycling" else (Stride, "stride"),
    )  # fmt: skip
    for stream, source in order:
        rows = select(samples, stream)
        if rows is None:
            continue
        t_s, count = _count_m(rows, _LIMIT_M_S[kind])
        if len(t_s) >= 2 and count[-1] > 0.0:
            speed_m_s = _count_speeds_m_s(t_s, count)
            moving, fast = speed_m_s > _STANDING_M_S[kind], speed_m_s > _LIMIT_M_S[kind]
            return _credited(t_s, np.diff(count), moving, fast, pauses_s, source, count[0])
    return None


def _count_m(rows: Odometer | Stride | Cycling, limit_m_s: float) -> tuple[Column, Column]:
    """Return times (n,) in s and a rising count (n,) in m: the counter mended, else the speed integrated."""
    valid = np.isfinite(rows.distance_m) & (rows.distance_m >= 0.0)
    if valid.sum() >= 2:
        t_s, count = in_time_order(rows.t_s[valid], rows.distance_m[valid])
        return _unstepped(t_s, _mended(t_s, count, limit_m_s))
    valid = np.isfinite(rows.speed_m_s) & (rows.speed_m_s >= 0.0) & (rows.speed_m_s <= limit_m_s)
    t_s, speed = in_time_order(rows.t_s[valid], rows.speed_m_s[valid])
    hold = np.where(np.diff(t_s) <= GAP_S, np.diff(t_s), 0.0)
    return t_s, np.concatenate(([0.0], np.cumsum(0.5 * (speed[1:] + speed[:-1]) * hold)))[: len(t_s)]


def _mended(t_s: Column, count_m: Column, limit_m_s: float) -> Column:
    """Return the count (n,) in m since the start: restarts of the counter joined, single dropouts bridged."""
    count = count_m.copy()
    dip = np.flatnonzero((count[1:-1] < count[:-2]) & (count[2:] >= count[:-2])) + 1
    count[dip] = count[dip - 1]
    restart = np.diff(count) < -np.maximum(0.5 * count[:-1], 10.0)
    offset = np.concatenate(([0.0], np.cumsum(np.where(restart, count[:-1], 0.0))))
    rising = np.maximum.accumulate(count + offset)
    begun_before = rising[0] > limit_m_s * max(t_s[0], 10.0)
    return np.asarray(rising - rising[0] if begun_before else rising)


def _unstepped(t_s: Column, count_m: Column) -> tuple[Column, Column]:
    """Return the rows in which a count that rises in steps (10 m, 3 s apart) rose, so that it runs on between them.

    A count that rises with most rows stays as it is; one that rested for three usual steps has rested.
    """
    rose = np.flatnonzero(np.diff(count_m) > 0.0) + 1
    if len(rose) < 8 or np.median(apart := np.diff(t_s[rose])) <= 1.7 * np.median(np.diff(t_s)):
        return t_s, count_m
    rested = rose[1:][apart > 3.0 * np.median(apart)] - 1
    rows = np.unique(np.concatenate(([0], rose, rested, [len(t_s) - 1])))
    return t_s[rows], count_m[rows]


def _count_speeds_m_s(t_s: Column, count_m: Column) -> Column:
    """Return the speed (n - 1,) in m/s around each step, over 4 s or the step."""
    middle = 0.5 * (t_s[1:] + t_s[:-1])
    half_s = 0.5 * np.maximum(_READ_S, np.diff(t_s))
    return (np.interp(middle + half_s, t_s, count_m) - np.interp(middle - half_s, t_s, count_m)) / (2.0 * half_s)


def _credited(
    t_s: Column, step_m: Column, moving: Mask | None, fast: Mask, pauses_s: Column, source: str, start_m: float = 0.0
) -> Course:
    """Return the course of given steps: pauses credited by the share the timer ran, impossible (fast) steps refused."""
    elapsed, active = np.diff(t_s), np.diff(active_clock_s(t_s, pauses_s))
    if source == "fix":
        step_m = np.where(fast, 0.0, step_m) * (active / elapsed)
    moving = step_m > 0.0 if moving is None else moving
    usual = float(np.median(step_m[moving] / elapsed[moving])) if moving.any() else 0.0
    effort = np.where(elapsed > GAP_S, np.minimum(step_m, usual * elapsed), np.where(fast, 0.0, step_m))
    total = np.concatenate(([start_m], start_m + np.cumsum(step_m)))
    credit = np.concatenate(([start_m], start_m + np.cumsum(effort)))
    return Course(t_s, total, credit, moving, source, 0, 0, float(elapsed[fast].sum()))


def moving_s(track: Course, pauses_s: Column) -> float:
    """Return the seconds in which the person moved and the timer ran; NaN when nothing told the distance."""
    if not track.source:
        return float("nan")
    return float(np.sum(np.diff(active_clock_s(track.t_s, pauses_s))[track.moving]))


def splits(track: Course, length_m: float, pauses_s: Column) -> Splits:
    """Return the splits of `length_m` in m (1000, or `MILE_M`) by interpolation; none where the distance is unknown."""
    total = float(track.distance_m[-1])
    if not track.source or total <= 0.0:
        return Splits(np.empty(0), np.empty(0), np.empty(0))
    marks = np.append(np.arange(0.0, total, length_m), total)
    when = _first_time_s(track.t_s, track.distance_m, marks)
    when[0] = track.t_s[0]
    step = np.diff(active_clock_s(track.t_s, pauses_s)) * track.moving
    clock = np.concatenate(([0.0], np.cumsum(step)))
    return Splits(np.diff(marks), np.diff(when), np.diff(np.interp(when, track.t_s, clock)))


def _first_time_s(t_s: Column, count_m: Column, mark_m: Column) -> Column:
    """Return when (m,) the rising count first reached each mark, by interpolation; marks within the count."""
    return _between(t_s, count_m, mark_m, np.searchsorted(count_m, mark_m, side="left"))


def _last_time_s(t_s: Column, count_m: Column, mark_m: Column) -> Column:
    """Return when (m,) the rising count last stood at each mark, by interpolation; marks within the count."""
    return _between(t_s, count_m, mark_m, np.searchsorted(count_m, mark_m, side="right"))


def _between(t_s: Column, count_m: Column, mark_m: Column, behind: NDArray[np.intp]) -> Column:
    """Return the time (m,) at each mark on the line into the row behind it."""
    behind = np.clip(behind, 1, len(count_m) - 1)
    rise, lasts = np.diff(count_m), np.diff(t_s)
    pace = np.divide(lasts, rise, out=np.zeros(len(rise)), where=rise > 0.0)[behind - 1]
    since_m = mark_m - count_m[behind - 1]
    return np.asarray(np.minimum(t_s[behind - 1] + since_m * pace, t_s[behind]))


def best_effort_s(track: Course, length_m: float) -> float:
    """Return the fastest elapsed time in s over `length_m` anywhere in the course; NaN when it is not that long.

    Exact for a count that is linear between its rows: the fastest stretch begins or ends at a row. Standing,
    pauses and gaps inside the stretch count as time.
    """
    count, t_s = track.effort_m, track.t_s
    if not track.source or count[-1] - count[0] < length_m:
        return float("nan")
    last = int(np.searchsorted(count, count[-1] - length_m, side="right"))
    forward = np.interp(count[:last] + length_m, _strictly_rising(count), t_s) - t_s[:last]
    ends = _promising_ends(t_s, count, length_m, forward)
    backward = t_s[ends] - _last_time_s(t_s, count, count[ends] - length_m)
    return float(min(forward.min(), backward.min(initial=np.inf)))


def _strictly_rising(count_m: Column) -> Column:
    """Return the count (n,) with a nanometre more for every row that it rested, so that a mark is met at its first."""
    if np.all(count_m[1:] > count_m[:-1]):
        return count_m
    return count_m + 1e-9 * np.cumsum(np.diff(count_m, prepend=-1.0) <= 0.0)


def _promising_ends(t_s: Column, count_m: Column, length_m: float, forward_s: Column) -> NDArray[np.intp]:
    """Return the rows at which a stretch can end that beats every stretch that begins at a row.

    One that begins within a step is faster by less than that step than the one that begins with it.
    """
    begins = np.flatnonzero(forward_s - np.diff(t_s)[: len(forward_s)] < forward_s.min())
    first = np.searchsorted(count_m, count_m[begins] + length_m)
    last = np.searchsorted(count_m, count_m[np.minimum(begins + 1, len(count_m) - 1)] + length_m)
    opens, closes = (np.bincount(row, minlength=len(t_s) + 2) for row in (first, last + 1))
    return np.flatnonzero(np.cumsum(opens - closes)[: len(t_s)] > 0)


def best_efforts_s(track: Course, distances_m: tuple[float, ...] = EFFORT_DISTANCES_M) -> dict[float, float]:
    """Return the fastest time in s for each of the distances in m that the course holds."""
    found = {length: best_effort_s(track, length) for length in distances_m}
    return {length: time_s for length, time_s in found.items() if np.isfinite(time_s)}


@overload
def grade_cost_ratio(grade: float, downhill: float = 1.0) -> float: ...
@overload
def grade_cost_ratio(grade: Column, downhill: float = 1.0) -> Column: ...
def grade_cost_ratio(grade: float | Column, downhill: float = 1.0) -> float | Column:
    """Return how much dearer a metre is at this grade (rise over run) than on the flat; 1 on the flat.

    Grades are held in +-0.45. Downhill Minetti's curve promises more than real ground gives back, by up to three
    times (Strava's fit to heart rates): `downhill` = 1/3 credits a third of that saving, 0 none.
    Source: Minetti et al. 2002, J Appl Physiol 93:1039-1046.
    """
    ratio = running_cost_j_kg_m(grade) / running_cost_j_kg_m(0.0)
    damped = 1.0 + (ratio - 1.0) * np.where(np.less(ratio, 1.0), downhill, 1.0)
    return np.asarray(damped) if isinstance(grade, np.ndarray) else float(damped)


def grades(track: Course, height_t_s: Column, height_m: Column, half_m: float = 25.0) -> Column:
    """Return the grade (n,), rise over run held in +-0.45, at each row over `half_m` in m to both sides.

    For smoothed altitudes (m,) at their times, as `altitude.climb` gives them; NaN without any. At rest, the
    grade of the stretch around.
    """
    if len(height_t_s) < 2 or not track.total_m > 0.0:
        return np.full(len(track.t_s), np.nan)
    metres = track.distance_m
    behind, ahead = np.maximum(metres - half_m, metres[0]), np.minimum(metres + half_m, metres[-1])
    at_m = np.interp(track.t_s, height_t_s, height_m)
    rise = np.interp(ahead, metres, at_m) - np.interp(behind, metres, at_m)
    return np.asarray(np.clip(rise / np.maximum(ahead - behind, 1.0), -0.45, 0.45))


def flat_distance_m(track: Course, grade: Column, downhill: float = 1.0) -> Column:
    """Return the distance since the start (n,) in m that would have cost as much on the flat, for grades (n,).

    Grade-adjusted pace is time over this distance: give a course with it to `splits` or `best_effort_s`. Where the
    grade is NaN a metre counts as flat. Limits as `grade_cost_ratio`.
    """
    ratio = grade_cost_ratio(np.nan_to_num(grade), downhill)
    metres = np.diff(track.distance_m, prepend=0.0) * ratio
    return np.cumsum(metres)


def suspects(
    track: Course, sport: str, efforts_s: dict[float, float], stepless: float = float("nan")
) -> tuple[str, ...]:
    """Return why a recording must not count as a training run, one sentence each; empty when nothing speaks against it.

    Judges foot sports only: no distance, a vehicle or a receiver in trouble, best efforts nobody ever ran, and
    speed without steps. `stepless` is the share of the time with a step sensor in which it found no running steps.
    """
    if kind_of(sport) != "foot":
        return ()
    span_s = float(np.ptp(track.t_s))
    found = [] if track.source and track.total_m > 0.0 else ["no distance was recorded"]
    if track.refused_s > max(0.02 * span_s, 10.0):
        found.append(f"{track.refused_s:.0f} s of it are faster than 12 m/s: a vehicle, or a receiver in trouble")
    if track.dropped > max(0.05 * track.fixes, 3.0):
        found.append(f"{track.dropped} of {track.fixes} satellite fixes are spikes")
    beaten = [m for m, s in efforts_s.items() if s < WORLD_RECORDS_S.get(m, 0.0)]
    if beaten and max(beaten) >= 0.05 * track.total_m:
        found.append(f"{max(beaten):.0f} m in {efforts_s[max(beaten)]:.0f} s is faster than the world record")
    if stepless > 0.8 and track.total_m > _WITHOUT_STEPS_M_S * span_s:
        found.append(f"{track.total_m / span_s:.1f} m/s almost without a step: a ride")
    return tuple(found)
