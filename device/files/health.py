"""Apple Health's export.xml becomes recordings: one for each Workout, with the records that fall into it.

The rule of this file: the document may have gigabytes, so it is read as a stream and twice, for the workouts and then
for their records; held is what lies inside a workout, nothing else. The document's own DTD is passed over (Apple has
shipped defective ones); without it no entity can be declared.
Sources: the DTD in the exports themselves; Apple's HealthKit documentation for types and units.
"""

from __future__ import annotations

import dataclasses
import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, TypeAlias
from xml.parsers import expat

import numpy as np

from device.files.channels import recording_of
from device.files.recording import Recording, StatedTotals, shifted
from device.files.sports import sport_of
from device.files.tracks import NO_TOTALS, Track
from device.files.xml_stream import NAN, number
from edge import samples as s
from edge.samples import Column
from edge.summary import Pause

_CHUNK = 1 << 18
_LONGEST_DTD = 1 << 20
_PREFIX, _ACTIVITY, _EVENT = "HKQuantityTypeIdentifier", "HKWorkoutActivityType", "HKWorkoutEventType"
#: Record type without its prefix -> column; the value is per minute ("rate"), counted up ("sum") or as it stands.
_RECORDS = {
    "HeartRate": ("heart_rate_bpm", ""),
    "StepCount": ("cadence", "rate"),
    "DistanceWalkingRunning": ("distance_m", "sum"),
    "DistanceCycling": ("distance_m", "sum"),
    "RunningSpeed": ("speed_m_s", ""),
    "RunningPower": ("power_w", ""),
    "CyclingPower": ("power_w", ""),
    "RunningStrideLength": ("step_length_m", ""),
    "RunningVerticalOscillation": ("vertical_oscillation_m", ""),
    "RunningGroundContactTime": ("ground_contact_s", ""),
}
_UNITS = {
    "km": 1000.0, "m": 1.0, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048, "cm": 0.01, "km/hr": 1.0 / 3.6, "m/s": 1.0,
    "mi/hr": 0.44704, "ms": 0.001, "s": 1.0, "min": 60.0, "hr": 3600.0, "count/s": 60.0, "kJ": 1.0 / 4.184,
    "Cal": 1.0, "kcal": 1.0,
}  # fmt: skip
#: A count of steps over longer than this is no cadence.
_LONGEST_COUNT_S = 120.0

#: Rows of one record type from one source, flat: from and to in Unix s, value in the column's unit.
Rows: TypeAlias = "array[float]"


@dataclass(slots=True)
class Workout:
    """One workout as the document states it, in Unix s, and the files of its route."""

    activity: str
    start_s: float
    end_s: float
    utc_offset_s: float
    source: str
    device: str
    timer_s: float = NAN
    distance_m: float = NAN
    calories_kcal: float = NAN
    indoor: bool = False
    routes: list[str] = field(default_factory=list)
    pauses: list[tuple[float, float]] = field(default_factory=list)
    rows: dict[tuple[str, str], Rows] = field(default_factory=dict)
    """By record type and source."""


class _Clock:
    """Reads "2024-05-01 07:12:33 +0200" fast: the days of an export are few, its seconds are many."""

    def __init__(self) -> None:
        self._days: dict[str, float] = {}
        self._offsets: dict[str, float] = {}

    def moment(self, text: str) -> tuple[float, float]:
        """Return Unix time and offset from UTC in s; NaN for what is not written so."""
        try:
            day, offset = text[:10], text[20:]
            if day not in self._days:
                self._days[day] = (date.fromisoformat(day) - date(1970, 1, 1)).days * 86400.0
            if offset not in self._offsets:
                self._offsets[offset] = int(f"{offset[0]}1") * (int(offset[1:3]) * 3600.0 + int(offset[3:5]) * 60.0)
            local_s = self._days[day] + int(text[11:13]) * 3600 + int(text[14:16]) * 60 + float(text[17:19])
            return local_s - self._offsets[offset], self._offsets[offset]
        except (ValueError, IndexError):
            return NAN, NAN


class _Workouts:
    """The first reading: the workouts."""

    def __init__(self) -> None:
        self.found: list[Workout] = []
        self.records = 0
        self._clock = _Clock()
        self._open: Workout | None = None
        self._paused_s = NAN

    def start(self, name: str, a: dict[str, str]) -> None:
        """Open an element."""
        if name == "Record":
            self.records += 1
        elif name == "Workout":
            self._begin(a)
        elif self._open is not None:
            self._inside(self._open, name, a)

    def _begin(self, a: dict[str, str]) -> None:
        start_s, offset_s = self._clock.moment(a.get("startDate", ""))
        end_s, _ = self._clock.moment(a.get("endDate", ""))
        timer_s = number(a.get("duration", "")) * _UNITS.get(a.get("durationUnit", "min"), NAN)
        distance_m = number(a.get("totalDistance", "")) * _UNITS.get(a.get("totalDistanceUnit", "km"), NAN)
        calories = number(a.get("totalEnergyBurned", "")) * _UNITS.get(a.get("totalEnergyBurnedUnit", "kcal"), NAN)
        activity = a.get("workoutActivityType", "").removeprefix(_ACTIVITY)
        place = (activity, start_s, end_s, offset_s, a.get("sourceName", ""), _device(a))
        self._open = Workout(*place, timer_s=timer_s, distance_m=distance_m, calories_kcal=calories)
        self._paused_s = NAN

    def _inside(self, workout: Workout, name: str, a: dict[str, str]) -> None:
        if name == "FileReference":
            workout.routes.append(a.get("path", ""))
        elif name == "MetadataEntry" and a.get("key") == "HKIndoorWorkout":
            workout.indoor = a.get("value") == "1"
        elif name == "WorkoutEvent":
            self._event(workout, a)
        elif name == "WorkoutStatistics":
            kind = a.get("type", "").removeprefix(_PREFIX)
            total = number(a.get("sum", "")) * _UNITS.get(a.get("unit", ""), NAN)
            if kind in ("DistanceWalkingRunning", "DistanceCycling"):
                workout.distance_m = total
            elif kind == "ActiveEnergyBurned":
                workout.calories_kcal = total

    def _event(self, workout: Workout, a: dict[str, str]) -> None:
        kind = a.get("type", "").removeprefix(_EVENT)
        at_s, _ = self._clock.moment(a.get("date", ""))
        if kind == "Pause":
            self._paused_s = at_s
        elif kind == "Resume" and self._paused_s == self._paused_s:
            workout.pauses.append((self._paused_s, at_s))
            self._paused_s = NAN

    def end(self, name: str) -> None:
        """Close an element."""
        if name == "Workout" and self._open is not None:
            if self._open.end_s > self._open.start_s:
                self.found.append(self._open)
            self._open = None


class _Records:
    """The second reading: the records that fall into workouts, which are in order of their start."""

    def __init__(self, workouts: list[Workout]) -> None:
        self._workouts = workouts
        self._starts = [w.start_s for w in workouts]
        latest, self._latest_end = -np.inf, []
        for workout in workouts:
            latest = max(latest, workout.end_s)
            self._latest_end.append(latest)
        self._clock = _Clock()

    def start(self, name: str, a: dict[str, str]) -> None:
        """Open an element."""
        if name != "Record":
            return
        kind = a.get("type", "")[len(_PREFIX) :]
        if kind not in _RECORDS:
            return
        from_s, _ = self._clock.moment(a.get("startDate", ""))
        to_s, _ = self._clock.moment(a.get("endDate", ""))
        at = bisect_right(self._starts, to_s) - 1
        while at >= 0 and self._latest_end[at] >= from_s:
            workout = self._workouts[at]
            if from_s <= workout.end_s and to_s >= workout.start_s:
                value = number(a.get("value", "")) * _UNITS.get(a.get("unit", ""), 1.0)
                rows = workout.rows.setdefault((kind, a.get("sourceName", "")), array("d"))
                rows.extend((from_s, to_s, value))
            at -= 1

    def end(self, name: str) -> None:
        """Close an element."""


def _device(a: dict[str, str]) -> str:
    """Return the device's name: `<<HKDevice: 0x28>, name:Apple Watch, hardware:Watch6,2, ...>`, else the source."""
    named = a.get("device", "").partition("name:")[2].partition(",")[0].strip()
    return (named or a.get("sourceName", ""))[:80]


def read_workouts(source: BinaryIO) -> tuple[list[Workout], str]:
    """Return the workouts in order of their start and the document's first defect, "" for none."""
    first = _Workouts()
    defect = _parse(source, first)
    return sorted(first.found, key=lambda w: w.start_s), defect


def read_records(source: BinaryIO, workouts: list[Workout]) -> None:
    """Add the records that fall into the workouts."""
    _parse(source, _Records(workouts))


def _parse(source: BinaryIO, handler: _Workouts | _Records) -> str:
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    try:
        for chunk in _without_dtd(source):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        return f"{expat.ErrorString(problem.code)} in line {problem.lineno}, column {problem.offset}"
    return ""


def _without_dtd(source: BinaryIO) -> Iterator[bytes]:
    """Yield the document in pieces without its document type declaration."""
    head = b""
    while (chunk := source.read(_CHUNK)) and len(head) < _LONGEST_DTD:
        head += chunk
        at = head.find(b"<!DOCTYPE")
        close = head.find(b"]>", at)
        root = head.find(b"<HealthData")
        if 0 <= at < (root if root >= 0 else len(head)):
            if close < 0:
                continue
            # Line numbers in defects stay those of the document.
            yield head[:at] + b"\n" * head.count(b"\n", at, close) + head[close + 2 :]
            head = b""
        elif root >= 0:
            yield head
            head = b""
        else:
            continue
        break
    if head:
        yield head + (chunk or b"")
    while chunk := source.read(_CHUNK):
        yield chunk


def recording_of_workout(workout: Workout, routes: Sequence[Recording]) -> Recording | None:
    """Return the recording of a workout with the tracks of its routes; None where neither holds a sample."""
    channels: dict[str, tuple[Column, Column]] = {}
    for kind, (column, how) in _RECORDS.items():
        table = _best_source(workout, kind)
        if len(table) and column not in channels:
            channels[column] = _channel(workout, table, how)
    track = Track(device=workout.device, stated=_stated(workout))
    track.sport, track.sub_sport = sport_of(workout.activity)
    if workout.indoor and track.sport == "running":
        track.sub_sport = "treadmill"
    parts = [recording_of(channels, track, workout.utc_offset_s, 1.0, workout.pauses)[0], *routes]
    known = [part for part in parts if part is not None]
    return _joined(known, track, workout) if known else None


def _joined(parts: Sequence[Recording], track: Track, workout: Workout) -> Recording:
    """Return one recording of the workout's records and its routes, its time counted from the earliest start."""
    start_s = min(part.start_unix_s for part in parts)
    samples: list[s.Samples] = [s.DeviceInfo(model=track.device)]
    for part in parts:
        moved = shifted(part.samples, part.start_unix_s - start_s)
        # A route's own altitude stands beside its fixes; a workout's records hold neither.
        samples += [one for one in moved if not isinstance(one, s.DeviceInfo)]
    first = parts[0]
    return Recording(
        sport=track.sport,
        sub_sport=track.sub_sport,
        start_unix_s=start_s,
        utc_offset_s=workout.utc_offset_s,
        device=track.device,
        samples=tuple(samples),
        pauses=tuple(Pause(a - start_s, b - start_s) for a, b in workout.pauses) or _moved_pauses(first, start_s),
        laps=(),
        stated=track.stated,
    )


def _moved_pauses(part: Recording, start_s: float) -> tuple[Pause, ...]:
    by_s = part.start_unix_s - start_s
    return tuple(Pause(p.from_s + by_s, p.to_s + by_s) for p in part.pauses)


def digest_of(workout: Workout, route_hashes: Sequence[str]) -> str:
    """Return a SHA-256 in hex of all that makes the workout's recording."""
    kept = (workout.activity, workout.start_s, workout.end_s, workout.source, workout.pauses, *sorted(route_hashes))
    found = hashlib.sha256(repr(kept).encode("utf-8", "surrogatepass"))
    for key, rows in sorted(workout.rows.items()):
        found.update(repr(key).encode("utf-8", "surrogatepass"))
        found.update(rows.tobytes())
    return found.hexdigest()


def _best_source(workout: Workout, kind: str) -> Column:
    """Return the rows (n, 3) of one type from one source: the workout's own where it wrote any, else the fullest."""
    mine = workout.rows.get((kind, workout.source))
    if mine is None:
        of_kind = [rows for (named, _), rows in sorted(workout.rows.items()) if named == kind]
        mine = max(of_kind, key=len, default=array("d"))
    table = np.array(mine).reshape(-1, 3)
    return table[np.argsort(table[:, 1], kind="stable")]


def _channel(workout: Workout, table: Column, how: str) -> tuple[Column, Column]:
    from_s, to_s, value = table.T
    if how == "rate":
        lasting = (to_s > from_s) & (to_s - from_s <= _LONGEST_COUNT_S)
        return 0.5 * (from_s + to_s)[lasting], (60.0 * value / np.maximum(to_s - from_s, 1e-9))[lasting]
    if how == "sum":
        # A stretch that began before the workout counts by its share.
        share = np.clip((to_s - workout.start_s) / np.maximum(to_s - from_s, 1.0), 0.0, 1.0)
        return np.append(workout.start_s, to_s), np.append(0.0, np.cumsum(value * share))
    return from_s, value


def _stated(workout: Workout) -> StatedTotals:
    known = {"timer_s": workout.timer_s, "distance_m": workout.distance_m, "calories_kcal": workout.calories_kcal}
    return dataclasses.replace(NO_TOTALS, **{n: v for n, v in known.items() if v > 0.0})
