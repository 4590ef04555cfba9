"""What a recording covered: distance over time, moving time, splits, best efforts, and what cannot be true.

The rule of this file: the device's own count comes first where it is plausible, the satellite track second; a
step nobody can run is never credited, and time never stops inside a best effort.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from edge.clock import active_clock_s
from edge.energy import running_cost_j_kg_m
from edge.fixes import (
    GAP_S,
    Mask,
    apart_m,
    believable,
    calmed_m,
    is_place,
    jitter_m2,
    positions_m,
    steps_m,
    unjittered_m,
)
from edge.samples import Column, Cycling, Fix, Odometer, Samples, Stride, in_time_order, select

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
# A receiver at rest wanders some 10 m, by less than 1 m/s: who gets no further in a minute, and no faster, stands.
_WIDE_S = 60.0
_DRIFT_M = 15.0
_DRIFT_M_S = 1.0
_NARROW_S = 4.0
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
    track = _from_fixes(select(samples, Fix), kind, pauses_s)
    counted = _from_counter(samples, kind, pauses_s)
    if counted is None or (track is not None and not _agrees(counted, track)):
        return track if track is not None else counted or _nothing()
    if track is None:
        return counted
    return Course(
        counted.t_s, counted.distance_m, counted.effort_m, counted.moving, counted.source,
        track.fixes, track.dropped, track.refused_s,
    )  # fmt: skip


def _nothing() -> Course:
    none = np.zeros(1)
    return Course(none, none, none, np.zeros(0, dtype=bool), "", 0, 0, 0.0)


def _agrees(counted: Course, track: Course) -> bool:
    """Return whether the device's count can be believed beside the track."""
    span = counted.t_s[-1] - counted.t_s[0]
    if track.total_m < 200.0 or track.t_s[-1] - track.t_s[0] < 0.8 * span:
        return counted.total_m > 0.0 or track.total_m == 0.0
    return 0.5 <= counted.total_m / track.total_m <= 2.0


def _from_fixes(fix: Fix | None, kind: str, pauses_s: Column) -> Course | None:
    """Return the course of the satellite track, or None with fewer than two fixes."""
    if fix is None:
        return None
    place = is_place(fix.latitude_deg, fix.longitude_deg)
    t_s, latitude, longitude = in_time_order(fix.t_s[place], fix.latitude_deg[place], fix.longitude_deg[place])
    if len(t_s) < 2:
        return None
    position = positions_m(latitude, longitude)
    keep = believable(t_s, position, _LIMIT_M_S[kind], jitter_m2(t_s, position) ** 0.5)
    dropped = int(len(t_s) - keep.sum())
    t_s, position = t_s[keep], position[keep]
    if len(t_s) < 2:
        return None
    position = calmed_m(t_s, position, jitter_m2(t_s, position))
    jitter = jitter_m2(t_s, position)
    counts, moving = _gets_on(t_s, position, _STANDING_M_S[kind], jitter**0.5)
    step = unjittered_m(steps_m(position), jitter) * counts
    return _credited(t_s, step, moving, kind, pauses_s, "fix", len(keep), dropped)


def _gets_on(t_s: Column, position_m: Column, standing_m_s: float, jitter_m: float) -> tuple[Mask, Mask]:
    """Return for each step (n - 1,) whether its length counts, and whether the person moved.

    A length counts unless the track stays about the spot for a minute, which a receiver at rest does too; who
    goes to and fro about a spot is told from drift by the pace. Moving is decided within seconds.
    """
    wide = np.maximum(_leaves_m(t_s, position_m, _WIDE_S), _leaves_m(t_s, position_m, _WIDE_S / 3.0))
    near, close = _leaves_m(t_s, position_m, 2.0 * _NARROW_S), _leaves_m(t_s, position_m, _NARROW_S)
    away = (wide > _DRIFT_M) | (close > _NARROW_S * _DRIFT_M_S + 4.0 * jitter_m)
    return away & (near > standing_m_s * _NARROW_S), away & (close > standing_m_s * _NARROW_S)


def _leaves_m(t_s: Column, position_m: Column, window_s: float) -> Column:
    """Return for each step (n - 1,) how far in m the track is from here a window ahead or behind, the larger.

    One side is enough, so that a turn on the spot is no stop. A recording shorter than the window is judged
    as though it had gone on as it went.
    """
    middle = 0.5 * (t_s[1:] + t_s[:-1])
    here = _at(middle, t_s, position_m)
    ahead = apart_m(_at(middle + window_s, t_s, position_m), here)
    behind = apart_m(here, _at(middle - window_s, t_s, position_m))
    room_s = max(min(window_s, 0.5 * float(t_s[-1] - t_s[0])), 1.0)
    return np.asarray(np.maximum(ahead, behind) * (window_s / room_s))


def _at(when_s: Column, t_s: Column, position_m: Column) -> Column:
    """Return positions (m, 3) at given times by linear interpolation."""
    return np.column_stack([np.interp(when_s, t_s, position_m[:, axis]) for axis in range(3)])


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
            moving = _count_moves(t_s, count, _STANDING_M_S[kind])
            return _credited(t_s, np.diff(count, prepend=0.0)[1:], moving, kind, pauses_s, source, 0, 0, count[0])
    return None


def _count_m(rows: Odometer | Stride | Cycling, limit_m_s: float) -> tuple[Column, Column]:
    """Return times (n,) in s and a rising count (n,) in m: the counter mended, else the speed integrated."""
    valid = np.isfinite(rows.distance_m) & (rows.distance_m >= 0.0)
    if valid.sum() >= 2:
        t_s, count = in_time_order(rows.t_s[valid], rows.distance_m[valid])
        return t_s, _mended(t_s, count, limit_m_s)
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


def _count_moves(t_s: Column, count_m: Column, standing_m_s: float) -> Mask:
    """Return for each step (n - 1,) whether the count rises over the 4 s around it as fast as a slow walk."""
    middle = 0.5 * (t_s[1:] + t_s[:-1])
    half_s = 0.5 * np.maximum(_NARROW_S, np.diff(t_s))
    rise = np.interp(middle + half_s, t_s, count_m) - np.interp(middle - half_s, t_s, count_m)
    return np.asarray(rise > 2.0 * standing_m_s * half_s)


def _credited(
    t_s: Column, step_m: Column, moving: Mask, kind: str, pauses_s: Column, source: str,
    fixes: int, dropped: int, start_m: float = 0.0,
) -> Course:  # fmt: skip
    """Return the course of given steps: pauses credited by the share the timer ran, impossible steps refused."""
    elapsed, active = np.diff(t_s), np.diff(active_clock_s(t_s, pauses_s))
    fast = step_m > _LIMIT_M_S[kind] * elapsed
    if source == "fix":
        step_m = np.where(fast, 0.0, step_m) * (active / elapsed)
    speed = step_m / elapsed
    usual = float(np.median(speed[moving])) if moving.any() else 0.0
    effort = np.where(elapsed > GAP_S, np.minimum(step_m, usual * elapsed), np.where(fast, 0.0, step_m))
    total = np.concatenate(([start_m], start_m + np.cumsum(step_m)))
    credit = np.concatenate(([start_m], start_m + np.cumsum(effort)))
    return Course(t_s, total, credit, moving, source, fixes, dropped, float(elapsed[fast].sum()))


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
    behind = np.clip(np.searchsorted(count_m, mark_m, side="left"), 1, len(count_m) - 1)
    return _between(t_s, count_m, mark_m, behind)


def _last_time_s(t_s: Column, count_m: Column, mark_m: Column) -> Column:
    """Return when (m,) the rising count last stood at each mark, by interpolation; marks within the count."""
    behind = np.clip(np.searchsorted(count_m, mark_m, side="right"), 1, len(count_m) - 1)
    return _between(t_s, count_m, mark_m, behind)


def _between(t_s: Column, count_m: Column, mark_m: Column, behind: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Column:
    rise = count_m[behind] - count_m[behind - 1]
    share = np.divide(mark_m - count_m[behind - 1], rise, out=np.ones(len(mark_m)), where=rise > 0.0)
    return np.asarray(t_s[behind - 1] + np.clip(share, 0.0, 1.0) * (t_s[behind] - t_s[behind - 1]))


def best_effort_s(track: Course, length_m: float) -> float:
    """Return the fastest elapsed time in s over `length_m` anywhere in the course; NaN when it is not that long.

    Exact for a count that is linear between its rows: the fastest stretch begins or ends at a row. Standing,
    pauses and gaps inside the stretch count as time.
    """
    count, t_s = track.effort_m, track.t_s
    if not track.source or count[-1] - count[0] < length_m:
        return float("nan")
    begins = count <= count[-1] - length_m
    forward = _first_time_s(t_s, count, count[begins] + length_m) - t_s[begins]
    ends = count >= count[0] + length_m
    backward = t_s[ends] - _last_time_s(t_s, count, count[ends] - length_m)
    return float(min(forward.min(), backward.min()))


def best_efforts_s(track: Course, distances_m: tuple[float, ...] = EFFORT_DISTANCES_M) -> dict[float, float]:
    """Return the fastest time in s for each of the distances in m that the course holds."""
    found = {length: best_effort_s(track, length) for length in distances_m}
    return {length: time_s for length, time_s in found.items() if np.isfinite(time_s)}


@overload
def grade_cost_ratio(grade: float) -> float: ...
@overload
def grade_cost_ratio(grade: Column) -> Column: ...
def grade_cost_ratio(grade: float | Column) -> float | Column:
    """Return how much dearer a metre is at this grade (rise over run) than on the flat; 1 on the flat."""
    return running_cost_j_kg_m(grade) / running_cost_j_kg_m(0.0)


def suspects(track: Course, sport: str, efforts_s: dict[float, float]) -> tuple[str, ...]:
    """Return why a recording must not count as a training run, one sentence each; empty when nothing speaks against it.

    Judges foot sports only: no distance, a vehicle or a receiver in trouble, and best efforts nobody ever ran.
    """
    if kind_of(sport) != "foot":
        return ()
    span_s = float(track.t_s[-1] - track.t_s[0])
    found = [] if track.source and track.total_m > 0.0 else ["no distance was recorded"]
    if track.refused_s > max(0.02 * span_s, 10.0):
        found.append(f"{track.refused_s:.0f} s of it are faster than 12 m/s: a vehicle, or a receiver in trouble")
    if track.dropped > max(0.05 * track.fixes, 3.0):
        found.append(f"{track.dropped} of {track.fixes} satellite fixes are spikes")
    beaten = [m for m, s in efforts_s.items() if s < WORLD_RECORDS_S.get(m, 0.0)]
    if beaten and max(beaten) >= 0.05 * track.total_m:
        found.append(f"{max(beaten):.0f} m in {efforts_s[max(beaten)]:.0f} s is faster than the world record")
    return tuple(found)
