"""Polar's measurement service (PMD): frames of all types in, samples with the sensor's own time out.

The rule of this file: a frame's stamp is the time of its last row. Rows are spread evenly from the previous frame's
stamp to this one; where there is no previous one, or it is not the neighbour, they go back from the stamp at the
stream's rate. `t_s` is device time: seconds since 2000-01-01 of the sensor's clock (0.2 us in a float), which the
session maps to the host's. Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 4.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from device.wire import polar_location
from device.wire.plausible import Doubt
from device.wire.polar_control import Settings
from device.wire.polar_frame import PmdFrame, PmdHeader, PmdType, Values, encode, parse, parse_header
from edge.samples import (
    Altitude,
    Column,
    Columnar,
    Fix,
    HeartRate,
    Inertial,
    Magnetic,
    Odometer,
    Pressure,
    Samples,
    Temperature,
)

__all__ = [
    "CONTROL",
    "DATA",
    "SERVICE",
    "PmdFrame",
    "PmdHeader",
    "PmdStream",
    "PmdType",
    "Settings",
    "doubts",
    "encode",
    "parse",
    "parse_header",
    "samples",
]

SERVICE = "FB005C80-02E7-F387-1CAD-8ACD2D8DF0C8"
CONTROL = "FB005C81-02E7-F387-1CAD-8ACD2D8DF0C8"
DATA = "FB005C82-02E7-F387-1CAD-8ACD2D8DF0C8"
UNIX_S_AT_ZERO = 946_684_800  # 2000-01-01

_M_S2_PER_G, _UT_PER_GAUSS = 9.80665, 100.0
_NEIGHBOURS = 0.2  # a frame whose spacing is off its stream's rate by more than this share follows a loss


@dataclass(slots=True)
class _Track:
    """What is remembered of one type: the previous frame's stamp in ns (0: none) and the settings in force."""

    device_ns: int = 0
    settings: Settings = field(default_factory=Settings)

    @property
    def rate_hz(self) -> float:
        return float(self.settings.rate_hz[0]) if self.settings.rate_hz else 0.0

    @property
    def factor(self) -> float:
        return self.settings.factor[0] if self.settings.factor else 1.0


class PmdStream:
    """Turns the data notifications of one sensor into samples; frames of several types may come in any mixture."""

    def __init__(self) -> None:
        self._tracks: dict[PmdType, _Track] = {}

    def configure(self, kind: PmdType, settings: Settings) -> None:
        """Take the settings that a stream was started with and forget its previous stamp.

        What `settings` leaves empty stays as it was, so that the answer to a start, which holds the factor alone, can
        be given after the request. Factor 1.0 and no rate until told otherwise.
        """
        known = self._tracks.get(PmdType(kind), _Track()).settings
        told = {f.name: getattr(settings, f.name) for f in dataclasses.fields(Settings) if getattr(settings, f.name)}
        self._tracks[PmdType(kind)] = _Track(0, dataclasses.replace(known, **told))

    def restart(self) -> None:
        """Forget the stamps of all types, as after a lost connection; settings stay."""
        for track in self._tracks.values():
            track.device_ns = 0

    def feed(self, payload: bytes) -> tuple[Samples, ...]:
        """Return the samples of a data notification, `t_s` in device time (NaN where the frame has no stamp).

        ECG, PPG, skin temperature, satellite counts and offline types give none. Accelerometer and gyroscope are
        streams of their own: each gives `Inertial` with NaN for the other. Raises WireError, and nothing else, for
        bytes that are no frame; the state is then unchanged.
        """
        return self.feed_frame(parse(bytes(payload)))

    def feed_frame(self, frame: PmdFrame) -> tuple[Samples, ...]:
        """Return the samples of a frame that is parsed already; WireError as for `feed`."""
        kind, track = frame.header.type, self._tracks.get(frame.header.type) or _Track()
        made = samples(frame, _times(frame, track), track.factor)
        track.device_ns = frame.header.device_ns
        self._tracks[kind] = track
        return made

    def save(self) -> str:
        """Return the whole state as text for `restore`."""
        return json.dumps({kind.name: [t.device_ns, _as_lists(t.settings)] for kind, t in self._tracks.items()})

    @classmethod
    def restore(cls, saved: str) -> PmdStream:
        """Return the stream that `save` described; ValueError where the text is none."""
        stream = cls()
        for name, (device_ns, lists) in json.loads(saved).items():
            values = {key: tuple(each) for key, each in lists.items()}
            values["security"] = tuple(bytes.fromhex(text) for text in values["security"])
            stream._tracks[PmdType[name]] = _Track(device_ns, Settings(**values))
        return stream


def _as_lists(settings: Settings) -> dict[str, list[int | float | str]]:
    lists = {f.name: list(getattr(settings, f.name)) for f in dataclasses.fields(Settings)}
    return lists | {"security": [key.hex() for key in settings.security]}


def _times(frame: PmdFrame, track: _Track) -> Column:
    """Return the device time of each row in s (n,)."""
    device_ns, rows = frame.header.device_ns, len(frame.values)
    if device_ns == 0:
        return np.full(rows, math.nan)
    if frame.header.type is PmdType.PPI:
        ahead_s = np.cumsum(frame.values[::-1, 1])[::-1] - frame.values[:, 1]
        return np.asarray(device_ns / 1e9 - ahead_s / 1e3, dtype=np.float64)
    spacing_s = _spacing_s(device_ns - track.device_ns if track.device_ns else 0, rows, track.rate_hz)
    return np.asarray(np.arange(1.0 - rows, 1.0) * spacing_s + device_ns / 1e9)


def _spacing_s(passed_ns: int, rows: int, rate_hz: float) -> float:
    """Return the time from row to row in s; 0 where neither the previous stamp nor the rate tells it."""
    spread_s = passed_ns / 1e9 / rows if passed_ns > 0 and rows else 0.0
    if rate_hz <= 0.0:
        return spread_s
    return spread_s if abs(spread_s * rate_hz - 1.0) <= _NEIGHBOURS else 1.0 / rate_hz


def doubts(frame: PmdFrame) -> tuple[Doubt, ...]:
    """Return why the sensor itself does not trust what a frame says, by stream; empty where it does."""
    kind, form = frame.header.type, frame.header.frame_type
    if kind is PmdType.PPI and frame.values[:, 3].any():
        return (Doubt("heart_rate", "the sensor moved while it measured pulse intervals"),)
    if kind is PmdType.LOCATION and form == polar_location.COORDINATES and not frame.values[:, 13].all():
        return (Doubt("fix", "no satellites: the device has no fix"),)
    if kind is PmdType.LOCATION and form == polar_location.DILUTION and not frame.values[:, 3].all():
        return (Doubt("altitude", "no satellites: the device has no fix"),)
    return ()


def samples(frame: PmdFrame, t_s: Column, factor: float = 1.0) -> tuple[Columnar, ...]:
    """Return the samples of a frame whose rows were taken at `t_s` (n,) in s; empty for types that have none.

    `factor` is what the sensor told at the start of the stream. What is not a number on the wire is NaN here too.
    """
    maker = _MAKERS.get(frame.header.type)
    return maker(frame, t_s, factor) if maker else ()


def _finite(values: Values) -> Column:
    return np.where(np.isfinite(values), values, math.nan)


def _absent(like: Column) -> Column:
    missing = np.empty_like(like)
    missing.fill(math.nan)
    return missing


def _acceleration(frame: PmdFrame, t_s: Column, factor: float) -> tuple[Columnar, ...]:
    in_g = frame.header.compressed and frame.header.frame_type == 0
    accel = frame.values * (factor * _M_S2_PER_G * (1.0 if in_g else 1e-3))
    return (Inertial(t_s, accel, _absent(accel)),)


def _rotation(frame: PmdFrame, t_s: Column, factor: float) -> tuple[Columnar, ...]:
    gyro = _finite(frame.values * (factor * math.radians(1.0)))
    return (Inertial(t_s, _absent(gyro), gyro),)


def _field(frame: PmdFrame, t_s: Column, factor: float) -> tuple[Columnar, ...]:
    per_count = _UT_PER_GAUSS if frame.header.frame_type == 0 else _UT_PER_GAUSS / 1000.0
    return (Magnetic(t_s, frame.values[:, :3] * (factor * per_count)),)


def _pressure(frame: PmdFrame, t_s: Column, factor: float) -> tuple[Columnar, ...]:
    return (Pressure(t_s, _finite(frame.values[:, 0] * (factor * 100.0)), np.full(len(t_s), math.nan)),)


def _temperature(frame: PmdFrame, t_s: Column, factor: float) -> tuple[Columnar, ...]:
    return (Temperature(t_s, _finite(frame.values[:, 0] * factor)),)


def _intervals(frame: PmdFrame, t_s: Column, _: float) -> tuple[Columnar, ...]:
    return (HeartRate(t_s, frame.values[:, 0], np.ones(len(t_s)), frame.values[:, 1] / 1000.0),)


def _position(frame: PmdFrame, t_s: Column, _: float) -> tuple[Columnar, ...]:
    if frame.header.frame_type == polar_location.COORDINATES:
        return _coordinates(frame.values, t_s)
    if frame.header.frame_type == polar_location.DILUTION:
        metres = frame.values[:, 1].astype(np.float64)
        return (Altitude(t_s, np.where(metres == -0x8000, math.nan, metres)),)
    if frame.header.frame_type == polar_location.TEXT:
        return _text_positions(frame)
    return ()


def _coordinates(rows: Values, t_s: Column) -> tuple[Columnar, ...]:
    unknown, knots = np.full(len(rows), math.nan), rows[:, 12]
    speed = np.where(knots == 0xFFFF, math.nan, knots * (0.01 * polar_location.M_S_PER_KNOT))
    fix = Fix(t_s, _finite(rows[:, 0]), _finite(rows[:, 1]), unknown, speed, unknown)
    return (fix, Odometer(t_s, rows[:, 6] / 10.0, speed))


def _text_positions(frame: PmdFrame) -> tuple[Columnar, ...]:
    text = "".join(message.text for message in polar_location.texts(frame))
    fixes = polar_location.text_fixes(text)
    if not fixes:
        return ()
    unknown = np.full(len(fixes), math.nan)
    t_s = np.full(len(fixes), frame.header.device_ns / 1e9 if frame.header.device_ns else math.nan)
    places = np.array([(fix.latitude_deg, fix.longitude_deg, fix.altitude_m) for fix in fixes])
    return (Fix(t_s, places[:, 0], places[:, 1], places[:, 2], unknown, unknown),)


_MAKERS: dict[PmdType, Callable[[PmdFrame, Column, float], tuple[Columnar, ...]]] = {
    PmdType.ACC: _acceleration,
    PmdType.GYRO: _rotation,
    PmdType.MAG: _field,
    PmdType.PPI: _intervals,
    PmdType.PRESSURE: _pressure,
    PmdType.TEMPERATURE: _temperature,
    PmdType.LOCATION: _position,
}
