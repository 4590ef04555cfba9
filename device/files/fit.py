"""FIT files become recordings: one for each session, whatever the order or lack of its messages.

The rule of this file: the records are the truth, the session messages say which sport and state the
device's own totals; a file without a session message (cut, or never closed) is one session.
Source: FIT Profile, messages file_id, session, lap, length, event, activity, device_info, hr, hrv.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from device.files import fit_columns as columns
from device.files.clock import FIT_EPOCH_S, POSSIBLE_S, settle_times
from device.files.fit_messages import Messages
from device.files.fit_names import FILE_KINDS, device_name, name_of
from device.files.fit_wire import Part, read_parts
from device.files.pauses import timer_pauses
from device.files.points import FOOT, Points, bounded, merged, plausible, steps_per_count, to_samples
from device.files.recording import Lap, Recording, StatedTotals
from edge.samples import Column, DeviceInfo, HeartRate, Samples, select
from edge.summary import Pause

FILE_ID, SPORT, SESSION, LAP, EVENT, DEVICE_INFO, ACTIVITY, LENGTH = 0, 12, 18, 19, 21, 23, 34, 101
# FIT date_time: below this it counts seconds since the device was switched on.
_SYSTEM_TIME = 0x10000000
_NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class FitReading:
    """What the bytes of a FIT file held: `kind` as in `FileReading`, and whether nothing was cut."""

    kind: str
    recordings: tuple[Recording, ...]
    problems: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Session:
    """One session message (or what stands in for a missing one), times in Unix s."""

    sport: str
    sub_sport: str
    start_s: float
    stated: StatedTotals


@dataclass(frozen=True, slots=True)
class _Clockwork:
    """What the file says about its clock: shift from device time to Unix s, and local minus UTC, in s."""

    shift_s: float
    utc_offset_s: float
    created_s: float


def read_fit(content: bytes) -> FitReading:
    """Return what FIT bytes hold; never raises for any bytes."""
    parts, between = read_parts(content)
    problems = [*between]
    recordings: list[Recording] = []
    kinds: list[str] = []
    straps = _straps(content, parts)
    for number, part in enumerate(parts):
        where = f"file {number + 1} of {len(parts)}: " if len(parts) > 1 else ""
        problems += [where + defect for defect in part.defects]
        kinds.append(_kind(content, part))
        found, notes = _recordings(content, part, straps)
        recordings += found
        problems += [where + note for note in notes]
    kind = "activity" if recordings or not kinds else _other_kind(kinds)
    whole = not between and all(p.whole for p in parts)
    if kind == "activity" and whole and not recordings:
        kind = "an activity file without any recorded data"
    return FitReading(kind, tuple(recordings), tuple(problems), whole)


def _kind(content: bytes, part: Part) -> str:
    numbers = Messages(content, part, FILE_ID).column(0)
    known = [FILE_KINDS[int(n)] for n in numbers if n in FILE_KINDS]
    if known:
        return known[0]
    recorded = not len(numbers) or part.count(columns.RECORD) or part.count(SESSION)
    return "activity" if recorded else "a FIT file of an unknown type"


def _other_kind(kinds: list[str]) -> str:
    others = [k for k in kinds if k != "activity"]
    return others[0] if others else "activity"


def _straps(content: bytes, parts: list[Part]) -> tuple[Column, Column]:
    """Return Unix times and beats/min of all hr messages in all parts, in order of time."""
    pairs = [columns.late_heart_rate(content, p) for p in parts if p.count(columns.HR)]
    if not pairs:
        return np.empty(0), np.empty(0)
    time_s, bpm = np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])
    order = np.argsort(time_s, kind="stable")
    return time_s[order], bpm[order]


def _recordings(content: bytes, part: Part, straps: tuple[Column, Column]) -> tuple[list[Recording], list[str]]:
    """Return the recordings of one part and what had to be mended or left out."""
    kind = _kind(content, part)
    if kind != "activity" or not (part.count(columns.RECORD) or part.count(SESSION) or part.count(LENGTH)):
        return [], []
    clock = _clockwork(content, part)
    raw, notes = _timed(content, part, columns.record_points(content, part))
    shifted = dataclasses.replace(raw, time_s=raw.time_s + clock.shift_s)
    settled = settle_times(shifted.time_s, "fit", clock.created_s)
    offset_s = float(settled.time_s[0] - shifted.time_s[settled.rows[0]]) if len(settled.rows) else 0.0
    moved_s = clock.shift_s + (offset_s if abs(offset_s) > 86400.0 else 0.0)
    points = merged(plausible(shifted.take(settled.rows, settled.time_s)))
    sessions = _sessions(content, part, moved_s, points)
    tables = _Tables(content, part, moved_s, clock.utc_offset_s, straps)
    recordings = [tables.recording(session, mine) for session, mine in _shared_out(points, sessions)]
    return [r for r in recordings if _holds_something(r)], [*notes, *settled.problems]


def _timed(content: bytes, part: Part, points: Points) -> tuple[Points, list[str]]:
    """Return records that have no time at all spread evenly over their session, and a note; others as they are."""
    m = Messages(content, part, SESSION)
    if not len(points) or np.isfinite(points.time_s).any() or len(m) != 1:
        return points, []
    start_s, elapsed_s = float(m.column(2)[0]) + FIT_EPOCH_S, float(m.column(7, 1000.0)[0])
    if not (start_s == start_s and elapsed_s > 0.0):
        return points, []
    time_s = start_s + np.linspace(0.0, elapsed_s, len(points))
    return dataclasses.replace(points, time_s=time_s), ["no record has a time: they were spread over the session"]


def _holds_something(recording: Recording) -> bool:
    stated = recording.stated
    return any(not isinstance(s, DeviceInfo) for s in recording.samples) or stated.timer_s > 0 or stated.distance_m > 0


def _clockwork(content: bytes, part: Part) -> _Clockwork:
    """Return how device time becomes Unix time; a relative clock is dated by the activity's local time."""
    activity = Messages(content, part, ACTIVITY)
    stamps, locals_ = activity.times(), activity.column(5)
    created = Messages(content, part, FILE_ID).column(4)
    created_s = float(created[0]) + FIT_EPOCH_S if len(created) and created[0] >= _SYSTEM_TIME else _NAN
    shift_s, utc_offset_s = 0.0, _NAN
    for stamp, local in zip(stamps, locals_, strict=True):
        ahead = local - stamp
        if stamp < _SYSTEM_TIME <= local:
            shift_s = float(ahead)
        elif abs(ahead) <= 15 * 3600.0:
            utc_offset_s = 900.0 * round(ahead / 900.0)
    return _Clockwork(shift_s, utc_offset_s, created_s)


def _sessions(content: bytes, part: Part, moved_s: float, points: Points) -> list[_Session]:
    """Return the sessions in order of their start; one made up from the records where there is none."""
    m = Messages(content, part, SESSION)
    first_s = float(points.time_s[0]) if len(points) else _NAN
    sport, sub_sport = _sport_elsewhere(content, part)
    if not len(m):
        return [_Session(sport, sub_sport, _timer_start(content, part, moved_s, first_s), _no_totals())]
    starts = m.column(2) + FIT_EPOCH_S + moved_s
    sports, subs = m.column(5), m.column(6)
    sessions = []
    for i in range(len(m)):
        name = name_of("sport", sports[i]) or sport
        start_s = float(starts[i]) if starts[i] >= POSSIBLE_S[0] else first_s
        sessions.append(_Session(name, name_of("sub_sport", subs[i]) or sub_sport, start_s, _totals(m, i, name)))
    sessions = [s for s in sessions if s.start_s == s.start_s] or sessions[:1]
    sessions.sort(key=lambda s: s.start_s)
    if len(sessions) == 1 and first_s == first_s and not -60.0 <= first_s - sessions[0].start_s <= 3600.0:
        return [dataclasses.replace(sessions[0], start_s=first_s)]
    if len(sessions) > 1 and first_s < sessions[0].start_s:
        sessions[0] = dataclasses.replace(sessions[0], start_s=first_s)
    return sessions


def _sport_elsewhere(content: bytes, part: Part) -> tuple[str, str]:
    """Return sport and sub-sport from sport or lap messages, for files cut before their session message."""
    for message, sport_field, sub_field in ((SPORT, 0, 1), (LAP, 25, 39)):
        m = Messages(content, part, message)
        sport, sub = m.column(sport_field), m.column(sub_field)
        if len(m) and np.isfinite(sport[-1]):
            return name_of("sport", sport[-1]), name_of("sub_sport", sub[-1])
    return "generic", ""


def _timer_start(content: bytes, part: Part, moved_s: float, first_s: float) -> float:
    """Return when the timer first started where an event says so within a minute of the first record."""
    events = Messages(content, part, EVENT)
    starts = events.times()[(events.column(0) == 0) & (events.column(1) == 0)] + FIT_EPOCH_S + moved_s
    near = starts[(first_s - starts >= 0.0) & (first_s - starts < 60.0)]
    return float(near[0]) if len(near) else first_s


def _no_totals() -> StatedTotals:
    return StatedTotals(*([_NAN] * 9))


def _totals(m: Messages, i: int, sport: str) -> StatedTotals:
    """Return the device's own totals of one session; a stated 0 of heart rate or cadence is none."""

    def value(number: int, scale: float = 1.0) -> float:
        return float(m.column(number, scale)[i])

    ascent = value(22) + np.nan_to_num(value(199, 100.0))
    descent = value(23) + np.nan_to_num(value(200, 100.0))
    cadence = (value(18) + np.nan_to_num(value(92, 128.0))) * 2.0 if sport in FOOT else _NAN
    return StatedTotals(
        duration_s=value(7, 1000.0),
        timer_s=value(8, 1000.0),
        distance_m=value(9, 100.0),
        ascent_m=float(ascent),
        descent_m=float(descent),
        avg_hr_bpm=value(16) or _NAN,
        max_hr_bpm=value(17) or _NAN,
        avg_cadence_spm=float(cadence) or _NAN,
        calories_kcal=value(11),
    )


def _shared_out(points: Points, sessions: list[_Session]) -> list[tuple[_Session, Points]]:
    """Return each session with its points: from its start to the next one's; a single one has all."""
    if len(sessions) == 1:
        return [(sessions[0], _from_start(points, sessions[0].start_s))]
    edges = [-np.inf, *(s.start_s for s in sessions[1:]), np.inf]
    shared = []
    for session, low, high in zip(sessions, edges[:-1], edges[1:], strict=True):
        mine = points.take((points.time_s >= low) & (points.time_s < high))
        end_s = min(session.start_s + session.stated.duration_s, high)
        base_m, last_m = _count_at(points, session.start_s), _count_at(points, end_s)
        if len(mine) and np.isfinite(base_m):
            last_m = last_m if last_m >= base_m else _NAN
            end_s = end_s if np.isfinite(end_s) and np.isfinite(high) and last_m == last_m else _NAN
            mine = bounded(mine, session.start_s, end_s, base_m, last_m)
        shared.append((session, mine))
    return shared


def _from_start(points: Points, start_s: float) -> Points:
    """Return the points with a row at the timer's start where the first record came up to a minute later."""
    if not len(points) or not 0.0 < points.time_s[0] - start_s <= 60.0:
        return points
    return bounded(points, start_s, _NAN, 0.0, _NAN)


def _count_at(points: Points, when_s: float) -> float:
    """Return the device's distance in m at a Unix time; 0 where the count starts anew there, NaN without any."""
    if not len(points.distance_m) or when_s != when_s:
        return _NAN
    known = np.isfinite(points.distance_m)
    time_s, count = points.time_s[known], points.distance_m[known]
    at = int(np.searchsorted(time_s, when_s))
    if at == 0 or at == len(time_s):
        return 0.0 if at == 0 else float(count[-1]) if len(count) else _NAN
    if count[at] < count[at - 1]:
        return 0.0
    return float(np.interp(when_s, time_s[at - 1 : at + 1], count[at - 1 : at + 1]))


class _Tables:
    """The messages of one part that every session's recording draws on."""

    def __init__(
        self, content: bytes, part: Part, moved_s: float, utc_offset_s: float, straps: tuple[Column, Column]
    ) -> None:
        self.utc_offset_s = utc_offset_s
        self.straps = straps
        shift = FIT_EPOCH_S + moved_s
        events = Messages(content, part, EVENT)
        timer = events.column(0) == 0
        self.timer_s, self.timer_type = events.times()[timer] + shift, events.column(1)[timer]
        beats_s, self.rr_s = columns.beat_intervals(content, part)
        self.beats_s = beats_s + moved_s
        self.laps = _laps(content, part, shift)
        self.device = _device(content, part)

    def recording(self, session: _Session, points: Points) -> Recording:
        """Return one session's recording, counted from its start."""
        start_s = session.start_s if session.start_s == session.start_s else 0.0
        if len(points):
            start_s = min(start_s, float(points.time_s[0])) if start_s else float(points.time_s[0])
        factor = 1.0
        if session.sport in FOOT:
            factor = steps_per_count(points.cadence, points.speed_m_s, session.sport, 2.0)
        end_s = float(points.time_s[-1]) if len(points) else start_s + np.nan_to_num(session.stated.duration_s)
        samples = to_samples(points, start_s, session.sport, factor)
        samples = self._with_beats(samples, start_s, end_s)
        pauses = timer_pauses(self.timer_s, self.timer_type, points.time_s, start_s, end_s)
        laps = tuple(
            Lap(lap.from_s - start_s, lap.to_s - start_s, lap.distance_m, lap.trigger)
            for lap in self.laps
            if start_s - 1.0 <= lap.from_s <= end_s
        )
        stated = session.stated
        if factor == 1.0 and session.sport in FOOT:
            stated = dataclasses.replace(stated, avg_cadence_spm=stated.avg_cadence_spm / 2.0)
        return Recording(
            sport=session.sport,
            sub_sport="" if session.sub_sport == "generic" else session.sub_sport,
            start_unix_s=start_s,
            utc_offset_s=self.utc_offset_s,
            device=" ".join(filter(None, (self.device.manufacturer, self.device.model))),
            samples=(self.device, *samples),
            pauses=tuple(Pause(a - start_s, b - start_s) for a, b in pauses),
            laps=laps,
            stated=stated,
        )

    def _with_beats(self, samples: tuple[Samples, ...], start_s: float, end_s: float) -> tuple[Samples, ...]:
        """Return the samples with the strap's late heart rate where records have less, and beat intervals."""
        rows = select(samples, HeartRate)
        t_s, bpm = (rows.t_s, rows.bpm) if rows is not None else (np.empty(0), np.empty(0))
        time_s, late = self.straps
        mine = (time_s >= start_s) & (time_s <= end_s) & (late > 20.0) & (late < 250.0)
        measured_s = float(np.minimum(np.diff(t_s), 10.0).sum()) if len(t_s) > 1 else 0.0
        if mine.any() and measured_s < 0.5 * (end_s - start_s):
            rising = np.concatenate(([True], np.diff(time_s[mine]) > 0.0)) if mine.any() else mine[:0]
            t_s, bpm = time_s[mine][rising] - start_s, late[mine][rising]
        beats = (self.beats_s >= start_s) & (self.beats_s <= end_s)
        if not len(t_s) and not beats.any():
            return samples
        if not len(t_s):
            t_s = np.unique(self.beats_s[beats]) - start_s
            bpm = np.full(len(t_s), np.nan)
        owner = np.clip(np.searchsorted(t_s, self.beats_s[beats] - start_s, side="right") - 1, 0, None)
        count = np.bincount(owner, minlength=len(t_s)).astype(np.float64)
        others = tuple(s for s in samples if not isinstance(s, HeartRate))
        return (*others, HeartRate(t_s, bpm, count, self.rr_s[beats]))


def _laps(content: bytes, part: Part, shift_s: float) -> tuple[Lap, ...]:
    """Return laps and active lengths in Unix s, in file order."""
    found = []
    for message, elapsed, distance, trigger in ((LAP, 7, 9, 24), (LENGTH, 3, -1, -1)):
        m = Messages(content, part, message)
        start, span = m.column(2) + shift_s, m.column(elapsed, 1000.0)
        metres = m.column(distance, 100.0) if distance >= 0 else np.full(len(m), np.nan)
        triggers = m.column(trigger) if trigger >= 0 else np.full(len(m), np.nan)
        for i in np.flatnonzero(np.isfinite(start) & np.isfinite(span)):
            name = name_of("lap_trigger", float(triggers[i])) if message == LAP else "length"
            found.append(Lap(float(start[i]), float(start[i] + span[i]), float(metres[i]), name))
    return tuple(found)


def _device(content: bytes, part: Part) -> DeviceInfo:
    """Return who wrote the file: file_id, else the device_info of the creator."""
    m = Messages(content, part, FILE_ID)
    if not len(m):
        return DeviceInfo()
    maker, model = device_name(float(m.column(1)[0]), float(m.column(2)[0]), m.text(8)[0])
    info = Messages(content, part, DEVICE_INFO)
    creator = np.flatnonzero(info.column(0) == 0)
    firmware = ""
    if len(creator):
        version = info.column(5, 100.0)[creator[0]]
        firmware = f"{version:.2f}" if np.isfinite(version) else ""
        model = model or info.text(27)[creator[0]]
    return DeviceInfo(maker, model, firmware)
