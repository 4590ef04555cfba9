"""Movesense sensors with the GATT SensorData Protocol (GSP): commands, answers, and measurements joined from parts.

The rule of this file: a measurement that does not fit one notification comes in two, and only a whole one counts.
`t_s` is the sensor's time since boot in s, beyond the 32 bits of ms that it sends; heart rate has none and is NaN.
Source: Movesense, GATT SensorData Protocol 1 (GD-77); movesense-device-lib, resources/movesense-api/meas/*.yaml, for
the order of fields; reference/ble.md, P6. Not tried on a sensor: the order of the arrays and their length.
"""

from __future__ import annotations

import dataclasses
import json
import math
import struct
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from device.wire.errors import WireError, need, whole
from edge.samples import Column, Columnar, HeartRate, Inertial, Magnetic, Samples, Temperature

SERVICE = "34802252-7185-4D5D-B431-630E7050E8F0"
WRITE = "34800001-7185-4D5D-B431-630E7050E8F0"
NOTIFY = "34800002-7185-4D5D-B431-630E7050E8F0"

ANSWER, DATA, DATA_PART_2 = 1, 2, 3
_KELVIN_AT_0_C = 273.15
_ROW_BYTES = 12
_WRAP_MS, _DAY_MS = 1 << 32, 86_400_000
_NEIGHBOURS = 0.25
_SLOWEST_HZ = 13  # a notification holds a 13th of a second: one row at 13 Hz, 8 at 104 Hz
_MOST_RATE_HZ = 1666
_ACCEL, _GYRO, _FIELD = "accel", "gyro", "field"
_ARRAYS = {
    "acc": (_ACCEL,),
    "gyro": (_GYRO,),
    "magn": (_FIELD,),
    "imu6": (_ACCEL, _GYRO),
    "imu6m": (_ACCEL, _FIELD),
    "imu9": (_ACCEL, _GYRO, _FIELD),
    "hr": (),
    "temp": (),
}

Rows = NDArray[np.float64]


class Command(IntEnum):
    """What a host asks of a sensor."""

    HELLO = 0
    SUBSCRIBE = 1
    UNSUBSCRIBE = 2
    GET = 4
    PUT_UTC_TIME = 8


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification: 1 answer, 2 data, 3 second part of data; the reference that the host chose; the rest."""

    code: int
    reference: int
    body: bytes

    def status(self) -> int:
        """Return the status of an answer, 200 for done, as in HTTP; WireError where it has none (HELLO has none)."""
        need(self.body, 2, "GSP answer")
        return int.from_bytes(self.body[:2], "little")


@dataclass(frozen=True, slots=True)
class Hello:
    """What a sensor says of itself: protocol version, then texts (serial, product, address, application, version)."""

    version: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """What a path of `/Meas` names: kind in lower case and rate in Hz (0 for heart rate and temperature)."""

    kind: str
    rate_hz: int = 0

    @property
    def row_bytes(self) -> int:
        """Return the bytes of one row over all arrays."""
        return _ROW_BYTES * len(_ARRAYS[self.kind])


def encode_hello(reference: int) -> bytes:
    """Return the command that asks who the sensor is."""
    return _command(Command.HELLO, reference)


def encode_subscribe(reference: int, path: str) -> bytes:
    """Return the command that subscribes to a path such as "/Meas/IMU9/52"."""
    return _command(Command.SUBSCRIBE, reference, path.encode("ascii"))


def encode_unsubscribe(reference: int) -> bytes:
    """Return the command that ends a subscription."""
    return _command(Command.UNSUBSCRIBE, reference)


def encode_get(reference: int, path: str) -> bytes:
    """Return the command that reads a path once."""
    return _command(Command.GET, reference, path.encode("ascii"))


def encode_put_time(reference: int, unix_s: float) -> bytes:
    """Return the command that sets the sensor's clock; ValueError for a time that does not fit 64 bits of us."""
    return _command(
        Command.PUT_UTC_TIME, reference, whole(unix_s * 1e6, 0, (1 << 63) - 1, "time").to_bytes(8, "little")
    )


def _command(operation: Command, reference: int, rest: bytes = b"") -> bytes:
    return bytes([operation, whole(reference, 0, 0xFF, "reference")]) + rest


def parse_command(payload: bytes) -> tuple[int, int, bytes]:
    """Return operation, reference and the rest of what a host wrote; WireError unless two bytes are there."""
    need(payload, 2, "GSP command")
    return payload[0], payload[1], payload[2:]


def parse_notification(payload: bytes) -> Notification:
    """Return a notification; WireError when it is cut or its code is unknown."""
    need(payload, 2, "GSP notification")
    if payload[0] not in (ANSWER, DATA, DATA_PART_2):
        raise WireError(f"GSP notification: unknown code {payload[0]}")
    return Notification(payload[0], payload[1], payload[2:])


def encode_notification(message: Notification) -> bytes:
    """Return the payload of a notification; ValueError for a code or reference that does not fit a byte."""
    return bytes([whole(message.code, 0, 0xFF, "code"), whole(message.reference, 0, 0xFF, "reference")]) + message.body


def parse_hello(body: bytes) -> Hello:
    """Return what the answer to HELLO says; WireError when it is empty."""
    need(body, 1, "GSP hello")
    texts = body[1:].decode("latin-1").split("\0")
    return Hello(body[0], tuple(texts[:-1] if texts[-1] == "" else texts))


def resource(path: str) -> Resource:
    """Return what a path such as "/Meas/Acc/104" names; ValueError where it is none that this file reads."""
    parts = path.strip("/").lower().split("/")
    arrays = _ARRAYS.get(parts[1]) if len(parts) >= 2 and parts[0] == "meas" else None
    if arrays is None or (len(parts) == 3) != bool(arrays) or len(parts) > 3:
        raise ValueError(f"GSP path: {path!r}")
    rate_hz = int(parts[2]) if arrays else 0
    if arrays and not 1 <= rate_hz <= _MOST_RATE_HZ:
        raise ValueError(f"GSP path: {path!r} has no rate of 1 to {_MOST_RATE_HZ} Hz")
    return Resource(parts[1], rate_hz)


@dataclass(slots=True)
class _Subscription:
    """One reference: what it brings, the rows that a notification holds, and the first part of a split one."""

    path: str
    rows: int
    first_part: str = ""
    """Hexadecimal; empty where none is held."""
    shorter: int = 0
    """Length in bytes of the last one that never got a second part."""
    start_ms: int = -1
    """Time of the previous whole one; -1 for none."""


class GspStream:
    """Turns the notifications of one sensor into samples; `lost` counts first parts whose second never came."""

    def __init__(self) -> None:
        self.lost = 0
        self._subscriptions: dict[int, _Subscription] = {}
        self._newest_ms: int | None = None

    def subscribe(self, reference: int, path: str) -> None:
        """Note what a reference brings; ValueError for a path that is not read here."""
        rows = max(1, round(resource(path).rate_hz / _SLOWEST_HZ))
        self._subscriptions[whole(reference, 0, 0xFF, "reference")] = _Subscription(path, rows)

    def unsubscribe(self, reference: int) -> None:
        """Forget a reference."""
        self._subscriptions.pop(reference, None)

    def feed(self, payload: bytes) -> tuple[Samples, ...]:
        """Return the samples of a notification; none for an answer and for the first part of a split measurement.

        Raises WireError, and nothing else, for bytes that are no notification and for references not subscribed.
        """
        message = parse_notification(bytes(payload))
        if message.code == ANSWER:
            return ()
        held = self._subscriptions.get(message.reference)
        if held is None:
            raise WireError(f"GSP data: reference {message.reference} is not subscribed")
        measured = resource(held.path)
        if not measured.rate_hz:
            return self._single(measured, message)
        body = self._joined(held, measured, message)
        return () if body is None else self._rows(held, measured, body)

    def _joined(self, held: _Subscription, measured: Resource, message: Notification) -> bytes | None:
        """Return a whole measurement, or None while its second part is missing."""
        first, held.first_part = bytes.fromhex(held.first_part), ""
        if message.code == DATA_PART_2:
            if not first:
                raise WireError("GSP data: a second part without the first")
            return first + message.body
        need(message.body, 4, "GSP data")
        if first:
            self.lost += 1
            self._learn(held, measured, len(first))
        if len(message.body) >= 4 + held.rows * measured.row_bytes:
            return message.body
        held.first_part = message.body.hex()
        return None

    def _learn(self, held: _Subscription, measured: Resource, length: int) -> None:
        """Take a length as whole from now on when it holds whole rows and never gets a second part, twice."""
        rows, rest = divmod(length - 4, measured.row_bytes)
        if rows and not rest and length == held.shorter:
            held.rows = rows
        held.shorter = length

    def _rows(self, held: _Subscription, measured: Resource, body: bytes) -> tuple[Samples, ...]:
        arrays = parse_arrays(measured, body)
        start_ms, rows = self._unwrapped(int.from_bytes(body[:4], "little")), len(next(iter(arrays.values())))
        spacing_s = _spacing_s(start_ms - held.start_ms if held.start_ms >= 0 else 0, rows, measured.rate_hz)
        held.start_ms = start_ms
        t_s = np.asarray(start_ms / 1e3 + np.arange(rows) * spacing_s, dtype=np.float64)
        return array_samples(arrays, t_s)

    def _single(self, measured: Resource, message: Notification) -> tuple[Samples, ...]:
        if message.code != DATA:
            raise WireError("GSP data: a second part of what is never split")
        if measured.kind == "hr":
            return _heart_rate(message.body)
        timed = len(message.body) == 8
        kelvin = parse_temperature(message.body)
        t_s = self._unwrapped(int.from_bytes(message.body[:4], "little")) / 1e3 if timed else math.nan
        return (Temperature(np.array([t_s]), np.array([kelvin - _KELVIN_AT_0_C])),)

    def _unwrapped(self, ms: int) -> int:
        """Return a time in ms beyond 32 bits; a step of more than a day is a sensor that began anew."""
        if self._newest_ms is None:
            self._newest_ms = ms
            return ms
        step = (ms - self._newest_ms + _WRAP_MS // 2) % _WRAP_MS - _WRAP_MS // 2
        full = self._newest_ms + step if -_DAY_MS <= step <= _DAY_MS else ms
        self._newest_ms = max(full, self._newest_ms) if step >= -1000 else full
        return full

    def save(self) -> str:
        """Return the whole state as text for `restore`."""
        subscriptions = {reference: dataclasses.asdict(held) for reference, held in self._subscriptions.items()}
        return json.dumps([self.lost, self._newest_ms, subscriptions])

    @classmethod
    def restore(cls, saved: str) -> GspStream:
        """Return the stream that `save` described; ValueError where the text is none."""
        stream = cls()
        stream.lost, stream._newest_ms, subscriptions = json.loads(saved)
        stream._subscriptions = {int(reference): _Subscription(**held) for reference, held in subscriptions.items()}
        return stream


def _spacing_s(passed_ms: int, rows: int, rate_hz: int) -> float:
    """Return the time from row to row in s: what passed since the neighbour before, else what the rate says."""
    nominal_s = 1.0 / rate_hz
    measured_s = passed_ms / 1e3 / rows
    return measured_s if abs(measured_s / nominal_s - 1.0) <= _NEIGHBOURS else nominal_s


def parse_arrays(measured: Resource, body: bytes) -> dict[str, Rows]:
    """Return the arrays (n, 3) of a whole measurement by name, as sent; WireError unless whole rows, at least one."""
    names = _ARRAYS[measured.kind]
    rows, rest = divmod(len(body) - 4, measured.row_bytes)
    if rows < 1 or rest:
        raise WireError(f"GSP data: {len(body)} bytes are not a time and rows of {measured.row_bytes} bytes")
    with np.errstate(invalid="ignore"):
        values = np.frombuffer(body, "<f4", offset=4).astype(np.float64).reshape(len(names), rows, 3)
    return dict(zip(names, np.where(np.isfinite(values), values, math.nan), strict=True))


def array_samples(arrays: dict[str, Rows], t_s: Column) -> tuple[Columnar, ...]:
    """Return the samples of arrays (n, 3) in m/s2, deg/s and uT at `t_s` (n,); NaN for a sensor that is not there."""
    made: list[Columnar] = []
    missing = np.full((len(t_s), 3), math.nan)
    if _ACCEL in arrays or _GYRO in arrays:
        made.append(Inertial(t_s, arrays.get(_ACCEL, missing), np.radians(arrays.get(_GYRO, missing))))
    if _FIELD in arrays:
        made.append(Magnetic(t_s, arrays[_FIELD]))
    return tuple(made)


def encode_measurement(
    reference: int, start_ms: int, arrays: tuple[Rows, ...], *, most_bytes: int = 244
) -> tuple[bytes, ...]:
    """Return the one or two notifications of arrays (n, 3), `most_bytes` at most; ValueError if two are too few."""
    body = struct.pack("<I", start_ms % _WRAP_MS) + b"".join(np.asarray(rows, dtype="<f4").tobytes() for rows in arrays)
    first, second = body[: most_bytes - 2], body[most_bytes - 2 :]
    if len(second) > most_bytes - 2:
        raise ValueError(f"GSP data: {len(body)} bytes do not fit two notifications of {most_bytes}")
    head = bytes([DATA, reference]) + first
    return (head, bytes([DATA_PART_2, reference]) + second) if second else (head,)


def parse_heart_rate(body: bytes) -> tuple[float, tuple[float, ...]]:
    """Return beats/min and beat intervals in s; WireError unless a finite float and whole intervals of two bytes."""
    need(body, 4, "GSP heart rate")
    (bpm,) = struct.unpack_from("<f", body)
    if not math.isfinite(bpm) or len(body) % 2:
        raise WireError(f"GSP heart rate: {bpm} beats/min in {len(body)} bytes")
    return bpm, tuple(ms / 1000.0 for (ms,) in struct.iter_unpack("<H", body[4:]))


def encode_heart_rate(bpm: float, rr_s: tuple[float, ...]) -> bytes:
    """Return the body of a heart rate; ValueError for an interval that does not fit."""
    return struct.pack("<f", bpm) + b"".join(struct.pack("<H", whole(rr * 1000.0, 0, 0xFFFF, "rr")) for rr in rr_s)


def _heart_rate(body: bytes) -> tuple[Columnar, ...]:
    bpm, rr_s = parse_heart_rate(body)
    return (HeartRate(np.array([math.nan]), np.array([bpm]), np.array([float(len(rr_s))]), np.array(rr_s)),)


def parse_temperature(body: bytes) -> float:
    """Return the temperature in K, with or without a time before it; WireError unless four or eight bytes, finite."""
    if len(body) not in (4, 8):
        raise WireError(f"GSP temperature: {len(body)} bytes, 4 or 8 expected")
    (kelvin,) = struct.unpack("<f", body[-4:])
    if not math.isfinite(kelvin):
        raise WireError(f"GSP temperature: {kelvin} K")
    return float(kelvin)
