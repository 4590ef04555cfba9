"""Nordic Thingy:52: its motion and environment services.

The rule of this file: what the bytes say, stamped on arrival: the device sends no time with a sample. What has no
sample type (attitude, taps, gas) is parsed, and gives no samples.
Source: Nordic-Thingy52-FW, documentation/firmware_architecture.html, environment and motion service.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

import numpy as np

from device.wire.errors import WireError, exactly, whole
from edge.samples import Columnar, Humidity, Inertial, Magnetic, Pressure, Temperature

ENVIRONMENT_SERVICE = "EF680200-9B35-4933-9B10-52FFA9740042"
TEMPERATURE = "EF680201-9B35-4933-9B10-52FFA9740042"
PRESSURE = "EF680202-9B35-4933-9B10-52FFA9740042"
HUMIDITY = "EF680203-9B35-4933-9B10-52FFA9740042"
GAS = "EF680204-9B35-4933-9B10-52FFA9740042"
ENVIRONMENT_CONFIG = "EF680206-9B35-4933-9B10-52FFA9740042"
MOTION_SERVICE = "EF680400-9B35-4933-9B10-52FFA9740042"
MOTION_CONFIG = "EF680401-9B35-4933-9B10-52FFA9740042"
TAP = "EF680402-9B35-4933-9B10-52FFA9740042"
ORIENTATION = "EF680403-9B35-4933-9B10-52FFA9740042"
QUATERNION = "EF680404-9B35-4933-9B10-52FFA9740042"
STEPS = "EF680405-9B35-4933-9B10-52FFA9740042"
RAW = "EF680406-9B35-4933-9B10-52FFA9740042"
EULER = "EF680407-9B35-4933-9B10-52FFA9740042"
ROTATION = "EF680408-9B35-4933-9B10-52FFA9740042"
HEADING = "EF680409-9B35-4933-9B10-52FFA9740042"
GRAVITY = "EF68040A-9B35-4933-9B10-52FFA9740042"

_M_S2_PER_COUNT = 9.80665 / 1024.0  # 6Q10 g
_RAD_S_PER_COUNT = math.radians(1.0) / 32.0  # 11Q5 deg/s
_UT_PER_COUNT = 1.0 / 16.0  # 12Q4 uT
_Q30, _Q16, _Q14 = float(1 << 30), float(1 << 16), float(1 << 14)

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RawMotion:
    """One raw row: accelerometer in m/s2, gyroscope in rad/s, magnetic field in uT, each x, y, z."""

    accel_m_s2: Numbers
    gyro_rad_s: Numbers
    field_ut: Numbers


@dataclass(frozen=True, slots=True)
class StepCount:
    """Steps since the counter was reset and the device's time of the last one in s (32 bits of ms)."""

    steps: int
    time_s: float


@dataclass(frozen=True, slots=True)
class MotionConfig:
    """How the motion unit runs; the device takes 100 to 5000 ms, for the compass to 1000 ms, and 5 to 200 Hz."""

    step_interval_ms: int
    temperature_interval_ms: int
    magnetic_interval_ms: int
    rate_hz: int
    wake_on_motion: bool


@dataclass(frozen=True, slots=True)
class EnvironmentConfig:
    """How often the environment is read, in ms; gas mode 1: each s, 2: each 10 s, 3: each min; colour of the lamp."""

    temperature_interval_ms: int
    pressure_interval_ms: int
    humidity_interval_ms: int
    colour_interval_ms: int
    gas_mode: int
    lamp: tuple[int, int, int]


# ── motion ─────────────────────────────────────────────────────────────────────────────────────────────────────


def parse_raw(payload: bytes) -> RawMotion:
    """Return a raw row; WireError unless eighteen bytes."""
    counts = _unpack("<9h", payload, "raw motion")
    return RawMotion(
        tuple(count * _M_S2_PER_COUNT for count in counts[:3]),
        tuple(count * _RAD_S_PER_COUNT for count in counts[3:6]),
        tuple(count * _UT_PER_COUNT for count in counts[6:]),
    )


def encode_raw(motion: RawMotion) -> bytes:
    """Return the payload of a raw row; ValueError beyond 32 g, 1024 deg/s or 2048 uT."""
    scaled = (
        *(value / _M_S2_PER_COUNT for value in motion.accel_m_s2),
        *(value / _RAD_S_PER_COUNT for value in motion.gyro_rad_s),
        *(value / _UT_PER_COUNT for value in motion.field_ut),
    )
    return struct.pack("<9h", *(whole(value, -0x8000, 0x7FFF, "raw motion") for value in scaled))


def raw_samples(motion: RawMotion, t_s: float) -> tuple[Columnar, ...]:
    """Return one six-axis row and one magnetic row at `t_s`."""
    at = np.array([t_s])
    inertial = Inertial(at, np.array([motion.accel_m_s2]), np.array([motion.gyro_rad_s]))
    return (inertial, Magnetic(at, np.array([motion.field_ut])))


def parse_quaternion(payload: bytes) -> Numbers:
    """Return the attitude w, x, y, z; WireError unless sixteen bytes."""
    return tuple(count / _Q30 for count in _unpack("<4i", payload, "quaternion"))


def encode_quaternion(attitude: Numbers) -> bytes:
    """Return the payload of an attitude w, x, y, z; ValueError for a value outside -2 to 2."""
    return _pack_32(attitude, _Q30, "quaternion")


def parse_euler(payload: bytes) -> Numbers:
    """Return roll, pitch and yaw in deg; WireError unless twelve bytes."""
    return tuple(count / _Q16 for count in _unpack("<3i", payload, "Euler angles"))


def encode_euler(angles_deg: Numbers) -> bytes:
    """Return the payload of roll, pitch and yaw in deg; ValueError for a value that does not fit."""
    return _pack_32(angles_deg, _Q16, "Euler angles")


def parse_rotation(payload: bytes) -> Numbers:
    """Return the nine numbers of the rotation matrix row by row; WireError unless eighteen bytes."""
    return tuple(count / _Q14 for count in _unpack("<9h", payload, "rotation matrix"))


def encode_rotation(matrix: Numbers) -> bytes:
    """Return the payload of a rotation matrix; ValueError for a value outside -2 to 2."""
    return struct.pack("<9h", *(whole(value * _Q14, -0x8000, 0x7FFF, "rotation matrix") for value in matrix))


def parse_heading(payload: bytes) -> float:
    """Return the heading in deg; WireError unless four bytes."""
    (count,) = _unpack("<i", payload, "heading")
    return count / _Q16


def encode_heading(heading_deg: float) -> bytes:
    """Return the payload of a heading in deg; ValueError where it does not fit."""
    return _pack_32((heading_deg,), _Q16, "heading")


def parse_gravity(payload: bytes) -> Numbers:
    """Return the gravity vector x, y, z in m/s2 as the device states it; WireError unless three finite floats."""
    vector = _unpack("<3f", payload, "gravity vector")
    if not all(map(math.isfinite, vector)):
        raise WireError(f"gravity vector: {vector}")
    return vector


def encode_gravity(vector_m_s2: Numbers) -> bytes:
    """Return the payload of a gravity vector; ValueError for a value that is not finite."""
    if not all(abs(value) < 3.4e38 for value in vector_m_s2):
        raise ValueError(f"gravity vector: {vector_m_s2}")
    return struct.pack("<3f", *vector_m_s2)


def parse_orientation(payload: bytes) -> int:
    """Return 0 portrait, 1 landscape, 2 and 3 the same reversed; WireError unless it is one of them."""
    (which,) = _unpack("<B", payload, "orientation")
    if which > 3:
        raise WireError(f"orientation: {which}")
    return int(which)


def parse_tap(payload: bytes) -> tuple[int, int]:
    """Return the direction (1 to 6: x up, x down, y, y, z, z) and the number of taps; WireError unless two bytes."""
    direction, count = _unpack("<BB", payload, "tap")
    return int(direction), int(count)


def parse_steps(payload: bytes) -> StepCount:
    """Return the step counter; WireError unless eight bytes."""
    steps, time_ms = _unpack("<II", payload, "step counter")
    return StepCount(int(steps), time_ms / 1000.0)


def encode_steps(count: StepCount) -> bytes:
    """Return the payload of the step counter; ValueError for a value that does not fit."""
    ms = whole(count.time_s * 1000.0, 0, 0xFFFFFFFF, "step time")
    return struct.pack("<II", whole(count.steps, 0, 0xFFFFFFFF, "steps"), ms)


def parse_motion_config(payload: bytes) -> MotionConfig:
    """Return the motion configuration; WireError unless nine bytes."""
    steps, temperature, magnetic, rate, wake = map(int, _unpack("<4HB", payload, "motion configuration"))
    return MotionConfig(steps, temperature, magnetic, rate, wake != 0)


def encode_motion_config(config: MotionConfig) -> bytes:
    """Return what is written to configure the motion unit; ValueError outside the limits that the device takes."""
    return struct.pack(
        "<4HB",
        whole(config.step_interval_ms, 100, 5000, "step interval"),
        whole(config.temperature_interval_ms, 100, 5000, "temperature interval"),
        whole(config.magnetic_interval_ms, 100, 1000, "magnetic interval"),
        whole(config.rate_hz, 5, 200, "rate"),
        config.wake_on_motion,
    )


# ── environment ────────────────────────────────────────────────────────────────────────────────────────────────


def parse_temperature(payload: bytes) -> float:
    """Return the temperature in deg C; WireError unless two bytes with a fraction in hundredths.

    Below zero the firmware casts a negative fraction to an unsigned byte: 157 to 255 are -0.99 to -0.01.
    """
    degrees, hundredths = _unpack("<bB", payload, "temperature")
    if 99 < hundredths < 157:
        raise WireError(f"temperature: a fraction of {hundredths} hundredths")
    return (degrees * 100 + (hundredths if hundredths <= 99 else hundredths - 256)) / 100.0


def encode_temperature(temperature_c: float) -> bytes:
    """Return the payload of a temperature in deg C, the fraction never negative; ValueError where it does not fit."""
    return struct.pack("<bB", *divmod(whole(temperature_c * 100.0, -12800, 12799, "temperature"), 100))


def temperature_samples(temperature_c: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of temperature at `t_s`."""
    return (Temperature(np.array([t_s]), np.array([temperature_c])),)


def parse_pressure(payload: bytes) -> float:
    """Return the pressure in Pa from hPa and hundredths; WireError unless five bytes with a fraction below 100."""
    hectopascal, hundredths = _unpack("<iB", payload, "pressure")
    if hundredths > 99:
        raise WireError(f"pressure: a fraction of {hundredths} hundredths")
    return float(hectopascal * 100 + hundredths)


def encode_pressure(pressure_pa: float) -> bytes:
    """Return the payload of a pressure in Pa; ValueError where it does not fit."""
    return struct.pack("<iB", *divmod(whole(pressure_pa, -(100 << 31), (100 << 31) - 1, "pressure"), 100))


def pressure_samples(pressure_pa: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of pressure at `t_s`; the characteristic carries no temperature."""
    return (Pressure(np.array([t_s]), np.array([pressure_pa]), np.array([math.nan])),)


def parse_humidity(payload: bytes) -> float:
    """Return the relative humidity in per cent; WireError unless one byte."""
    exactly(payload, 1, "humidity")
    return float(payload[0])


def encode_humidity(humidity_percent: float) -> bytes:
    """Return the payload of a humidity in per cent; ValueError where it does not fit a byte."""
    return bytes([whole(humidity_percent, 0, 0xFF, "humidity")])


def humidity_samples(humidity_percent: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of humidity at `t_s`."""
    return (Humidity(np.array([t_s]), np.array([humidity_percent])),)


def parse_gas(payload: bytes) -> tuple[int, int]:
    """Return equivalent CO2 in ppm and volatile compounds in ppb; WireError unless four bytes."""
    carbon_dioxide, compounds = _unpack("<HH", payload, "gas")
    return int(carbon_dioxide), int(compounds)


def parse_environment_config(payload: bytes) -> EnvironmentConfig:
    """Return the environment configuration; WireError unless twelve bytes."""
    temperature, pressure, humidity, colour, gas, red, green, blue = map(
        int, _unpack("<4H4B", payload, "environment configuration")
    )
    return EnvironmentConfig(temperature, pressure, humidity, colour, gas, (red, green, blue))


def encode_environment_config(config: EnvironmentConfig) -> bytes:
    """Return what is written to configure the environment; ValueError outside the limits that the device takes."""
    return struct.pack(
        "<4H4B",
        whole(config.temperature_interval_ms, 100, 60_000, "temperature interval"),
        whole(config.pressure_interval_ms, 50, 60_000, "pressure interval"),
        whole(config.humidity_interval_ms, 100, 60_000, "humidity interval"),
        whole(config.colour_interval_ms, 200, 60_000, "colour interval"),
        whole(config.gas_mode, 1, 3, "gas mode"),
        *(whole(level, 0, 0xFF, "lamp") for level in config.lamp),
    )


def no_samples(_: object, __: float) -> tuple[Columnar, ...]:
    """Return no samples: the characteristic has no sample type, its bytes are only checked."""
    return ()


def _unpack(form: str, payload: bytes, what: str) -> tuple[float, ...]:
    exactly(payload, struct.calcsize(form), what)
    return struct.unpack(form, payload)


def _pack_32(values: Numbers, per_unit: float, what: str) -> bytes:
    counts = [whole(value * per_unit, -(1 << 31), (1 << 31) - 1, what) for value in values]
    return struct.pack(f"<{len(counts)}i", *counts)
