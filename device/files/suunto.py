"""Suunto's logs become recordings: the app's JSON (DeviceLog, or samples wrapped as suunto/sml) and SML itself.

The rule of this file: Suunto writes SI, so radians become degrees, hertz beats or strides a minute, kelvin degrees
Celsius here and nowhere else. Source: Suunto's own description of its sample log, and logs as their owners describe
them (heart rate 2.1 is 126 beats/min; a latitude of 0.889 is 50.95 degrees).
"""

from __future__ import annotations

import dataclasses
import json
import math
from array import array
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import numpy as np

from device.files.channels import recording_of
from device.files.polar import Json
from device.files.recording import Recording
from device.files.sports import sport_of
from device.files.tracks import NO_TOTALS, Track
from device.files.xml_stream import NAN, XmlStream, moment, number

_DEGREES = 180.0 / math.pi
_MOST = 1e15
#: Field of a sample -> column, factor, offset.
_FIELDS = {
    "HR": ("heart_rate_bpm", 60.0, 0.0),
    "Latitude": ("latitude_deg", _DEGREES, 0.0),
    "Longitude": ("longitude_deg", _DEGREES, 0.0),
    "Altitude": ("altitude_m", 1.0, 0.0),
    "GPSAltitude": ("gps_altitude_m", 1.0, 0.0),
    "Distance": ("distance_m", 1.0, 0.0),
    "Speed": ("speed_m_s", 1.0, 0.0),
    "Cadence": ("cadence", 60.0, 0.0),
    "Power": ("power_w", 1.0, 0.0),
    "Temperature": ("temperature_c", 1.0, -273.15),
    "EHPE": ("accuracy_m", 1.0, 0.0),
}
#: Suunto's numbers of activities -> spelling for `sport_of`.
_SPORTS = {3: "running", 4: "cycling", 5: "mountain_biking", 6: "swimming", 11: "hiking", 12: "walking",
           17: "indoor_cycling", 82: "trail_running", 83: "open_water_swimming"}  # fmt: skip
#: Field of the header -> field of `StatedTotals` and factor.
_TOTALS = {"Duration": ("timer_s", 1.0), "Distance": ("distance_m", 1.0), "Ascent": ("ascent_m", 1.0),
           "Descent": ("descent_m", 1.0), "Energy": ("calories_kcal", 1.0 / 4184.0)}  # fmt: skip


class _Log:
    """Collects samples and what the header says."""

    def __init__(self) -> None:
        self.header: dict[str, float] = {}
        self.device = ""
        self.start_text = ""
        self.utc_offset_s = NAN
        self._channels: dict[str, tuple[array[float], array[float]]] = {}

    def head(self, header: Mapping[str, Json]) -> None:
        """Take a header, which may be empty."""
        self.header.update(numbers(header))
        self.start_text = f"{header.get('DateTime', self.start_text)}"

    def sample(self, time_text: str, fields: Iterable[tuple[str, float]]) -> None:
        """Take one sample."""
        unix_s, offset_s = moment(time_text)
        self.utc_offset_s = offset_s if offset_s == offset_s else self.utc_offset_s
        for name, value in fields:
            place = _FIELDS.get(name)
            if place is not None and value == value:
                times, values = self._channels.setdefault(place[0], (array("d"), array("d")))
                times.append(unix_s)
                values.append(value * place[1] + place[2])

    def recording(self) -> tuple[Recording | None, tuple[str, ...]]:
        """Return the recording, None where there was no sample, and what was left out."""
        channels = {n: (np.array(t), np.array(v)) for n, (t, v) in self._channels.items()}
        satellites = channels.pop("gps_altitude_m", None)
        if satellites is not None:
            channels.setdefault("altitude_m", satellites)
        track = Track(device=self.device)
        kind = self.header.get("ActivityType", NAN)
        if abs(kind) < _MOST:
            track.sport, track.sub_sport = sport_of(_SPORTS.get(int(kind), f"suunto_{int(kind)}"))
        stated = {f: self.header[n] * k for n, (f, k) in _TOTALS.items() if self.header.get(n, NAN) > 0.0}
        track.stated = dataclasses.replace(NO_TOTALS, **stated)
        _, offset_s = moment(self.start_text)
        return recording_of(channels, track, offset_s if offset_s == offset_s else self.utc_offset_s, 2.0)


def read_suunto_json(content: bytes) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    """Return kind, recordings, problems and whether the document was whole."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as problem:
        return "activity", (), [f"cannot be read as JSON: {problem}"], False
    log, body = _Log(), _fields(document)
    body = _fields(body.get("DeviceLog")) or body
    log.head(_fields(body.get("Header")))
    log.device = f"{_fields(body.get('Device')).get('Name', '')}"[:80]
    samples = body.get("Samples")
    for entry in map(_fields, samples if isinstance(samples, list) else []):
        inner = _fields(_fields(entry.get("Attributes")).get("suunto/sml"))
        log.head(_fields(inner.get("Header")))
        fields = _fields(inner.get("Sample")) or entry
        text = fields.get("UTC") or entry.get("TimeISO8601") or ""
        log.sample(f"{text}", numbers(fields))
    return _answer(log, [], True)


def numbers(fields: Mapping[str, Json]) -> list[tuple[str, float]]:
    """Return the fields that are numbers a recording can hold."""
    return [(n, float(v)) for n, v in fields.items() if isinstance(v, (int, float)) and abs(v) < _MOST]


def _fields(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _answer(log: _Log, problems: list[str], whole: bool) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    found, left_out = log.recording()
    if found is None:
        return ("activity" if problems else "a Suunto log without samples"), (), problems, whole
    return "activity", (found,), [*problems, *left_out], whole


class _Sml:
    """Reads SML: a header and samples whose fields are elements."""

    def __init__(self) -> None:
        self.log = _Log()
        self._sample: dict[str, str] | None = None
        self._in_header = False
        self._parents: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._parents.append(name)
        if name == "Sample":
            self._sample = {}
        elif name == "Header":
            self._in_header = True

    def end(self, name: str, text: str) -> None:
        """Close an element."""
        self._parents.pop()
        parent = self._parents[-1] if self._parents else ""
        if name == "Sample" and self._sample is not None:
            fields, self._sample = self._sample, None
            when = fields.get("UTC") or fields.get("TimeISO8601") or ""
            self.log.sample(when, ((n, number(v)) for n, v in fields.items()))
        elif self._sample is not None:
            if parent == "Sample":
                self._sample[name] = text.strip()
        elif name == "Header":
            self._in_header = False
        elif self._in_header and parent == "Header":
            self.log.header[name] = number(text)
            self.log.start_text = text.strip() if name == "DateTime" else self.log.start_text
        elif name == "Name" and parent == "Device":
            self.log.device = text.strip()[:80]


def read_sml(source: BinaryIO) -> tuple[str, tuple[Recording, ...], list[str], bool]:
    """Return kind, recordings, problems and whether the document was whole; raises EntityError as `XmlStream`."""
    sml = _Sml()
    stream = XmlStream(sml)
    stream.read(source)
    return _answer(sml.log, [stream.defect] if stream.defect else [], not stream.defect)
