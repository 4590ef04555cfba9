"""Channels that each have their own times become one recording: what JSON and health archives hold.

The rule of this file: no value is made up; an instant at which a channel was silent holds NaN there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from device.files.clock import settle_times
from device.files.points import Points, merged, plausible
from device.files.recording import Recording
from device.files.tracks import Track, recording_of_points
from edge.samples import Column, in_time_order
from edge.summary import Pause

#: Channel (a field of `Points`) -> Unix times in s and values.
Channels = Mapping[str, tuple[Column, Column]]


def points_of(channels: Channels) -> Points:
    """Return the channels as columns over all their instants, rising; values that no sensor can give are NaN."""
    known = {name: _rising(*pair) for name, pair in channels.items() if len(pair[0])}
    if not known:
        return Points(np.empty(0))
    time_s = np.unique(np.concatenate([times for times, _ in known.values()]))
    columns = {}
    for name, (times, values) in known.items():
        column = np.full(len(time_s), np.nan)
        column[np.searchsorted(time_s, times)] = values
        columns[name] = column
    return merged(plausible(Points(time_s, **columns)))


def _rising(times: Column, values: Column) -> tuple[Column, Column]:
    usable = np.isfinite(times) & np.isfinite(values)
    rising, kept = in_time_order(times[usable], values[usable])
    return rising, kept


def recording_of(
    channels: Channels,
    track: Track,
    utc_offset_s: float,
    usual_steps: float,
    pauses: Sequence[tuple[float, float]] = (),
) -> tuple[Recording | None, tuple[str, ...]]:
    """Return the recording of channels with pauses in Unix s, and what was left out; None where there is no value."""
    points = points_of(channels)
    clock = settle_times(points.time_s, "gpx")
    if not len(clock.rows):
        return None, clock.problems
    found = recording_of_points(points.take(clock.rows, clock.time_s), track, utc_offset_s, usual_steps)
    if not pauses:
        return found, clock.problems
    stops = tuple(Pause(a - found.start_unix_s, b - found.start_unix_s) for a, b in sorted(pauses) if b > a)
    return dataclasses.replace(found, pauses=stops), clock.problems
