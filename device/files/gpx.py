"""GPX 1.0 and 1.1 become recordings: tracks with times; routes, way points and tracks without are courses.

The rule of this file: elements count by local name, so that Garmin's TrackPointExtension v1 and v2, ClueTrust's
gpxdata, and what Strava, Apple, Suunto, Polar, Coros, Wahoo, Amazfit and OpenTracks write are read alike.
Sources: topografix GPX 1.1 schema; Garmin TrackPointExtension v1/v2; ClueTrust gpxdata 1.0.
"""

from __future__ import annotations

import dataclasses
from typing import BinaryIO

from device.files.recording import Recording
from device.files.sports import sport_of
from device.files.tracks import AT, COLUMNS, NO_TOTALS, Track, recordings
from device.files.xml_stream import NAN, Rows, XmlStream, moment, number

#: element in a point, in lower case -> its column
_IN_POINT = {
    "ele": AT["altitude_m"],
    "hr": AT["heart_rate_bpm"],
    "heartrate": AT["heart_rate_bpm"],
    "heartratebpm": AT["heart_rate_bpm"],
    "heart_rate": AT["heart_rate_bpm"],
    "cad": AT["cadence"],
    "cadence": AT["cadence"],
    "runcadence": AT["cadence"],
    "run_cadence": AT["cadence"],
    "power": AT["power_w"],
    "watts": AT["power_w"],
    "powerinwatts": AT["power_w"],
    "atemp": AT["temperature_c"],
    "temp": AT["temperature_c"],
    "temperature": AT["temperature_c"],
    "speed": AT["speed_m_s"],
    "distance": AT["distance_m"],
    "accuracy": AT["accuracy_m"],
    "accuracy_horizontal": AT["accuracy_m"],
    "hacc": AT["accuracy_m"],
    "horizontalaccuracy": AT["accuracy_m"],
}
#: element of Garmin's TrackStatsExtension -> field of StatedTotals
_STATS = {
    "Distance": "distance_m",
    "TimerTime": "timer_s",
    "TotalElapsedTime": "duration_s",
    "Ascent": "ascent_m",
    "Descent": "descent_m",
    "Calories": "calories_kcal",
    "AverageHeartRate": "avg_hr_bpm",
    "MaximumHeartRate": "max_hr_bpm",
}
_LATITUDE, _LONGITUDE = AT["latitude_deg"], AT["longitude_deg"]
_BLANK = [NAN] * len(COLUMNS)


class _Gpx:
    """Collects the points and tracks of one document."""

    def __init__(self) -> None:
        self.rows = Rows(len(COLUMNS))
        self.tracks: list[Track] = []
        self.creator = ""
        self.created_s = NAN
        self.utc_offset_s = NAN
        self.others = 0
        self._row: list[float] | None = None
        self._track: Track | None = None
        self._stats: dict[str, float] = {}
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if name == "trkpt":
            row = _BLANK.copy()
            row[_LATITUDE] = number(attributes.get("lat", ""))
            row[_LONGITUDE] = number(attributes.get("lon", ""))
            self._row = row
        elif self._row is not None:
            return
        elif name == "trkseg":
            self._segment()
        elif name == "trk":
            self._track = Track(device=self.creator, first=self.rows.count)
            self._stats = {}
        elif name == "gpx":
            self.creator = attributes.get("creator", "").strip()[:80]
        elif name in ("rtept", "wpt"):
            self.others += 1

    def _segment(self) -> None:
        if self._track is None:
            self._track = Track(device=self.creator, first=self.rows.count)
        if self.rows.count > self._track.first:
            self._track.breaks.append(self.rows.count)

    def end(self, name: str, text: str) -> None:
        """Close an element."""
        row = self._row
        if row is None:
            if text or name in ("trk", "gpx"):
                self._end_outside(name, text)
        elif name == "trkpt":
            self.rows.append(row)
            self._row = None
        elif name == "time":
            row[0], offset_s = moment(text)
            if offset_s == offset_s and self.utc_offset_s != self.utc_offset_s:
                self.utc_offset_s = offset_s
        elif text:
            column = self._columns.get(name, -2)
            if column == -2:
                column = self._columns[name] = _IN_POINT.get(name.lower(), -1)
            if column >= 0:
                row[column] = number(text)

    def _end_outside(self, name: str, text: str) -> None:
        track = self._track
        if name == "time" and self.created_s != self.created_s and track is None:
            self.created_s, _ = moment(text)
        elif track is None:
            return
        elif name == "type":
            track.sport, track.sub_sport = sport_of(text)
        elif name in _STATS:
            value = number(text)
            self._stats[_STATS[name]] = value if value > 0.0 else NAN
        elif name == "trk":
            self.finish()

    def finish(self) -> None:
        """Close the track that is open, at its end or at a defect."""
        track, self._track = self._track, None
        if track is not None:
            track.end = self.rows.count
            track.stated = dataclasses.replace(NO_TOTALS, **self._stats) if self._stats else NO_TOTALS
            self.tracks.append(track)


def read_gpx(source: BinaryIO) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    """Return kind, recordings, problems and whether the document was whole.

    Raises EntityError for a document that declares entities.
    """
    gpx = _Gpx()
    stream = XmlStream(gpx)
    stream.read(source)
    gpx.finish()
    points = gpx.rows.count
    found, problems = recordings(gpx.rows, gpx.tracks, "gpx", gpx.utc_offset_s, gpx.created_s, 2.0)
    if stream.defect:
        problems.insert(0, stream.defect)
    kind = "activity"
    if not found and not stream.defect:
        kind = _other_kind(points, gpx.others)
    return kind, found, problems, not stream.defect


def _other_kind(points: int, others: int) -> str:
    if points:
        return "a course (its points have no times)"
    return "a route or way points" if others else "a GPX file without track points"
