"""The control point of Polar's measurement service (PMD): what a sensor offers, how a stream is started and stopped.

The rule of this file: requests and answers as values, both ways; who sends them and when is the link's business.
Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 1 to 3 and 5; reference/ble.md, P4.
"""

from __future__ import annotations

import dataclasses
import math
import struct
from dataclasses import dataclass
from enum import IntEnum

from device.wire.errors import WireError, need
from device.wire.polar_frame import PmdType

_FEATURE_READ, _ANSWER, _STOPPED = 0x0F, 0xF0, 0x01


class Operation(IntEnum):
    """What the host asks of a sensor."""

    GET_SETTINGS = 1
    START = 2
    STOP = 3
    GET_SDK_MODE_SETTINGS = 4
    GET_STATUS = 5
    GET_SDK_MODE_STATUS = 6
    GET_TRIGGER_STATUS = 7
    SET_TRIGGER_MODE = 8
    SET_TRIGGER_SETTINGS = 9


class PmdStatus(IntEnum):
    """What a sensor answers to a request."""

    SUCCESS = 0
    INVALID_OPERATION = 1
    INVALID_TYPE = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_IN_STATE = 6
    INVALID_RESOLUTION = 7
    INVALID_SAMPLE_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_CHANNELS = 11
    INVALID_STATE = 12
    IN_CHARGER = 13
    DISK_FULL = 14


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings that a sensor offers (several values each) or that a stream runs with (one each); empty: not said."""

    rate_hz: tuple[int, ...] = ()
    resolution_bits: tuple[int, ...] = ()
    range: tuple[int, ...] = ()
    """Largest value, in g for ACC, deg/s for GYRO, gauss for MAG."""
    range_milli: tuple[int, ...] = ()
    """The same in thousandths."""
    channels: tuple[int, ...] = ()
    factor: tuple[float, ...] = ()
    """What a count is multiplied by; a sensor tells it when a stream starts."""
    security: tuple[bytes, ...] = ()
    """Sixteen bytes each, as sent."""


_NAMES = tuple(field.name for field in dataclasses.fields(Settings))
_FORMATS = ("<H", "<H", "<H", "<I", "<B", "<f", "16s")  # by setting id, 0 to 6


@dataclass(frozen=True, slots=True)
class ControlAnswer:
    """A sensor's answer to a request; `more` says that another one continues its parameters."""

    operation: int
    type: int
    status: PmdStatus = PmdStatus.SUCCESS
    more: bool = False
    parameters: bytes = b""

    def settings(self) -> Settings:
        """Return the parameters as settings; WireError where they are none."""
        return parse_settings(self.parameters)


@dataclass(frozen=True, slots=True)
class StreamsStopped:
    """A sensor's word that it has stopped streams of itself."""

    types: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a host writes to the control point."""

    operation: int
    type: int
    settings: Settings = Settings()


def parse_features(payload: bytes) -> frozenset[PmdType]:
    """Return the types that a sensor can measure, from the control point's value; WireError when it is not one."""
    need(payload, 3, "PMD features")
    if payload[0] != _FEATURE_READ:
        raise WireError(f"PMD features: {payload[0]:#04x} is not 0x0f")
    bits = payload[1] | payload[2] << 8
    return frozenset(kind for kind in PmdType if bits >> kind & 1)


def encode_features(types: frozenset[PmdType]) -> bytes:
    """Return the seventeen bytes of the control point's value for the types that a sensor can measure."""
    return bytes([_FEATURE_READ]) + sum(1 << kind for kind in types).to_bytes(16, "little")


def parse_settings(parameters: bytes) -> Settings:
    """Return settings from their list (id, number, values); WireError where it is cut or an id is unknown or twice."""
    found: dict[str, tuple[int | float | bytes, ...]] = {}
    at = 0
    while at < len(parameters):
        need(parameters, at + 2, "PMD settings")
        number, count = parameters[at], parameters[at + 1]
        if number >= len(_FORMATS) or _NAMES[number] in found:
            raise WireError(f"PMD settings: id {number} is unknown or comes twice")
        size = struct.calcsize(_FORMATS[number])
        at += 2
        need(parameters, at + count * size, "PMD settings")
        found[_NAMES[number]] = tuple(
            value for (value,) in struct.iter_unpack(_FORMATS[number], parameters[at : at + count * size])
        )
        at += count * size
    settings = Settings(**found)  # type: ignore[arg-type]
    if not all(math.isfinite(factor) and factor > 0.0 for factor in settings.factor):
        raise WireError(f"PMD settings: factor {settings.factor}")
    return settings


def encode_settings(settings: Settings) -> bytes:
    """Return settings as a list in the order of their ids; ValueError for a value that does not fit its field."""
    parts = []
    for number, name in enumerate(_NAMES):
        values = getattr(settings, name)
        if values:
            parts.append(bytes([number, len(values)]) + b"".join(_field(number, value) for value in values))
    return b"".join(parts)


def _field(number: int, value: int | float | bytes) -> bytes:
    try:
        if isinstance(value, bytes) and len(value) != 16:
            raise ValueError(f"{len(value)} bytes, 16 expected")
        return struct.pack(_FORMATS[number], value)
    except (struct.error, OverflowError, ValueError) as problem:
        raise ValueError(f"PMD setting {_NAMES[number]}: {problem}") from None


def choose(offer: Settings, *, rate_hz: float) -> Settings:
    """Return one value for each setting that is offered: the rate nearest to the one wanted, all others the largest.

    What comes back can be written to start a stream. The factor and security keys are never asked for.
    """
    return Settings(
        tuple(sorted(offer.rate_hz, key=lambda rate: (abs(rate - rate_hz), rate))[:1]),
        _largest(offer.resolution_bits),
        _largest(offer.range),
        _largest(offer.range_milli),
        _largest(offer.channels),
    )


def _largest(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(values)[-1:])


def encode_request(request: Request) -> bytes:
    """Return what is written to the control point; ValueError for a value that does not fit its field."""
    try:
        return bytes([request.operation, request.type]) + encode_settings(request.settings)
    except ValueError as problem:
        raise ValueError(f"PMD request: {problem}") from None


def encode_get_settings(kind: PmdType) -> bytes:
    """Return the request for the settings that a type offers."""
    return encode_request(Request(Operation.GET_SETTINGS, kind))


def encode_start(kind: PmdType, settings: Settings = Settings()) -> bytes:
    """Return the request that starts a stream; SDK_MODE starts the SDK mode, PPI takes no settings."""
    return encode_request(Request(Operation.START, kind, settings))


def encode_stop(kind: PmdType) -> bytes:
    """Return the request that stops a stream; SDK_MODE ends the SDK mode."""
    return encode_request(Request(Operation.STOP, kind))


def parse_request(payload: bytes) -> Request:
    """Return what a host wrote to the control point; WireError when it is no request."""
    need(payload, 2, "PMD request")
    return Request(payload[0], payload[1], parse_settings(payload[2:]))


def parse_control(payload: bytes) -> ControlAnswer | StreamsStopped:
    """Return what a sensor indicates on its control point; WireError when it is neither answer nor stop notice.

    A refusal has no parameters, whatever follows its status.
    """
    need(payload, 1, "PMD control point")
    if payload[0] == _STOPPED:
        return StreamsStopped(tuple(kind & 0x3F for kind in payload[1:]))
    if payload[0] != _ANSWER:
        raise WireError(f"PMD control point: {payload[0]:#04x} begins neither an answer nor a stop notice")
    need(payload, 4, "PMD control point")
    try:
        status = PmdStatus(payload[3])
    except ValueError:
        raise WireError(f"PMD control point: unknown status {payload[3]}") from None
    if status is not PmdStatus.SUCCESS:
        return ControlAnswer(payload[1], payload[2], status)
    return ControlAnswer(payload[1], payload[2], status, len(payload) > 4 and payload[4] != 0, payload[5:])


def encode_control(message: ControlAnswer | StreamsStopped) -> bytes:
    """Return what a sensor indicates on its control point; ValueError for a value that does not fit its field."""
    if isinstance(message, StreamsStopped):
        return bytes([_STOPPED, *message.types])
    head = bytes([_ANSWER, message.operation, message.type, message.status])
    refused = message.status is not PmdStatus.SUCCESS
    return head if refused else head + bytes([message.more]) + message.parameters


def join(answers: tuple[ControlAnswer, ...]) -> ControlAnswer:
    """Return the answer whose parameters came in several parts; WireError unless they continue one another."""
    if not answers:
        raise WireError("PMD control point: no answer")
    first = answers[0]
    if any((part.operation, part.type, part.status) != (first.operation, first.type, first.status) for part in answers):
        raise WireError("PMD control point: the parts answer different requests")
    if [part.more for part in answers] != [True] * (len(answers) - 1) + [False]:
        raise WireError("PMD control point: a part is missing")
    return dataclasses.replace(first, more=False, parameters=b"".join(part.parameters for part in answers))
