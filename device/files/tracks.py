"""Tracks of points (GPX, TCX) become recordings: split where days apart, paused where the track breaks.

The rule of this file: only what has a time is a recording; a track without times is a course.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from device.files.clock import settle_times
from device.files.pauses import silences
from device.files.points import FOOT, Points, merged, plausible, steps_per_count, to_samples
from device.files.recording import Lap, Recording, StatedTotals
from device.files.xml_stream import Rows
from edge.samples import Column, DeviceInfo
from edge.summary import Pause

#: The columns of a row of a track point, in order; they are fields of `Points`.
COLUMNS = (
    "time_s", "latitude_deg", "longitude_deg", "altitude_m", "accuracy_m", "distance_m", "speed_m_s",
    "heart_rate_bpm", "cadence", "power_w", "temperature_c",
)  # fmt: skip
AT = {name: i for i, name in enumerate(COLUMNS)}
# Tracks of one sport that follow within an hour are one session; a silence of half a day ends one.
_JOIN_S = 3600.0
_SPLIT_S = 12 * 3600.0
# A break between segments shorter than this is the recorder's own rhythm.
_BREAK_S = 10.0
NO_TOTALS = StatedTotals(*([float("nan")] * 9))


@dataclass(slots=True)
class Track:
    """One track (or activity) as it is read: what it says of itself, and where its rows begin and end."""

    sport: str = "generic"
    sub_sport: str = ""
    device: str = ""
    first: int = 0
    end: int = 0
    breaks: list[int] = field(default_factory=list)
    """Rows at which a new segment begins."""
    laps: list[Lap] = field(default_factory=list)
    """In Unix s; `to_s` may be NaN until the track is finished."""
    stated: StatedTotals = NO_TOTALS


@dataclass(frozen=True, slots=True, eq=False)
class _Timed:
    """A track whose times are settled: rising points and the Unix times at which segments begin."""

    track: Track
    points: Points
    breaks_s: Column


def recordings(
    rows: Rows, tracks: list[Track], form: str, utc_offset_s: float, hint_s: float, usual_steps: float
) -> tuple[tuple[Recording, ...], list[str]]:
    """Return one recording for each session among the tracks and what was mended or left out."""
    columns = rows.columns()
    table = (
        Points(**{name: column for name, column in zip(COLUMNS, columns, strict=True) if len(column)})
        if len(columns[0])
        else None
    )
    problems: list[str] = []
    if table is None:
        return (), problems
    timed: list[_Timed] = []
    for track in tracks:
        found, notes = _timed(table, track, form, hint_s)
        problems += notes
        timed += found
    timed.sort(key=lambda t: float(t.points.time_s[0]))
    joined: list[_Timed] = []
    for part in timed:
        if joined and form == "gpx" and _continues(joined[-1], part):
            joined[-1] = _join(joined[-1], part)
        else:
            joined.append(part)
    return tuple(_recording(part, utc_offset_s, usual_steps) for part in joined), problems


def _timed(table: Points, track: Track, form: str, hint_s: float) -> tuple[list[_Timed], list[str]]:
    """Return the track's points in order of time, in pieces where half a day is silent."""
    mine = table.take(slice(track.first, track.end))
    clock = settle_times(mine.time_s, form, hint_s)
    if not len(clock.rows):
        note = f"a track of {len(mine)} points without times was left out (a course)"
        return [], [note] if len(mine) else []
    points = merged(plausible(_rising_distance(mine.take(clock.rows, clock.time_s))))
    breaks = np.searchsorted(clock.rows, np.array(track.breaks, dtype=np.int64) - track.first)
    breaks = breaks[(breaks > 0) & (breaks < len(clock.rows))]
    breaks_s = np.sort(clock.time_s[breaks])
    cuts = np.flatnonzero(np.diff(points.time_s) > _SPLIT_S) + 1
    pieces = [points.take(rows) for rows in np.split(np.arange(len(points)), cuts)]
    owner = track if len(pieces) == 1 else _without_totals(track)
    return [_Timed(owner, piece, breaks_s) for piece in pieces], list(clock.problems)


def _without_totals(track: Track) -> Track:
    return dataclasses.replace(track, stated=NO_TOTALS)


def _rising_distance(points: Points) -> Points:
    """Return the points without a distance that is counted per point instead of from the start."""
    known = points.distance_m[np.isfinite(points.distance_m)]
    if len(known) > 2 and np.mean(np.diff(known) < 0.0) > 0.05:
        return dataclasses.replace(points, distance_m=np.empty(0))
    return points


def _continues(before: _Timed, after: _Timed) -> bool:
    gap = float(after.points.time_s[0] - before.points.time_s[-1])
    same = (before.track.sport, before.track.sub_sport) == (after.track.sport, after.track.sub_sport)
    return same and 0.0 <= gap <= _JOIN_S


def _join(before: _Timed, after: _Timed) -> _Timed:
    columns = {}
    for name in COLUMNS:
        pair = [getattr(p.points, name) for p in (before, after)]
        if any(len(c) for c in pair):
            sizes = (len(before.points), len(after.points))
            columns[name] = np.concatenate(
                [c if len(c) else np.full(n, np.nan) for c, n in zip(pair, sizes, strict=True)]
            )
    breaks_s = np.concatenate((before.breaks_s, after.points.time_s[:1], after.breaks_s))
    return _Timed(_without_totals(before.track), merged(Points(**columns)), breaks_s)


def recording_of_points(points: Points, track: Track, utc_offset_s: float, usual_steps: float) -> Recording:
    """Return the recording of points in rising time that have no breaks; cadence counts `usual_steps` (1 or 2)."""
    return _recording(_Timed(track, points, np.empty(0)), utc_offset_s, usual_steps)


def _recording(part: _Timed, utc_offset_s: float, usual_steps: float) -> Recording:
    points, track = part.points, part.track
    start_s, end_s = float(points.time_s[0]), float(points.time_s[-1])
    factor = 1.0
    if track.sport in FOOT:
        factor = steps_per_count(points.cadence, _speeds(points), track.sport, usual_steps)
    laps = tuple(
        Lap(lap.from_s - start_s, lap.to_s - start_s, lap.distance_m, lap.trigger)
        for lap in track.laps
        if start_s - 1.0 <= lap.from_s <= end_s
    )
    stated = track.stated
    if track.sport in FOOT:
        stated = dataclasses.replace(stated, avg_cadence_spm=stated.avg_cadence_spm * factor)
    maker = DeviceInfo(model=track.device)
    return Recording(
        sport=track.sport,
        sub_sport=track.sub_sport,
        start_unix_s=start_s,
        utc_offset_s=utc_offset_s,
        device=track.device,
        samples=(maker, *to_samples(points, start_s, track.sport, factor)),
        pauses=tuple(Pause(a - start_s, b - start_s) for a, b in _pauses(part)),
        laps=laps,
        stated=stated,
    )


def _pauses(part: _Timed) -> list[tuple[float, float]]:
    """Return breaks between segments and silences of a steady recorder as pauses in Unix s, disjoint, in order."""
    time_s = part.points.time_s
    begins = np.searchsorted(time_s, part.breaks_s)
    begins = np.unique(begins[(begins > 0) & (begins < len(time_s))])
    broken = [(float(time_s[i - 1]), float(time_s[i])) for i in begins if time_s[i] - time_s[i - 1] > _BREAK_S]
    silent = [s for s in silences(time_s) if not any(a <= s[0] and s[1] <= b for a, b in broken)]
    return sorted(broken + silent)


def _speeds(points: Points) -> Column:
    """Return speeds in m/s for judging cadence: stated ones, else from the distance, else from the positions."""
    if len(points.speed_m_s):
        return points.speed_m_s
    step_s = np.maximum(np.diff(points.time_s), 0.1)
    if len(points.distance_m):
        return np.asarray(np.diff(points.distance_m) / step_s)
    if not len(points.latitude_deg):
        return np.empty(0)
    # Good enough for telling 80 from 160: metres per degree on a sphere (IUGG mean radius 6371 km).
    metres = np.hypot(
        np.diff(points.latitude_deg), np.diff(points.longitude_deg) * np.cos(np.radians(points.latitude_deg[:-1]))
    )
    return np.asarray(metres * 111195.0 / step_s)
