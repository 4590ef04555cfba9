"""The smoothed track on real recordings: how far its distance agrees with the one that the device stated.

The rule of this file: no truth is at hand, so this is agreement and never accuracy; speeds that a device recorded are
left out, for they are what it summed up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.bench.figures import Figure, Say
from app.bench.track_peers import raw_sum_m
from device.files.reading import read_path
from device.files.recording import Recording
from edge.samples import Column, Fix, Odometer, select
from edge.track import smooth_track
from edge.track.rows import local_m

_LEAST_M, _LEAST_ROWS, _LONGEST_S = 2000.0, 300, 20_000.0
# Positions must cover the run: no hole as long as a minute, and no end without them.
_HOLE_S, _END_S = 60.0, 30.0


def covered(recording: Recording) -> tuple[Fix, float] | None:
    """Return the fixes without speeds and the device's own distance in m; None where either does not cover the run."""
    fix, odometer = select(recording.samples, Fix), select(recording.samples, Odometer)
    if recording.sport != "running" or fix is None or odometer is None:
        return None
    placed, counted = np.isfinite(fix.latitude_deg), np.isfinite(odometer.distance_m)
    if min(placed.sum(), counted.sum()) < _LEAST_ROWS or fix.t_s[-1] > _LONGEST_S:
        return None
    at_s, total_m = fix.t_s[placed], float(odometer.distance_m[counted][-1])
    missing_s = max(float(np.max(np.diff(at_s))), float(at_s[0]), odometer.t_s[counted][-1] - at_s[-1] + _END_S)
    if total_m < _LEAST_M or missing_s > _HOLE_S:
        return None
    return replace(fix, speed_m_s=np.full(len(fix), np.nan)), total_m


def fit_runs(folder: Path) -> Iterator[tuple[Fix, float]]:
    """Yield fixes and stated distance in m of each run among the FIT files, those recorded twice once."""
    seen: set[int] = set()
    for path in sorted(p for p in folder.rglob("*") if ".fit" in p.name.lower()):
        for recording in (r for reading in read_path(path) for r in reading.recordings):
            found, key = covered(recording), round(recording.start_unix_s / 600.0)
            if found is not None and key not in seen:
                seen.add(key)
                yield found


def agreement_figures(recordings: Path, most: int, say: Say) -> list[Figure]:
    """Return how far smoothed positions agree with the devices' own distance, beside the sum of steps between fixes."""
    folder = recordings / "activity_files"
    off: list[tuple[float, float]] = []
    for number, (fix, stated_m) in enumerate(fit_runs(folder) if folder.is_dir() else ()):
        if number == most:
            break
        say(f"track: agreement with the device, run {number + 1}")
        told = smooth_track((fix,)).total_m.value
        off.append((abs(told / stated_m - 1.0), abs(raw_sum_m(_east_north_m(fix)) / stated_m - 1.0)))
    if not off:
        return []
    ours, raw = 100.0 * np.median(np.array(off), axis=0)
    where = (
        f"{len(off)} runs in FIT files, positions alone; agreement and not accuracy: both are estimates; median size"
    )
    return [
        Figure("distance beside the device's own", float(ours), "%", peer="raw sum", peer_value=float(raw), note=where)
    ]


def _east_north_m(fix: Fix) -> Column:
    placed = np.isfinite(fix.latitude_deg)
    latitude, longitude = fix.latitude_deg[placed], fix.longitude_deg[placed]
    return local_m(latitude, longitude, np.array([latitude[0], longitude[0]]))
