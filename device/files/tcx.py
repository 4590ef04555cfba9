"""TCX becomes recordings: one for each Activity; courses and workouts are told apart by their elements.

The rule of this file: laps state the totals, track points are the truth, a Track that ends and begins again
is a pause. Source: Garmin TrainingCenterDatabase v2 and ActivityExtension v2 schemas.
"""

from __future__ import annotations

from typing import BinaryIO

from device.files.recording import Lap, Recording, StatedTotals
from device.files.sports import sport_of
from device.files.tracks import AT, COLUMNS, Track, recordings
from device.files.xml_stream import NAN, Rows, XmlStream, moment, number

_IN_POINT = {
    "LatitudeDegrees": AT["latitude_deg"],
    "LongitudeDegrees": AT["longitude_deg"],
    "AltitudeMeters": AT["altitude_m"],
    "DistanceMeters": AT["distance_m"],
    "Value": AT["heart_rate_bpm"],
    "Cadence": AT["cadence"],
    "RunCadence": AT["cadence"],
    "Speed": AT["speed_m_s"],
    "Watts": AT["power_w"],
    "Temperature": AT["temperature_c"],
}
_BLANK = [NAN] * len(COLUMNS)


class _LapTotals:
    """What one Lap states of itself."""

    def __init__(self, start_s: float) -> None:
        self.start_s = start_s
        self.timer_s = self.distance_m = self.calories = self.avg_hr = self.max_hr = self.cadence = NAN
        self.trigger = ""

    def take(self, name: str, parent: str, text: str) -> None:
        """Take one element of the lap by its name and its parent's."""
        if name == "Value" and parent == "AverageHeartRateBpm":
            self.avg_hr = number(text) or NAN
        elif name == "Value" and parent == "MaximumHeartRateBpm":
            self.max_hr = number(text) or NAN
        elif name == "TotalTimeSeconds":
            self.timer_s = number(text)
        elif name == "DistanceMeters" and parent == "Lap":
            self.distance_m = number(text)
        elif name == "Calories":
            self.calories = number(text)
        elif name == "AvgRunCadence" or (name == "Cadence" and self.cadence != self.cadence):
            self.cadence = number(text) or NAN
        elif name == "TriggerMethod":
            self.trigger = text.strip().lower()[:20]


class _Tcx:
    """Collects the points, laps and activities of one document."""

    def __init__(self) -> None:
        self.rows = Rows(len(COLUMNS))
        self.tracks: list[Track] = []
        self.courses = self.workouts = 0
        self.utc_offset_s = NAN
        self._row: list[float] | None = None
        self._track: Track | None = None
        self._lap: _LapTotals | None = None
        self._laps: list[_LapTotals] = []
        self._parents: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if self._row is not None:
            return
        self._parents.append(name)
        if name == "Trackpoint":
            self._row = _BLANK.copy()
        elif name == "Track" and self._track is not None:
            if self.rows.count > self._track.first:
                self._track.breaks.append(self.rows.count)
        elif name == "Lap":
            self._lap = _LapTotals(moment(attributes.get("StartTime", ""))[0])
            self._laps.append(self._lap)
        elif name in ("Activity", "Course"):
            self.finish()
            sport, sub_sport = sport_of(attributes.get("Sport", ""))
            self._track = Track(sport=sport, sub_sport=sub_sport, first=self.rows.count)
            self._laps, self._lap = [], None
            self.courses += name == "Course"
        elif name == "Workout":
            self.workouts += 1

    def end(self, name: str, text: str) -> None:
        """Close an element."""
        row = self._row
        if row is not None:
            if name == "Trackpoint":
                self.rows.append(row)
                self._row = None
                self._parents.pop()
            elif name == "Time":
                row[0], offset_s = moment(text)
                self.utc_offset_s = offset_s if offset_s == offset_s else self.utc_offset_s
            elif text and name in _IN_POINT:
                row[_IN_POINT[name]] = number(text)
            return
        self._parents.pop()
        if name == "Lap":
            self._lap = None
        elif self._lap is not None:
            self._lap.take(name, self._parents[-1] if self._parents else "", text)
        elif name == "Name" and self._parents[-1:] == ["Creator"] and self._track is not None:
            self._track.device = text.strip()[:80]
        elif name in ("Activity", "Course"):
            self.finish()

    def finish(self) -> None:
        """Close the activity that is open, at its end or at a defect."""
        track, self._track = self._track, None
        if track is not None:
            track.end = self.rows.count
            track.stated = _totals(self._laps)
            for lap in self._laps:
                track.laps.append(Lap(lap.start_s, lap.start_s + lap.timer_s, lap.distance_m, lap.trigger))
            self.tracks.append(track)


def _totals(laps: list[_LapTotals]) -> StatedTotals:
    """Return what the laps state together; NaN where one of them is silent (heart rate: those that have one)."""
    heard = [(lap.avg_hr, lap.timer_s) for lap in laps if lap.avg_hr > 0.0 and lap.timer_s > 0.0]
    paced = [(lap.cadence, lap.timer_s) for lap in laps if lap.cadence > 0.0 and lap.timer_s > 0.0]
    return StatedTotals(
        duration_s=NAN,
        timer_s=_sum([lap.timer_s for lap in laps]),
        distance_m=_sum([lap.distance_m for lap in laps]),
        ascent_m=NAN,
        descent_m=NAN,
        avg_hr_bpm=_weighted(heard),
        max_hr_bpm=max((lap.max_hr for lap in laps if lap.max_hr > 0.0), default=NAN),
        avg_cadence_spm=_weighted(paced),
        calories_kcal=_sum([lap.calories for lap in laps]),
    )


def _sum(values: list[float]) -> float:
    return sum(values) if values else NAN


def _weighted(pairs: list[tuple[float, float]]) -> float:
    weight = sum(w for _, w in pairs)
    return sum(v * w for v, w in pairs) / weight if weight > 0.0 else NAN


def read_tcx(source: BinaryIO) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    """Return kind, recordings, problems and whether the document was whole.

    Raises EntityError for a document that declares entities.
    """
    tcx = _Tcx()
    stream = XmlStream(tcx)
    stream.read(source)
    tcx.finish()
    if tcx.courses and not stream.defect:
        return "a course", (), [], True
    found, problems = recordings(tcx.rows, tcx.tracks, "tcx", tcx.utc_offset_s, NAN, 2.0)
    if stream.defect:
        problems.insert(0, stream.defect)
    kind = "activity"
    if not found and not stream.defect:
        kind = "a workout plan" if tcx.workouts else "a TCX file without track points"
    return kind, found, problems, not stream.defect
