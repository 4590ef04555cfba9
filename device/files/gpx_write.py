"""A recording becomes GPX 1.1: one track, a segment between pauses, what sensors told in extensions.

The rule of this file: a track point is a position, so what was measured without one cannot be written and is counted.
Sources: topografix GPX 1.1; Garmin TrackPointExtension v2 (whole beats and strides a minute) and PowerExtension v1;
ClueTrust gpxdata 1.0 for the distance.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np

from device.files.laying import Laid, Unheld, laid, stops, without_place
from device.files.recording import Recording
from device.files.sports import sport_of
from device.files.xml_write import cells, decimal, stretches, utc, whole
from edge.samples import Column

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx version="1.1" creator="Kadenz" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" '
    'xmlns:pwr="http://www.garmin.com/xmlschemas/PowerExtension/v1" '
    'xmlns:gpxdata="http://www.cluetrust.com/XML/GPXDATA/1/0" '
    'xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">\n'
)
#: In the order of the schema of TrackPointExtension v2: element, column.
_IN_EXTENSION = (
    ("gpxtpx:atemp", "temperature_c"),
    ("gpxtpx:hr", "heart_rate_bpm"),
    ("gpxtpx:cad", "cadence"),
    ("gpxtpx:speed", "speed_m_s"),
)
_NO_PLACE = ("accuracy_m", "vertical_oscillation_m", "ground_contact_s", "step_length_m")
_ELSEWHERE = (("pwr:PowerInWatts", "power_w"), ("gpxdata:distance", "distance_m"))


def gpx_track(recording: Recording, name: str) -> tuple[str, tuple[Unheld, ...]]:
    """Return the recording as a GPX document and what that could not hold; `name` is the track's."""
    rows = laid(recording, whole_seconds=False)
    unheld = [*rows.unheld, *_without_place(rows, recording)]
    columns = _columns(rows, unheld)
    points, placed = rows.points, np.zeros(len(rows.points), dtype=bool)
    if len(points.latitude_deg):
        placed = np.isfinite(points.latitude_deg) & np.isfinite(points.longitude_deg)
    for column, values in columns.items():
        if lost := int(np.count_nonzero(np.isfinite(values) & ~placed)):
            unheld.append(Unheld(column, lost, "no position"))
    parts = [_HEAD, f"<metadata><time>{utc(recording.start_unix_s)}</time></metadata>\n<trk>"]
    parts += [f"<name>{escape(name)}</name>"] if name else []
    parts += [f"<src>{escape(recording.device)}</src>"] if recording.device else []
    parts.append(f"<type>{escape(_type(recording))}</type>\n")
    for stretch in stretches(points.time_s, stops(recording), recording.start_unix_s):
        mine = np.flatnonzero(placed[stretch]) + stretch.start
        if len(mine):
            parts += ["<trkseg>\n", *_points(rows, columns, mine.tolist()), "</trkseg>\n"]
    parts.append("</trk>\n</gpx>\n")
    return "".join(parts), tuple(unheld)


def _type(recording: Recording) -> str:
    """Return the sport as apps spell it in GPX: with its sub-sport where that is read back as such."""
    joined = f"{recording.sub_sport}_{recording.sport}"
    known = sport_of(joined) == (recording.sport, recording.sub_sport)
    return joined if recording.sub_sport and known else recording.sport


def _without_place(rows: Laid, recording: Recording) -> Iterator[Unheld]:
    yield from without_place(rows, recording, _NO_PLACE)
    if recording.laps:
        yield Unheld("laps", len(recording.laps), "no place")


def _columns(rows: Laid, unheld: list[Unheld]) -> dict[str, Column]:
    """Return the columns as the extensions hold them: whole beats/min, whole strides/min, whole watts."""
    points = rows.points
    found = {
        name: getattr(points, name)
        for name in ("altitude_m", "temperature_c", "speed_m_s", "distance_m")
        if len(getattr(points, name))
    }
    if len(points.heart_rate_bpm):
        found["heart_rate_bpm"] = whole(points.heart_rate_bpm, "heart_rate_bpm", 1.0, 255.0, unheld)
    if len(points.cadence):
        turns = points.cadence / 2.0 if rows.steps else points.cadence
        found["cadence"] = whole(turns, "cadence", 0.0, 254.0, unheld)
    if len(points.power_w):
        found["power_w"] = whole(points.power_w, "power_w", 0.0, 65535.0, unheld)
    return found


def _points(rows: Laid, columns: dict[str, Column], mine: list[int]) -> Iterator[str]:
    """Yield the track points of some rows."""
    points, none = rows.points, np.empty(0)
    heights = cells(columns.get("altitude_m", none), mine)
    inside = [cells(columns.get(name, none), mine) for _, name in _IN_EXTENSION]
    outside = [cells(columns.get(name, none), mine) for _, name in _ELSEWHERE]
    places = zip(
        cells(points.time_s, mine), cells(points.latitude_deg, mine), cells(points.longitude_deg, mine), heights,
        zip(*inside, strict=True), zip(*outside, strict=True), strict=True,
    )  # fmt: skip
    for time_s, latitude, longitude, height, own, others in places:
        text = f'<trkpt lat="{decimal(latitude)}" lon="{decimal(longitude)}">'
        text += f"<ele>{decimal(height)}</ele>" if height == height else ""
        text += f"<time>{utc(time_s)}</time>"
        told = _elements(_IN_EXTENSION, own)
        more = f"<gpxtpx:TrackPointExtension>{told}</gpxtpx:TrackPointExtension>" if told else ""
        more += _elements(_ELSEWHERE, others)
        yield f"{text}<extensions>{more}</extensions></trkpt>\n" if more else f"{text}</trkpt>\n"


def _elements(names: tuple[tuple[str, str], ...], values: tuple[float, ...]) -> str:
    pairs = zip(names, values, strict=True)
    return "".join(f"<{name}>{decimal(value)}</{name}>" for (name, _), value in pairs if value == value)
