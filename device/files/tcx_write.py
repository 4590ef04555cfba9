"""A recording becomes TCX: one Activity, its laps, a Track between pauses, speed, steps and power in extensions.

The rule of this file: the order of elements is the schema's; a number that the schema demands and nobody told is 0.
Source: Garmin TrainingCenterDatabase v2 and ActivityExtension v2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import numpy as np

from device.files.laying import Laid, Unheld, laid, stops, without_place
from device.files.points import FOOT
from device.files.recording import Lap, Recording
from device.files.xml_write import cells, decimal, stretches, utc, whole
from edge.samples import Column
from edge.summary import Pause

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:ax="http://www.garmin.com/xmlschemas/ActivityExtension/v2">\n<Activities>\n'
)
_SPORTS = {"running": "Running", "cycling": "Biking"}
_TRIGGERS = {
    "manual": "Manual", "distance": "Distance", "time": "Time", "session_end": "Manual", "location": "Location",
    "position_start": "Location", "position_lap": "Location", "position_waypoint": "Location",
    "position_marked": "Location",
}  # fmt: skip
_NO_PLACE = ("temperature_c", "accuracy_m", "vertical_oscillation_m", "ground_contact_s", "step_length_m")
_MOST_SECONDS = 65535.0


def tcx_activity(recording: Recording, notes: str = "") -> tuple[str, tuple[Unheld, ...]]:
    """Return the recording as a TCX document and what that could not hold."""
    rows = laid(recording, whole_seconds=False)
    unheld = [*rows.unheld, *_without_place(rows, recording)]
    columns = _columns(rows, recording, unheld)
    sport = _SPORTS.get(recording.sport, "Other")
    if recording.sport not in _SPORTS or recording.sub_sport:
        unheld.append(Unheld(" ".join(filter(None, (recording.sub_sport, recording.sport))), 1, "no name"))
    laps = _laps(rows, recording)
    parts = [_HEAD, f'<Activity Sport="{sport}">\n<Id>{utc(recording.start_unix_s)}</Id>\n']
    for number, (lap, mine) in enumerate(_shared(rows.points.time_s, laps, recording.start_unix_s)):
        parts += _lap(rows, columns, recording, lap, mine, number == 0)
    parts += [f"<Notes>{escape(notes)}</Notes>\n"] if notes else []
    parts += _creator(recording)
    parts.append("</Activity>\n</Activities>\n</TrainingCenterDatabase>\n")
    return "".join(parts), tuple(unheld)


def _creator(recording: Recording) -> Iterator[str]:
    if recording.device:
        yield f'<Creator xsi:type="Device_t"><Name>{escape(recording.device)}</Name><UnitId>0</UnitId>'
        yield "<ProductID>0</ProductID><Version><VersionMajor>0</VersionMajor><VersionMinor>0</VersionMinor>"
        yield "</Version></Creator>\n"


def _without_place(rows: Laid, recording: Recording) -> Iterator[Unheld]:
    yield from without_place(rows, recording, _NO_PLACE)
    lengths = sum(lap.trigger == "length" for lap in recording.laps)
    if lengths:
        yield Unheld("lengths", lengths, "no place")


def _columns(rows: Laid, recording: Recording, unheld: list[Unheld]) -> dict[str, Column]:
    """Return the columns as the schema holds them, by element."""
    points = rows.points
    pairs = (
        ("AltitudeMeters", points.altitude_m), ("DistanceMeters", points.distance_m), ("ax:Speed", points.speed_m_s),
    )  # fmt: skip
    found = {name: column for name, column in pairs if len(column)}
    if len(points.heart_rate_bpm):
        found["HeartRateBpm"] = whole(points.heart_rate_bpm, "heart_rate_bpm", 1.0, 255.0, unheld)
    if len(points.cadence):
        turns = points.cadence / 2.0 if rows.steps else points.cadence
        name = "ax:RunCadence" if recording.sport in FOOT else "Cadence"
        found[name] = whole(turns, "cadence", 0.0, 254.0, unheld)
    if len(points.power_w):
        found["ax:Watts"] = whole(points.power_w, "power_w", 0.0, 65535.0, unheld)
    return found


def _laps(rows: Laid, recording: Recording) -> tuple[Lap, ...]:
    """Return the laps in order; one of everything where there is none."""
    laps = [lap for lap in recording.laps if lap.trigger != "length" and math.isfinite(lap.from_s)]
    if laps:
        return tuple(sorted(laps, key=lambda lap: lap.from_s))
    time_s, told = rows.points.time_s, recording.stated
    elapsed_s = float(time_s[-1]) - recording.start_unix_s if len(time_s) else told.duration_s
    return (Lap(0.0, max(elapsed_s, 0.0) if math.isfinite(elapsed_s) else 0.0, told.distance_m, "manual"),)


def _shared(time_s: Column, laps: Sequence[Lap], start_s: float) -> Iterator[tuple[Lap, slice]]:
    """Yield each lap with its rows: from its start to the next one's; the first has what came before it too."""
    starts = [int(np.searchsorted(time_s, start_s + lap.from_s - 0.0005)) for lap in laps]
    for number, lap in enumerate(laps):
        first = 0 if number == 0 else starts[number]
        end = starts[number + 1] if number + 1 < len(laps) else len(time_s)
        yield lap, slice(first, max(end, first))


def _lap(
    rows: Laid, columns: dict[str, Column], recording: Recording, lap: Lap, mine: slice, first: bool
) -> Iterator[str]:
    start_s, told = recording.start_unix_s, recording.stated
    pauses = stops(recording)
    yield f'<Lap StartTime="{utc(start_s + lap.from_s)}">\n'
    yield f"<TotalTimeSeconds>{decimal(_timer_s(lap, pauses))}</TotalTimeSeconds>"
    yield f"<DistanceMeters>{decimal(_distance_m(lap, columns.get('DistanceMeters'), mine))}</DistanceMeters>"
    calories = told.calories_kcal if first and 0.0 <= told.calories_kcal <= _MOST_SECONDS else 0.0
    yield f"<Calories>{round(calories)}</Calories>"
    heart = columns.get("HeartRateBpm", np.empty(0))[mine]
    heart = heart[np.isfinite(heart)]
    if len(heart):
        yield f"<AverageHeartRateBpm><Value>{round(float(heart.mean()))}</Value></AverageHeartRateBpm>"
        yield f"<MaximumHeartRateBpm><Value>{round(float(heart.max()))}</Value></MaximumHeartRateBpm>"
    yield f"<Intensity>Active</Intensity><TriggerMethod>{_TRIGGERS.get(lap.trigger, 'Manual')}</TriggerMethod>\n"
    time_s = rows.points.time_s[mine]
    for stretch in stretches(time_s, pauses, start_s):
        yield "<Track>\n"
        yield from _points(rows, columns, list(range(mine.start + stretch.start, mine.start + stretch.stop)))
        yield "</Track>\n"
    yield "</Lap>\n"


def _timer_s(lap: Lap, pauses: Sequence[Pause]) -> float:
    """Return how long the timer ran in a lap, in s; 0 where its end is not known."""
    paused_s = sum(max(min(p.to_s, lap.to_s) - max(p.from_s, lap.from_s), 0.0) for p in pauses)
    timer_s = lap.to_s - lap.from_s - paused_s
    return max(timer_s, 0.0) if math.isfinite(timer_s) else 0.0


def _distance_m(lap: Lap, distance: Column | None, mine: slice) -> float:
    """Return a lap's distance in m: the stated one, else what was counted within it; 0 where neither is known."""
    if math.isfinite(lap.distance_m):
        return max(lap.distance_m, 0.0)
    counted = distance[mine] if distance is not None else np.empty(0)
    counted = counted[np.isfinite(counted)]
    return max(float(counted[-1] - counted[0]), 0.0) if len(counted) else 0.0


def _points(rows: Laid, columns: dict[str, Column], mine: list[int]) -> Iterator[str]:
    """Yield the track points of some rows."""
    points, none = rows.points, np.empty(0)

    def of(name: str) -> list[float]:
        return cells(columns.get(name, none), mine)

    table = zip(
        cells(points.time_s, mine), cells(points.latitude_deg, mine), cells(points.longitude_deg, mine),
        of("AltitudeMeters"), of("DistanceMeters"), of("HeartRateBpm"), of("Cadence"), of("ax:Speed"),
        of("ax:RunCadence"), of("ax:Watts"), strict=True,
    )  # fmt: skip
    for time_s, latitude, longitude, height, far, heart, turns, speed, steps, watts in table:
        text = f"<Trackpoint><Time>{utc(time_s)}</Time>"
        if latitude == latitude and longitude == longitude:
            text += f"<Position><LatitudeDegrees>{decimal(latitude)}</LatitudeDegrees>"
            text += f"<LongitudeDegrees>{decimal(longitude)}</LongitudeDegrees></Position>"
        text += _element("AltitudeMeters", height) + _element("DistanceMeters", far)
        text += f"<HeartRateBpm><Value>{decimal(heart)}</Value></HeartRateBpm>" if heart == heart else ""
        text += _element("Cadence", turns)
        told = _element("ax:Speed", speed) + _element("ax:RunCadence", steps) + _element("ax:Watts", watts)
        text += f"<Extensions><ax:TPX>{told}</ax:TPX></Extensions>" if told else ""
        yield f"{text}</Trackpoint>\n"


def _element(name: str, value: float) -> str:
    return f"<{name}>{decimal(value)}</{name}>" if value == value else ""
