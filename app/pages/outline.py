"""The outline of a track in metres from its own corner: no place, and nothing within the home zone.

The rule of this file: what lies within the zone of the run's start or end, or of where this person often starts, is
left out before anything is thinned, and no line between two kept points crosses the zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from edge.coach.types import RunFact
from edge.fixes import is_place
from edge.samples import Column, Fix, Samples, in_time_order, select
from edge.track.rows import local_m

FEWEST, MOST_POINTS = 10, 500
#: Starts of so many runs within a zone make a place that is somebody's: home, work, a friend's.
OFTEN = 3
_CELL_DEG = 0.002
_LONGEST_STEP_M, _LONGEST_STEP_S = 150.0, 60.0

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def outline_m(samples: tuple[Samples, ...], zone_m: float, often: Iterable[Place] = ()) -> Column:
    """Return a track (n, 2) in m east and north of the corner of what is shown; rows of NaN between its pieces.

    Empty where fewer than `FEWEST` fixes are left.
    """
    track = track_of(samples)
    if track is None:
        return np.empty((0, 2))
    t_s, latitude_deg, longitude_deg = track
    middle = np.array([np.median(latitude_deg), np.median(longitude_deg)])
    place_m = local_m(latitude_deg, longitude_deg, middle)
    near = [local_m(np.array([a]), np.array([b]), middle)[0] for a, b in often]
    hidden = np.array([place_m[0], place_m[-1], *near])
    shown = cleared_m(t_s, place_m, hidden, zone_m)
    return shown - np.nanmin(shown, axis=0) if len(shown) else shown


def track_of(samples: tuple[Samples, ...]) -> tuple[Column, Column, Column] | None:
    """Return times in s and degrees (n,) of the fixes that are places; None with fewer than `FEWEST`."""
    fix = select(samples, Fix)
    if fix is None:
        return None
    t_s, latitude_deg, longitude_deg = in_time_order(fix.t_s, fix.latitude_deg, fix.longitude_deg)
    placed = is_place(latitude_deg, longitude_deg)
    return (t_s[placed], latitude_deg[placed], longitude_deg[placed]) if placed.sum() >= FEWEST else None


def _enters(place_m: Column, hidden: Column, zone_m: float) -> NDArray[np.bool_]:
    """Return which straight steps (n - 1,) between points (n, 2) come within the zone of a hidden place (k, 2)."""
    before, step = place_m[:-1], np.diff(place_m, axis=0)
    length2 = np.maximum((step**2).sum(axis=1), 1e-9)
    near = np.zeros(len(step), dtype=bool)
    for centre in hidden:
        share = np.clip(((centre - before) * step).sum(axis=1) / length2, 0.0, 1.0)
        near |= np.hypot(*(before + share[:, None] * step - centre).T) <= zone_m
    return near


def cleared_m(t_s: Column, place_m: Column, hidden: Column, zone_m: float) -> Column:
    """Return the pieces of a way (n, 2) in m, thinned, that stay out of the zone of every hidden place (k, 2)."""
    cut = _enters(place_m, hidden, zone_m)
    cut |= (np.hypot(*np.diff(place_m, axis=0).T) > _LONGEST_STEP_M) & (np.diff(t_s) > _LONGEST_STEP_S)
    pieces = [piece for piece in np.split(np.arange(len(place_m)), np.flatnonzero(cut) + 1) if len(piece) > 1]
    count = sum(map(len, pieces))
    if count < FEWEST:
        return np.empty((0, 2))
    every = max(1, count // MOST_POINTS)
    rows: list[Column] = []
    for piece in pieces:
        kept = place_m[np.unique(np.append(piece[::every], piece[-1]))]
        crossing = (
            np.flatnonzero(_enters(kept, hidden, zone_m)) + 1
        )  # a chord cuts the corner that the track went round
        rows += [np.insert(kept, crossing, np.nan, axis=0), np.full((1, 2), np.nan)]
    return np.concatenate(rows[:-1])


def often_started(facts: Iterable[RunFact]) -> tuple[Place, ...]:
    """Return the places where at least `OFTEN` runs began, as the mean of their starts."""
    starts = [
        (f.start_latitude_deg, f.start_longitude_deg)
        for f in facts
        if np.isfinite(f.start_latitude_deg) and np.isfinite(f.start_longitude_deg)
    ]
    cell = Counter((round(a / _CELL_DEG), round(b / _CELL_DEG)) for a, b in starts)
    found = []
    for (row, column), count in cell.items():
        if count >= OFTEN:
            inside = [s for s in starts if (round(s[0] / _CELL_DEG), round(s[1] / _CELL_DEG)) == (row, column)]
            found.append((float(np.mean([a for a, _ in inside])), float(np.mean([b for _, b in inside]))))
    return tuple(found)
