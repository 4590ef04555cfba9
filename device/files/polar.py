"""Polar's training-session JSON, as its user-data-export holds it, becomes recordings: one for each exercise.

The rule of this file: both shapes that Polar has written are read. Until export 1.x each sample carries its own
`dateTime`; from 2.x on a channel is a list of values with one `intervalMillis`, way points count from the start of
their own route, and a bare NaN means "not measured". Times are local without a zone; the offset stands beside them.
Source: archives of both versions as their owners describe them; Polar documents none of it.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TypeAlias

import numpy as np

from device.files.channels import recording_of
from device.files.recording import Recording
from device.files.sports import sport_of
from device.files.tracks import NO_TOTALS, Track
from device.files.xml_stream import NAN, moment
from edge.samples import Column

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"
_KMH = 3.6
# Beyond this no number of a recording lies; a whole number may be too large for a float.
_MOST = 1e15
#: Polar's numbers of sports that are met in exports -> spelling for `sport_of`.
_SPORT_IDS = {
    "1": "running", "2": "cycling", "3": "walking", "4": "jogging", "5": "mountain_biking", "11": "hiking",
    "17": "treadmill_running", "18": "indoor_cycling", "27": "trail_running", "38": "road_cycling",
}  # fmt: skip
#: Name of a channel in either shape -> column and what one unit of it is.
_CHANNELS = {
    "heartrate": ("heart_rate_bpm", 1.0),
    "speed": ("speed_m_s", 1.0 / _KMH),
    "distance": ("distance_m", 1.0),
    "altitude": ("altitude_m", 1.0),
    "cadence": ("cadence", 1.0),
    "runningcadence": ("cadence", 1.0),
    "temperature": ("temperature_c", 1.0),
    "power": ("power_w", 1.0),
}
_DURATION = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?")


def read_polar(content: bytes) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    """Return kind, recordings, problems and whether the document was whole."""
    try:
        session = json.loads(content)
    except (ValueError, RecursionError) as problem:
        return "activity", (), [f"cannot be read as JSON: {problem}"], False
    exercises = _list(_dict(session).get("exercises"))
    found: list[Recording] = []
    problems: list[str] = []
    for number, exercise in enumerate(exercises, start=1):
        recording, left_out = _exercise(_dict(exercise), _dict(session))
        problems += left_out
        if recording is None:
            problems.append(f"exercise {number} holds no sample")
        else:
            found.append(recording)
    kind = "activity" if found else "a training session without samples"
    return kind, tuple(found), problems if found else [], True


def _exercise(exercise: dict[str, Json], session: dict[str, Json]) -> tuple[Recording | None, tuple[str, ...]]:
    offset_s = _offset_s(exercise, session)
    track = Track(device=_device(session), stated=NO_TOTALS)
    track.sport, track.sub_sport = sport_of(_sport(exercise, session))
    start_s = _local_s(exercise.get("startTime"), offset_s)
    samples = _dict(exercise.get("samples"))
    listed = samples.get("samples")
    channels = _spaced(_list(listed), start_s) if isinstance(listed, list) else _dated(samples, offset_s)
    channels.update(_route(_list(samples.get("recordedRoute")), _dict(exercise.get("routes")), offset_s))
    _without_first_zeros(channels)
    track.stated = dataclasses.replace(NO_TOTALS, **_totals(exercise))
    pauses = [_span(_dict(p), offset_s) for p in _list(exercise.get("pauseTimes"))]
    return recording_of(channels, track, offset_s, 2.0, [p for p in pauses if p[1] > p[0]])


def _offset_s(exercise: dict[str, Json], session: dict[str, Json]) -> float:
    names = ("timezoneOffset", "timeZoneOffset", "timezoneOffsetMinutes")
    stated = (_number(part.get(name)) for part in (exercise, session) for name in names)
    return next((60.0 * minutes for minutes in stated if minutes == minutes), NAN)


def _local_s(text: Json, offset_s: float) -> float:
    """Return a time as Unix s; one without a zone is local, at `offset_s` from UTC (0 where that is unknown)."""
    if not isinstance(text, str):
        return NAN
    unix_s, zone_s = moment(text)
    zoned = zone_s == zone_s or text.endswith(("Z", "z"))
    return unix_s if zoned or offset_s != offset_s else unix_s - offset_s


def _sport(exercise: dict[str, Json], session: dict[str, Json]) -> str:
    for part in (exercise, session):
        sport = part.get("sport")
        if isinstance(sport, str) and sport:
            return sport
        number = _dict(sport).get("id")
        if number is not None:
            return _SPORT_IDS.get(str(number), f"polar_{number}")
    return ""


def _device(session: dict[str, Json]) -> str:
    named = _dict(session.get("product")).get("modelName") or session.get("deviceId") or ""
    return f"{named}"[:80]


def _dated(samples: dict[str, Json], offset_s: float) -> dict[str, tuple[Column, Column]]:
    """Return the channels whose samples carry their own time."""
    channels = {}
    for name, rows in samples.items():
        column, unit = _CHANNELS.get(name.lower().replace("_", ""), ("", 1.0))
        if column and isinstance(rows, list):
            pairs = [(_local_s(r.get("dateTime"), offset_s), _number(r.get("value"))) for r in map(_dict, rows)]
            table = np.array(pairs, dtype=np.float64).reshape(-1, 2)
            channels[column] = (table[:, 0], table[:, 1] * unit)
    return channels


def _spaced(listed: list[Json], start_s: float) -> dict[str, tuple[Column, Column]]:
    """Return the channels that are lists of values at one interval."""
    channels: dict[str, tuple[Column, Column]] = {}
    for one in map(_dict, listed):
        column, unit = _CHANNELS.get(f"{one.get('type')}".lower().replace("_", ""), ("", 1.0))
        every_s = _number(one.get("intervalMillis")) / 1000.0
        if column and every_s > 0.0:
            values = np.array([_number(v) for v in _list(one.get("values"))], dtype=np.float64)
            times = start_s + every_s * np.arange(len(values), dtype=np.float64)
            channels[column] = (np.asarray(times, dtype=np.float64), values * unit)
    return channels


def _route(recorded: list[Json], routes: dict[str, Json], offset_s: float) -> dict[str, tuple[Column, Column]]:
    route = _dict(routes.get("route"))
    start_s = _local_s(route.get("startTime"), offset_s)
    rows = [(_local_s(r.get("dateTime"), offset_s), r) for r in map(_dict, recorded)]
    rows += [(start_s + _number(r.get("elapsedMillis")) / 1000.0, r) for r in map(_dict, _list(route.get("wayPoints")))]
    names = ("longitude", "latitude", "altitude")
    table = np.array([(t, *(_number(r.get(n)) for n in names)) for t, r in rows], dtype=np.float64).reshape(-1, 4)
    if not len(table):
        return {}
    place = {"longitude_deg": (table[:, 0], table[:, 1]), "latitude_deg": (table[:, 0], table[:, 2])}
    return {**place, "altitude_m": (table[:, 0], table[:, 3])} if np.isfinite(table[:, 3]).any() else place


def _without_first_zeros(channels: dict[str, tuple[Column, Column]]) -> None:
    """Leave out the zeros that the altimeter writes until it has settled."""
    if "altitude_m" in channels:
        times, values = channels["altitude_m"]
        settled = int(np.argmax(values != 0.0)) if (values != 0.0).any() else 0
        if settled and abs(values[settled]) > 5.0:
            channels["altitude_m"] = (times[settled:], values[settled:])


def _totals(exercise: dict[str, Json]) -> dict[str, float]:
    heart = _dict(exercise.get("heartRate"))
    for one in map(_dict, _list(_dict(exercise.get("statistics")).get("statistics"))):
        if one.get("type") == "STATISTICS_TYPE_HEART_RATE":
            heart = one
    stated = {
        "timer_s": _first(_number(exercise.get("durationMillis")) / 1000.0, duration_s(exercise.get("duration"))),
        "distance_m": _first(_number(exercise.get("distanceMeters")), _number(exercise.get("distance"))),
        "ascent_m": _first(_number(exercise.get("ascentMeters")), _number(exercise.get("ascent"))),
        "descent_m": _first(_number(exercise.get("descentMeters")), _number(exercise.get("descent"))),
        "avg_hr_bpm": _number(heart.get("avg")),
        "max_hr_bpm": _number(heart.get("max")),
        "calories_kcal": _first(_number(exercise.get("kiloCalories")), _number(exercise.get("calories"))),
    }
    return {name: value for name, value in stated.items() if value > 0.0}


def duration_s(text: Json) -> float:
    """Return an ISO 8601 duration such as "PT1H2M3.5S" in s; NaN for anything else."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        return NAN
    return sum(float(part or 0.0) * unit for part, unit in zip(match.groups(), (3600.0, 60.0, 1.0), strict=True))


def _span(pause: dict[str, Json], offset_s: float) -> tuple[float, float]:
    return _local_s(pause.get("startTime"), offset_s), _local_s(pause.get("endTime"), offset_s)


def _first(value: float, other: float) -> float:
    return value if value == value else other


def _number(value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return NAN
    return float(value) if abs(value) < _MOST else NAN


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
