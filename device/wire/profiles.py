"""Which characteristic is read by which profile, and the one function that reads them all.

The rule of this file: stateless characteristics only; one entry each; an unknown one is a WireError too. PROFILES
are the streams; FACTS are read once and say something of the tracker itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from device.wire import (
    bangle,
    battery,
    csc,
    current_time,
    device_information,
    environment,
    heart_rate,
    infinitime,
    location,
    p8,
    plausible,
    running,
    sensor_place,
    thingy,
    treadmill,
)
from device.wire.errors import MOST_BYTES, WireError
from edge.samples import Columnar, Samples

_SIG_BASE = "-0000-1000-8000-00805F9B34FB"


@dataclass(frozen=True, slots=True)
class Profile:
    """How one characteristic is read: bytes to measurement, measurement to samples, and what is doubtful."""

    streams: tuple[str, ...]
    parse: Callable[[bytes], Any]
    samples: Callable[[Any, float], tuple[Columnar, ...]]
    doubts: Callable[[Any], tuple[plausible.Doubt, ...]] = lambda _: ()
    steady: bool = True
    """True where the characteristic is sent all the time, so that silence means loss."""


def _p8_samples(packet: p8.DataPacket, t_s: float) -> tuple[Columnar, ...]:
    return p8.samples(packet, np.asarray(t_s + packet.offsets_s()))


PROFILES: dict[str, Profile] = {
    heart_rate.UUID: Profile(("heart_rate",), heart_rate.parse, heart_rate.samples, plausible.heart_rate_doubts),
    running.UUID: Profile(("stride",), running.parse, running.samples),
    treadmill.UUID: Profile(("odometer", "heart_rate"), treadmill.parse, treadmill.samples),
    # a single payload holds the distance alone; speed and cadence come from csc.CscStream
    csc.UUID: Profile(("cycling",), csc.parse, csc.samples),
    location.UUID: Profile(("fix", "odometer"), location.parse, location.samples, plausible.location_doubts),
    environment.PRESSURE: Profile(("pressure",), environment.parse_pressure, environment.pressure_samples),
    environment.ELEVATION: Profile(("altitude",), environment.parse_elevation, environment.elevation_samples),
    environment.TEMPERATURE: Profile(
        ("temperature",), environment.parse_temperature, environment.temperature_samples, steady=False
    ),
    environment.HUMIDITY: Profile(
        ("humidity",), environment.parse_humidity, environment.humidity_samples, steady=False
    ),
    environment.MAGNETIC: Profile(("magnetic",), environment.parse_magnetic, environment.magnetic_samples),
    battery.UUID: Profile(("battery",), battery.parse, battery.samples, steady=False),
    p8.DATA.upper(): Profile(("inertial", "magnetic", "pressure", "fix", "odometer"), p8.parse, _p8_samples),
    thingy.RAW: Profile(("inertial", "magnetic"), thingy.parse_raw, thingy.raw_samples),
    thingy.PRESSURE: Profile(("pressure",), thingy.parse_pressure, thingy.pressure_samples),
    thingy.TEMPERATURE: Profile(("temperature",), thingy.parse_temperature, thingy.temperature_samples, steady=False),
    thingy.HUMIDITY: Profile(("humidity",), thingy.parse_humidity, thingy.humidity_samples, steady=False),
    **{
        uuid: Profile((), parse, thingy.no_samples, steady=False)
        for uuid, parse in (
            (thingy.TAP, thingy.parse_tap),
            (thingy.ORIENTATION, thingy.parse_orientation),
            (thingy.QUATERNION, thingy.parse_quaternion),
            (thingy.STEPS, thingy.parse_steps),
            (thingy.EULER, thingy.parse_euler),
            (thingy.ROTATION, thingy.parse_rotation),
            (thingy.HEADING, thingy.parse_heading),
            (thingy.GRAVITY, thingy.parse_gravity),
            (thingy.GAS, thingy.parse_gas),
            (infinitime.STEPS, infinitime.parse_steps),
        )
    },
    infinitime.MOTION: Profile(("inertial",), infinitime.parse_motion, infinitime.motion_samples),
    bangle.ACCELERATION: Profile(("inertial",), bangle.parse_acceleration, bangle.acceleration_samples),
    bangle.TEMPERATURE: Profile(("temperature",), bangle.parse_temperature, bangle.temperature_samples, steady=False),
}

_TEXTS = ("MODEL", "SERIAL", "FIRMWARE", "HARDWARE", "SOFTWARE", "MANUFACTURER")
FACTS: dict[str, Callable[[bytes], Any]] = {
    running.FEATURE: running.parse_feature,
    csc.FEATURE: csc.parse_feature,
    location.QUALITY: location.parse_quality,
    location.FEATURE: location.parse_feature,
    sensor_place.BODY: sensor_place.parse_body,
    sensor_place.SENSOR: sensor_place.parse_sensor,
    current_time.DATE_TIME: current_time.parse_date_time,
    current_time.CURRENT: current_time.parse,
    current_time.LOCAL: current_time.parse_local,
    environment.PRESSURE_TREND: environment.parse_trend,
    **{getattr(device_information, name): device_information.parse for name in _TEXTS},
}


def short_uuid(uuid: str) -> str:
    """Return a UUID in upper case, in its 16-bit form where it has one ("2A37"), whatever the spelling given."""
    upper = uuid.strip().upper()
    if upper.startswith("0X"):
        upper = upper[2:]
    if upper.endswith(_SIG_BASE) and upper.startswith("0000") and len(upper) == 36:
        return upper[4:8]
    return upper


def profile(characteristic_uuid: str) -> Profile:
    """Return the profile that reads a characteristic; WireError where there is none."""
    found = PROFILES.get(short_uuid(characteristic_uuid))
    if found is None:
        raise WireError(f"no profile reads characteristic {characteristic_uuid}")
    return found


def parse(characteristic_uuid: str, payload: bytes) -> Any:
    """Return the measurement or fact of a characteristic with all its fields, as its module describes it.

    Raises WireError as `decode` does.
    """
    fact = FACTS.get(short_uuid(characteristic_uuid))
    return (fact or profile(characteristic_uuid).parse)(_value(payload))


def _value(payload: bytes) -> bytes:
    if len(payload) > MOST_BYTES:
        raise WireError(f"{len(payload)} bytes: no characteristic holds more than {MOST_BYTES}")
    return bytes(payload)


def decode(characteristic_uuid: str, payload: bytes, *, t_s: float = 0.0) -> tuple[Samples, ...]:
    """Return what a payload says, as samples at `t_s` (the first row's time, where it holds several).

    The UUID may be "2A37" or the full one, in any case. Device information becomes a `DeviceInfo`; features, places
    and clocks hold no samples and give none (`parse` returns them). Raises WireError, and nothing else, for bytes
    that do not have the form of the characteristic and for a characteristic that no profile reads.
    """
    uuid = short_uuid(characteristic_uuid)
    if uuid in FACTS:
        fact = FACTS[uuid](_value(payload))
        return device_information.samples(uuid, fact) if isinstance(fact, str) else ()
    reader = profile(uuid)
    return reader.samples(reader.parse(_value(payload)), t_s)
