"""Where a runner goes while there are no satellites: steps for the length, the gyroscope for the direction.

The rule of this file: a heading by gyroscope has no zero of its own; the track on both sides of the hole gives it one,
and the two ends of the hole are met exactly, the misfit spread over it as over a surveyor's traverse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.fixes import Mask
from edge.samples import Column
from edge.track.rows import Rows, degrees, local_m

_LEARN_ROWS = 60
_LEAST_M_S = 1.0
# Speed by cadence is off by so much over a minute; a way shorter than this in m is not closed.
_STEPS_SD, _LEAST_M = 0.025, 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Outages:
    """Holes between fixes: first and last row inside (k,), and per row (n,) the speed of the chord and a scale."""

    first: Column
    last: Column
    chord_m_s: Column
    scale: Column


def outages(rows: Rows, near: Mask) -> Outages:
    """Return the holes with satellites on both sides; the speed (n,) of the chord is -1 outside them."""
    edge = np.diff(np.concatenate(([1], near.astype(np.int64), [1])))
    first, last = np.flatnonzero(edge < 0), np.flatnonzero(edge > 0) - 1
    whole = (first > 0) & (last < len(near) - 1)
    first, last = first[whole], last[whole]
    chord, known = np.full(len(near), -1.0), np.flatnonzero(np.isfinite(rows.fix_s))
    for a, b in zip(first, last, strict=True):  # a loop over holes, of which there are few
        before, after = known[known < a][-1:], known[known > b][:1]
        if len(before) and len(after):
            chord[a : b + 1] = _chord_m_s(rows, int(before[0]), int(after[0]))
    return Outages(first.astype(np.float64), last.astype(np.float64), chord, np.ones(len(near)))


def _chord_m_s(rows: Rows, before: int, after: int) -> float:
    at = np.array([rows.latitude_deg[before], rows.longitude_deg[before]])
    there = local_m(rows.latitude_deg[after : after + 1], rows.longitude_deg[after : after + 1], at)
    return float(np.hypot(*there[0]) / (rows.fix_s[after] - rows.fix_s[before]))


def closed(holes: Outages, rows: Rows, place_deg: Column, place_sd_m: Column, speed_m_s: Column) -> Outages:
    """Return the holes with the scale (n,) of the steps that meets both ends, as far as the ends are surer than steps.

    The straight line from end to end of the way by steps and gyroscope needs no zero of the heading.
    """
    scale = holes.scale.copy()
    for a, b in zip(holes.first.astype(int), holes.last.astype(int), strict=True):
        way = reckoned_m(speed_m_s[a : b + 2], rows.heading_rad[a : b + 2], 0.0)[-1]
        reckoned, gone = float(np.hypot(*way)), float(np.nansum(speed_m_s[a : b + 2]))
        if not reckoned > max(_LEAST_M, 0.5 * gone):
            continue
        end = local_m(place_deg[b + 1 : b + 2, 0], place_deg[b + 1 : b + 2, 1], place_deg[a - 1])[0]
        unsure = float(np.hypot(place_sd_m[a - 1], place_sd_m[b + 1])) / reckoned
        share = _STEPS_SD**2 / (_STEPS_SD**2 + unsure**2)
        factor = 1.0 + share * (float(np.hypot(*end)) / reckoned - 1.0)
        scale[a : b + 1] = factor if np.isfinite(factor) else 1.0
    return Outages(holes.first, holes.last, holes.chord_m_s, scale)


def course_offset_rad(velocity_m_s: Column, heading_rad: Column, good: Mask) -> float:
    """Return by what angle in rad the gyroscope's heading (n,) is off the course of velocities (n, 2), or NaN."""
    fast = good & np.isfinite(heading_rad) & (np.hypot(velocity_m_s[:, 0], velocity_m_s[:, 1]) > _LEAST_M_S)
    if fast.sum() < 5:
        return float("nan")
    v = velocity_m_s[fast, 0] + 1j * velocity_m_s[fast, 1]
    return float(np.angle(np.sum(v * np.exp(-1j * heading_rad[fast]))))


def reckoned_m(speed_m_s: Column, heading_rad: Column, offset_rad: float) -> Column:
    """Return metres east and north (n, 2) since the start of going at speeds in directions for a second each."""
    turn = heading_rad + offset_rad
    step = np.stack((np.cos(turn), np.sin(turn)), axis=1) * np.nan_to_num(speed_m_s)[:, None]
    return np.asarray(np.cumsum(step, axis=0))


def joined_positions(
    rows: Rows, place_deg: Column, velocity_m_s: Column, speed_m_s: Column, holes: Outages, near: Mask
) -> Column:
    """Return latitude and longitude (n, 2): the smoothed track where there are fixes, reckoned across the holes."""
    place = np.where(near[:, None], place_deg, np.nan)
    for a, b in zip(holes.first.astype(int), holes.last.astype(int), strict=True):
        place[a : b + 1] = _across(rows, place, velocity_m_s, speed_m_s, near, int(a), int(b))
    return place


def _across(rows: Rows, place: Column, velocity: Column, speed: Column, near: Mask, a: int, b: int) -> Column:
    """Return the positions (b - a + 1, 2) in degrees of one hole, its ends met."""
    at = place[a - 1]
    end = local_m(place[b + 1 : b + 2, 0], place[b + 1 : b + 2, 1], at)[0]
    share = (np.arange(a, b + 2) - a + 1.0) / (b - a + 2.0)
    before, after = slice(max(a - _LEARN_ROWS, 0), a), slice(b + 1, b + 1 + _LEARN_ROWS)
    offsets = [course_offset_rad(velocity[s], rows.heading_rad[s], near[s]) for s in (before, after)]
    inside = rows.heading_rad[a : b + 2]
    if np.isfinite(offsets).all() and np.isfinite(inside).all():
        turn = (offsets[1] - offsets[0] + np.pi) % (2.0 * np.pi) - np.pi
        way = reckoned_m(speed[a : b + 2], inside + turn * share, offsets[0])
        way = way + share[:, None] * (end - way[-1])
    else:
        way = share[:, None] * end
    return degrees(way[:-1], at)
